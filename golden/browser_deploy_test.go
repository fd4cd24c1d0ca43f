package golden_test

import (
	"path/filepath"
	"strings"
	"testing"

	"apigw-cors/golden/emulator"
	"apigw-cors/golden/tools"
)

// runtimes run the functions and the mapping templates of the deployed APIs.
type runtimes struct {
	node, python tools.Runtime
	engine       tools.Velocity
}

func startRuntimes(t testing.TB) runtimes {
	t.Helper()
	return runtimes{tools.StartNode(t), tools.StartPython(t), tools.StartVelocity(t)}
}

// deploy makes of a format's product what answers. A template carries its
// function; the others leave it to the reader, so one of each language stands
// behind them.
func (r runtimes) deploy(t testing.TB, format string, c goldenCase, p product) *emulator.Deployment {
	t.Helper()
	var function tools.Function
	switch format {
	case "terraform":
		function = r.function(t, "nodejs", c)
	case "aws-cli":
		function = r.function(t, "python", c)
	default:
		// The service saves inline code as CommonJS.
		file := filepath.Join(t.TempDir(), "index.cjs")
		tools.WriteFile(t, file, inlineFunction(t, p.output))
		function = r.node.Load(t, file)
	}
	return emulator.Deploy(t, p.seen, identitySource(tools.Decode[any](t, p.output)), function, r.engine)
}

// function is the one rendered in a language.
func (r runtimes) function(t testing.TB, language string, c goldenCase) tools.Function {
	t.Helper()
	if language == "python" {
		return r.python.Load(t, c.path("lambda-python/app.py"))
	}
	return r.node.Load(t, c.path("lambda-nodejs/index.mjs"))
}

// inlineFunction is the source of the function that a template carries.
func inlineFunction(t testing.TB, template []byte) string {
	t.Helper()
	var sources []string
	for _, r := range tools.Decode[cloudFormationTemplate](t, template).Resources {
		if r.Type == "AWS::Lambda::Function" {
			p := tools.Decode[struct{ Code struct{ ZipFile text } }](t, r.Properties)
			sources = append(sources, string(p.Code.ZipFile))
		}
	}
	if len(sources) != 1 {
		t.Fatalf("%d functions in a template", len(sources))
	}
	return sources[0]
}

// identitySource finds the header that the authorizer reads, however the tool
// spells it: "method.request.header.X" of a REST API, "$request.header.X" of an
// HTTP API, or the name of a security scheme.
func identitySource(output any) (header string) {
	var walk func(key string, v any)
	walk = func(key string, v any) {
		switch v := v.(type) {
		case string:
			key = strings.ToLower(strings.ReplaceAll(key, "_", ""))
			if _, name, ok := strings.Cut(v, "request.header."); ok && strings.HasPrefix(key, "identitysource") {
				header = name
			}
		case []any:
			for _, item := range v {
				walk(key, item)
			}
		case map[string]any:
			if v["x-amazon-apigateway-authtype"] == "cognito_user_pools" {
				header, _ = v["name"].(string)
			}
			for key, item := range v {
				walk(key, item)
			}
		}
	}
	walk("", output)
	return header
}
