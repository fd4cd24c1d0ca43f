package generator

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"

	"apigw-cors/generator/gateway"
)

// filesOf are the files of a format by their names.
func filesOf(t *testing.T, c gateway.Config, format string, o Options) map[string]string {
	t.Helper()
	f, _ := ParseFormat(format)
	files, _, err := Render(parsed(t, c), f, o)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, file := range files {
		out[strings.TrimPrefix(file.Path, format+"/")] = string(file.Content)
	}
	return out
}

func terraformOptions(t *testing.T) []Options {
	t.Helper()
	return []Options{{}, {Standalone: true}, {Standalone: true, Choices: chosen(t, terraformPreflight(), preflightGreedy)}}
}

func TestTerraformIsFormatted(t *testing.T) {
	for desc, c := range policies() {
		for _, o := range terraformOptions(t) {
			if o.Chosen(terraformPreflight()) == preflightGreedy && c.Preflight == "lambda" && c.API == "rest" {
				continue // refused
			}
			for name, content := range filesOf(t, c, "terraform", o) {
				if _, diagnostics := hclsyntax.ParseConfig([]byte(content), name, hcl.InitialPos); diagnostics.HasErrors() {
					t.Errorf("%s: %v\n%s", desc, diagnostics, content)
				}
				if want := hclwrite.Format([]byte(content)); !bytes.Equal(want, []byte(content)) {
					t.Errorf("%s: %s is not formatted:\n%s", desc, name, content)
				}
				if !strings.HasSuffix(content, "}\n") || strings.Contains(content, "\n\n\n") {
					t.Errorf("%s: %s: untidy blank lines", desc, name)
				}
			}
		}
	}
}

func TestTerraformSnippetIsTheStandaloneFile(t *testing.T) {
	for desc, c := range policies() {
		snippet, standalone := filesOf(t, c, "terraform", Options{}), filesOf(t, c, "terraform", Options{Standalone: true})
		if names := slices.Sorted(maps.Keys(snippet)); !slices.Equal(names, []string{"cors.tf"}) {
			t.Errorf("%s: the snippet is %q", desc, names)
		}
		if names := slices.Sorted(maps.Keys(standalone)); !slices.Equal(names, []string{"cors.tf", "main.tf"}) {
			t.Errorf("%s: the example is %q", desc, names)
		}
		if snippet["cors.tf"] != standalone["cors.tf"] {
			t.Errorf("%s: cors.tf differs", desc)
		}
	}
}

