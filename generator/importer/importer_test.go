package importer_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/importer"
	"apigw-cors/generator/reader"
)

// rest is a template with a REST API whose OPTIONS method on /a sends the
// headers, beside a GET and a PUT.
func rest(headers ...string) string {
	var declared, mapped strings.Builder
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		fmt.Fprintf(&declared, "              %s: {type: string}\n", name)
		fmt.Fprintf(&mapped, "                method.response.header.%s: %s\n", name, value)
	}
	return `swagger: "2.0"
info: {title: Api, version: "1"}
paths:
  /a:
    get:
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/f/invocations"}
    put:
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/f/invocations"}
    options:
      responses:
        "200":
          headers:
` + declared.String() + `      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses:
          default:
            statusCode: "200"
            responseParameters:
` + mapped.String()
}

func http(cors string) string {
	return `openapi: "3.0.1"
info: {title: Api, version: "1"}
paths:
  /a:
    get:
      x-amazon-apigateway-integration: {type: aws_proxy, payloadFormatVersion: "2.0", uri: x}
x-amazon-apigateway-cors:
` + cors
}

func read(t *testing.T, text string) []gateway.Facts {
	t.Helper()
	r, err := reader.Read(fstest.MapFS{"api.yaml": {Data: []byte(text)}}, "api.yaml", reader.Options{})
	if err != nil || len(r.Faults) > 0 {
		t.Fatal(err, r.Faults)
	}
	return r.APIs
}

// TestImportOfWhatIsWrong: what is wrong is taken for what it plainly means where
// that lets in no more, and else left open; nothing is guessed.
func TestImportOfWhatIsWrong(t *testing.T) {
	const origin = `Access-Control-Allow-Origin: "'https://a.example'"`
	tests := []struct {
		desc, text string
		// want are the origins, methods, headers, credentials and max-age; open the
		// fields that are left open; rules those that the notes name.
		want, open, rules string
	}{
		{"nothing is", rest(origin, `Access-Control-Allow-Methods: "'GET,PUT'"`), "[https://a.example] [GET PUT] [] false ", "", ""},
		{"unquoted", rest("Access-Control-Allow-Origin: https://a.example", `Access-Control-Allow-Methods: "'GET,PUT'"`), "[https://a.example] [GET PUT] [] false ", "", "unquoted-value"},
		{"joined", rest(`Access-Control-Allow-Origin: "'https://a.example,https://b.example'"`, `Access-Control-Allow-Methods: "'*'"`), "[https://a.example https://b.example] [GET PUT] [] false ", "", "comma-joined-origins"},
		{"any origin with credentials", rest(`Access-Control-Allow-Origin: "'*'"`, `Access-Control-Allow-Credentials: "'true'"`, `Access-Control-Allow-Methods: "'GET,PUT'"`), "[] [GET PUT] [] true ", "allowOrigins", "wildcard-with-credentials"},
		{"any header with credentials", rest(origin, `Access-Control-Allow-Credentials: "'true'"`, `Access-Control-Allow-Headers: "'*'"`, `Access-Control-Allow-Methods: "'PUT'"`), "[https://a.example] [PUT GET] [] true ", "", "wildcard-literal-with-credentials"},
		{"not serialised", rest(`Access-Control-Allow-Origin: "'HTTPS://A.example:443/'"`, `Access-Control-Allow-Methods: "'PUT'"`), "[https://a.example] [PUT GET] [] false ", "", "origin-not-serialised"},
		{"a path in an origin", rest(`Access-Control-Allow-Origin: "'https://a.example/app'"`, `Access-Control-Allow-Methods: "'PUT'"`), "[https://a.example] [PUT GET] [] false ", "", "origin-not-serialised"},
		{"null", rest(`Access-Control-Allow-Origin: "'null'"`, `Access-Control-Allow-Methods: "'PUT'"`), "[] [PUT GET] [] false ", "allowOrigins", "null-origin"},
		{"an expression", rest("Access-Control-Allow-Origin: method.request.header.origin", `Access-Control-Allow-Methods: "'PUT'"`), "[] [PUT GET] [] false ", "allowOrigins", ""},
		{"a placeholder", rest(`Access-Control-Allow-Origin: "'https://<domain>'"`, `Access-Control-Allow-Methods: "'PUT'"`), "[] [PUT GET] [] false ", "allowOrigins", ""},
		{"a method that is not listed", rest(origin, `Access-Control-Allow-Methods: "'GET'"`), "[https://a.example] [GET] [] false ", "", "method-not-in-allow-methods"},
		{"a method that no path serves", rest(origin, `Access-Control-Allow-Methods: "'GET,PUT,DELETE'"`), "[https://a.example] [GET PUT DELETE] [] false ", "", ""},
		{"no OPTIONS headers", rest(`Access-Control-Allow-Methods: "'GET'"`), "[] [GET PUT] [] false ", "allowOrigins", ""},
		{"a max-age of words", rest(origin, `Access-Control-Allow-Methods: "'GET,PUT'"`, `Access-Control-Max-Age: "'1 hour'"`), "[https://a.example] [GET PUT] [] false ", "maxAge", "max-age-invalid"},
		{"credentials of another case", rest(origin, `Access-Control-Allow-Methods: "'GET,PUT'"`, `Access-Control-Allow-Credentials: "'True'"`), "[https://a.example] [GET PUT] [] false ", "", "allow-credentials-not-true"},
		{"a header that the browser sets", rest(origin, `Access-Control-Allow-Methods: "'GET,PUT'"`, `Access-Control-Allow-Headers: "'X-A,not a name'"`), "[https://a.example] [GET PUT] [X-A] false ", "", ""},
		{"HTTP: quoted", http("  allowOrigins: [\"'https://a.example'\"]\n  allowMethods: [GET]\n"), "[https://a.example] [GET] [] false ", "", "quoted-value"},
		{"HTTP: a pattern that the service does not take", http("  allowOrigins: [https://*.a.example, https://b.example]\n  allowMethods: [GET]\n"), "[ https://b.example] [GET] [] false ", "allowOrigins[0]", "origin-pattern-unsupported"},
		{"HTTP: no origin", http("  allowMethods: [GET]\n"), "[] [GET] [] false ", "allowOrigins", "allow-origins-missing"},
		{"HTTP: joined", http("  allowOrigins: ['https://a.example, https://b.example']\n  allowMethods: ['*']\n  maxAge: 600\n"), "[https://a.example https://b.example] [GET] [] false 600", "", "comma-joined-origins"},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			apis := read(t, tt.text)
			if len(apis) != 1 {
				t.Fatalf("%d APIs", len(apis))
			}
			i := importer.From(apis[0])
			methods := i.Config.AllowMethods
			if len(i.Config.Resources) > 0 && methods == nil {
				methods = i.Config.Resources[0].Methods
			}
			got := fmt.Sprintf("%v %v %v %t %s", i.Config.AllowOrigins, methods, i.Config.AllowHeaders, i.Config.AllowCredentials, i.Config.MaxAge)
			var open, rules []string
			for _, n := range i.Notes {
				if n.Open && !slices.Contains(open, n.Field) {
					open = append(open, n.Field)
				}
				if n.Rule != "" && n.Rule != "gateway-responses-missing" && !slices.Contains(rules, n.Rule) {
					rules = append(rules, n.Rule)
				}
			}
			if o, r := strings.Join(open, " "), strings.Join(rules, " "); got != tt.want || o != tt.open || r != tt.rules {
				t.Errorf("%s, open %q, rules %q\n%+v", got, o, r, i.Notes)
			}
			holds(t, i)
		})
	}
}

