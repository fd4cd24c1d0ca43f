package golden_test

import (
	"strings"
	"testing"

	"apigw-cors/golden/tools"
)

// readTemplate is what a tool made of a template. It is the place for the
// product's own reading, once there is one.
func readTemplate(t testing.TB, template []byte) product {
	t.Helper()
	return product{
		api:      theOnly(t, seenInTemplate(t, template)),
		identity: identitySource(tools.Decode[any](t, template)),
		template: template,
	}
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
