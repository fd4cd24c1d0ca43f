package cmd

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"apigw-cors/cmd/schema"
)

// jsonRow is a run with --json: what it prints on stdout is of the schema
// named, and what it prints on stderr is a report.
type jsonRow struct {
	desc, command string
	exit          int
	// stdin is the policy.
	stdin string
	// schema is "" where stdout is not JSON.
	schema string
}

// TestReviewB8JSONIsOfItsSchema: every document that a command prints has the
// members that help json tells of, and no other. A command needs a row.
func TestReviewB8JSONIsOfItsSchema(t *testing.T) {
	const plain = "{api: http, allowOrigins: [https://a.example.com], allowMethods: [GET]}"
	const open = "{api: rest, allowOrigins: ['*'], allowMethods: [get, POST], allowAdvice: [any-origin]}"
	const faulty = "{api: rest, allowOrigins: [https://A.example.com/x, 'null'], allowMethods: [TRACE, \"GET\\u00a0\"], maxAge: 1y}"
	many := "{api: rest, allowOrigins: [" + strings.Repeat("x,", 150) + "x], allowMethods: [GET]}"
	deployed := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("Access-Control-Allow-Methods", "PUT")
		w.Header().Set("Access-Control-Allow-Headers", "Authorization")
		w.Header().Set("X-Amz-Apigw-Id", "id")
	}))
	defer deployed.Close()
	out := t.TempDir()
	file := filepath.Join(out, "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	app := t.TempDir()
	for name, text := range map[string]string{"cdk.json": "{}", "stack.ts": "const api = new apigateway.RestApi(this, 'Api');\n"} {
		if err := os.WriteFile(filepath.Join(app, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	tests := []jsonRow{
		{"nothing to say", "generate -f -", 0, plain, ""},
		{"advice, acknowledged and not", "generate -f -", 0, open, ""},
		{"advice refused", "generate -f - --strict", 3, open, ""},
		{"faults", "generate -f -", 3, faulty, ""},
		{"more faults than are told", "generate -f -", 3, many, ""},
		{"a fault by flag", "generate --api rest --allow-origins x --allow-methods GET", 3, "", ""},
		{"a command line that cannot be read", "generate --apy rest", 2, "", ""},
		{"files that are missing", "generate -f - --check --out " + out, 4, plain, ""},
		{"files that are written", "generate -f - --out " + out, 0, plain, ""},
		{"files that are as they were", "generate -f - --out " + out, 0, plain, ""},
		{"files that would change", "generate -f - --out " + out, 1, open, ""},
		{"scripts", "generate -f - --format aws-cli --out " + out, 0, open, ""},
		{"files that are stale", "generate -f - --format aws-cli --gateway-responses none --out " + out + " --force", 0, open, ""},
		{"a folder that is a file", "generate -f - --out " + file, 1, plain, ""},
		{"nobody to ask", "configure", 2, "", ""},
		{"a request that is allowed", "explain -f - --origin https://a.example.com --header X-A=1", 5, plain, "explain"},
		{"one with a preflight", "explain -f - --origin https://a.example.com --method POST --header Content-Type=application/json --credentials include", 5, open, "explain"},
		{"a simple one", "explain -f - --origin https://a.example.com", 0, plain + "\n---\n" + strings.Replace(open, "{", "{name: B, ", 1), "explain"},
		{"a route that is not there", "explain -f - --origin https://a.example.com --resource /a --path /b", 0, plain, "explain"},
		{"a page without an origin", "explain -f - --origin null --method PUT", 5, plain, "explain"},
		{"a policy at fault", "explain -f - --origin https://a.example.com", 3, faulty, ""},
		{"every page on every path", "explain -f - --matrix", 0, plain + "\n---\n" + strings.Replace(open, "{", "{name: B, ", 1), "matrix"},
		{"a message of a console", "explain --message Failed_to_fetch,_load_failed:_net::ERR_FAILED", 0, "", "message"},
		{"another message", "explain --message Cors", 1, "", ""},
		{"a server that cannot start", "serve -f - --listen nowhere.invalid:x", 1, plain, ""},
		{"a deployed API", "probe " + deployed.URL + "/a?token=x --origin https://a.example.com --method PUT --header Authorization=x", 0, "", "probe"},
		{"one that refuses", "probe " + deployed.URL + "/a --origin https://a.example.com --credentials include", 5, "", "probe"},
		{"a request that a page cannot make", "probe " + deployed.URL + "/a --origin https://a.example.com --method TRACE", 5, "", "probe"},
		{"one against a policy", "probe " + deployed.URL + " -f -", 5, plain, "matrix"},
		{"one that does not answer", "probe http://127.0.0.1:1/ --origin https://a.example.com", 1, "", ""},
		{"tests, some of which fail", "test -f testdata/tests.yaml", 5, "", "test"},
		{"tests of what is deployed", "test -f testdata/tests.yaml --url " + deployed.URL, 5, "", "test"},
		{"tests of a template", "test -f testdata/tests.yaml --in testdata/lint/nothing.yaml", 1, "", ""},
		{"no tests", "test -f -", 2, plain, ""},
		{"files without a finding", "lint --ignore gateway-responses-missing --fail-on info " + out, 0, "", "lint"},
		{"findings, questions and a file that cannot be read", "lint testdata/lint", 1, "", "lint"},
		{"files mended, and one that cannot be read", "fix testdata/lint", 1, "", "fix"},
		{"nothing to mend", "fix --write " + out, 0, "", "fix"},
		{"a policy put into a template", "fix -f - --check testdata/lint/template.yaml", 4, "{api: rest, allowOrigins: [https://a.example.com, https://b.example.com], allowMethods: [GET]}", "fix"},
		{"a policy rendered for a CDK app", "fix -f - --check " + app, 4, plain, "fix"},
		{"a policy to begin with", "init --schema --out " + filepath.Join(out, "new", "cors.yaml"), 0, "", ""},
		{"the schema of a policy", "schema", 0, "", ""},
		{"the manual", "man --out " + filepath.Join(out, "man"), 0, "", ""},
		{"a template", "import testdata/lint/template.yaml", 3, "", "import"},
		{"policies to complete, and a file that cannot be read", "import testdata/lint", 1, "", "import"},
		{"formats", "formats", 0, "", "formats"},
		{"version", "version", 0, "", "version"},
	}
	for _, c := range subcommands() {
		made := c.make(newApp(nil, io.Discard, io.Discard, os.Getenv))
		if made.Runnable() && !slices.ContainsFunc(tests, func(r jsonRow) bool { return strings.Fields(r.command)[0] == c.name }) {
			t.Errorf("%s: no row: what does it print with --json?", c.name)
		}
	}
	states := map[string]bool{}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			exit, stdout, stderr := runMain(tt.stdin, append(strings.Fields(tt.command), "--json")...)
			if exit != tt.exit {
				t.Errorf("exit %d, not %d", exit, tt.exit)
			}
			holdTo(t, "report", stderr)
			for _, state := range regexp.MustCompile(`"state": "([a-z-]+)"`).FindAllStringSubmatch(stderr, -1) {
				states[state[1]] = true
			}
			if tt.schema != "" {
				holdTo(t, tt.schema, stdout)
			}
		})
	}
	if got := slices.Sorted(maps.Keys(states)); !slices.Equal(got, []string{"missing", "stale", "unchanged", "would-change", "written"}) {
		t.Errorf("files were %q", got)
	}
}

