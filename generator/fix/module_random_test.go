package fix_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/fix"
	"apigw-cors/generator/gateway"
	"github.com/rogpeppe/go-internal/txtar"
)

// TestRandomModules mends modules that are put together by chance, and puts a
// policy into others: what comes out is read, is what a second run leaves alone,
// and has every line of what is none of CORS as it was.
func TestRandomModules(t *testing.T) {
	changed := 0
	for seed := range uint64(60) {
		m := newRandomModule(seed)
		var o fix.Options
		if seed%3 == 0 {
			o = asked(t, fmt.Sprintf("api: %s Shop\nallow-origins: https://app.example.com https://b.example.com\nallow-methods: GET PUT\n", m.kind))
		}
		o.Unsafe = seed%2 == 0
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			if len(m.mend(t, o)) > 0 {
				changed++
			}
		})
	}
	if changed < 40 {
		t.Errorf("only %d modules are edited", changed)
	}
}

// randomModule is a module of Terraform, with the lines that nobody may touch.
type randomModule struct {
	*rand.Rand
	kind    string
	files   map[string]*strings.Builder
	strange []string
	newline string
}

func newRandomModule(seed uint64) *randomModule {
	m := &randomModule{Rand: rand.New(rand.NewPCG(seed, 7)), files: map[string]*strings.Builder{}}
	m.newline = m.one("\n", "\n", "\r\n")
	if m.kind = m.one("rest", "rest", "rest", "http"); m.kind == "http" {
		m.http()
	} else {
		m.rest()
	}
	return m
}

// one is one of some texts.
func (m *randomModule) one(texts ...string) string { return texts[m.IntN(len(texts))] }

// block puts a block into some file, and maybe what is none of CORS before it.
func (m *randomModule) block(format string, args ...any) {
	name := m.one("main.tf", "api.tf", "more.tf")
	if m.files[name] == nil {
		m.files[name] = &strings.Builder{}
	}
	if m.IntN(3) == 0 {
		n := len(m.strange)
		line := m.one("resource \"aws_s3_bucket\" \"b%d\" { bucket = \"b%[1]d\" }", "output   \"o%d\" {value=\"%[1]d\"}", "locals { l%d = [1,2,  3] }", "locals {\tt%d = \"ä\\u00e4 $${x}\" }")
		line = fmt.Sprintf(line, n)
		m.strange = append(m.strange, line)
		m.files[name].WriteString(line + "\n\n")
	}
	m.files[name].WriteString(fmt.Sprintf(format, args...) + m.one("\n", "\n\n", "\n\n\n"))
}

// rest is a REST API, with what may be wrong.
func (m *randomModule) rest() {
	m.block("resource \"aws_api_gateway_rest_api\" \"shop\" {\n  name = \"Shop\"\n}")
	origin := m.one(`"'https://app.example.com'"`, `"'*'"`, `"https://app.example.com"`, `"'https://app.example.com/'"`, `local.origin`, `"'https://a.example.com,https://b.example.com'"`, `"'${var.origin}'"`)
	m.block("locals {\n  origin = \"'https://app.example.com'\"\n}")
	m.block("variable \"origin\" {\n  default = \"https://app.example.com\"\n}")
	for i := range 1 + m.IntN(3) {
		id := fmt.Sprintf("p%d", i)
		m.block("resource \"aws_api_gateway_resource\" %q {\n  rest_api_id = aws_api_gateway_rest_api.shop.id\n  parent_id   = aws_api_gateway_rest_api.shop.root_resource_id\n  path_part   = %[1]q\n}", id)
		m.block("resource \"aws_api_gateway_method\" \"%s_get\" {\n  rest_api_id   = aws_api_gateway_rest_api.shop.id\n  resource_id   = aws_api_gateway_resource.%[1]s.id\n  http_method   = %q\n  authorization = %q%s\n}",
			id, m.one("GET", "PUT", "POST", "ANY"), m.one("NONE", "AWS_IAM"), m.one("", "\n  api_key_required = true"))
		m.block("resource \"aws_api_gateway_integration\" \"%s_get\" {\n  rest_api_id             = aws_api_gateway_rest_api.shop.id\n  resource_id             = aws_api_gateway_resource.%[1]s.id\n  http_method             = aws_api_gateway_method.%[1]s_get.http_method\n  type                    = %[2]q\n  integration_http_method = \"POST\"\n  uri                     = \"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f/invocations\"\n}",
			id, m.one("AWS_PROXY", "AWS_PROXY", "AWS"))
		if m.IntN(4) > 0 {
			m.options(id, origin)
		}
	}
	if m.IntN(2) == 0 {
		m.block("resource \"aws_api_gateway_gateway_response\" \"error\" {\n  rest_api_id   = aws_api_gateway_rest_api.shop.id\n  response_type = %q\n  response_parameters = {\n    \"gatewayresponse.header.%s\" = %s\n  }\n}",
			m.one("DEFAULT_4XX", "UNAUTHORIZED", "DEFAULT_4xx"), m.one("Access-Control-Allow-Origin", "access-control-allow-origin", "X-Other"), origin)
	}
	if m.IntN(4) > 0 {
		m.block("resource \"aws_api_gateway_deployment\" \"shop\" {\n  rest_api_id = aws_api_gateway_rest_api.shop.id%s%s\n}",
			m.one("", "\n  triggers    = { at = timestamp() }", "\n\n  triggers = {\n    redeployment = sha1(jsonencode([aws_api_gateway_method.p0_get.id]))\n  }"),
			m.one("", "\n\n  depends_on = [aws_api_gateway_integration.p0_get]", "\n\n  depends_on = [\n    aws_api_gateway_integration.p0_get,\n  ]"))
	}
}