// TestImportOfPreflightsAlone keeps the paths where the preflights name no methods
// and the methods stand elsewhere: without paths the policy would be for others.
func TestImportOfPreflightsAlone(t *testing.T) {
	_, options, _ := strings.Cut(rest(`Access-Control-Allow-Origin: "'https://a.example'"`), "    options:\n")
	i := importer.From(read(t, "swagger: \"2.0\"\ninfo: {title: Api, version: \"1\"}\npaths:\n  /a:\n    options:\n"+options+"  /b:\n    options:\n"+options)[0])
	if got := fmt.Sprint(i.Config.Resources, i.Config.AllowMethods); got != "[/a /b] []" || i.IsComplete() {
		t.Errorf("%s\n%+v", got, i)
	}
	holds(t, i)
}

// holds: a complete policy parses, and of another the parser refuses what is
// open, and nothing else.
func holds(t *testing.T, i importer.Import) {
	t.Helper()
	_, _, err := gateway.Parse(i.Config)
	for _, f := range cors.Faults(err) {
		if !slices.ContainsFunc(i.Notes, func(n importer.Note) bool {
			return n.Open && (n.Field == f.Path() || strings.HasPrefix(f.Path(), n.Field) || f.Field == "allowMethods" && strings.HasSuffix(n.Field, ".methods"))
		}) {
			t.Errorf("%s: refused, and not open: %v\n%+v", i.Name, f, i)
		}
	}
	for _, n := range i.Notes {
		if n.Text == "" {
			t.Errorf("%s: a note without words: %+v", i.Name, n)
		}
	}
}

// TestImportOfTheReadersOwn: of every file that the reader is tried with, what is
// complete parses, and what is not is open.
func TestImportOfTheReadersOwn(t *testing.T) {
	apis := 0
	for _, folder := range []string{"../reader/testdata/sam", "../reader/testdata/terraform"} {
		entries, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			r, err := reader.Read(os.DirFS(folder), e.Name(), reader.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range r.APIs {
				apis++
				holds(t, importer.From(f))
			}
		}
	}
	if apis < 30 {
		t.Errorf("%d APIs", apis)
	}
}
