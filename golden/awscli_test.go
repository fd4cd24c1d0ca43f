package golden_test

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"apigw-cors/golden/tools"
)

// runAWSCLI runs every script against a control plane and reads the API back;
// the first script of those with the same functions and arguments runs once more,
// as what a second run finds and leaves is decided there.
func runAWSCLI(t *testing.T, m *made) {
	plane := tools.StartControlPlane(t)
	cli := tools.StartAWSCLI(t, plane)
	for name, test := range map[string]func(*testing.T, tools.ControlPlane, tools.Tool){
		"create leaves alone what it did not make": testCreateForeign,
		"what a policy withdraws, REST API":        testWithdrawnREST,
		"what a policy withdraws, HTTP API":        testWithdrawnHTTP,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, plane, cli)
		})
	}
	for _, p := range paste(t, "aws-cli") {
		t.Run(p.name, func(t *testing.T) {
			id := strings.TrimSpace(cli.Run(t, filepath.Join(p.dir, "create.sh")))
			cli.Run(t, filepath.Join(p.dir, "apply.sh"), id, "live")
			p.applied(t, plane)
		})
	}
	repeated := map[string]bool{}
	for _, c := range cases(t) {
		runs := 1
		if abilities := c.scriptAbilities(t); !repeated[abilities] {
			repeated[abilities], runs = true, 2
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			api := c.api(t)
			for range runs {
				cli.Run(t, append([]string{c.path("aws-cli/apply.sh"), "--create"}, c.scriptArguments(t)...)...)
				m.keep(t, c, readBack(t, plane, api))
			}
		})
	}
}

// scriptAbilities are the functions and the usage of the case's script.
func (c goldenCase) scriptAbilities(t testing.TB) string {
	t.Helper()
	lines := regexp.MustCompile(`(?m)^ *[a-z_]+\(\) \{$|^#   \./apply\.sh --create .+$`).FindAll(c.read(t, "aws-cli/apply.sh"), -1)
	return string(bytes.Join(lines, []byte("\n")))
}

// scriptArguments are what a person would fill in for the words of the script's
// own usage.
func (c goldenCase) scriptArguments(t testing.TB) []string {
	t.Helper()
	values := map[string]string{
		"FUNCTION_ARN":            tools.FunctionARN("backend"),
		"BACKEND_URL":             "https://backend.example.com/orders",
		"SERVICE_URI":             tools.ServiceURI(),
		"SERVICE_ROLE_ARN":        "arn:aws:iam::123456789012:role/service",
		"AUTHORIZER_FUNCTION_ARN": tools.FunctionARN("authorizer"),
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