func (m *randomModule) options(id, origin string) {
	status := m.one("200", "204")
	m.block("%sresource \"aws_api_gateway_method\" \"%s_options\" {\n  rest_api_id   = aws_api_gateway_rest_api.shop.id\n  resource_id   = aws_api_gateway_resource.%[2]s.id\n  http_method   = \"OPTIONS\"\n  authorization = %[3]q\n}",
		m.one("", "# A preflight.\n"), id, m.one("NONE", "NONE", "AWS_IAM"))
	m.block("resource \"aws_api_gateway_integration\" \"%s_options\" {\n  rest_api_id = aws_api_gateway_rest_api.shop.id\n  resource_id = aws_api_gateway_resource.%[1]s.id\n  http_method = aws_api_gateway_method.%[1]s_options.http_method\n  type        = \"MOCK\"\n%s\n}",
		id, m.one("  request_templates = {\n    \"application/json\" = jsonencode({ statusCode = 200 })\n  }", "\trequest_templates = { \"application/json\" = \"{\\\"statusCode\\\": 200}\" }", "  request_templates = {\n    \"application/json\" = <<EOF\n{\"statusCode\": 200}\nEOF\n  }", ""))
	declared := "    \"method.response.header.Access-Control-Allow-Origin\" = true\n" + m.one("", "    \"method.response.header.Access-Control-Allow-Headers\" = true\n")
	m.block("resource \"aws_api_gateway_method_response\" \"%s_options\" {\n  rest_api_id = aws_api_gateway_rest_api.shop.id\n  resource_id = aws_api_gateway_resource.%[1]s.id\n  http_method = aws_api_gateway_method.%[1]s_options.http_method\n  status_code = %[2]q\n  response_parameters = {\n%s  }\n}", id, status, declared)
	m.block("resource \"aws_api_gateway_integration_response\" \"%s_options\" {\n  rest_api_id = aws_api_gateway_rest_api.shop.id\n  resource_id = aws_api_gateway_resource.%[1]s.id\n  http_method = aws_api_gateway_method.%[1]s_options.http_method\n  status_code = %s\n  response_parameters = {\n    \"method.response.header.Access-Control-Allow-Headers\" = %s,\n    \"method.response.header.Access-Control-Allow-Origin\" = %s\n  }%s\n}",
		id, m.one(`"`+status+`"`, "aws_api_gateway_method_response."+id+"_options.status_code"), m.one(`"'Content-Type'"`, `"'*'"`, `"Content-Type"`), origin, m.one("", "\n  depends_on = [aws_api_gateway_integration."+id+"_options]"))
}