// TestReviewB8ServeEventsAreOfTheirSchema runs the server, and holds each line
// of its log.
func TestReviewB8ServeEventsAreOfTheirSchema(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	read, write := io.Pipe()
	a := newApp(strings.NewReader(""), write, io.Discard, func(string) string { return "" })
	args := strings.Fields("serve --json --listen 0.0.0.0:0 --api rest --allow-origins https://a.example.com --allow-methods GET --resource /a")
	go func() { write.CloseWithError(newRoot(a, args).ExecuteContext(ctx)) }()
	var events []string
	for lines := bufio.NewScanner(read); lines.Scan(); {
		holdTo(t, "serve", lines.Text())
		var e struct{ Event, Address, Cause string }
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			t.Fatal(err)
		}
		events = append(events, strings.TrimSpace(e.Event+" "+e.Cause))
		if e.Event == "listening" {
			go func() {
				defer stop()
				for _, path := range []string{"/a", "/b"} {
					r, _ := http.NewRequest("GET", strings.Replace(e.Address, "[::]", "127.0.0.1", 1)+path, nil)
					r.Header.Set("Origin", "https://b.example.com")
					if response, err := http.DefaultClient.Do(r); err == nil {
						response.Body.Close()
					}
				}
			}()
		}
	}
	if got := strings.Join(events, ", "); got != "listening, warning, request allow-origin-other, request allow-origin-other, stopped" {
		t.Errorf("events: %s", got)
	}
}

// holdTo holds a document to its schema, read as one that allows no member it
// does not name.
func holdTo(t *testing.T, name, document string) {
	t.Helper()
	text, err := schema.Text(name)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(name, err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(name, closed(parsed)); err != nil {
		t.Fatal(name, err)
	}
	compiled, err := compiler.Compile(name)
	if err != nil {
		t.Fatal(name, err)
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(document))
	if err == nil {
		err = compiled.Validate(value)
	}
	if err != nil {
		t.Errorf("not of the schema %s: %v\n%s", name, err, document)
	}
}

// closed lets no object of a schema have members that it does not name.
func closed(s any) any {
	switch s := s.(type) {
	case map[string]any:
		for _, v := range s {
			closed(v)
		}
		if _, ok := s["properties"].(map[string]any); ok {
			s["additionalProperties"] = false
		}
	case []any:
		for _, v := range s {
			closed(v)
		}
	}
	return s
}