func TestTerraformSays(t *testing.T) {
	tests := []struct {
		desc, file string
		c          gateway.Config
		want, not  []string
	}{
		{"one origin is static", "cors.tf", policy(func(c *gateway.Config) { c.MaxAge = "600" }),
			[]string{
				`"method.response.header.Access-Control-Allow-Origin"  = "'https://app.example.com'"`,
				`"method.response.header.Access-Control-Max-Age"       = "'600'"`,
				`"{\"statusCode\": 204}"`, `status_code = "204"`, `authorization    = "NONE"`,
				`toset(["DEFAULT_4XX", "DEFAULT_5XX"])`,
			}, []string{"response_templates = {\n    \"application/json\" = <<", "integration_http_method"}},
		{"several origins are a heredoc", "cors.tf", policy(func(c *gateway.Config) { c.AllowOrigins = []string{"https://a.example", "https://b.example"} }),
			[]string{"<<-EOT\n      #set($origin", "\n    EOT\n", `header.Vary"                         = "'Origin'"`, "o.response_templates, o.content_handling"},
			[]string{`"method.response.header.Access-Control-Allow-Origin"  = "'`}},
		{"the function answers", "cors.tf", policy(func(c *gateway.Config) { c.Preflight = "lambda" }),
			[]string{`"AWS_PROXY"`, `}/*/OPTIONS/*"`, "aws_lambda_function.shop.invoke_arn"},
			[]string{"MOCK", "aws_api_gateway_method_response", "allow_methods"}},
		{"non-proxy maps the actual responses", "cors.tf", policy(func(c *gateway.Config) { c.Integration = "non-proxy" }),
			[]string{`"shop_cors_200"`, `"shop_cors_500"`, `"(\\n|.)+"`, `aws_api_gateway_integration.shop["GET /"]`}, nil},
		{"a non-proxy integration is AWS", "main.tf", policy(func(c *gateway.Config) { c.Integration = "non-proxy" }),
			[]string{`= "AWS"`, "aws_api_gateway_integration_response.shop_cors_500,"}, []string{"AWS_PROXY"}},
		{"a deployment is a snapshot", "main.tf", policy(func(*gateway.Config) {}),
			[]string{"cors = local.shop_cors_redeployment", "create_before_destroy = true", `resource "aws_api_gateway_stage" "shop"`, "depends_on = ["},
			[]string{"authorizer", "api_key_required"}},
		{"an API key needs a usage plan", "main.tf", policy(func(c *gateway.Config) { c.Auth = "api-key" }),
			[]string{"api_key_required = true", "aws_api_gateway_usage_plan_key"}, nil},
		{"binary media types are deployed, too", "main.tf", policy(func(c *gateway.Config) { c.BinaryMediaTypes = []string{"*/*"} }),
			[]string{`binary_media_types = ["*/*"]`, "      aws_api_gateway_rest_api.shop.binary_media_types,"}, nil},
		{"no max-age: absent, the provider would send 0", "cors.tf", policy(func(c *gateway.Config) { c.API = "http" }),
			[]string{"max_age = -1"}, []string{"aws_apigatewayv2_route"}},
		{"max-age 0 is one", "cors.tf", policy(func(c *gateway.Config) { c.API, c.MaxAge = "http", "0" }),
			[]string{"max_age       = 0"}, []string{"-1"}},
		{"the routes before an authorizer", "cors.tf", policy(func(c *gateway.Config) { c.API, c.Auth = "http", "jwt" }),
			[]string{`toset(["OPTIONS /{proxy+}", "OPTIONS /"])`, `authorization_type = "NONE"`}, nil},
		{"no CORS configuration where the function answers", "cors.tf", policy(func(c *gateway.Config) { c.API, c.Preflight = "http", "lambda" }),
			[]string{"aws_apigatewayv2_route"}, []string{"cors_configuration {", `"aws_apigatewayv2_api"`}},
		{"the API is in main.tf then", "main.tf", policy(func(c *gateway.Config) { c.API, c.Preflight = "http", "lambda" }),
			[]string{`resource "aws_apigatewayv2_api" "shop"`, "auto_deploy = true"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			content := filesOf(t, tt.c, "terraform", Options{Standalone: true})[tt.file]
			for _, s := range tt.want {
				if !strings.Contains(content, s) {
					t.Errorf("lacks %q\n%s", s, content)
				}
			}
			for _, s := range tt.not {
				if strings.Contains(content, s) {
					t.Errorf("has %q\n%s", s, content)
				}
			}
		})
	}
}

// The deployment is replaced when, and only when, an attribute of what it
// deploys changes: the hash refers to every resource, and to none as a whole.
func TestTerraformRedeploymentHashesEveryResource(t *testing.T) {
	for desc, c := range policies() {
		if c.API != "rest" {
			continue
		}
		content := filesOf(t, c, "terraform", Options{})["cors.tf"]
		f, _ := hclsyntax.ParseConfig([]byte(content), "cors.tf", hcl.InitialPos)
		_, hash, _ := strings.Cut(content, "_cors_redeployment = sha1(")
		for _, block := range f.Body.(*hclsyntax.Body).Blocks {
			if block.Type != "resource" || !strings.HasPrefix(block.Labels[0], "aws_api_gateway_") {
				continue
			}
			if !strings.Contains(hash, "[for o in "+strings.Join(block.Labels, ".")+" : [o.id, o.") {
				t.Errorf("%s: the hash leaves out %s", desc, strings.Join(block.Labels, "."))
			}
		}
		if strings.Contains(hash, ": o]") {
			t.Errorf("%s: the hash has a whole resource\n%s", desc, hash)
		}
	}
}