func (m *randomModule) http() {
	m.block("resource \"aws_apigatewayv2_api\" \"shop\" {\n  name          = \"Shop\"\n  protocol_type = \"HTTP\"\n%s\n}", m.one("",
		"  cors_configuration {\n    allow_origins = [\"https://app.example.com/\", \"'https://b.example.com'\"]\n  }",
		"  cors_configuration {\n    allow_origins     = [\"*\"]\n    allow_credentials = true\n  }",
		"  cors_configuration {\n    allow_origins = [\"https://app.example.com\"]\n    allow_methods = [\"GET\"]\n    max_age       = 90000\n  }"))
	m.block("resource \"aws_apigatewayv2_integration\" \"f\" {\n  api_id                 = aws_apigatewayv2_api.shop.id\n  integration_type       = \"AWS_PROXY\"\n  integration_uri        = \"arn:aws:lambda:us-east-1:123456789012:function:f\"\n  payload_format_version = \"2.0\"\n}")
	m.block("resource \"aws_apigatewayv2_route\" \"r\" {\n  api_id             = aws_apigatewayv2_api.shop.id\n  route_key          = %q\n  target             = \"integrations/${aws_apigatewayv2_integration.f.id}\"\n  authorization_type = %q\n}", m.one("ANY /orders", "PUT /orders", "$default"), m.one("NONE", "AWS_IAM"))
}

// mend edits the module, and gives what has changed.
func (m *randomModule) mend(t *testing.T, o fix.Options) map[string][]byte {
	t.Helper()
	files := fstest.MapFS{}
	for name, text := range m.files {
		files[name] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(text.String(), "\n", m.newline))}
	}
	r := mended(t, files, o)
	for name, text := range r.Files {
		if r.Before[name] != nil && m.newline == "\r\n" && strings.Count(string(text), "\n") != strings.Count(string(text), "\r\n") {
			t.Errorf("line ends are mixed in %s:\n%s", name, text)
		}
		files[name] = &fstest.MapFile{Data: text}
	}
	if len(r.Reading.Faults) > 0 {
		t.Errorf("%v", r.Reading.Faults)
	}
	if again := mended(t, files, o); len(again.Files) > 0 {
		for name, text := range again.Files {
			t.Errorf("a second run makes of %s\n%s\nthis:\n%s", name, files[name].Data, text)
		}
	}
	var whole strings.Builder
	for _, f := range files {
		whole.Write(f.Data)
		whole.WriteString("\n")
	}
	lines := strings.Split(strings.ReplaceAll(whole.String(), "\r", ""), "\n")
	for _, line := range m.strange {
		if !slices.Contains(lines, line) {
			t.Errorf("gone is %s", line)
		}
	}
	return r.Files
}

// FuzzMendModule mends whatever is read of a module, or puts a policy into it:
// what comes out is read without a fault that was not there, has the line ends
// it had, and a second run changes nothing.
func FuzzMendModule(f *testing.F) {
	archives, err := filepath.Glob("testdata/terraform/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(archive.Files[0].Data), false, false)
		f.Add(string(archive.Files[0].Data), true, true)
	}
	for seed := range uint64(20) {
		m := newRandomModule(seed)
		var whole strings.Builder
		for _, text := range m.files {
			whole.WriteString(text.String())
		}
		f.Add(whole.String(), seed%2 == 0, seed%3 == 0)
	}
	api, _, err := gateway.Parse(gateway.Config{API: "rest", Name: "Shop", Config: cors.Config{
		AllowOrigins: []string{"https://app.example.com", "https://b.example.com"}, AllowMethods: []string{"GET", "PUT"},
	}})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string, crlf, policy bool) {
		if len(text) > 1<<14 {
			return
		}
		if crlf {
			text = strings.ReplaceAll(strings.ReplaceAll(text, "\r", ""), "\n", "\r\n")
		}
		o := fix.Options{Unsafe: true}
		if policy {
			o.Judge.Policy, o.Policy = &api, &fix.Policy{API: api}
		}
		files := fstest.MapFS{"main.tf": {Data: []byte(text)}}
		r, err := fix.Run(context.Background(), files, ".", o, fix.Rules)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Files) == 0 {
			return
		}
		if len(r.Reading.Faults) > 0 {
			t.Fatalf("%v in\n%s", r.Reading.Faults, r.Files["main.tf"])
		}
		for name, after := range r.Files {
			if crlf && r.Before[name] != nil && strings.Count(string(after), "\n") != strings.Count(string(after), "\r\n") {
				t.Fatalf("line ends are mixed in %q", after)
			}
			files[name] = &fstest.MapFile{Data: after}
		}
		again, err := fix.Run(context.Background(), files, ".", o, fix.Rules)
		if err != nil {
			t.Fatal(err)
		}
		for name, after := range again.Files {
			t.Fatalf("a second run makes of %s\n%s\nthis:\n%s", name, files[name].Data, after)
		}
	})
}
