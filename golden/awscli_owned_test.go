package golden_test

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"apigw-cors/golden/tools"
)

// What the scripts do to an API beside which, and in which, somebody else has
// made something: see [runAWSCLI].

// folderOf renders a policy of one origin, and gives the folder that holds the
// format's files.
func folderOf(t *testing.T, format string, flags ...string) string {
	t.Helper()
	out := t.TempDir()
	generate(t, append([]string{"--allow-origins", "https://app.example.com", "--format", format, "--out", out, "--no-input"}, flags...)...)
	return filepath.Join(out, format)
}

func script(t *testing.T, flags ...string) string {
	t.Helper()
	return filepath.Join(folderOf(t, "aws-cli", flags...), "apply.sh")
}

// refused runs a script that has to exit with 1, say all of want, and leave what
// stands at the paths as it is.
func refused(t *testing.T, plane tools.ControlPlane, cli tools.Tool, paths, want []string, args ...string) {
	t.Helper()
	before := stateOf(t, plane, paths)
	stdout, stderr, code := cli.Try(t, args...)
	if code != 1 || stdout != "" {
		t.Errorf("exit %d\n%s%s", code, stdout, stderr)
	}
	for _, words := range append(want, "apply.sh: nothing is changed\n") {
		if !strings.Contains(stderr, words) {
			t.Errorf("it does not say %q:\n%s", words, stderr)
		}
	}
	for path, after := range stateOf(t, plane, paths) {
		if !reflect.DeepEqual(before[path], after) {
			t.Errorf("%s was\n%v\nand is\n%v", path, before[path], after)
		}
	}
}

func stateOf(t *testing.T, plane tools.ControlPlane, paths []string) map[string]any {
	t.Helper()
	out := map[string]any{}
	for _, path := range paths {
		var reply any
		plane.Get(t, "apigateway", path, &reply)
		out[path] = reply
	}
	return out
}

// testCreateForeign runs --create beside an API of the same name that hands its
// requests to a billing system: it used to be taken over, and deployed.
func testCreateForeign(t *testing.T, plane tools.ControlPlane, cli tools.Tool) {
	var api, plan, routes struct{ ID, APIID string }
	plane.Do(t, "apigateway", "POST", "/restapis", `{"name": "Billing"}`, &api)
	plane.Do(t, "apigateway", "POST", "/usageplans", `{"name": "Billing"}`, &plan)
	plane.Do(t, "apigateway", "POST", "/v2/apis", `{"name": "Billing", "protocolType": "HTTP"}`, &routes)
	root := "/restapis/" + api.ID + "/resources/" + resourceID(t, plane, api.ID, "/")
	var reply any
	plane.Do(t, "apigateway", "PUT", root+"/methods/GET", `{"authorizationType": "NONE"}`, &reply)
	plane.Do(t, "apigateway", "PUT", root+"/methods/GET/integration",
		`{"type": "HTTP_PROXY", "httpMethod": "GET", "uri": "https://billing.example.com"}`, &reply)

	refused(t, plane, cli,
		[]string{"/restapis/" + api.ID + "/resources", "/restapis/" + api.ID + "/stages", "/restapis/" + api.ID + "/deployments", "/usageplans/" + plan.ID},
		[]string{
			"a REST API called Billing (" + api.ID + ") without the tag apigw-cors=created",
			"a usage plan called Billing (" + plan.ID + ")", "the function " + tools.FunctionARN("none") + " is not found",
			"hint: for the CORS of an API that is there, apply.sh REST_API_ID STAGE;",
		},
		script(t, "--api", "rest", "--name", "Billing", "--allow-methods", "GET", "--auth", "api-key", "--standalone"), "--create", tools.FunctionARN("none"), "prod")
	refused(t, plane, cli,
		[]string{"/v2/apis/" + routes.APIID, "/v2/apis/" + routes.APIID + "/routes", "/v2/apis/" + routes.APIID + "/integrations"},
		[]string{"a HTTP API called Billing (" + routes.APIID + ")"},
		script(t, "--api", "http", "--name", "Billing", "--allow-methods", "GET", "--standalone"), "--create", tools.FunctionARN("backend"))
}