func TestTerraformGreedy(t *testing.T) {
	resources := func(all ...gateway.ResourceConfig) gateway.Config {
		return policy(func(c *gateway.Config) { c.Resources = all })
	}
	own := []string{"PUT"}
	tests := []struct {
		desc        string
		c           gateway.Config
		rows        []string
		advice      string
		warned      bool
		unsupported string
		makesGreedy bool
	}{
		{"explicit resources", resources(gateway.ResourceConfig{Path: "/a"}, gateway.ResourceConfig{Path: "/b/{id}"}),
			[]string{"/ 'GET,POST'", "/{cors+} 'GET,POST'"}, "does not exist", false, "", true},
		{"a resource with other methods: the union", resources(gateway.ResourceConfig{Path: "/a"}, gateway.ResourceConfig{Path: "/b", Methods: own}),
			[]string{"/ 'GET,POST,PUT'", "/{cors+} 'GET,POST,PUT'"}, "different methods", true, "", true},
		{"the root has its own", resources(gateway.ResourceConfig{Path: "/", Methods: own}, gateway.ResourceConfig{Path: "/a"}),
			[]string{"/ 'PUT'", "/{cors+} 'PUT,GET,POST'"}, "different methods", true, "", true},
		{"ANY takes OPTIONS itself", resources(gateway.ResourceConfig{Path: "/a"}, gateway.ResourceConfig{Path: "/b", Methods: []string{"ANY"}}),
			[]string{"/ 'GET,POST,DELETE,HEAD,OPTIONS,PATCH,PUT'", "/{cors+} 'GET,POST,DELETE,HEAD,OPTIONS,PATCH,PUT'", "/b 'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT'"},
			"method of their own: /b", true, "", true},
		{"a greedy child that is there", resources(gateway.ResourceConfig{Path: "/{proxy+}"}, gateway.ResourceConfig{Path: "/a"}),
			[]string{"/ 'GET,POST'", "/{proxy+} 'GET,POST'"}, "/{proxy+} carries", false, "", false},
		{"one called cors", resources(gateway.ResourceConfig{Path: "/{cors+}"}),
			[]string{"/ 'GET,POST'", "/{cors+} 'GET,POST'"}, "/{cors+} carries", false, "", false},
		{"a variable child that is not greedy", resources(gateway.ResourceConfig{Path: "/{id}/a"}), nil, "", false, "beside /{id}", false},
		{"the function answers", policy(func(c *gateway.Config) { c.Preflight = "lambda" }), nil, "", false, "in front of a Lambda function", false},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			f, _ := ParseFormat("terraform")
			files, advice, err := Render(parsed(t, tt.c), f, Options{Choices: chosen(t, terraformPreflight(), preflightGreedy)})
			if tt.unsupported != "" {
				var u *UnsupportedError
				if !errors.As(err, &u) || !strings.Contains(u.Feature, tt.unsupported) || u.Instead == "" {
					t.Errorf("got %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			content := string(files[0].Content)
			if got := preflightRows(content); !slices.Equal(got, tt.rows) {
				t.Errorf("got rows %q, want %q", got, tt.rows)
			}
			if got := strings.Contains(content, `path_part   = "{cors+}"`); got != tt.makesGreedy {
				t.Errorf("makes {cors+}: %t", got)
			}
			if len(advice) != 1 || advice[0].Code != codeTerraformGreedy || !strings.Contains(advice[0].Detail, tt.advice) || (advice[0].Severity == "warning") != tt.warned {
				t.Errorf("got advice %+v", advice)
			}
		})
	}
}

// preflightRows reads the table of OPTIONS methods: path and methods.
func preflightRows(content string) []string {
	var rows []string
	_, table, _ := strings.Cut(content, "_cors_resources = {")
	for line := range strings.Lines(table) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasSuffix(line, "= {"):
			rows = append(rows, strings.Split(line, `"`)[1])
		case strings.HasPrefix(line, "allow_methods"):
			rows[len(rows)-1] += " " + strings.Split(line, `"`)[1]
		case strings.HasPrefix(line, "resource "):
			return rows
		}
	}
	return rows
}

