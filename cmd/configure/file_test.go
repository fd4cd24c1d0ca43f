package configure

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"apigw-cors/cmd/report"
)

func TestConfigureWritesFolder(t *testing.T) {
	t.Chdir(t.TempDir())
	args := []string{"--api=rest", "--allow-origins=https://a.example", "--format=sam", "--out=out"}
	if talk := hold(t, args); talk.err != nil || talk.stdout.Len() > 0 {
		t.Fatal(talk.err, talk.stdout.String())
	}
	first, err := os.ReadFile("out/sam/template.yaml")
	if err != nil {
		t.Fatal(err)
	}
	// Other answers, the same folder: asked before anything is overwritten.
	talk := hold(t, args, step{asked: "Max age", answer: "60"}, step{asked: "Overwrite", answer: false}, step{asked: "What now", answer: actCancel})
	if again, _ := os.ReadFile("out/sam/template.yaml"); string(again) != string(first) || !errors.Is(talk.err, report.Interrupted) {
		t.Errorf("overwritten, or not back in the review: %v", talk.err)
	}
	talk = hold(t, args, step{asked: "Max age", answer: "60"}, step{asked: "Overwrite", answer: true})
	if again, _ := os.ReadFile("out/sam/template.yaml"); talk.err != nil || !strings.Contains(string(again), "'60'") {
		t.Errorf("not overwritten: %v", talk.err)
	}
}

