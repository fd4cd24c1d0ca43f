package golden_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"apigw-cors/generator"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
	"apigw-cors/golden/tools"
)

// The policies the wrapper differs by: a constant origin, an origin per request,
// and an HTTP API whose function answers the preflight.
const (
	oneOrigin      = `{"API": "rest", "AllowOrigins": ["https://a.example"], "AllowMethods": ["GET"]}`
	severalOrigins = `{"API": "rest", "AllowOrigins": ["https://a.example", "https://b.example"], "AllowMethods": ["GET"]}`
	methodsByPath  = `{"API": "rest", "AllowOrigins": ["https://a.example"], "Preflight": "lambda",
		"Resources": [{"Path": "/a", "Methods": ["GET"]}, {"Path": "/b", "Methods": ["PUT"]}]}`
	bothPayloads = `{"API": "http", "AllowOrigins": ["https://a.example"], "Preflight": "lambda",
		"Resources": [{"Path": "/a", "Methods": ["GET"]}, {"Path": "$default", "Methods": ["PUT"]}]}`
)

// TestReviewA12WrapperMergesHeaders runs handlers inside the wrappers of both
// languages: what a function sends already must neither double a header of the
// policy nor be lost.
func TestReviewA12WrapperMergesHeaders(t *testing.T) {
	t.Parallel()
	const (
		fromA = `{"httpMethod": "GET", "resource": "/a", "headers": {"origin": "https://a.example"}}`
		fromX = `{"httpMethod": "GET", "resource": "/a", "headers": {"origin": "https://x.example"}}`
		v2    = `{"version": "2.0", "routeKey": "GET /a", "headers": {"origin": "https://a.example"}, "requestContext": {"http": {"method": "GET"}}}`
		v1    = `{"version": "1.0", "httpMethod": "GET", "resource": "/a", "headers": {"origin": "https://a.example"}}`

		failed = `{"statusCode": 500, "headers": {"Content-Type": "application/json", "Access-Control-Allow-Origin": "https://a.example"},
			"body": "{\"message\":\"Internal server error\"}"}`
	)
	tests := []struct{ desc, policy, event, returns, want string }{
		{
			"an Access-Control-Allow-Origin in lower case does not stand beside the policy's", oneOrigin, fromA,
			`{"statusCode": 201, "headers": {"access-control-allow-origin": "*", "X-A": "1"}, "body": "b", "isBase64Encoded": true}`,
			`{"statusCode": 201, "headers": {"Access-Control-Allow-Origin": "https://a.example", "X-A": "1"}, "body": "b", "isBase64Encoded": true}`,
		},
		{
			"nor is it sent to an origin that the policy refuses", severalOrigins, fromX,
			`{"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*", "ACCESS-CONTROL-ALLOW-CREDENTIALS": "true"}}`,
			`{"statusCode": 200, "headers": {"Vary": "Origin"}}`,
		},
		{
			"a vary in lower case is appended to", severalOrigins, fromA,
			`{"statusCode": 200, "headers": {"vary": "Accept-Encoding , Accept"}}`,
			`{"statusCode": 200, "headers": {"Vary": "Accept-Encoding, Accept, Origin", "Access-Control-Allow-Origin": "https://a.example"}}`,
		},
		{
			"on a refusal as well", severalOrigins, fromX,
			`{"statusCode": 200, "headers": {"Vary": "Accept"}}`,
			`{"statusCode": 200, "headers": {"Vary": "Accept, Origin"}}`,
		},
		{
			"origin is not listed twice", severalOrigins, fromX,
			`{"statusCode": 200, "headers": {"VARY": "origin,Accept"}}`,
			`{"statusCode": 200, "headers": {"Vary": "Accept, Origin"}}`,
		},
		{
			"a response that varies by everything still does", severalOrigins, fromX,
			`{"statusCode": 200, "headers": {"vary": "*"}}`,
			`{"statusCode": 200, "headers": {"Vary": "*"}}`,
		},
		{
			"an empty Vary is none", severalOrigins, fromX,
			`{"statusCode": 200, "headers": {"vary": ""}}`,
			`{"statusCode": 200, "headers": {"Vary": "Origin"}}`,
		},
		{
			"a constant origin leaves Vary as it is", oneOrigin, fromA,
			`{"statusCode": 200, "headers": {"vary": "Accept"}}`,
			`{"statusCode": 200, "headers": {"vary": "Accept", "Access-Control-Allow-Origin": "https://a.example"}}`,
		},
		{
			"multiValueHeaders are read and written", severalOrigins, fromA,
			`{"statusCode": 200, "multiValueHeaders": {"Set-Cookie": ["a", "b"], "vary": ["Accept", "Accept-Language"], "access-control-allow-origin": ["*"]}}`,
			`{"statusCode": 200, "headers": {}, "multiValueHeaders": {"Set-Cookie": ["a", "b"], "Vary": ["Accept, Accept-Language, Origin"], "Access-Control-Allow-Origin": ["https://a.example"]}}`,
		},
		{
			"beside headers, too", severalOrigins, fromX,
			`{"statusCode": 200, "headers": {"X-A": "1", "Vary": "Accept"}, "multiValueHeaders": {"vary": ["Cookie"]}}`,
			`{"statusCode": 200, "headers": {"X-A": "1"}, "multiValueHeaders": {"Vary": ["Accept, Cookie, Origin"]}}`,
		},
		{
			"multiValueHeaders get a constant origin", oneOrigin, fromA,
			`{"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}, "multiValueHeaders": {"Set-Cookie": ["a"]}}`,
			`{"statusCode": 200, "headers": {}, "multiValueHeaders": {"Set-Cookie": ["a"], "Access-Control-Allow-Origin": ["https://a.example"]}}`,
		},
		{
			"null headers are none", oneOrigin, fromA,
			`{"statusCode": 204, "headers": null, "multiValueHeaders": null}`,
			`{"statusCode": 204, "headers": {"Access-Control-Allow-Origin": "https://a.example"}, "multiValueHeaders": null}`,
		},
		{
			"Origin may stand in the event's multiValueHeaders alone", severalOrigins,
			`{"httpMethod": "GET", "headers": null, "multiValueHeaders": {"ORIGIN": ["https://b.example"]}}`,
			`{"statusCode": 200}`,
			`{"statusCode": 200, "headers": {"Vary": "Origin", "Access-Control-Allow-Origin": "https://b.example"}}`,
		},
		{
			"two origins are not an allowed one", severalOrigins,
			`{"httpMethod": "GET", "multiValueHeaders": {"origin": ["https://a.example", "https://b.example"]}}`,
			`{"statusCode": 200}`,
			`{"statusCode": 200, "headers": {"Vary": "Origin"}}`,
		},
		{"a REST API takes no string", oneOrigin, fromA, `"Hello"`, failed},
		{"nor null", oneOrigin, fromA, `null`, failed},
		{"nor nothing at all", oneOrigin, fromA, ``, failed},
		{"nor does payload format 1.0", bothPayloads, v1, `"Hello"`, failed},
		{
			"payload format 1.0 reads multiValueHeaders", bothPayloads, v1,
			`{"statusCode": 200, "multiValueHeaders": {"X-A": ["1"]}}`,
			`{"statusCode": 200, "headers": {}, "multiValueHeaders": {"X-A": ["1"], "Access-Control-Allow-Origin": ["https://a.example"]}}`,
		},
		{
			"payload format 2.0 does not", bothPayloads, v2,
			`{"statusCode": 200, "cookies": ["a=b"], "multiValueHeaders": {"X-A": ["1"]}}`,
			`{"statusCode": 200, "cookies": ["a=b"], "headers": {"Access-Control-Allow-Origin": "https://a.example"}}`,
		},
		{
			"it makes a body of a string", bothPayloads, v2, `"Hello"`,
			`{"statusCode": 200, "headers": {"Content-Type": "application/json", "Access-Control-Allow-Origin": "https://a.example"}, "body": "Hello"}`,
		},
		{
			"and of any object without a status code", bothPayloads, v2, `{"message": "Hello", "headers": {}}`,
			`{"statusCode": 200, "headers": {"Content-Type": "application/json", "Access-Control-Allow-Origin": "https://a.example"}, "body": "{\"message\":\"Hello\",\"headers\":{}}"}`,
		},
		{
			"and of nothing", bothPayloads, v2, ``,
			`{"statusCode": 200, "headers": {"Content-Type": "application/json", "Access-Control-Allow-Origin": "https://a.example"}, "body": "null"}`,
		},
		{
			"a preflight never reaches the handler", methodsByPath,
			`{"httpMethod": "OPTIONS", "resource": "/b", "headers": {"origin": "https://a.example"}}`, throws,
			`{"statusCode": 204, "headers": {"Access-Control-Allow-Origin": "https://a.example", "Access-Control-Allow-Methods": "PUT", "Access-Control-Allow-Headers": "Content-Type"}, "body": ""}`,
		},
		{
			"nor one of payload format 2.0", bothPayloads,
			`{"version": "2.0", "routeKey": "OPTIONS /{proxy+}", "requestContext": {"http": {"method": "OPTIONS"}}}`, throws,
			`{"statusCode": 204, "headers": {"Access-Control-Allow-Origin": "https://a.example", "Access-Control-Allow-Methods": "PUT", "Access-Control-Allow-Headers": "Content-Type"}, "body": ""}`,
		},
		{
			"a preflight of an unknown resource has no empty Access-Control-Allow-Methods", methodsByPath,
			`{"httpMethod": "OPTIONS", "resource": "/unknown"}`, throws,
			`{"statusCode": 204, "headers": {"Access-Control-Allow-Origin": "https://a.example", "Access-Control-Allow-Headers": "Content-Type"}, "body": ""}`,
		},
		{
			"nor has one that names no resource", bothPayloads,
			`{"version": "2.0", "requestContext": {"http": {"method": "OPTIONS"}}}`, throws,
			`{"statusCode": 204, "headers": {"Access-Control-Allow-Origin": "https://a.example", "Access-Control-Allow-Headers": "Content-Type"}, "body": ""}`,
		},
		{"an error of the handler can be read", oneOrigin, fromA, throws, failed},
		{
			"and varies by origin", severalOrigins, fromX, throws,
			`{"statusCode": 500, "headers": {"Content-Type": "application/json", "Vary": "Origin"}, "body": "{\"message\":\"Internal server error\"}"}`,
		},
	}
	for _, w := range startWrappers(t) {
		for _, tt := range tests {
			t.Run(w.format+" "+tt.desc, func(t *testing.T) {
				handler := tools.Handler{Returns: json.RawMessage(tt.returns)}
				if tt.returns == throws {
					handler = tools.Handler{Throws: "golden"}
				}
				got := w.wrap(t, renderFolder(t, tt.policy, w.format), handler).Call(t, json.RawMessage(tt.event))
				if g, want := normalForm(t, got), normalForm(t, []byte(tt.want)); !reflect.DeepEqual(g, want) {
					t.Errorf("\n got %v\nwant %v", g, want)
				}
			})
		}
	}
}

