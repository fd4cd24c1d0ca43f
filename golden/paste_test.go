package golden_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
	"apigw-cors/golden/tools"
)

// pasteFolder holds projects as people have them, each named after the format
// whose snippet is pasted into it: its files, the policy, flags, and the paste
// as the list of edits that it takes.
const pasteFolder = "testdata/paste"

// editsOf is how many a paste may take: places in files of the project that
// change. A rendered file that is used as it is takes none.
func editsOf() map[string]int {
	return map[string]int{"sam": 1, "cloudformation": 2, "terraform": 1, "cdk": 2, "aws-cli": 0}
}

// edit is a place of a file that changes. In its new text <<<A ... B>>> stands
// for lines of the rendered file, from the first that matches A to the next that
// matches B, and <<A>> for what A matches in it.
type edit struct{ File, Old, New string }

// pasted is a project with the snippet in it.
type pasted struct{ name, format, dir string }

// template is its template, where it has one.
func (p pasted) template() string { return filepath.Join(p.dir, "template.yaml") }

// paste makes every project of a format, in folders of the test.
func paste(t testing.TB, format string) []pasted {
	t.Helper()
	found, err := filepath.Glob(pasteFolder + "/" + format + "*")
	if err != nil || len(found) == 0 {
		t.Fatalf("no project for %s: %v", format, err)
	}
	var out []pasted
	for _, project := range found {
		p := pasted{filepath.Base(project), format, filepath.Join(t.TempDir(), filepath.Base(project))}
		if err := os.CopyFS(p.dir, os.DirFS(project)); err != nil {
			t.Fatal(err)
		}
		p.apply(t)
		out = append(out, p)
	}
	return out
}

// apply renders the snippet beside the project, as its user would, and makes
// the edits. The rendered files are used as they are: --check finds them so.
func (p pasted) apply(t testing.TB) {
	t.Helper()
	flags := []string{"--file", filepath.Join(p.dir, "cors.yaml"), "--format", p.format, "--flat"}
	if more, err := os.ReadFile(filepath.Join(p.dir, "flags")); err == nil {
		flags = append(flags, strings.Fields(string(more))...)
	}
	out := p.dir
	_, err := os.Stat(p.template())
	if err == nil {
		out = filepath.Join(p.dir, "cors") // a template of the same name is there
	}
	flags = append(flags, "--out", out)
	generate(t, flags...)
	edits := p.edits(t)
	if want := editsOf()[p.format]; len(edits) != want {
		t.Errorf("%s takes %d edits, not %d", p.name, len(edits), want)
	}
	for _, e := range edits {
		file := filepath.Join(p.dir, e.File)
		text := string(tools.ReadFile(t, file))
		if strings.Count(text, e.Old) != 1 {
			t.Fatalf("%s: %s: %d times there: %q", p.name, e.File, strings.Count(text, e.Old), e.Old)
		}
		snippet := ""
		if err == nil {
			snippet = string(tools.ReadFile(t, filepath.Join(out, "template.yaml")))
		}
		tools.WriteFile(t, file, strings.Replace(text, e.Old, e.text(t, snippet), 1))
	}
	generate(t, append(flags, "--check")...)
}

func (p pasted) edits(t testing.TB) []edit {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(p.dir, "edits.yaml"))
	if os.IsNotExist(err) {
		return nil
	}
	var edits []edit
	if err := yaml.Unmarshal(content, &edits); err != nil {
		t.Fatal(err)
	}
	return edits
}

// text is the new text, with what it takes of the snippet.
func (e edit) text(t testing.TB, snippet string) string {
	t.Helper()
	match := func(expression, in string) string {
		found := regexp.MustCompile("(?m)" + expression).FindString(in)
		if found == "" {
			t.Fatalf("no %q in\n%s", expression, in)
		}
		return found
	}
	lines := regexp.MustCompile(`(?m)^ *<<<(.+) \.\.\. (.+)>>>$`)
	text := lines.ReplaceAllStringFunc(e.New, func(s string) string {
		ends := lines.FindStringSubmatch(s)
		return match(`^.*`+ends[1]+`(.*\n)+?.*`+ends[2]+`.*$`, snippet)
	})
	one := regexp.MustCompile(`<<(.+)>>`)
	return one.ReplaceAllStringFunc(text, func(s string) string { return match(one.FindStringSubmatch(s)[1], snippet) })
}

