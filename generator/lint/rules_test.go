package lint_test

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/lint"
	"apigw-cors/generator/reader"
)

// TestRules lints a folder for each rule. What is found in it stands in its
// files, as a comment on the line: the rules, and nothing besides.
func TestRules(t *testing.T) {
	files := os.DirFS("testdata/rules")
	folders, err := fs.ReadDir(files, ".")
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string]bool{}
	for _, folder := range folders {
		t.Run(folder.Name(), func(t *testing.T) {
			fsys, err := fs.Sub(files, folder.Name())
			if err != nil {
				t.Fatal(err)
			}
			want := marks(t, fsys)
			var got []string
			for _, f := range lintFolder(t, fsys, lint.Options{}).Findings {
				got = append(got, fmt.Sprintf("%s:%d %s", f.Place.File, f.Place.Line, f.Rule))
				shown[f.Rule] = true
				if f.Text == "" || f.Page == "" || f.Fix == "" {
					t.Errorf("%+v does not say everything", f)
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
	for _, rule := range lint.Rules() {
		if !shown[rule.Name] && !slices.Contains(asked(), rule.Name) {
			t.Errorf("no file shows %s", rule.Name)
		}
		if rule.Summary == "" || rule.Page == "" || rule.Why == "" || rule.Fix == "" || len(rule.Sources) == 0 || rule.Severity == "" {
			t.Errorf("%s has no page", rule.Name)
		}
	}
}

// TestPlaceholder leaves open what somebody puts in before the file is deployed.
func TestPlaceholder(t *testing.T) {
	text, err := os.ReadFile("testdata/rules/origin-not-serialised/template.yaml")
	if err != nil {
		t.Fatal(err)
	}
	file := strings.Replace(string(text), "https://app.example.com/", "https://<your domain>/", 1)
	report := lintFolder(t, fstest.MapFS{"template.yaml": {Data: []byte(file)}}, lint.Options{})
	if len(report.Findings) > 0 || len(report.Unknown) == 0 {
		t.Errorf("%+v", report)
	}
}

// asked are the rules of what only options ask for: [TestAskedFor] shows them.
func asked() []string { return []string{"origin-refused", "differs-from-policy"} }

// TestAskedFor lints files for pages of an origin, and against a policy.
func TestAskedFor(t *testing.T) {
	const httpAPI = `Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      CorsConfiguration:
        AllowOrigins: ["https://app.example.com"]
        AllowMethods: [GET, PUT]
        AllowHeaders: [content-type]
  F:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        E: { Type: HttpApi, Properties: { ApiId: !Ref Api, Path: /a, Method: get } }
`
	const restAPI = `Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Cors:
        AllowOrigin: "'*'"
        AllowMethods: "'GET'"
        AllowHeaders: "'Content-Type'"
  F:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        E: { Type: Api, Properties: { RestApiId: !Ref Api, Path: /a, Method: get } }
`
	const errors = `  Error:
    Type: AWS::ApiGateway::GatewayResponse
    Properties:
      RestApiId: !Ref Api
      ResponseType: UNAUTHORIZED
      ResponseParameters:
        gatewayresponse.header.Access-Control-Allow-Origin: "'https://app.example.com'"
`
	const mapped = `openapi: 3.0.1
info: {title: Orders, version: "1"}
paths:
  /orders:
    get:
      x-amazon-apigateway-integration:
        type: mock
        responses:
          default: {statusCode: "200", responseParameters: {method.response.header.Access-Control-Allow-Origin: "'*'"}}
      responses: {"200": {description: ok, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}}
    options:
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses:
          default:
            statusCode: "200"
            responseParameters:
              method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"
              method.response.header.Access-Control-Allow-Methods: "'GET'"
              method.response.header.Access-Control-Allow-Headers: "'Content-Type'"
      responses: {"200": {description: ok, headers: {Access-Control-Allow-Origin: {schema: {type: string}}, Access-Control-Allow-Methods: {schema: {type: string}}, Access-Control-Allow-Headers: {schema: {type: string}}}}}
`
	noCORS := strings.ReplaceAll(strings.ReplaceAll(restAPI, "      Cors:\n", ""), "        Allow", "      # Allow")
	policy := func(c gateway.Config) *gateway.API {
		api, _, err := gateway.Parse(c)
		if err != nil {
			t.Fatal(err)
		}
		return &api
	}
	for _, tt := range []struct {
		desc, file string
		options    lint.Options
		want       []string
	}{
		{"a page that is allowed", httpAPI, lint.Options{Origins: []string{"https://app.example.com"}}, nil},
		{"one that is not", httpAPI, lint.Options{Origins: []string{"https://www.example.com"}}, []string{"7 origin-refused"}},
		{"any page, at *", restAPI, lint.Options{Origins: []string{"https://www.example.com"}}, nil},
		{"an API that wants no browser is left alone", noCORS, lint.Options{}, nil},
		{"unless it is asked for", noCORS, lint.Options{Origins: []string{"https://www.example.com"}}, nil},
		{"the same policy", httpAPI, lint.Options{Policy: policy(gateway.Config{API: "http", Config: cors.Config{AllowOrigins: []string{"https://app.example.com"}, AllowMethods: []string{"GET", "PUT"}}})}, nil},
		{"another origin, another method", httpAPI, lint.Options{Policy: policy(gateway.Config{API: "http", Config: cors.Config{AllowOrigins: []string{"https://www.example.com"}, AllowMethods: []string{"GET"}}})},
			[]string{"7 differs-from-policy", "7 origin-refused", "8 differs-from-policy"}},
		{"a policy of another kind", httpAPI, lint.Options{Policy: policy(gateway.Config{API: "rest", Config: cors.Config{AllowOrigins: []string{"https://www.example.com"}, AllowMethods: []string{"GET"}}})}, nil},
		{"one origin instead of any, and a max-age", restAPI, lint.Options{Policy: policy(gateway.Config{API: "rest", Config: cors.Config{AllowOrigins: []string{"https://www.example.com"}, AllowMethods: []string{"GET"}, MaxAge: "60"}, Resources: []gateway.ResourceConfig{{Path: "/a"}}})},
			[]string{"3 differs-from-policy", "7 differs-from-policy", "8 differs-from-policy"}},
		{"for another API", httpAPI, lint.Options{PolicyFor: "Other", Policy: policy(gateway.Config{API: "http", Config: cors.Config{AllowOrigins: []string{"https://www.example.com"}, AllowMethods: []string{"GET"}}})}, nil},
		{"a gateway response with another origin, and one that is not there", restAPI + errors, lint.Options{Policy: policy(gateway.Config{API: "rest", Config: cors.Config{AllowOrigins: []string{"*"}, AllowMethods: []string{"GET"}}})},
			[]string{"3 differs-from-policy", "16 gateway-responses-partial", "22 differs-from-policy"}},
		{"no credentials, in words", restAPI + strings.Replace(errors, "https://app.example.com", "*", 1) + "        gatewayresponse.header.Access-Control-Allow-Credentials: \"'false'\"\n", lint.Options{Policy: policy(gateway.Config{API: "rest", GatewayResponses: []string{"UNAUTHORIZED"}, Config: cors.Config{AllowOrigins: []string{"*"}, AllowMethods: []string{"GET"}}})},
			[]string{"16 gateway-responses-partial", "23 allow-credentials-not-true"}},
		{"the gateway responses of nobody's asking", restAPI, lint.Options{Policy: policy(gateway.Config{API: "rest", GatewayResponses: []string{"none"}, Config: cors.Config{AllowOrigins: []string{"*"}, AllowMethods: []string{"GET"}}})}, nil},
		{"a response that API Gateway maps", mapped, lint.Options{Policy: policy(gateway.Config{API: "rest", GatewayResponses: []string{"none"}, Config: cors.Config{AllowOrigins: []string{"https://app.example.com"}, AllowMethods: []string{"GET"}}})}, []string{"9 differs-from-policy"}},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			var got []string
			for _, f := range lintFolder(t, fstest.MapFS{"template.yaml": {Data: []byte(tt.file)}}, tt.options).Findings {
				got = append(got, fmt.Sprintf("%d %s", f.Place.Line, f.Rule))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("found %q, want %q", got, tt.want)
			}
		})
	}
}

// marks are the rules that the comments of a folder's files name.
func marks(t *testing.T, fsys fs.FS) (out []string) {
	t.Helper()
	mark := regexp.MustCompile(`# ([a-z0-9]+(?:-[a-z0-9]+)+)$`)
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		text, err := fs.ReadFile(fsys, e.Name())
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(text), "\n") {
			if m := mark.FindStringSubmatch(line); m != nil {
				out = append(out, fmt.Sprintf("%s:%d %s", e.Name(), i+1, m[1]))
			}
		}
	}
	slices.Sort(out)
	return out
}

func lintFolder(t testing.TB, fsys fs.FS, o lint.Options) (out lint.Report) {
	t.Helper()
	names, err := reader.Find(fsys, ".", nil)
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		r, err := reader.Read(fsys, path.Clean(name), reader.Options{})
		if err != nil || len(r.Faults) > 0 {
			t.Fatal(err, r.Faults)
		}
		report := lint.Lint(r, o)
		out.Findings = append(out.Findings, report.Findings...)
		out.Unknown = append(out.Unknown, report.Unknown...)
	}
	return out
}
