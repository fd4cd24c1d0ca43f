//go:build unix

package cmd_test

import (
	"strings"
	"testing"
)

func TestTerminalREST(t *testing.T) {
	x := open(t, setup{})
	x.see("? API type\n")
	x.shot("the first question")
	x.press("?")
	x.see("An HTTP API is cheaper")
	x.shot("explained")
	x.press(enter)
	x.answer("Allow origins", "https://app.example.com, https://admin.example.com", enter)
	x.see("? Auth\n")
	x.shot("a choice")
	x.press("cog", enter)
	x.answer("Allow methods", down, down, " ", enter)
	x.answer("Formats", enter)
	x.see("? Change a default\n")
	x.shot("the defaults")
	x.press("cred", " ", "headers", " ", "expose", " ", "max", " ", "reso", " ", "write", " ")
	x.see("[x]  Write to")
	x.shot("some marked")
	x.press(enter)
	x.answer("Allow credentials", "y", enter)
	x.see("? Allow headers\n")
	x.press(up, " ")
	x.see("[x]  (others)")
	x.shot("several, and others")
	x.press(enter)
	x.see("Header names, with commas")
	x.press("X-Tenant", enter)
	x.answer("Expose headers", "etag", " ", enter)
	x.answer("Max age", "2h", enter)
	x.answer("Resources", "/orders=GET,POST /orders/{id}=GET,PUT", enter)
	x.answer("Write to", "out", enter)
	x.see("1 more: Enter goes on, Esc skips --")
	x.shot("the review")
	x.press(enter)
	x.see("? What now\n")
	x.shot("the end of the review")
	x.press("and save", enter)
	x.exit(0)
	x.shot("the end")
	x.compare("rest.txt")
	if yaml := x.file("cors.yaml"); !strings.Contains(yaml, "allowHeaders: [X-Tenant]") || !strings.Contains(yaml, "path: /orders/{id}") {
		t.Errorf("saved\n%s", yaml)
	}
	if sam := x.file("out/sam/template.yaml"); !strings.Contains(sam, "https://admin.example.com") {
		t.Errorf("wrote\n%s", sam)
	}
}

func TestTerminalHTTP(t *testing.T) {
	x := open(t, setup{args: []string{"configure", "--format", "terraform"}})
	x.answer("API type", down, enter)
	x.answer("Allow origins", "https://app.example.com", enter)
	x.answer("Auth", "jwt", enter)
	x.answer("Allow methods", enter)
	x.answer("Change a default", "max", " ", enter)
	x.answer("Max age", "none", enter)
	x.see("? What now\n")
	x.shot("the review")
	x.press(enter)
	x.exit(0)
	x.compare("http.txt")
	if view := x.view(); !strings.Contains(view, "}\n\nWhat is left to do\n") || !strings.Contains(view, "\nThe same without questions\n") {
		t.Errorf("ends with\n%s", view)
	}
	x.untouched()
}

func TestTerminalPreview(t *testing.T) {
	x := open(t, setup{rows: 600, columns: 80, args: []string{"configure", "-f", "cors.yaml", "--format", "sam,aws-cli"}, files: map[string]string{
		"cors.yaml": "api: rest\nallowOrigins: [https://a.example]\nallowMethods: [GET]\n",
	}})
	x.answer("Change a default", "write", " ", enter)
	x.answer("Write to", "out", enter)
	x.answer("What now", down, enter)
	x.answer("Preview", "apply", enter)
	x.see("#!/usr/bin/env bash")
	x.see("? What now\n")
	if raw := x.raw.String(); !strings.Contains(raw, "\x1b[2m# ") || !strings.Contains(raw, "\x1b[1mset\x1b[0m") {
		t.Errorf("has no colours: %q", raw)
	}
	x.press(down, esc)
	x.see("? What now\n")
	x.press(down, enter)
	x.answer("Preview", enter)
	x.see("gateway-response.json\n{")
	x.see("? What now\n")
	x.press(ctrlC)
	x.exit(130)
}

// TestTerminalWrong: a wrong origin is asked again with the corrected one.
func TestTerminalWrong(t *testing.T) {
	x := open(t, setup{})
	x.answer("API type", enter)
	x.answer("Allow origins", "example.com/app", enter)
	x.see("(https://example.com)")
	x.shot("refused")
	x.press(enter)
	x.see("? Auth\n")
	x.shot("accepted")
	x.press(ctrlC)
	x.exit(130)
	x.compare("wrong.txt")
}

