package fix_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"apigw-cors/generator/fix"
	"apigw-cors/generator/gateway"
)

// forCDK renders a policy for an app with one stack.
func forCDK(t *testing.T, stack, cors, policy, in string) fix.Result {
	t.Helper()
	app := fstest.MapFS{"cdk.json": {Data: []byte("{}")}, "lib/stack.ts": {Data: []byte(stack)}}
	if cors != "" {
		app["lib/cors.ts"] = &fstest.MapFile{Data: []byte(cors)}
	}
	r, err := fix.ForCDK(context.Background(), app, ".", true, fix.Policy{API: apiOf(t, []byte(policy)), In: in})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

const (
	restPolicy = "{api: rest, allowOrigins: [https://app.example.com], resources: [{path: /orders, methods: [GET]}]}"
	httpPolicy = "{api: http, allowOrigins: [https://app.example.com], allowMethods: [GET]}"
)

// TestCDKConstructs finds what constructs the API, how the source calls it, and
// tells the lines with that name.
func TestCDKConstructs(t *testing.T) {
	for _, tt := range []struct{ desc, policy, stack, api, line string }{
		{"a constant", restPolicy, "const orders = new apigateway.RestApi(this, 'Orders');\n", "orders", "stack.ts:1:1: addCors(orders);"},
		{"one that is exported, with a type", restPolicy, "\nexport const api: RestApi = new RestApi(this, \"Orders\", {});\n", "api", "stack.ts:2:1: addCors(api);"},
		{"a property", restPolicy, "  this.api = new apigateway.RestApi(\n    this,\n    'Orders',\n  );\n", "this.api", "stack.ts:1:3: addCors(this.api);"},
		{"one for a function", restPolicy, "let api = new apigw.LambdaRestApi(this, 'Orders', { handler });\n", "api", "stack.ts:1:1: addCors(api);"},
		{"no variable", restPolicy, "return new apigateway.RestApi(this, 'Orders');\n", "Orders", "stack.ts:1:1: addCors(api);"},
		{"neither", restPolicy, "new apigateway.RestApi(this, id);\n", "RestApi", "stack.ts:1:1: addCors(api);"},
		{"in a comment", restPolicy, "// const api = new apigateway.RestApi(this, 'Orders');\n", "", "cors.ts: addCors(api);"},
		{"the other kind", restPolicy, "const api = new apigatewayv2.HttpApi(this, 'Orders');\n", "", "cors.ts: addCors(api);"},
		{"an HTTP API", httpPolicy, "const api = new apigatewayv2.HttpApi(this, 'Orders');\n", "api", "stack.ts:1:1: corsPreflight,"},
		{"two", restPolicy, "const a = new RestApi(this, 'A');\nconst b = new RestApi(this, 'B');\n", "", "cors.ts: addCors(api);"},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			r := forCDK(t, tt.stack, "", tt.policy, "")
			if r.Placed.Status != fix.ByHandStill || r.Placed.API != tt.api || len(r.Files) != 1 {
				t.Errorf("%s, called %q, %d files", r.Placed.Status, r.Placed.API, len(r.Files))
			}
			last := r.Placed.Notes[len(r.Placed.Notes)-1]
			if got := fmt.Sprintf("%s: %s", placeOf(last.Place), last.Hint); got != tt.line {
				t.Errorf("told is %q, not %q", got, tt.line)
			}
		})
	}
}

func placeOf(p gateway.Place) string {
	file := strings.TrimPrefix(p.File, "lib/")
	if p.Line == 0 {
		return file
	}
	return fmt.Sprintf("%s:%d:%d", file, p.Line, p.Column)
}

// TestCDKUse sees whether a source uses the module, in the ways that people
// write an import.
func TestCDKUse(t *testing.T) {
	const api = "const api = new apigateway.RestApi(this, 'Orders');\n"
	module := string(forCDK(t, api, "", restPolicy, "").Files["lib/cors.ts"])
	for _, tt := range []struct {
		desc, stack string
		want        fix.PlacedStatus
	}{
		{"imported and called", "import { addCors } from './cors';\n" + api + "addCors(api);\n", fix.InPlace},
		{"with double quotes and an extension", "import { addCors } from \"./cors.js\";\n" + api + "addCors(api);\n", fix.InPlace},
		{"in several lines", "import {\n  addCors,\n} from './cors';\n" + api + "addCors(api);\n", fix.InPlace},
		{"by another way", "import { addCors } from '../lib/cors';\n" + api + "addCors(api);\n", fix.InPlace},
		{"another module of the name", "import { addCors } from '../cors';\n" + api + "addCors(api);\n", fix.ByHandStill},
		{"in a comment", "// import { addCors } from './cors';\n" + api, fix.ByHandStill},
		{"not at all", api, fix.ByHandStill},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			if r := forCDK(t, tt.stack, module, restPolicy, ""); r.Placed.Status != tt.want || len(r.Files) > 0 {
				t.Errorf("%s, %d files", r.Placed.Status, len(r.Files))
			}
		})
	}
	crlf := strings.ReplaceAll(module, "\n", "\r\n")
	if r := forCDK(t, api, crlf, restPolicy, ""); len(r.Files) > 0 {
		t.Errorf("of a module with CR LF becomes %q", r.Files)
	}
	if r := forCDK(t, api, crlf, strings.Replace(restPolicy, "app.", "new.", 1), ""); strings.Count(string(r.Files["lib/cors.ts"]), "\n") != strings.Count(string(r.Files["lib/cors.ts"]), "\r\n") {
		t.Errorf("line ends are mixed in %q", r.Files["lib/cors.ts"])
	}
	for desc, cors := range map[string]string{"somebody's own": "export const cors = {};\n", "another API's": strings.Replace(module, "REST API", "HTTP API", 1)} {
		if r := forCDK(t, api, cors, restPolicy, ""); r.Placed.Status != fix.Refused || len(r.Files) > 0 {
			t.Errorf("%s: %s", desc, r.Placed.Status)
		}
	}
	if r := forCDK(t, api, "", restPolicy, "Orders"); r.Placed.API != "api" {
		t.Errorf("by its id: %+v", r.Placed)
	}
	if r := forCDK(t, api, "", restPolicy, "Nobody"); r.Placed.Status != fix.Refused {
		t.Errorf("a name that nobody has: %s", r.Placed.Status)
	}
}
