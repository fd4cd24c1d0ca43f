package fix_test

import (
	"context"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"apigw-cors/generator/fix"
	"apigw-cors/generator/lint"
	"apigw-cors/generator/reader"
)

// mendFS makes the edits of all that is found in some files, safe or not, and
// leaves the files as they are after them.
func mendFS(t testing.TB, files fstest.MapFS, o fix.Options) (all []fix.Result) {
	t.Helper()
	names, err := reader.Find(files, ".", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		r, err := fix.Run(context.Background(), files, name, o, fix.Rules)
		if err != nil {
			t.Fatal(err)
		}
		for file, text := range r.Files {
			files[file] = &fstest.MapFile{Data: text}
		}
		all = append(all, r)
	}
	return all
}

func readFolder(t testing.TB, dir string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		text, err := os.ReadFile(path.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = &fstest.MapFile{Data: text}
	}
	return files
}

// forAPerson are what is left in the folders of lint's tests: a value is missing
// that no file has, or nothing can be changed in this kind of file.
func forAPerson() map[string][]string {
	return map[string][]string{
		"allow-origins-missing":           {"allow-origins-missing"},
		"any-method-not-in-allow-methods": {"any-method-not-in-allow-methods"},
		"gateway-response-body":           {"gateway-response-body"},
		"http-cors-extension-on-rest-api": {"http-cors-extension-on-rest-api"},
		"illegal-expression":              {"illegal-expression"},
		"integration-response-on-proxy":   {"integration-response-on-proxy"},
		"max-age-invalid":                 {"max-age-invalid"},
		"misplaced-cors-key":              {"misplaced-cors-key"},
		"missing-integration":             {"missing-integration"},
		"null-origin":                     {"null-origin"},
		"options-lacks-cors-headers":      {"options-lacks-cors-headers"},
		"sam-cors-shadowed":               {"sam-cors-shadowed"},
		"sam-httpapi-origins-intrinsic":   {"sam-httpapi-origins-intrinsic"},
		"wildcard-among-values":           {"wildcard-among-values"},
	}
}

// TestRules mends the folder of each rule in lint's tests: lint finds nothing
// more in it but what is for a person, and a second run changes nothing.
func TestRules(t *testing.T) {
	const folders = "../lint/testdata/rules"
	entries, err := os.ReadDir(folders)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		files := readFolder(t, path.Join(folders, e.Name()))
		if names, _ := fs.Glob(files, "*.tf"); len(names) > 0 {
			continue
		}
		t.Run(e.Name(), func(t *testing.T) {
			for run := range 2 {
				var left []string
				for _, r := range mendFS(t, files, fix.Options{Unsafe: true}) {
					if run == 1 && len(r.Files) > 0 {
						t.Errorf("a second run changes %v", r.Files)
					}
					for _, o := range r.Outcomes {
						if o.Status != fix.Fixed && !slices.Contains(left, o.Finding.Rule) {
							left = append(left, o.Finding.Rule)
						}
						if o.Status == fix.Dropped {
							t.Errorf("%s is dropped: %s", o.Finding.Rule, o.Why)
						}
					}
				}
				if want := forAPerson()[e.Name()]; !slices.Equal(left, want) {
					t.Errorf("left are %q, want %q", left, want)
				}
			}
		})
	}
}

// TestSafe mends nothing that decides who may call without being asked to.
func TestSafe(t *testing.T) {
	for folder, want := range map[string]fix.Status{
		"unquoted-value": fix.Fixed, "gateway-response-type-unknown": fix.Fixed, "auth-header-not-allowed": fix.Fixed, "preflight-authorized": fix.Fixed,
		"gateway-responses-missing": fix.NeedsUnsafe, "wildcard-with-credentials": fix.NeedsUnsafe, "sam-credentials-ignored": fix.NeedsUnsafe,
		"gateway-response-lacks-allow-origin": fix.NeedsUnsafe, "allow-origin-differs": fix.NeedsUnsafe, "origin-by-regex": fix.NeedsUnsafe,
	} {
		for _, r := range mendFS(t, readFolder(t, "../lint/testdata/rules/"+folder), fix.Options{}) {
			for _, o := range r.Outcomes {
				if o.Finding.Rule == folder && o.Status != want {
					t.Errorf("%s is %s: %s", folder, o.Status, o.Why)
				}
			}
		}
	}
}

