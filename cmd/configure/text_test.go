package configure

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/prompt"
	"apigw-cors/cmd/report"
	"apigw-cors/generator"
	"apigw-cors/generator/gateway"
)

// goldenAPIs are the policies of the golden cases.
func goldenAPIs(t *testing.T) map[string]gateway.API {
	t.Helper()
	files, err := filepath.Glob("../../golden/*/cors.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden case", err)
	}
	all := map[string]gateway.API{}
	for _, file := range files {
		var flags policy.Flags
		flags.Register(pflag.NewFlagSet("test", pflag.ContinueOnError))
		for s, err := range flags.InputFrom(file).Sources(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			var r report.Report
			api, ok := s.Parse(&r)
			if !ok {
				t.Fatal(file, r.Faults)
			}
			all[filepath.Base(filepath.Dir(file))] = api
		}
	}
	return all
}

// TestQuestions: every field has one, with help, in words that fit the window.
func TestQuestions(t *testing.T) {
	for _, kind := range []string{"rest", "http"} {
		a := answers{formats: []string{"sam", "terraform"}}
		a.config.API, a.config.AllowOrigins = kind, []string{"https://*.a.example", "https://b.example"}
		all := a.questions()
		for _, f := range gateway.Fields() {
			if _, ok := findQuestion(all, f.Key); !ok {
				t.Errorf("no question for %s", f.Key)
			}
		}
		titles := map[string]bool{}
		for _, q := range all {
			if q.title == "" || titles[q.title] || q.note == "" || q.help == "" {
				t.Errorf("%s: a title of its own, a note and help are needed", q.key)
			}
			titles[q.title] = true
			if n := strings.Count(prompt.Fold(q.help, 76, ""), "\n"); n > 10 {
				t.Errorf("%s: help of %d lines leaves no room for the question", q.key, n)
			}
			if n := strings.Count(prompt.Fold(q.note, 76, ""), "\n"); n > 3 {
				t.Errorf("%s: note of %d lines", q.key, n)
			}
			for _, o := range q.options {
				if line := "> [x]  " + o.Name + " - " + o.Detail; len(line) > 80 {
					t.Errorf("%s: too long for a line: %s", q.key, line)
				}
			}
			for _, text := range []string{q.title, q.note, q.help} {
				if strings.ContainsFunc(text, func(r rune) bool { return r > '~' }) {
					t.Errorf("%s: not ASCII: %s", q.key, text)
				}
			}
		}
	}
}

// TestHighlighted: colours add nothing to a file but themselves.
func TestHighlighted(t *testing.T) {
	colours := regexp.MustCompile(`\x1b\[\d+m`)
	seen := map[string]bool{}
	for name, api := range goldenAPIs(t) {
		for _, f := range generator.Formats() {
			files, _, err := generator.Render(api, f, generator.Options{Standalone: true})
			if err != nil {
				continue
			}
			for _, file := range files {
				text := highlighted(file, report.NewPainter(true))
				if colours.ReplaceAllString(text, "") != string(file.Content) {
					t.Errorf("%s: %s was changed", name, file.Path)
				}
				if seen[filepath.Ext(file.Path)] = true; len(text) == len(file.Content) {
					t.Errorf("%s: %s has no colour", name, file.Path)
				}
				if highlighted(file, report.Painter{}) != string(file.Content) {
					t.Errorf("%s: %s has colours unasked", name, file.Path)
				}
			}
		}
	}
	for _, ext := range []string{".yaml", ".tf", ".ts", ".mjs", ".cjs", ".py", ".sh", ".json"} {
		if !seen[ext] {
			t.Errorf("no %s file was coloured", ext)
		}
	}
}

func TestHighlightedParts(t *testing.T) {
	tests := []struct{ path, text, want string }{
		{"a.yaml", "# it's\nKey: 'it''s' # 1\nsub: a#b\n", "<2># it's</>\n<36>Key</>: <32>'it''s'</> <2># 1</>\n<36>sub</>: a#b\n"},
		{"a.yaml", "VTL: |\n  #set($o = \"x\")\n", "<36>VTL</>: |\n  <2>#set($o = \"x\")</>\n"},
		{"a.tf", "resource \"a\" \"b\" {\n  n = 12 // c\n}\n", "<1>resource</> <32>\"a\"</> <32>\"b\"</> {\n  <36>n</> = <33>12</> <2>// c</>\n}\n"},
		{"a.ts", "const a = { b: 'https://c', }; // d\n", "<1>const</> a = { <36>b</>: <32>'https://c'</>, }; <2>// d</>\n"},
		{"a.py", "def f(): # c\n    return \"#\"\n", "<1>def</> f(): <2># c</>\n    <1>return</> <32>\"#\"</>\n"},
		{"a.sh", "if [ \"$#\" -ne 1 ]; then # c\n", "<1>if</> [ <32>\"$#\"</> -ne <33>1</> ]; <1>then</> <2># c</>\n"},
		{"a.json", "{\"a\": \"b\", \"c\": [true, 1]}\n", "{<36>\"a\"</>: <32>\"b\"</>, <36>\"c\"</>: [<1>true</>, <33>1</>]}\n"},
		{"README", "# no language\n", "# no language\n"},
	}
	short := strings.NewReplacer("\x1b[0m", "</>", "\x1b[", "<")
	mark := regexp.MustCompile(`<(\d+)m`)
	for _, tt := range tests {
		got := highlighted(generator.File{Path: tt.path, Content: []byte(tt.text)}, report.NewPainter(true))
		if got = mark.ReplaceAllString(short.Replace(got), "<$1>"); got != tt.want {
			t.Errorf("%s:\n got %q\nwant %q", tt.path, got, tt.want)
		}
	}
}
