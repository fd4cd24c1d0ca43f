package generator

import (
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"gopkg.in/yaml.v3"
)

func TestQuoters(t *testing.T) {
	tests := []struct {
		desc  string
		quote func(string) (string, error)
		in    string
		want  string // "" means refused
	}{
		{"yaml: the inner quotes of a static value survive", quoteYAML, "'*'", `"'*'"`},
		{"yaml: a plain word", quoteYAML, "Content-Type", "Content-Type"},
		{"yaml: a bare star would be an alias", quoteYAML, "*", `"*"`},
		{"yaml: the Norway problem", quoteYAML, "No", `"No"`},
		{"yaml: a status code stays a string", quoteYAML, "204", `"204"`},
		{"yaml: empty", quoteYAML, "", `""`},
		{"yaml: an origin", quoteYAML, "https://a.example", `"https://a.example"`},
		{"yaml: JSON needs no escapes", quoteYAML, `{"statusCode": 204}`, `'{"statusCode": 204}'`},
		{"yaml: both quotes", quoteYAML, `'"`, `"'\""`},
		{"yaml: a line feed", quoteYAML, "a\nb", `"a\nb"`},
		{"yaml: a carriage return", quoteYAML, "a\rb", ""},
		{"yaml: beyond ASCII", quoteYAML, "ü", ""},
		{"hcl: interpolation", quoteHCL, "${x} %{y} $x", `"$${x} %%{y} $x"`},
		{"hcl: JSON", quoteHCL, `{"statusCode": 204}`, `"{\"statusCode\": 204}"`},
		{"js: single quotes are the custom", quoteJS, "GET", "'GET'"},
		{"js: inner quotes", quoteJS, "'*'", `"'*'"`},
		{"js: both quotes", quoteJS, `'"`, `'\'"'`},
		{"js: a backslash", quoteJS, `a\b`, `'a\\b'`},
		{"py: double quotes", quotePython, `a"b`, `"a\"b"`},
		{"sh: a plain word", quoteShell, "https://a.example,https://b.example", "https://a.example,https://b.example"},
		{"sh: a star", quoteShell, "*", "'*'"},
		{"sh: $default", quoteShell, "$default", "'$default'"},
		{"sh: a single quote", quoteShell, "a'b", `'a'\''b'`},
		{"sh: empty", quoteShell, "", "''"},
		{"sh: a tilde would be the home folder", quoteShell, "~", "'~'"},
		{"comment: a line feed would end it", comment, "a\nb", ""},
		{"id: a word", identifier, "ApiOptions", "ApiOptions"},
		{"id: a digit first", identifier, "1a", ""},
		{"id: empty", identifier, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			got, err := tt.quote(tt.in)
			if (err != nil) != (tt.want == "") {
				t.Fatalf("got %s, %v", got, err)
			}
			if err == nil && got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

// FuzzQuoters holds that what a quoter accepts, the format's own reader reads
// back.
func FuzzQuoters(f *testing.F) {
	for _, s := range []string{"'*'", "No", "a: b", "${x}%{y}", "#x", "- x", "0x1f", "1e3", "~", "\\n", "$default", "<<", "=", "-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if q, err := quoteYAML(s); err == nil {
			var back any
			if err := yaml.Unmarshal([]byte(q), &back); err != nil || back != s {
				t.Errorf("yaml: %q became %s, read as %v (%v)", s, q, back, err)
			}
		}
		if q, err := quoteHCL(s); err == nil {
			e, diags := hclsyntax.ParseExpression([]byte(q), "", hcl.InitialPos)
			if diags.HasErrors() {
				t.Fatalf("hcl: %q became %s: %v", s, q, diags)
			}
			if v, diags := e.Value(nil); diags.HasErrors() || v.AsString() != s {
				t.Errorf("hcl: %q became %s", s, q)
			}
		}
	})
}

func TestLiteralYAML(t *testing.T) {
	got, err := literalYAML(4, "#set($x = 1)\n#end\n")
	if want := "|\n    #set($x = 1)\n    #end"; err != nil || got != want {
		t.Errorf("got %q, %v", got, err)
	}
	for _, s := range []string{"", "no line feed", " indented\n", "two\n\n", "\nfirst\n", "a\tb\n"} {
		if got, err := literalYAML(2, s); err == nil {
			t.Errorf("%q became %q", s, got)
		}
	}
}

func TestHeredocHCL(t *testing.T) {
	got, err := heredocHCL(4, "#if($x)\n${x}\n")
	if want := "<<-EOT\n    #if($x)\n    $${x}\n  EOT"; err != nil || got != want {
		t.Errorf("got %q, %v", got, err)
	}
	for _, s := range []string{"", "no line feed", "a\nEOT\n"} {
		if got, err := heredocHCL(4, s); err == nil {
			t.Errorf("%q became %q", s, got)
		}
	}
}