func TestTerraformGreedyOnAnHTTPAPI(t *testing.T) {
	f, _ := ParseFormat("terraform")
	c := policy(func(c *gateway.Config) { c.API = "http" })
	greedy, advice, err := Render(parsed(t, c), f, Options{Choices: chosen(t, terraformPreflight(), preflightGreedy)})
	if err != nil || len(advice) != 1 || advice[0].Code != codeTerraformGreedy {
		t.Fatalf("got %v, %v", advice, err)
	}
	plain, _, _ := Render(parsed(t, c), f, Options{})
	if !bytes.Equal(greedy[0].Content, plain[0].Content) {
		t.Error("the option changed the file")
	}
}

func TestTerraformNames(t *testing.T) {
	for name, want := range map[string]string{
		"Api": "api", "OrdersApi": "orders_api", "HTTPApi": "http_api", "OrdersID": "orders_id", "a": "a", "Api2": "api2", "Api2Orders": "api2_orders", "A1B": "a1_b",
	} {
		if got := snake(name); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
	// Paths that differ in case or punctuation alone, and one that asks for
	// the name of the OPTIONS table.
	paths := []string{"/cors", "/cors-2", "/orders/id", "/orders/ID", "/orders/{id}", "/ordersId"}
	c := policy(func(c *gateway.Config) {
		for _, path := range paths {
			c.Resources = append(c.Resources, gateway.ResourceConfig{Path: path})
		}
	})
	seen := map[string]string{"shop_cors": "the table"}
	for path, name := range newTerraformNames(parsed(t, c)).resources {
		if seen[name] != "" {
			t.Errorf("%s and %s are both %s", path, seen[name], name)
		}
		seen[name] = path
	}
}

func TestAlignHCL(t *testing.T) {
	tests := []struct{ desc, in, want string }{
		{"one run", "a = 1\nbcd = 2\n", "a   = 1\nbcd = 2\n"},
		{"a blank line parts runs", "a = 1\n\nbcd = 2\n", "a = 1\n\nbcd = 2\n"},
		{"so does a comment", "a = 1\n# b = 2\nbcd = 2\n", "a = 1\n# b = 2\nbcd = 2\n"},
		{"so does a value of several lines", "a = 1\nbcdef = [\n  1,\n]\nef = 2\ng = 3\n", "a = 1\nbcdef = [\n  1,\n]\nef = 2\ng  = 3\n"},
		{"a closed bracket does not", "a = [1]\nbcd = { e = 1 }\n", "a   = [1]\nbcd = { e = 1 }\n"},
		{"quoted names", "  \"a b\" = 1\n  \"c\" = \"= [\"\n", "  \"a b\" = 1\n  \"c\"   = \"= [\"\n"},
		{"an escaped quote", "a = \"\\\"[\"\nbc = 1\n", "a  = \"\\\"[\"\nbc = 1\n"},
		{"a heredoc is left alone", "a = 1\nbcd = <<-EOT\n  x = 1\n  yz = 2\nEOT\ne = 1\nfg = 2\n", "a   = 1\nbcd = <<-EOT\n  x = 1\n  yz = 2\nEOT\ne  = 1\nfg = 2\n"},
		{"at the end without a line feed", "a = 1\nbcd = 2", "a   = 1\nbcd = 2"},
		{"no attribute at all", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			if got := string(alignHCL([]byte(tt.in))); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}