// TestConfigureKeepsEnvironments: the answers for one are not saved where that
// would lose the others, but in a file of their own, in which nothing is shared.
func TestConfigureKeepsEnvironments(t *testing.T) {
	t.Chdir(t.TempDir())
	const text = "api: http\nallowMethods: [GET]\nenvironments:\n  dev: {allowOrigins: [https://dev.example]}\n  prod: {allowOrigins: [https://a.example]}\n"
	if err := os.WriteFile("cors.yaml", []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	talk := hold(t, []string{"-f", "cors.yaml", "--environment=prod", "--format=sam"}, step{asked: "What now", answer: actSave}, step{asked: "Save as", answer: "./cors.yaml"},
		step{asked: "What now", answer: actBoth})
	if kept, _ := os.ReadFile("cors.yaml"); talk.err != nil || string(kept) != text {
		t.Errorf("the environments are lost, or the answers: %v\n%s", talk.err, kept)
	}
	if saved, _ := os.ReadFile("cors.prod.yaml"); string(saved) != "api: http\nallowOrigins:\n  - https://a.example\nallowMethods: [GET]\n" {
		t.Errorf("saved\n%s", saved)
	}
	if said := talk.stderr.String(); !strings.Contains(said, "would lose") || !strings.Contains(said, "generate -f cors.prod.yaml --format sam\n") {
		t.Errorf("said\n%s", said)
	}
}

// TestConfigureFile opens a policy in the review, and asks only what is wrong
// with it.
func TestConfigureFile(t *testing.T) {
	t.Chdir(t.TempDir())
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile("cors.yaml", []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("api: rest\nallowOrigins: [https://a.example]\nallowMethods: [GET]\nauth: cognito\n")
	for _, args := range [][]string{{"-f", "cors.yaml"}, nil} {
		talk := hold(t, args)
		want := []string{"Open cors.yaml", "Formats", "Extent", "What now"}
		if args != nil {
			want = want[1:]
		}
		if talk.err != nil || !slices.Equal(talk.titles, want) {
			t.Errorf("%v: asked %q: %v", args, talk.titles, talk.err)
		}
	}
	// Not opened, it is not overwritten unasked either.
	talk := hold(t, nil, step{asked: "Open cors.yaml", answer: false}, api("http"), origin("https://b.example"),
		step{asked: "What now", answer: actBoth}, step{asked: "Overwrite", answer: false})
	if text, _ := os.ReadFile("cors.yaml"); talk.err != nil || !strings.Contains(string(text), "cognito") {
		t.Errorf("overwritten: %v", talk.err)
	}
	// An answer that was changed can be saved where it came from.
	talk = hold(t, []string{"-f", "cors.yaml"}, step{asked: "What now", answer: actChange}, step{asked: "Change", answer: "Allow origins"},
		step{asked: "Allow origins", answer: "https://b.example", offered: "https://a.example"},
		step{asked: "What now", answer: actSave}, step{asked: "Save as", answer: accept{}, offered: "cors.yaml"}, step{asked: "Overwrite", answer: true})
	if text, _ := os.ReadFile("cors.yaml"); talk.err != nil || string(text) != "api: rest\nallowOrigins:\n  - https://b.example\nallowMethods: [GET]\nauth: cognito\n" {
		t.Errorf("saved %s: %v", text, talk.err)
	}

	write("api: http\nallowOrigins: [a.example, https://b.example]\nauth: cognito\n")
	talk = hold(t, []string{"-f", "cors.yaml"}, step{asked: "Allow origins", answer: accept{}, offered: "https://a.example, https://b.example"},
		step{asked: "Auth", answer: "jwt", offered: "none"}, step{asked: "Allow methods", answer: []string{"GET"}, offered: "[GET POST]"})
	if want := []string{"Allow origins", "Auth", "Allow methods", "Formats", "Extent", "What now"}; talk.err != nil || !slices.Equal(talk.titles, want) {
		t.Errorf("asked %q: %v", talk.titles, talk.err)
	}

	write("api: rest\nallowOrigin: [https://a.example]\n")
	if talk = hold(t, []string{"-f", "cors.yaml"}); !errors.Is(talk.err, report.Rejected) || len(talk.titles) > 0 {
		t.Errorf("asked %q: %v", talk.titles, talk.err)
	}
	write("api: rest\n---\napi: http\n")
	if talk = hold(t, []string{"-f", "cors.yaml"}); report.OutcomeOf(talk.err) != report.Misused {
		t.Errorf("several APIs: %v", talk.err)
	}
	if talk = hold(t, []string{"-f", "-"}); report.OutcomeOf(talk.err) != report.Misused {
		t.Errorf("stdin: %v", talk.err)
	}
}

// TestConfigureRefusal: what a format cannot carry is told in the review, which
// then has nothing to generate before that is changed.
func TestConfigureRefusal(t *testing.T) {
	t.Chdir(t.TempDir())
	talk := hold(t, []string{"--sam-scope=globals", "--format=sam"},
		api("rest"), origin("https://a.example https://b.example"),
		step{asked: "What now", answer: actChange, offered: actChange}, step{asked: "Change", answer: "SAM scope"},
		step{asked: "SAM scope", answer: "resource", offered: "globals"}, step{asked: "What now", answer: actGenerate, offered: actGenerate})
	if talk.err != nil {
		t.Fatal(talk.err, talk.stderr.String())
	}
	told := strings.Join(strings.Fields(talk.stderr.String()), " ")
	if want := `format: "sam": unsupported: an origin that is decided per request in Globals: `; !strings.Contains(told, want) || !strings.Contains(told, "hint: --sam-scope resource") {
		t.Errorf("lacks %s:\n%s", want, talk.stderr.String())
	}
	if out := talk.stdout.String(); !strings.Contains(out, "DefinitionBody:") || strings.Contains(out, "--sam-scope") {
		t.Errorf("rendered\n%s", out)
	}
}

// TestConfigureQuiet: what is not asked unless wanted can be changed in the
// review, and is shown once it was.
func TestConfigureQuiet(t *testing.T) {
	t.Chdir(t.TempDir())
	args := []string{"--api=rest", "--allow-origins=https://a.example", "--format=terraform"}
	change := func(title string, value any) []step {
		return []step{{asked: "What now", answer: actChange}, {asked: "Change", answer: title}, {asked: title, answer: value}}
	}
	steps := slices.Concat(change("Name", "1 orders"), []step{{asked: "Name", answer: accept{}, offered: "Orders"}},
		change("Binary media types", "image/png */*"), change("Terraform preflight", "greedy"), change("Gateway response origin", "any"))
	talk := hold(t, args, steps...)
	if talk.err != nil {
		t.Fatal(talk.err, talk.stderr.String())
	}
	for _, want := range []string{"--name Orders ", "--binary-media-types 'image/png,*/*' ", "--terraform-preflight greedy", "--gateway-response-origin any "} {
		if !strings.Contains(talk.stderr.String(), want) {
			t.Errorf("the command lacks %s:\n%s", want, talk.stderr.String())
		}
	}
	summary := talk.stderr.String()[strings.LastIndex(talk.stderr.String(), "Your answers"):]
	for _, want := range []string{"\n  Name ", "\n  Binary media types ", "\n  Terraform preflight "} {
		if !strings.Contains(summary, want) {
			t.Errorf("the review lacks %s:\n%s", want, summary)
		}
	}
}

// TestReviewB12PreflightLambda: who has the function answer the preflight is
// told so, and asks for a method that the policy allows.
func TestReviewB12PreflightLambda(t *testing.T) {
	t.Chdir(t.TempDir())
	args := []string{"--api=rest", "--allow-origins=https://a.example", "--allow-methods=GET,POST", "--preflight=lambda", "--format=sam"}
	talk := hold(t, args)
	told := strings.Join(strings.Fields(talk.stderr.String()), " ")
	for _, want := range []string{"2. Let your function answer OPTIONS on every path, without asking for a token", "-H 'Access-Control-Request-Method: GET'"} {
		if talk.err != nil || !strings.Contains(told, want) {
			t.Errorf("lacks %q: %v\n%s", want, talk.err, talk.stderr.String())
		}
	}
}

// TestConfigureTellsOnce: advice that was told beside the answer is named in
// the review, not told again.
func TestConfigureTellsOnce(t *testing.T) {
	t.Chdir(t.TempDir())
	talk := hold(t, nil, api("rest"), origin("*"))
	told := talk.stderr.String()
	if n := strings.Count(told, "every site can read the responses"); n != 1 || !strings.Contains(told, "  allowOrigins[0]: note: any-origin, as told above\n") {
		t.Errorf("told %d times in\n%s", n, told)
	}
}
