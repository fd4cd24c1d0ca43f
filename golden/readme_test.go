package golden_test

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/kballard/go-shellquote"

	"apigw-cors/cmd"
	"apigw-cors/generator"
	"apigw-cors/golden/tools"
)

// TestREADME runs every console transcript of the README. `$ cat FILE` makes
// the file it shows, `$ echo $?` shows the last exit code, and a line `...`
// stands for any lines. Each transcript has a folder of its own.
func TestREADME(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?ms)^```console\n(.*?)^```$").FindAllSubmatch(text, -1)
	if len(blocks) == 0 {
		t.Fatal("no transcript")
	}
	for i, block := range blocks {
		t.Run(fmt.Sprint(i+1), func(t *testing.T) {
			t.Chdir(t.TempDir())
			s := session{}
			for _, part := range regexp.MustCompile(`(?m)^\$ `).Split(string(block[1]), -1)[1:] {
				command, want, _ := strings.Cut(part, "\n")
				s.run(t, command, want)
			}
		})
	}
}

// TestREADMEFreshMachine runs the line that a reader tries first.
func TestREADMEFreshMachine(t *testing.T) {
	line := regexp.MustCompile("(?m)^```sh\ngo run (.*)\ngo test \\./\\.{3}\n```$").FindSubmatch(tools.ReadFile(t, "../README.md"))
	if line == nil {
		t.Fatal("there are no two commands for a fresh machine")
	}
	s := session{}
	s.run(t, "go run "+string(line[1]), "# CORS for the REST API Api: AWS SAM.\n...\n")
	if s.code != 0 {
		t.Errorf("exit code %d", s.code)
	}
}

// TestREADMESession holds the recorded session to the one the terminal test
// records.
func TestREADMESession(t *testing.T) {
	text, recorded := tools.ReadFile(t, "../README.md"), tools.ReadFile(t, "../cmd/testdata/configure/session.txt")
	if !bytes.Contains(text, recorded) {
		t.Error("the session in the README is not that of cmd/testdata/configure/session.txt")
	}
}

// TestREADMECells holds the number of fetches to the one the browser's test
// insists on.
func TestREADMECells(t *testing.T) {
	all := minCells * len(generator.Formats())
	number := fmt.Sprintf("over %d,000 requests", all/1000)
	if !bytes.Contains(tools.ReadFile(t, "../README.md"), []byte(number)) {
		t.Errorf("the README does not say %s", number)
	}
}

// session is a shell of the few words a transcript needs.
type session struct{ code int }

func (s *session) run(t *testing.T, command, want string) {
	t.Helper()
	words, err := shellquote.Split(command)
	if err != nil {
		t.Fatalf("%s: %v", command, err)
	}
	switch {
	case command == "echo $?":
		if got := fmt.Sprintln(s.code); got != want {
			t.Errorf("$ %s\ngot  %swant %s", command, got, want)
		}
		return
	case words[0] == "cat":
		if err := os.WriteFile(words[1], []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	args, ok := arguments(words)
	if !ok {
		t.Fatalf("$ %s: a command this test cannot run", command)
	}
	var screen, file bytes.Buffer
	out := &screen
	if n := len(args); n > 1 && args[n-2] == ">" {
		out, args = &file, args[:n-2]
		defer func() {
			if err := os.WriteFile(words[len(words)-1], file.Bytes(), 0o644); err != nil {
				t.Error(err)
			}
		}()
	}
	s.code = cmd.Main(args, strings.NewReader(""), out, &screen, func(string) string { return "" })
	if !matches(screen.String(), want) {
		t.Errorf("$ %s\n--- got\n%s--- want\n%s", command, screen.String(), want)
	}
}

// arguments takes the ways to call the command off a command line.
func arguments(words []string) ([]string, bool) {
	switch {
	case words[0] == "apigw-cors":
		return words[1:], true
	case len(words) > 2 && words[0] == "go" && words[1] == "run" && words[2] == ".":
		return words[3:], true
	}
	return nil, false
}

// matches compares line by line; `...` in want stands for any lines.
func matches(got, want string) bool {
	pattern := regexp.QuoteMeta(want)
	pattern = regexp.MustCompile(`(?m)^\\\.\\\.\\\.\n`).ReplaceAllString(pattern, `(?s:.*)`)
	return regexp.MustCompile(`\A` + pattern + `\z`).MatchString(got)
}