// TestJoinedOrigins tells what becomes of several origins in SAM's Cors, which has
// room for one.
func TestJoinedOrigins(t *testing.T) {
	const template = `Transform: AWS::Serverless-2016-10-31
Globals:
  Api:
    Cors: {AllowOrigin: "'https://app.example.com,https://admin.example.com'", AllowHeaders: "'X-A'"}
Resources:
  API
  List:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        List: {Type: Api, Properties: {Path: /orders, Method: get, REF}}
`
	declared := strings.NewReplacer("API", "Orders: {Type: AWS::Serverless::Api, Properties: {StageName: prod}}", "REF", "RestApiId: !Ref Orders")
	for _, tt := range []struct {
		desc, text string
		want       fix.Status
		why        string
	}{
		{"an API of its own", declared.Replace(template), fix.Fixed, ""},
		{"an origin that none can be", strings.Replace(declared.Replace(template), "//admin", "/admin", 1), fix.ByHand, "what Cors says is not a policy"},
		{"a parameter without a value", strings.Replace(declared.Replace(template), `"'X-A'"`, "!Ref Headers}\nParameters: {Headers: {Type: String}", 1), fix.ByHand, "Access-Control-Allow-Headers cannot be known"},
		{"the API that SAM makes of events", strings.NewReplacer("  API\n", "", ", REF", "").Replace(template), fix.ByHand, "declare an AWS::Serverless::Api"},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			files := fstest.MapFS{"template.yaml": {Data: []byte(tt.text)}}
			found := false
			for _, o := range mendFS(t, files, fix.Options{Unsafe: true})[0].Outcomes {
				if o.Finding.Rule != "comma-joined-origins" {
					continue
				}
				if found = true; o.Status != tt.want || !strings.Contains(o.Why, tt.why) {
					t.Errorf("%s: %s", o.Status, o.Why)
				}
			}
			after := string(files["template.yaml"].Data)
			if got := strings.Contains(after, "responseOverride"); !found || got != (tt.want == fix.Fixed) {
				t.Errorf("the template is\n%s", after)
			}
		})
	}
}

// TestParameterStays has what is added follow the parameter that says the origin,
// not the value that it has today.
func TestParameterStays(t *testing.T) {
	const sam = `Transform: AWS::Serverless-2016-10-31
Parameters: {Origin: {Type: String, Default: https://app.example.com}}
Resources:
  Orders:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Auth: {ApiKeyRequired: true}
      Cors: {AllowOrigin: !Sub "'${Origin}'", AllowHeaders: "'X-Api-Key'"}
  List:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        List: {Type: Api, Properties: {Path: /orders, Method: get, RestApiId: !Ref Orders}}
`
	const openAPI = `{"Parameters": {"Origin": {"Type": "String", "Default": "https://app.example.com"}}, "Resources": {"Orders": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Body": {
 "openapi": "3.0.1", "info": {"title": "Orders", "version": "1"}, "paths": {
  "/a": {
   "get": {"responses": {}, "x-amazon-apigateway-integration": {"type": "aws_proxy", "httpMethod": "POST", "uri": "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:a/invocations"}},
   "options": {"responses": {"200": {"description": "", "headers": {"Access-Control-Allow-Origin": {"schema": {"type": "string"}}}}}, "x-amazon-apigateway-integration": {"type": "mock", "requestTemplates": {"application/json": "{\"statusCode\": 200}"}, "responses": {"default": {"statusCode": "200", "responseParameters": {"method.response.header.Access-Control-Allow-Origin": {"Fn::Sub": "'${Origin}'"}}}}}}
  },
  "/b": {
   "put": {"responses": {}, "x-amazon-apigateway-integration": {"type": "aws_proxy", "httpMethod": "POST", "uri": "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:a/invocations"}}
  }}}}}}}
`
	for _, tt := range []struct {
		desc, text string
		times      int
	}{
		{"gateway responses beside SAM's Cors", sam, 3},
		{"another path's preflight, in a body", openAPI, 2},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			files := fstest.MapFS{"template.yaml": {Data: []byte(tt.text)}}
			mendFS(t, files, fix.Options{Unsafe: true})
			after := string(files["template.yaml"].Data)
			if got := strings.Count(after, "'${Origin}'"); got != tt.times || strings.Count(after, "https://app.example.com") != 1 {
				t.Errorf("the parameter stands %d times, want %d, in\n%s", got, tt.times, after)
			}
		})
	}
}