func resourceID(t *testing.T, plane tools.ControlPlane, api, path string) string {
	t.Helper()
	var list struct{ Item []struct{ ID, Path string } }
	plane.Get(t, "apigateway", "/restapis/"+api+"/resources?limit=500", &list)
	for _, r := range list.Item {
		if r.Path == path {
			return r.ID
		}
	}
	t.Fatalf("no resource %s", path)
	return ""
}

// served lists the methods and the gateway responses in the snapshot that a
// stage serves.
func served(t *testing.T, plane tools.ControlPlane, api, stage string) []string {
	t.Helper()
	var export struct {
		Paths            map[string]map[string]json.RawMessage
		GatewayResponses map[string]json.RawMessage `json:"x-amazon-apigateway-gateway-responses"`
	}
	plane.Get(t, "apigateway", "/restapis/"+api+"/stages/"+stage+"/exports/oas30", &export)
	out := slices.Collect(maps.Keys(export.GatewayResponses))
	for path, methods := range export.Paths {
		for verb := range methods {
			out = append(out, strings.ToUpper(verb)+" "+path)
		}
	}
	slices.Sort(out)
	return out
}

func serves(t *testing.T, plane tools.ControlPlane, api, stage string, want ...string) {
	t.Helper()
	if got := served(t, plane, api, stage); !slices.Equal(got, want) {
		t.Errorf("the stage serves\n%q, want\n%q", got, want)
	}
}

// says runs a script that has to succeed, and say all of want.
func says(t *testing.T, cli tools.Tool, want []string, args ...string) {
	t.Helper()
	stdout, stderr, code := cli.Try(t, args...)
	if code != 0 {
		t.Fatalf("exit %d\n%s%s", code, stdout, stderr)
	}
	for _, words := range want {
		if !strings.Contains(stdout+stderr, words) {
			t.Errorf("it does not say %q:\n%s%s", words, stdout, stderr)
		}
	}
}

