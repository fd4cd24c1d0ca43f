package golden_test

import (
	"regexp"
	"strings"
	"testing"
)

// testAWSCLI runs every script twice against a control plane, reads the API
// back after each run, and compares it with the model.
func (m *made) testAWSCLI(t *testing.T) {
	t.Parallel()
	plane, engine := startControlPlane(t), startVelocity(t)
	cli := startAWSCLI(t, plane)
	for _, c := range cases(t) {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			api := c.api(t)
			for range 2 {
				cli.run(t, append([]string{c.path("aws-cli/apply.sh"), "--create"}, c.scriptArguments(t)...)...)
				got, authorizers := plane.seenAPI(t, api)
				m.keep("aws-cli", c, got, authorizers)
				sound(t, got)
				same(t, want(api), got)
				engine.allowsOrigins(t, api, got, absentNull, absentEmpty)
			}
		})
	}
}

// scriptArguments are what a person would fill in for the words of the script's
// own usage.
func (c goldenCase) scriptArguments(t testing.TB) []string {
	t.Helper()
	values := map[string]string{
		"FUNCTION_ARN":            functionARN("backend"),
		"AUTHORIZER_FUNCTION_ARN": functionARN("authorizer"),
		"STAGE":                   "prod",
		"USER_POOL_ARN":           "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_aaaaaaaaa",
		"ISSUER":                  "https://issuer.example.com",
		"AUDIENCE":                "audience",
	}
	usage := regexp.MustCompile(`(?m)^#   \./apply\.sh --create (.+)$`).FindSubmatch(c.read(t, "aws-cli/apply.sh"))
	if usage == nil {
		t.Fatal("the script does not say how it creates its example")
	}
	var arguments []string
	for _, word := range strings.Fields(string(usage[1])) {
		value, ok := values[word]
		if !ok {
			t.Fatalf("no value for %s", word)
		}
		arguments = append(arguments, value)
	}
	return arguments
}

// restAPI gives the id of the one REST API of that name, httpAPI that of the
// one HTTP API.
func (c controlPlane) restAPI(t testing.TB, name string) string {
	t.Helper()
	var list struct{ Item []struct{ ID, Name string } }
	c.get(t, "apigateway", "/restapis", &list)
	var ids []string
	for _, api := range list.Item {
		if api.Name == name {
			ids = append(ids, api.ID)
		}
	}
	return theOne(t, name, ids)
}

func (c controlPlane) httpAPI(t testing.TB, name string) string {
	t.Helper()
	var list struct {
		Items []struct{ APIID, Name string }
	}
	c.get(t, "apigateway", "/v2/apis", &list)
	var ids []string
	for _, api := range list.Items {
		if api.Name == name {
			ids = append(ids, api.APIID)
		}
	}
	return theOne(t, name, ids)
}

func theOne(t testing.TB, name string, ids []string) string {
	t.Helper()
	if len(ids) != 1 {
		t.Fatalf("%d APIs are called %s: %s", len(ids), name, strings.Join(ids, ", "))
	}
	return ids[0]
}