// throws stands for a handler that does.
const throws = "throws"

// normalForm is a response with its body's JSON in one form, and without what is
// null.
func normalForm(t *testing.T, response []byte) map[string]any {
	t.Helper()
	out := tools.Decode[map[string]any](t, response)
	for name, value := range out {
		if value == nil {
			delete(out, name)
		}
	}
	if body, ok := out["body"].(string); ok {
		var compact bytes.Buffer
		if json.Compact(&compact, []byte(body)) == nil {
			out["body"] = compact.String()
		}
	}
	return out
}

// TestReviewA12ExactlyOneOfEach runs responses of every shape through the
// wrappers of every case, on events of every shape: whatever a handler sends,
// each header of the policy arrives once, with the model's value.
func TestReviewA12ExactlyOneOfEach(t *testing.T) {
	t.Parallel()
	responses := []string{
		`{"statusCode": 200}`,
		`{"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*", "access-control-allow-origin": "null", "X-A": "1"}}`,
		`{"statusCode": 200, "headers": {"vary": "Accept", "VARY": "origin"}}`,
		`{"statusCode": 200, "headers": {"access-control-expose-headers": "X-A", "X-A": 1}, "multiValueHeaders": null}`,
		`{"statusCode": 200, "multiValueHeaders": {"Access-Control-Allow-Origin": ["*", "null"], "vary": ["Origin", "Accept"], "X-A": ["1"]}}`,
		`{"statusCode": 200, "headers": {"Vary": "Accept"}, "multiValueHeaders": {"access-control-allow-origin": ["*"], "Access-Control-Allow-Credentials": ["true"]}}`,
	}
	for _, w := range startWrappers(t) {
		for _, c := range cases(t) {
			api := c.api(t)
			if api.ActualResponder() != gateway.ByLambda {
				continue
			}
			t.Run(w.format+" "+c.name, func(t *testing.T) {
				for _, response := range responses {
					function := w.wrap(t, c.name, tools.Handler{Returns: json.RawMessage(response)})
					for _, origin := range append(probes(api.Policy()), "") {
						for _, event := range events(api, api.Resources()[0].Path, "GET", origin) {
							if got, want := sent(t, function.Call(t, event)), actualHeaders(api, origin); !agrees(got, want) {
								t.Fatalf("%s\nhandler returns %s\nsends %v\nnot   %v", event, response, got, want)
							}
						}
					}
				}
			})
		}
	}
}