// TestTerminalBack goes back twice, changes an answer, and keeps the rest.
func TestTerminalBack(t *testing.T) {
	x := open(t, setup{})
	x.answer("API type", down, enter)
	x.answer("Allow origins", "https://a.example", enter)
	x.see("? Auth\n")
	x.shot("before")
	x.press(esc)
	x.see("(https://a.example)")
	x.shot("one back")
	x.press(esc)
	x.see("❯ http")
	x.shot("two back")
	x.press(up, enter)
	x.see("(https://a.example)")
	x.press(enter)
	x.answer("Auth", esc)
	x.see("(https://a.example)")
	x.press("https://b.example", enter)
	x.see("? Auth\n")
	x.shot("forward again")
	x.press(ctrlC)
	x.exit(130)
	x.compare("back.txt")
}

// TestTerminalToFile: the questions stand on stderr, stdout is the file's.
func TestTerminalToFile(t *testing.T) {
	x := open(t, setup{stdout: "template.yaml", args: []string{
		"configure", "--api", "rest", "--allow-origins", "https://a.example", "--allow-methods", "GET", "--format", "sam",
	}})
	x.answer("Auth", enter)
	x.answer("Change a default", enter)
	x.see("? What now\n")
	x.shot("the review")
	x.press(enter)
	x.exit(0)
	x.shot("the end")
	x.compare("to-file.txt")
	if text := x.file("template.yaml"); !strings.HasPrefix(text, "# CORS for") || strings.Contains(text, "\x1b") {
		t.Errorf("stdout has\n%s", text)
	}
}

// TestTerminalAccessible: plain lines, at 80 and at 40 columns, where the
// terminal is dumb, and where lists would not fit.
func TestTerminalAccessible(t *testing.T) {
	tests := []struct {
		desc string
		setup
	}{
		{"flag", setup{columns: 80, rows: 24, args: []string{"--accessible"}}},
		{"environment", setup{columns: 40, rows: 100, env: []string{"ACCESSIBLE=1"}}},
		{"dumb", setup{columns: 80, rows: 24, env: []string{"TERM=dumb"}}},
		{"narrow", setup{columns: 40, rows: 20}},
		{"low", setup{columns: 80, rows: 10}},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			x := open(t, tt.setup)
			x.below("Number [1]")
			x.press("2\n")
			x.below("Answer")
			x.press("example.com\n")
			x.below("Answer [https://example.com]")
			x.shot("a wrong origin")
			x.press("\n")
			x.below("Auth")
			x.press("<\n")
			x.below("Answer [https://example.com]")
			x.press("\n")
			x.below("Auth")
			x.shot("back and forth")
			x.press(ctrlC)
			x.exit(130)
			x.shot("the end")
			x.compare("accessible-" + tt.desc + ".txt")
			x.untouched()
			if tt.desc != "narrow" && tt.desc != "low" && strings.Contains(strings.ReplaceAll(x.raw.String(), "\x1b[0m", ""), "\x1b[A") {
				t.Error("moves the cursor")
			}
		})
	}
}

// TestTerminalPlain: without colour and without UTF-8.
func TestTerminalPlain(t *testing.T) {
	for _, env := range [][]string{{"NO_COLOR=1", "LANG=C"}, {"LC_ALL=POSIX", "NO_COLOR=1"}} {
		x := open(t, setup{env: env})
		x.answer("API type", down, enter)
		x.see("? Allow origins\n")
		x.press(esc)
		x.see("> http")
		x.press(ctrlC)
		x.exit(130)
		raw := x.raw.String()
		for _, r := range raw {
			if r > '~' {
				t.Fatalf("%v: not ASCII: %q in %q", env, r, raw)
			}
		}
		if strings.Contains(raw, "m\x1b") || strings.Contains(raw, "\x1b[0m") || strings.Contains(raw, "\x1b[3") {
			t.Errorf("%v: has colours: %q", env, raw)
		}
	}
}

// TestTerminalAhead: what is typed ahead answers the questions to come.
func TestTerminalAhead(t *testing.T) {
	x := open(t, setup{stdout: "template.yaml", args: []string{"configure", "--api", "http", "--allow-origins", "https://a.example"}})
	x.see("? Auth\n")
	x.press(strings.Repeat(enter, 5))
	x.exit(0)
	if !strings.Contains(x.file("template.yaml"), "CorsConfiguration") {
		t.Errorf("stdout has\n%s", x.file("template.yaml"))
	}
}

