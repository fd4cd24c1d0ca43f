package generator

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"apigw-cors/templates"
)

func TestLoadRefusesWhatCouldPrintUnquoted(t *testing.T) {
	tests := []struct {
		desc, file, text, want string
	}{
		{"a bare field", "a.yaml.tmpl", "a: {{.X}}", "does not end in one of"},
		{"another language's quoter", "a.yaml.tmpl", "a: {{.X | hcl}}", "not defined"},
		{"a quoter that is not last", "a.tf.tmpl", "a = {{join .X `,`}}", "does not end in one of"},
		{"inside a range", "a.tf.tmpl", "{{range .X}}{{.}}{{end}}", "does not end in one of"},
		{"inside an else", "a.sh.tmpl", "{{if .X}}{{else}}{{.Y}}{{end}}", "does not end in one of"},
		{"inside a definition", "a.py.tmpl", "{{define `x`}}{{.}}{{end}}", "does not end in one of"},
		{"a backtick in TypeScript", "a.ts.tmpl", "const a = `x`;", "is not allowed"},
		{"a language without quoters", "a.xml.tmpl", "<a/>", "no quoter"},
		{"all quoted", "a.ts.tmpl", "{{$x := .X}}{{range .Y}}{{. | js}}{{end}}{{if .Z}}{{$x | id}}{{end}}", ""},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			_, err := load(fstest.MapFS{tt.file: {Data: []byte(tt.text)}}, tt.file)
			if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

func TestEveryTemplateLoads(t *testing.T) {
	files, err := fs.Glob(templates.FS, "*/*.tmpl")
	if err != nil || len(files) == 0 {
		t.Fatalf("no templates: %v", err)
	}
	for _, file := range files {
		if _, err := load(templates.FS, file); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}
