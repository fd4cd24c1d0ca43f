package generator

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"apigw-cors/templates"
)

func TestCheckRefusesWhatCouldPrintUnquoted(t *testing.T) {
	tests := []struct {
		desc, file, text, want string
	}{
		{"a bare field", "a.yaml.tmpl", "a: {{.X}}", "does not end in one of"},
		{"another language's quoter", "a.yaml.tmpl", "a: {{.X | hcl}}", "not defined"},
		{"a quoter that is not last", "a.tf.tmpl", "a = {{join .X `,`}}", "does not end in one of"},
		{"inside a range", "a.tf.tmpl", "{{range .X}}{{.}}{{end}}", "does not end in one of"},
		{"inside an else", "a.sh.tmpl", "{{if .X}}{{else}}{{.Y}}{{end}}", "does not end in one of"},
		{"inside a definition", "a.py.tmpl", "{{template `x`}}{{define `x`}}{{.}}{{end}}", "does not end in one of"},
		{"a backtick in TypeScript", "a.ts.tmpl", "const a = `x`;", "is not allowed"},
		{"a language without quoters", "a.xml.tmpl", "<a/>", "no quoter"},
		{"a definition that nothing runs", "a.ts.tmpl", "{{define `x`}}{{end}}", "not used"},
		{"a definition that runs itself", "a.ts.tmpl", "{{template `x`}}{{define `x`}}{{template `x`}}{{end}}", "calls itself"},
		{"all quoted", "a.ts.tmpl", "{{$x := .X}}{{range .Y}}{{. | js}},{{end}}{{if .Z}}{{$x | id}}{{end}}", ""},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) { refuses(t, tt.file, tt.text, tt.want) })
	}
}

// A quoter's output is safe in one kind of place. SAM's AllowOrigin piped
// through comment, which changes nothing, once loaded and lost its quotes.
func TestCheckKnowsPositions(t *testing.T) {
	tests := []struct {
		desc, file, text, want string
	}{
		{"comment in a value", "a.yaml.tmpl", "AllowOrigin: {{.X | comment}}\n", "outside of a line comment"},
		{"comment behind a hash", "a.yaml.tmpl", "a: b\n#{{if .}} {{. | comment}}{{end}}\nc: d\n", ""},
		{"comment behind a hash in a word", "a.yaml.tmpl", "a: b#{{.X | comment}}\n", "outside of a line comment"},
		{"comment behind a hash in a string", "a.yaml.tmpl", `a: "# {{.X | comment}}"`, "outside of a line comment"},
		{"comment in the line below", "a.yaml.tmpl", "# a\n{{.X | comment}}", "outside of a line comment"},
		{"comment where one branch ends the line", "a.ts.tmpl", "// {{if .X}}a\n{{end}}{{.Y | comment}}", "outside of a line comment"},
		{"comment in the second turn of a loop", "a.ts.tmpl", "// {{range .X}}{{. | comment}}\n{{end}}", "outside of a line comment"},
		{"comment in a block comment", "a.js.tmpl", "/* {{.X | comment}} */", "outside of a line comment"},
		{"comment behind two slashes of a string", "a.js.tmpl", "const a = 'https://{{.X | comment}}';", "outside of a line comment"},
		{"comment behind an argument count", "a.sh.tmpl", "[[ $# -eq {{.X | comment}} ]]", "outside of a line comment"},
		{"comment in a definition run in code", "a.py.tmpl", "a = {{template `x` .}}{{define `x`}}{{.X | comment}}{{end}}", "outside of a line comment"},
		{"a string in a string", "a.ts.tmpl", "const a = '{{.X | js}}';", "inside of a string"},
		{"behind an escaped quote", "a.ts.tmpl", `const a = 'it\'s {{.X | js}}';`, "inside of a string"},
		{"a string in a comment", "a.tf.tmpl", "# {{.X | hcl}}\n", "inside of a line comment"},
		{"a word between quotes", "a.sh.tmpl", `echo "{{.X | sh}}"`, "inside of a string"},
		{"a word between quotes over two lines", "a.sh.tmpl", "echo 'a\n{{.X | sh}}'", "inside of a string"},
		{"a string in a docstring", "a.py.tmpl", "\"\"\"It's\n{{.X | py}}\"\"\"", "inside of a string"},
		{"behind part of a scalar", "a.yaml.tmpl", "method.{{.X | yaml}}: a\n", "stands before it"},
		{"behind a word of a scalar", "a.yaml.tmpl", "a: b {{.X | yaml}}\n", "in the middle of one"},
		{"before part of a scalar", "a.yaml.tmpl", "a: {{.X | yaml}}b\n", "follows a whole value"},
		{"before part of a scalar, in a branch", "a.yaml.tmpl", "a: {{.X | yaml}}{{if .Y}}b{{end}}\n", "follows a whole value"},
		{"two strings in a row", "a.ts.tmpl", "f({{.X | js}}{{.Y | js}})", "behind another value"},
		{"a name that could be a Boolean", "a.yaml.tmpl", "a: {{.X | id}}\n", "an id is all of a value"},
		{"a name that goes on", "a.yaml.tmpl", "{{.X | id}}Stage: !GetAtt {{.X | id}}.Arn\n", ""},
		{"a block too shallow", "a.yaml.tmpl", "  a: {{.X | literal 2}}\n", "4 are right here"},
		{"a block, and more in its line", "a.yaml.tmpl", "a: {{.X | literal 2}} # b\n", "follows"},
		{"a block as deep as it has to be", "a.yaml.tmpl", "a:\n  - b: {{.X | literal 4}}\n", ""},
		{"a heredoc too deep", "a.tf.tmpl", "a = {{.X | heredoc 4}}\n", "2 are right here"},
		{"a string that does not end", "a.ts.tmpl", "const a = 'b\n{{.X | js}}", "over the end of the line"},
		{"a key, a value, a tag and a list", "a.yaml.tmpl", "{{.X | yaml}}:\n  b: !Sub {{.X | yaml}}\n  c:\n    - {{.X | yaml}}\n  it's: {{.X | yaml}}\n", ""},
		{"numbers and names in strings", "a.tf.tmpl", "a \"{{.X | id}}_b\" {\n  c = \"{{.Y | int}}\"\n}\n", ""},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) { refuses(t, tt.file, tt.text, tt.want) })
	}
}

func refuses(t *testing.T, file, text, want string) {
	t.Helper()
	err := checkTemplates(fstest.MapFS{file: {Data: []byte(text)}}, file)
	if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
		t.Errorf("got %v, want %q", err, want)
	}
}

func TestEveryTemplateIsChecked(t *testing.T) {
	files, err := fs.Glob(templates.FS, "*/*.tmpl")
	if err != nil || len(files) == 0 {
		t.Fatalf("no templates: %v", err)
	}
	var patterns []string
	for _, file := range files {
		patterns = append(patterns, patternOf(strings.TrimSuffix(file, ".tmpl")))
	}
	slices.Sort(patterns)
	composed := composedDefinitions()
	for _, pattern := range slices.Compact(patterns) {
		if err := checkTemplates(templates.FS, pattern, composed[pattern]...); err != nil {
			t.Errorf("%s: %v", path.Dir(pattern), err)
		}
	}
}