// TestReviewB9SevenAnswers: a REST API, one origin, GET and POST, SAM take seven
// answers, and seven keys besides the origin. It was 17 of each.
func TestReviewB9SevenAnswers(t *testing.T) {
	x := open(t, setup{})
	keys := 0
	answer := func(title, key string) {
		x.answer(title, key)
		keys += len(key)
	}
	const origin = "https://app.example.com"
	answer("API type", enter)
	answer("Allow origins", origin+enter)
	x.see("? Auth\n")
	if !strings.Contains(x.view(), "? Auth (3 of 6)\n") {
		t.Errorf("does not say how far it is:\n%s", x.view())
	}
	answer("Auth", enter)
	answer("Allow methods", enter)
	answer("Formats", enter)
	x.see("? Change a default\n")
	x.shot("the defaults")
	answer("Change a default", enter)
	x.see("? What now\n")
	x.shot("the review")
	if view := x.view(); !strings.Contains(view, "\nYour answers\n") {
		t.Errorf("the review does not fit:\n%s", view)
	}
	answer("What now", enter)
	x.exit(0)
	if keys != 7+len(origin) {
		t.Errorf("%d keys, want 7 and the %d of the origin", keys, len(origin))
	}
	x.compare("seven.txt")
}

// TestTerminalOverwrite: what would change is shown before it is asked whether
// it may.
func TestTerminalOverwrite(t *testing.T) {
	x := open(t, setup{
		args:  []string{"configure", "-f", "cors.yaml", "--format", "sam", "--out", ".", "--standalone"},
		files: map[string]string{"cors.yaml": "api: rest\nallowOrigins: [https://a.example]\nallowMethods: [GET]\n"},
	})
	x.answer("What now", "change", enter)
	x.answer("Change", "orig", enter)
	x.answer("Allow origins", "https://b.example", enter)
	x.answer("What now", "and save", enter)
	x.see("? Overwrite\n")
	x.shot("the difference")
	if raw := x.raw.String(); !strings.Contains(raw, "\x1b[31m-") || !strings.Contains(raw, "\x1b[32m+") {
		t.Errorf("has no colours: %q", raw)
	}
	x.press("y", enter)
	x.exit(0)
	x.compare("overwrite.txt")
	if yaml := x.file("cors.yaml"); !strings.Contains(yaml, "https://b.example") {
		t.Errorf("saved\n%s", yaml)
	}
}

// TestTerminalPages: a text that is longer than the window is shown in pages,
// and Esc skips the rest.
func TestTerminalPages(t *testing.T) {
	x := open(t, setup{args: []string{"configure", "-f", "cors.yaml", "--format", "sam", "--standalone", "--out", "out"}, files: map[string]string{
		"cors.yaml": "api: rest\nallowOrigins: ['*']\nallowMethods: [GET]\nauth: iam\nmaxAge: 86400\n",
	}})
	x.see(" --\n")
	x.shot("the review")
	x.press(enter)
	x.answer("What now", "preview", enter)
	x.see("more: Enter goes on, Esc skips --")
	x.shot("the first page")
	x.press(" ")
	x.see("GatewayResponses:")
	x.shot("the second page")
	x.press(esc)
	x.see("? What now\n")
	x.press("preview", enter)
	x.see("Esc skips --")
	x.press(ctrlC)
	x.exit(130)
	x.compare("pages.txt")
}

// TestTerminalSession records the session that the README shows.
func TestTerminalSession(t *testing.T) {
	x := open(t, setup{columns: 120, rows: 80, stdout: "template.yaml"})
	x.answer("API type", enter)
	x.answer("Allow origins", "app.example.com, http://localhost:*", enter)
	x.see("(https://app.example.com, http://localhost:*)")
	x.press(enter)
	x.answer("Auth", "cognito", enter)
	x.answer("Allow methods", down, down, " ", enter)
	x.answer("Formats", enter)
	x.answer("Change a default", "cred", " ", enter)
	x.answer("Allow credentials", "y", enter)
	x.answer("What now", "and save", enter)
	x.exit(0)
	x.shot("")
	_, screen, _ := strings.Cut(x.shots.String(), "\n")
	compareGolden(t, "testdata/configure/session.txt", []byte("$ apigw-cors > template.yaml\n"+screen))
}