// TestMending holds what `help rule` says of a rule's edits to what becomes of
// the findings in the folders of lint's tests.
func TestMending(t *testing.T) {
	mended := 0
	for _, r := range lint.Rules() {
		if documents, modules := fix.Mending(r.Name); documents != "" || modules != "" {
			mended++
		}
	}
	if mended < 40 {
		t.Errorf("%d rules have edits", mended)
	}
	folders, err := os.ReadDir("../lint/testdata/rules")
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		files := readFolder(t, "../lint/testdata/rules/"+folder.Name())
		isModule := files["main.tf"] != nil
		for _, r := range mendFS(t, files, fix.Options{}) {
			for _, o := range r.Outcomes {
				decides, modules := fix.Mending(o.Finding.Rule)
				if isModule {
					decides = modules
				}
				if o.Status == fix.NeedsUnsafe && decides != fix.Always && decides != fix.Sometimes || o.Status == fix.Dropped && decides == "" {
					t.Errorf("%s: an edit for %s is %s, and the table has %q", folder.Name(), o.Finding.Rule, o.Status, decides)
				}
			}
		}
	}
}

// FuzzMend mends whatever is read: what comes out is read without a fault, has
// the line ends it had, and a second run changes nothing.
func FuzzMend(f *testing.F) {
	dirs, err := os.ReadDir("../lint/testdata/rules")
	if err != nil {
		f.Fatal(err)
	}
	for _, dir := range dirs {
		for _, name := range []string{"template.yaml", "api.yaml"} {
			if text, err := os.ReadFile(path.Join("../lint/testdata/rules", dir.Name(), name)); err == nil {
				f.Add(string(text), false)
				f.Add(string(text), true)
			}
		}
	}
	f.Add(`{"swagger":"2.0","info":{"title":"A"},"paths":{"/a":{"post":{"x-amazon-apigateway-integration":{"type":"aws_proxy"}},"options":{"x-amazon-apigateway-integration":{"type":"mock","responses":{"default":{"statusCode":"200","responseParameters":{"method.response.header.Access-Control-Allow-Origin":"*"}}}}}}}}`, false)
	f.Fuzz(func(t *testing.T, text string, crlf bool) {
		if len(text) > 1<<14 {
			return
		}
		if crlf {
			text = strings.ReplaceAll(strings.ReplaceAll(text, "\r", ""), "\n", "\r\n")
		}
		const name = "template.yaml"
		for run := range 2 {
			r, err := fix.Run(context.Background(), fstest.MapFS{name: {Data: []byte(text)}}, name, fix.Options{Unsafe: true}, fix.Rules)
			if err != nil {
				t.Fatal(err)
			}
			after, changed := r.Files[name]
			if !changed {
				return
			}
			if run == 1 {
				t.Fatalf("a second run makes of\n%s\n%s", text, after)
			}
			if len(r.Reading.Faults) > 0 {
				t.Fatalf("%v in\n%s", r.Reading.Faults, after)
			}
			if crlf && strings.Count(string(after), "\n") != strings.Count(string(after), "\r\n") {
				t.Fatalf("line ends are mixed in %q", after)
			}
			text = string(after)
		}
	})
}
