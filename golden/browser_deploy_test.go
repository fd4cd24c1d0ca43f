package golden_test

import (
	"path/filepath"
	"strings"
	"testing"
)

// runtimes run the functions and the mapping templates of the deployed APIs.
type runtimes struct {
	node, python *worker
	engine       velocity
}

func startRuntimes(t testing.TB) runtimes {
	t.Helper()
	return runtimes{startNode(t), startPython(t), startVelocity(t)}
}

// deploy makes of a format's product what answers. A template carries its
// function; the others leave it to the reader, so one of each language stands
// behind them.
func (r runtimes) deploy(t testing.TB, format string, c goldenCase, p product) *deployed {
	t.Helper()
	d := &deployed{seen: p.seen, identity: identitySource(decode[any](t, p.output)), engine: r.engine}
	switch format {
	case "terraform":
		d.function = r.function(t, "nodejs", c)
	case "aws-cli":
		d.function = r.function(t, "python", c)
	default:
		// The service saves inline code as CommonJS.
		file := filepath.Join(t.TempDir(), "index.cjs")
		writeFile(t, file, inlineFunction(t, p.output))
		d.function = r.node.load(t, file)
	}
	return d
}

// function is the one rendered in a language.
func (r runtimes) function(t testing.TB, language string, c goldenCase) handler {
	t.Helper()
	if language == "python" {
		return r.python.load(t, c.path("lambda-python/app.py"))
	}
	return r.node.load(t, c.path("lambda-nodejs/index.mjs"))
}

// inlineFunction is the source of the function that a template carries.
func inlineFunction(t testing.TB, template []byte) string {
	t.Helper()
	var sources []string
	for _, r := range decode[cloudFormationTemplate](t, template).Resources {
		if r.Type == "AWS::Lambda::Function" {
			p := decode[struct{ Code struct{ ZipFile text } }](t, r.Properties)
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
