package generator

import (
	"encoding/json"
	"maps"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"apigw-cors/generator/gateway"
)

// The snippet is what the example does after --create, to the line.
func TestAWSCLISnippetStandsInTheStandaloneScript(t *testing.T) {
	for desc, c := range policies() {
		snippet, standalone := filesOf(t, c, "aws-cli", Options{}), filesOf(t, c, "aws-cli", Options{Standalone: true})
		rest := withoutHead(standalone["apply.sh"])
		for _, line := range withoutHead(snippet["apply.sh"]) {
			at := slices.Index(rest, line)
			if at < 0 {
				t.Errorf("%s: the standalone script lacks %q, or has it elsewhere", desc, line)
				break
			}
			rest = rest[at+1:]
		}
		delete(snippet, "apply.sh")
		delete(standalone, "apply.sh")
		if !maps.Equal(snippet, standalone) {
			t.Errorf("%s: the documents differ", desc)
		}
	}
}

// The script names every document, and no other.
func TestAWSCLIDocuments(t *testing.T) {
	named := regexp.MustCompile(`[a-z-]+(?:\$status|[0-9]*)\.json`)
	for desc, c := range policies() {
		files := filesOf(t, c, "aws-cli", Options{Standalone: true})
		var got, want []string
		for _, name := range named.FindAllString(files["apply.sh"], -1) {
			for _, status := range []string{"200", "500"} {
				got = append(got, strings.ReplaceAll(name, "$status", status))
			}
		}
		for name, content := range files {
			if name == "apply.sh" {
				continue
			}
			want = append(want, name)
			var document map[string]any
			if err := json.Unmarshal([]byte(content), &document); err != nil || len(document) == 0 {
				t.Errorf("%s: %s: %v\n%s", desc, name, err, content)
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if got = slices.Compact(got); !slices.Equal(got, want) {
			t.Errorf("%s: the script reads %q, there are %q", desc, got, want)
		}
	}
}

func TestAWSCLIScript(t *testing.T) {
	for desc, c := range policies() {
		for _, standalone := range []bool{false, true} {
			f, _ := ParseFormat("aws-cli")
			files, _, err := Render(parsed(t, c), f, Options{Standalone: standalone})
			if err != nil {
				t.Fatal(err)
			}
			script := string(files[0].Content)
			if !files[0].Executable || !strings.HasPrefix(script, "#!/usr/bin/env bash\n") || !strings.Contains(script, "\nset -euo pipefail\n") {
				t.Errorf("%s: not a script to run", desc)
			}
			// Shorthand eats the quotes around a static value.
			for _, option := range []string{"--response-parameters", "--request-templates", "--response-templates"} {
				if strings.Contains(script, option) {
					t.Errorf("%s: %s on the command line", desc, option)
				}
			}
			if got := strings.Contains(script, "aws apigateway create-deployment"); got != (c.API == "rest") {
				t.Errorf("%s: deploys: %t", desc, got)
			}
			if strings.Contains(script, "\n\n\n") || strings.Contains(script, " \n") {
				t.Errorf("%s: untidy blanks\n%s", desc, script)
			}
		}
	}
}

func TestAWSCLIScriptIsShell(t *testing.T) {
	if testing.Short() {
		t.Skip("runs bash")
	}
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash on the PATH")
	}
	for desc, c := range policies() {
		for _, o := range []Options{{}, {Standalone: true}} {
			script := filesOf(t, c, "aws-cli", o)["apply.sh"]
			parse := exec.Command(bash, "-n")
			parse.Stdin = strings.NewReader(script)
			if out, err := parse.CombinedOutput(); err != nil {
				t.Errorf("%s: %v\n%s\n%s", desc, err, out, script)
			}
		}
	}
}

func TestAWSCLISays(t *testing.T) {
	tests := []struct {
		desc, file string
		c          gateway.Config
		want, not  []string
	}{
		{"a document for each list of methods", "preflight-get-post.json", policy(func(*gateway.Config) {}),
			[]string{`"statusCode": "204"`, `"contentHandling": "CONVERT_TO_TEXT"`, `Allow-Methods": "'GET,POST'"`}, []string{"responseTemplates"}},
		{"any method", "preflight-any.json", policy(func(c *gateway.Config) { c.AllowMethods = []string{"*"} }), []string{`"'*'"`}, nil},
		{"the mock", "preflight-integration.json", policy(func(*gateway.Config) {}),
			[]string{`"MOCK"`, `"{\"statusCode\": 204}"`, `"WHEN_NO_MATCH"`}, nil},
		{"several origins are a mapping template", "preflight-get-post.json", policy(func(c *gateway.Config) { c.AllowOrigins = []string{"https://a.example", "https://b.example"} }),
			[]string{`"application/json": "#set($origin = $input`, `"'Origin'"`}, []string{`header.Access-Control-Allow-Origin":`}},
		{"every mapped header is declared", "preflight-method-response.json", policy(func(c *gateway.Config) { c.MaxAge = "60" }),
			[]string{`Allow-Origin": true`, `Allow-Methods": true`, `Allow-Headers": true`, `Max-Age": true`}, nil},
		{"gateway responses", "gateway-response.json", policy(func(*gateway.Config) {}),
			[]string{`"gatewayresponse.header.Access-Control-Allow-Origin": "'https://app.example.com'"`}, []string{"statusCode"}},
		{"a CORS configuration is unquoted", "cors-configuration.json", policy(func(c *gateway.Config) { c.API, c.MaxAge = "http", "0" }),
			[]string{`"https://app.example.com"`, `"MaxAge": 0`}, []string{"'", "AllowCredentials", "ExposeHeaders"}},
		{"no max-age", "cors-configuration.json", policy(func(c *gateway.Config) { c.API = "http" }), nil, []string{"MaxAge"}},
		{"max-age -1", "cors-configuration.json", policy(func(c *gateway.Config) { c.API, c.MaxAge = "http", "-1" }), []string{`"MaxAge": -1`}, nil},
		{"ids are arguments", "apply.sh", policy(func(*gateway.Config) {}),
			[]string{"usage: apply.sh REST_API_ID STAGE'", "--authorization-type NONE --no-api-key-required", "has no resource $1"}, []string{"INTEGRATION_ID"}},
		{"the function answers", "apply.sh", policy(func(c *gateway.Config) { c.Preflight = "lambda" }),
			[]string{"REST_API_ID STAGE FUNCTION_ARN", "--type AWS_PROXY"}, []string{"preflight-integration.json"}},
		{"a path variable is one word", "apply.sh", policy(func(c *gateway.Config) { c.Resources = []gateway.ResourceConfig{{Path: "/a/{id}"}} }),
			[]string{"preflight '/a/{id}' preflight-get-post.json", "add_resource '/a/{id}' /a '{id}'", "add_resource /a / a"}, nil},
		{"the routes before an authorizer", "apply.sh", policy(func(c *gateway.Config) { c.API, c.Auth = "http", "jwt" }),
			[]string{"API_ID INTEGRATION_ID", "preflight 'OPTIONS /{proxy+}'\npreflight 'OPTIONS /'", "FUNCTION_ARN ISSUER AUDIENCE"}, nil},
		{"no CORS configuration where the function answers", "apply.sh", policy(func(c *gateway.Config) { c.API, c.Preflight = "http", "lambda" }),
			[]string{"delete-cors-configuration"}, []string{"cors-configuration.json"}},
		{"an API key needs a usage plan, and that a stage", "apply.sh", policy(func(c *gateway.Config) { c.Auth = "api-key" }),
			[]string{"--api-key-required", "create-usage-plan-key"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			content := filesOf(t, tt.c, "aws-cli", Options{Standalone: true})[tt.file]
			for _, s := range tt.want {
				if !strings.Contains(content, s) {
					t.Errorf("lacks %q\n%s", s, content)
				}
			}
			for _, s := range tt.not {
				if content == "" || strings.Contains(content, s) {
					t.Errorf("has %q\n%s", s, content)
				}
			}
		})
	}
}