// testWithdrawnREST applies a policy, lets somebody work on the API, and applies
// two narrower policies. What they withdraw used to be served for ever.
func testWithdrawnREST(t *testing.T, plane tools.ControlPlane, cli tools.Tool) {
	policy := func(flags ...string) string {
		return script(t, append([]string{"--api", "rest", "--name", "Withdrawn", "--allow-methods", "GET"}, flags...)...)
	}
	create := []string{"--create", tools.FunctionARN("backend"), "prod"}
	cli.Run(t, append([]string{policy("--standalone", "--resource", "/-a", "--resource", "/b", "--gateway-responses", "DEFAULT_4XX,DEFAULT_5XX,UNAUTHORIZED")}, create...)...)
	id := plane.RESTAPI(t, "Withdrawn")
	serves(t, plane, id, "prod", "DEFAULT_4XX", "DEFAULT_5XX", "GET /-a", "GET /b", "OPTIONS /-a", "OPTIONS /b", "UNAUTHORIZED")

	var reply any
	api := "/restapis/" + id
	root, a := api+"/resources/"+resourceID(t, plane, id, "/"), api+"/resources/"+resourceID(t, plane, id, "/-a")
	plane.Do(t, "apigateway", "PUT", root+"/methods/OPTIONS", `{"authorizationType": "NONE"}`, &reply)
	plane.Do(t, "apigateway", "PUT", root+"/methods/OPTIONS/integration", `{"type": "MOCK"}`, &reply)
	theirs := `{"type": "HTTP_PROXY", "httpMethod": "GET", "uri": "https://billing.example.com"}`
	plane.Do(t, "apigateway", "PUT", a+"/methods/GET/integration", theirs, &reply)
	plane.Do(t, "apigateway", "PUT", api+"/gatewayresponses/THROTTLED",
		`{"responseParameters": {"gatewayresponse.header.Access-Control-Allow-Origin": "'*'"}}`, &reply)
	plane.Do(t, "apigateway", "PUT", api+"/gatewayresponses/UNAUTHORIZED",
		`{"responseParameters": {"gatewayresponse.header.Access-Control-Allow-Origin": "'*'", "gatewayresponse.header.WWW-Authenticate": "'Bearer'"}}`, &reply)

	says(t, cli, []string{
		"OPTIONS /b is withdrawn", "gateway response DEFAULT_5XX is withdrawn", "UNAUTHORIZED has been changed since, and stays",
		"GET /-a has another authorization or integration, which stays as it is",
	}, append([]string{policy("--standalone", "--resource", "/-a", "--gateway-responses", "DEFAULT_4XX")}, create...)...)
	serves(t, plane, id, "prod", "DEFAULT_4XX", "GET /-a", "GET /b", "OPTIONS /", "OPTIONS /-a", "THROTTLED", "UNAUTHORIZED")
	var integration struct{ Type string }
	plane.Get(t, "apigateway", a+"/methods/GET/integration", &integration)
	if integration.Type != "HTTP_PROXY" {
		t.Errorf("somebody else's integration has become %s", integration.Type)
	}

	says(t, cli, []string{"gateway response DEFAULT_4XX is withdrawn"},
		policy("--resource", "/-a", "--gateway-responses", "none"), id, "prod")
	serves(t, plane, id, "prod", "GET /-a", "GET /b", "OPTIONS /", "OPTIONS /-a", "THROTTLED", "UNAUTHORIZED")

	// Half of this policy used to be applied before a resource was missing.
	refused(t, plane, cli, []string{api + "/resources", api + "/gatewayresponses", api + "/deployments"},
		[]string{"has no resource /c\n", "has no resource /d\n", "has no stage typo;", "the function " + tools.FunctionARN("none") + " is not found\n"},
		policy("--preflight", "lambda", "--resource", "/-a", "--resource", "/c", "--resource", "/d"), id, "typo", tools.FunctionARN("none"))
	refused(t, plane, cli, []string{api + "/resources"}, []string{"has no integration of type AWS for GET /"},
		policy("--integration", "non-proxy", "--resource", "/"), id, "prod")
}

// testWithdrawnHTTP does so with the OPTIONS routes of an HTTP API.
func testWithdrawnHTTP(t *testing.T, plane tools.ControlPlane, cli tools.Tool) {
	policy := func(flags ...string) string {
		return script(t, append([]string{"--api", "http", "--name", "Routes", "--allow-methods", "GET", "--auth", "iam"}, flags...)...)
	}
	cli.Run(t, policy("--standalone"), "--create", tools.FunctionARN("backend"))
	id := plane.HTTPAPI(t, "Routes")
	var reply any
	plane.Do(t, "apigateway", "POST", "/v2/apis/"+id+"/routes", `{"routeKey": "OPTIONS /mine", "target": "integrations/other"}`, &reply)
	keys := func() []string { return slices.Sorted(maps.Keys(seenHTTP(t, plane, id).Routes)) }
	if got, want := keys(), []string{"$default", "OPTIONS /", "OPTIONS /mine", "OPTIONS /{proxy+}"}; !slices.Equal(got, want) {
		t.Errorf("routes %q, want %q", got, want)
	}
	var integrations struct {
		Items []struct{ IntegrationID string }
	}
	plane.Get(t, "apigateway", "/v2/apis/"+id+"/integrations", &integrations)

	narrower := policy("--resource", "/orders=ANY")
	refused(t, plane, cli, []string{"/v2/apis/" + id, "/v2/apis/" + id + "/routes"}, []string{"HTTP API " + id + " has no integration none"}, narrower, id, "none")
	refused(t, plane, cli, nil, []string{"none is not the id of an HTTP API"}, narrower, "none", "none")
	says(t, cli, []string{"OPTIONS /{proxy+} is withdrawn", "OPTIONS / is withdrawn"}, narrower, id, integrations.Items[0].IntegrationID)
	if got, want := keys(), []string{"$default", "OPTIONS /mine", "OPTIONS /orders"}; !slices.Equal(got, want) {
		t.Errorf("routes %q, want %q", got, want)
	}
}
