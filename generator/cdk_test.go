package generator

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// cdkAPI is a REST API for one origin, edited.
func cdkAPI(t *testing.T, edit func(*gateway.Config)) gateway.API {
	t.Helper()
	c := gateway.Config{API: "rest", Config: cors.Config{
		AllowOrigins: []string{"https://app.example.com"}, AllowMethods: []string{"GET", "POST"},
	}}
	if edit != nil {
		edit(&c)
	}
	api, _, err := gateway.Parse(c)
	if err != nil {
		t.Fatal(err)
	}
	return api
}

// renderFile is the first file of a format.
func renderFile(t *testing.T, format string, api gateway.API, standalone bool) string {
	t.Helper()
	f, ok := ParseFormat(format)
	if !ok {
		t.Fatalf("no format %s", format)
	}
	files, _, err := Render(api, f, Options{Standalone: standalone})
	if err != nil {
		t.Fatal(err)
	}
	return string(files[0].Content)
}

type cdkCase struct {
	desc string
	edit func(*gateway.Config)
	want []string
	not  []string
}

func cdkCases() []cdkCase {
	return []cdkCase{
		{"one origin: the API's default options", nil,
			[]string{"corsPreflight: apigateway.CorsOptions", "allowMethods: ['GET', 'POST']", "allowHeaders: ['Content-Type']", "defaultCorsPreflightOptions: corsPreflight"},
			[]string{"addPreflight", "MockIntegration", "maxAge", "allowCredentials", "exposeHeaders", "first one"}},
		{"any origin in the construct's own words", func(c *gateway.Config) { c.AllowOrigins = []string{"*"} },
			[]string{"allowOrigins: apigateway.Cors.ALL_ORIGINS"}, []string{"MockIntegration"}},
		{"several exact origins: CDK's own form", func(c *gateway.Config) {
			c.AllowOrigins, c.AllowCredentials, c.MaxAge = []string{"https://a.example", "https://b.example"}, true, "10m"
		}, []string{"allowOrigins: ['https://a.example', 'https://b.example']", "allowCredentials: true", "maxAge: cdk.Duration.seconds(600)", "'method.request.header.origin'"},
			[]string{"MockIntegration"}},
		{"methods per resource", func(c *gateway.Config) {
			c.AllowMethods = nil
			c.Resources = []gateway.ResourceConfig{{Path: "/", Methods: []string{"GET"}}, {Path: "/orders", Methods: []string{"GET", "PUT"}}}
		}, []string{"resourceForPath('/orders').addCorsPreflight({", "allowMethods: ['GET', 'PUT']"}, []string{"defaultCorsPreflightOptions", "MockIntegration"}},
		{"a root that serves nothing answers no preflight", func(c *gateway.Config) {
			c.Resources = []gateway.ResourceConfig{{Path: "/orders"}}
		}, []string{"resourceForPath('/orders').addCorsPreflight({"}, []string{"defaultCorsPreflightOptions", "resourceForPath('/')"}},
		{"a pattern: the mock written out", func(c *gateway.Config) { c.AllowOrigins = []string{"https://*.example.com"} },
			[]string{"cannot compare an origin with a pattern", "MockIntegration", "CONVERT_TO_TEXT", "responseTemplates", "AuthorizationType.NONE", "apiKeyRequired: false"},
			[]string{"CorsOptions", "'method.response.header.Access-Control-Allow-Origin': \""}},
		{"binary media types: the mock written out", func(c *gateway.Config) { c.BinaryMediaTypes = []string{"*/*"} },
			[]string{"cannot convert to text", "CONVERT_TO_TEXT", "binaryMediaTypes: ['*/*']", "'method.response.header.Access-Control-Allow-Origin': \"'https://app.example.com'\""},
			[]string{"CorsOptions", "responseTemplates"}},
		{"max-age 0: the mock written out", func(c *gateway.Config) { c.MaxAge = "0" },
			[]string{"cannot send an Access-Control-Max-Age of 0", "'method.response.header.Access-Control-Max-Age': \"'0'\""}, []string{"CorsOptions"}},
		{"the Lambda function answers the preflight", func(c *gateway.Config) { c.Preflight, c.Auth = "lambda", "api-key" },
			[]string{"addMethod('OPTIONS', integration, options)", "AuthorizationType.NONE, apiKeyRequired: false", "addPreflight(api, handler)", "new apigateway.ApiKey"},
			[]string{"CorsOptions", "MockIntegration"}},
		{"a non-proxy integration maps the headers", func(c *gateway.Config) { c.Integration, c.Auth = "non-proxy", "iam" },
			[]string{"corsMethodResponses", "corsIntegrationResponses", `selectionPattern: '(\\n|.)+'`, "proxy: false", "AuthorizationType.IAM"}, nil},
		{"no gateway responses", func(c *gateway.Config) { c.GatewayResponses = []string{"none"} }, nil, []string{"GatewayResponse"}},
		{"a user pool and its header", func(c *gateway.Config) { c.Auth, c.AuthHeader = "cognito", "X-Session" },
			[]string{"CognitoUserPoolsAuthorizer", "'UserPoolArn'", "IdentitySource.header('X-Session')"}, nil},
		{"a Lambda authorizer", func(c *gateway.Config) { c.Auth = "lambda" },
			[]string{"RequestAuthorizer", "'AuthorizerFunctionArn'", "identitySources: [apigateway.IdentitySource.header('Authorization')]"}, []string{"TokenAuthorizer"}},
		{"HTTP API: the CORS configuration", func(c *gateway.Config) { c.API, c.MaxAge = "http", "0" },
			[]string{"apigatewayv2.CorsHttpMethod.GET,", "maxAge: cdk.Duration.seconds(0)", "defaultIntegration: integration"},
			[]string{"addPreflight", "CfnApi", "authorizer"}},
		{"HTTP API: max-age -1, any method, any origin", func(c *gateway.Config) {
			c.API, c.MaxAge, c.AllowMethods, c.AllowOrigins = "http", "-1", []string{"*"}, []string{"*"}
		}, []string{"addPropertyOverride('CorsConfiguration.MaxAge', -1)", "CorsHttpMethod.ANY", "allowOrigins: ['*']"}, []string{"cdk.Duration"}},
		{"HTTP API: OPTIONS routes before an authorizer on $default", func(c *gateway.Config) { c.API, c.Auth = "http", "jwt" },
			[]string{"path: '/{proxy+}', methods, integration, authorizer", "path: '/', methods", "HttpNoneAuthorizer", "HttpJwtAuthorizer", "defaultAuthorizer: authorizer"}, nil},
		{"HTTP API: the Lambda function answers the preflight", func(c *gateway.Config) {
			c.API, c.Preflight, c.Auth, c.AuthHeader = "http", "lambda", "lambda", "X-Session"
			c.Resources = []gateway.ResourceConfig{{Path: "/a"}}
		}, []string{"path: '/a', methods, integration, authorizer", "'$request.header.X-Session'", "HttpMethod.GET, apigatewayv2.HttpMethod.POST]"},
			[]string{"corsPreflight", "defaultIntegration"}},
		{"HTTP API: IAM on named routes", func(c *gateway.Config) {
			c.API, c.Auth, c.Resources = "http", "iam", []gateway.ResourceConfig{{Path: "/a"}}
		}, []string{"HttpIamAuthorizer", "path: '/a', methods: ["}, []string{"addPreflight"}},
	}
}