// pageReads judges what a tool, or the reader, makes of a project: a signed-in
// page of the allowed origin gets what it asks for, one of another does not.
func (p pasted) pageReads(t *testing.T, facts gateway.Facts) {
	t.Helper()
	const allowed = "https://app.example.com"
	backend := func(gateway.Request) cors.Response {
		// What the wrapper adds; an HTTP API ignores it.
		return cors.Response{Status: 200, Headers: cors.HeaderList{{Name: cors.HeaderAllowOrigin, Value: allowed}}}
	}
	d := facts.Deploy()
	for _, origin := range []string{allowed, "https://evil.example"} {
		for _, r := range []cors.Request{{Method: "GET", URL: "https://api.example/orders"}, {Method: "PUT", URL: "https://api.example/orders/7"}} {
			r.Origin, r.Headers = origin, cors.HeaderList{{Name: "Authorization", Value: "Bearer token"}}
			v := d.Judge(r, "", backend)
			switch {
			case v.Unknown != nil:
				t.Errorf("%s: %s %s: cannot tell: %s", p.name, r.Method, r.URL, v.Unknown.Why)
			case v.Allowed() != (origin == allowed):
				t.Errorf("%s: a page of %s, %s %s: allowed %t", p.name, origin, r.Method, r.URL, v.Allowed())
			case v.Allowed() && !v.Reached():
				t.Errorf("%s: %s %s is nowhere", p.name, r.Method, r.URL)
			}
		}
	}
}

// TestReviewBPaste pastes every snippet into projects of its format, as the
// product's own reader reads them. What their tools make of them is judged
// beside the cases, by the same start of each tool.
func TestReviewBPaste(t *testing.T) {
	t.Parallel()
	for format := range editsOf() {
		for _, p := range paste(t, format) {
			t.Run(p.name, func(t *testing.T) {
				p.guarded(t)
				if format == "cdk" || format == "aws-cli" {
					return // they tell only what their tools make of them
				}
				path := "template.yaml"
				if format == "terraform" {
					path = "."
				}
				r, err := reader.Read(os.DirFS(p.dir), path, reader.Options{})
				if err != nil || len(r.Faults) > 0 {
					t.Fatalf("%v %v\n%s", err, r.Faults, tree(t, p.dir)[path])
				}
				p.pageReads(t, theOne(t, r.APIs))
			})
		}
	}
}

// applied reads the project's API back from a control plane.
func (p pasted) applied(t *testing.T, plane tools.ControlPlane) {
	t.Helper()
	name := map[string]string{"terraform-rest": "orders-service", "terraform-http": "orders-http-service", "aws-cli": "orders-by-hand"}[p.name]
	if p.name == "terraform-http" {
		got := seenHTTP(t, plane, plane.HTTPAPI(t, name))
		if sound(t, got); got.CORS == nil || got.Routes["OPTIONS /orders/{id}"] != "NONE" || got.Routes["GET /orders"] != "JWT" {
			t.Errorf("routes %v, CORS %+v", got.Routes, got.CORS)
		}
		return
	}
	got := seenREST(t, plane, plane.RESTAPI(t, name))
	sound(t, got)
	for path, method := range map[string]string{"/orders": "GET", "/orders/{id}": "PUT"} {
		preflight, actual := got.Methods["OPTIONS "+path], got.Methods[method+" "+path]
		if preflight == nil || preflight.Integration != "MOCK" || actual == nil || actual.Auth != "COGNITO_USER_POOLS" {
			t.Errorf("%s: OPTIONS %+v, %s %+v", path, preflight, method, actual)
		}
	}
}

// guarded fails for a project without an authorizer: it would prove little.
func (p pasted) guarded(t *testing.T) {
	t.Helper()
	all := ""
	for name, content := range tree(t, pasteFolder+"/"+p.name) {
		if name != "cors.yaml" {
			all += strings.ToLower(content)
		}
	}
	if !strings.Contains(all, "authorizer") {
		t.Errorf("%s has no authorizer", p.name)
	}
}

// TestPasteCoversFormats: every format that is an API has a project.
func TestPasteCoversFormats(t *testing.T) {
	for name, row := range proofs() {
		_, counted := editsOf()[name]
		if counted != (row.tool != nil) {
			t.Errorf("%s: edits counted %t", name, counted)
		}
	}
	if found, _ := filepath.Glob(pasteFolder + "/*"); len(found) != 10 {
		t.Errorf("%d projects", len(found))
	}
}