// sent are the CORS headers and Vary of a response, by their names in lower
// case, with every value they have.
func sent(t *testing.T, response []byte) map[string][]string {
	t.Helper()
	r := tools.Decode[struct {
		Headers           map[string]any
		MultiValueHeaders map[string][]any
	}](t, response)
	out := map[string][]string{}
	add := func(name string, value any) {
		name = strings.ToLower(name)
		if strings.HasPrefix(name, "access-control-") || name == "vary" {
			out[name] = append(out[name], fmt.Sprint(value))
		}
	}
	for name, value := range r.Headers {
		add(name, value)
	}
	for name, values := range r.MultiValueHeaders {
		for _, value := range values {
			add(name, value)
		}
	}
	return out
}

// agrees reports whether each wanted header was sent once, and no other header
// of CORS. Vary may have more members, and stands as the handler sends it where
// none is wanted.
func agrees(got map[string][]string, want map[string]string) bool {
	for name, value := range want {
		values := got[strings.ToLower(name)]
		if len(values) != 1 {
			return false
		}
		if name == cors.HeaderVary {
			members := strings.Split(strings.ToLower(values[0]), ", ")
			members = slices.DeleteFunc(members, func(m string) bool { return m != "origin" })
			if len(members) != 1 {
				return false
			}
		} else if values[0] != value {
			return false
		}
	}
	for name := range got {
		wanted := name == "vary"
		for w := range want {
			wanted = wanted || strings.EqualFold(w, name)
		}
		if !wanted {
			return false
		}
	}
	return true
}

// wrapper is a language's wrapper in its runtime.
type wrapper struct {
	format, file string
	runtime      tools.Runtime
}

func startWrappers(t *testing.T) []wrapper {
	t.Helper()
	return []wrapper{
		{"lambda-nodejs", "lambda-nodejs/cors.cjs", tools.StartNode(t)},
		{"lambda-python", "lambda-python/cors.py", tools.StartPython(t)},
	}
}

// wrap puts the wrapper of a folder around a handler.
func (w wrapper) wrap(t *testing.T, folder string, h tools.Handler) tools.Function {
	t.Helper()
	return w.runtime.Wrap(t, filepath.Join(folder, filepath.FromSlash(w.file)), h)
}

// renderFolder renders a policy into a folder of its own.
func renderFolder(t *testing.T, policy, format string) string {
	t.Helper()
	api, _, err := gateway.Parse(tools.Decode[gateway.Config](t, []byte(policy)))
	if err != nil {
		t.Fatal(err)
	}
	f, _ := generator.ParseFormat(format)
	files, _, err := generator.Render(api, f, generator.Options{})
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for _, file := range files {
		tools.WriteFile(t, filepath.Join(folder, filepath.FromSlash(file.Path)), string(file.Content))
	}
	return folder
}