func TestCDKForm(t *testing.T) {
	for _, tt := range cdkCases() {
		t.Run(tt.desc, func(t *testing.T) {
			got := renderFile(t, "cdk", cdkAPI(t, tt.edit), true)
			for _, want := range tt.want {
				if !strings.Contains(got, want) {
					t.Errorf("no %q in\n%s", want, got)
				}
			}
			for _, not := range tt.not {
				if strings.Contains(got, not) {
					t.Errorf("%q in\n%s", not, got)
				}
			}
			if strings.Contains(got, "`") {
				t.Error("a backtick opens a string that interpolates")
			}
		})
	}
}

func TestCDKSnippetInStandalone(t *testing.T) {
	for _, tt := range cdkCases() {
		t.Run(tt.desc, func(t *testing.T) {
			api := cdkAPI(t, tt.edit)
			_, snippet, _ := strings.Cut(renderFile(t, "cdk", api, false), "\n\n")
			rest := strings.Split(renderFile(t, "cdk", api, true), "\n")
			for line := range strings.SplitSeq(snippet, "\n") {
				i := slices.Index(rest, line)
				if i < 0 {
					t.Fatalf("%q is not in the standalone form, or not in this order", line)
				}
				rest = rest[i+1:]
			}
		})
	}
}

func TestCDKStandaloneFiles(t *testing.T) {
	f, _ := ParseFormat("cdk")
	files, _, err := Render(cdkAPI(t, nil), f, Options{Standalone: true})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, file := range files {
		got = append(got, file.Path)
	}
	want := []string{"cdk/cors-stack.ts", "cdk/app.ts", "cdk/package.json", "cdk/tsconfig.json", "cdk/cdk.json"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCDKNames(t *testing.T) {
	tests := []struct {
		desc  string
		api   string
		paths []string
		want  string // the refused path
	}{
		{"a part called like a method of its parent", "rest", []string{"/orders", "/orders/GET"}, "/orders/GET"},
		{"the same part below a parent without that method", "rest", []string{"/orders", "/orders/DELETE"}, ""},
		{"OPTIONS below a resource that answers a preflight", "rest", []string{"/orders", "/orders/OPTIONS"}, "/orders/OPTIONS"},
		{"OPTIONS below one that does not", "rest", []string{"/orders/OPTIONS"}, ""},
		{"the construct of the parent itself", "rest", []string{"/orders/Resource"}, "/orders/Resource"},
		{"the root has none", "rest", []string{"/Resource"}, ""},
		{"a name that logical ids leave out", "rest", []string{"/orders/Default"}, "/orders/Default"},
		{"the stage", "rest", []string{"/DeploymentStage.prod"}, "/DeploymentStage.prod"},
		{"a stage further down", "rest", []string{"/v1/DeploymentStage.prod"}, ""},
		{"a gateway response", "rest", []string{"/DEFAULT_4XX"}, "/DEFAULT_4XX"},
		{"routes apart by a slash alone", "http", []string{"/a/b", "/a--b"}, "/a--b"},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			api := cdkAPI(t, func(c *gateway.Config) {
				c.API = tt.api
				for _, p := range tt.paths {
					c.Resources = append(c.Resources, gateway.ResourceConfig{Path: p})
				}
			})
			f, _ := ParseFormat("cdk")
			_, _, err := Render(api, f, Options{})
			var refused *UnsupportedError
			switch {
			case tt.want == "" && err != nil:
				t.Error(err)
			case tt.want != "" && (!errors.As(err, &refused) || refused.Feature != "path "+tt.want):
				t.Errorf("got %v, want %s refused", err, tt.want)
			}
		})
	}
}
