package golden_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"apigw-cors/golden/browser"
	"apigw-cors/golden/emulator"
	"apigw-cors/golden/tools"
)

// confirmed is a mutation with the fetch by which a page notices.
type confirmed struct {
	mutation
	fetch   browser.Fetch
	failure string
}

// TestBrowserConfirmsFindings serves what the tools make of broken files, and of
// the same files unbroken, and lets a real browser fetch from both: what lint
// finds at fault is refused, and nothing else is the reason.
func TestBrowserConfirmsFindings(t *testing.T) {
	if testing.Short() {
		t.Skip("real tools are left out of -short")
	}
	t.Parallel()
	const page = "https://app.example.com"
	all := confirmations()
	site := browser.NewSite(t)
	b := browser.Chromium(t, site)
	translator, engine := tools.StartTranslator(t), tools.StartVelocity(t)
	var fetches []browser.Fetch
	deploy := func(c confirmed, name, file string) {
		var template []byte
		if strings.Contains(c.file, "/sam/") {
			template = translator.Template(t, file)
		} else {
			template = templateJSON(t, tools.ReadFile(t, file))
		}
		identity := "Authorization"
		url := site.Deploy(name, emulator.Deploy(t, theOnly(t, seenInTemplate(t, template)), identity, openFunction{}, engine))
		f := c.fetch
		f.Origin = page
		f.Headers = append([][2]string{}, f.Headers...)
		f.URL = fmt.Sprintf("%s%s?%s=%d", url, f.URL, browser.CellParameter, len(fetches))
		if c.failure != "" {
			f.URL += "&" + emulator.FailureParameter + "=" + c.failure
		}
		if f.Credentials == "" {
			f.Credentials = "omit"
		}
		fetches = append(fetches, f)
	}
	for i, c := range all {
		c.run(t)
		source := string(tools.ReadFile(t, c.file))
		broken := filepath.Join(t.TempDir(), "template.yaml")
		if err := os.WriteFile(broken, []byte(strings.Replace(source, c.old, c.new, 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		deploy(c, fmt.Sprintf("whole%d", i), c.file)
		deploy(c, fmt.Sprintf("broken%d", i), broken)
	}
	saw := b.Fetch(t, fetches)
	for i, c := range all {
		whole, broken := saw[2*i], saw[2*i+1]
		if whole.Error != "" {
			t.Errorf("%s: the browser refuses it of the whole file, too: %s", c.rule, whole.Error)
		}
		if broken.Error == "" {
			t.Errorf("%s: %q: the browser allows it: %d", c.rule, c.new, broken.Status)
		}
	}
	if len(all) < 20 {
		t.Errorf("%d faults", len(all))
	}
}

// openFunction sends what every page needs.
type openFunction struct{}

func (openFunction) Call(testing.TB, any) json.RawMessage { return json.RawMessage(`{}`) }

func (openFunction) Respond(_ testing.TB, event any) tools.Response {
	headers, _ := event.(map[string]any)["headers"].(map[string]any)
	origin := ""
	for name, value := range headers {
		if strings.EqualFold(name, "origin") {
			origin = fmt.Sprint(value)
		}
	}
	return tools.Response{StatusCode: 200, Headers: map[string]string{
		"Access-Control-Allow-Origin": origin, "Access-Control-Allow-Credentials": "true",
	}}
}

// confirmations picks mutations that show at run time.
func confirmations() (out []confirmed) {
	const (
		one     = "rest-one-origin/sam/template.yaml"
		account = "rest-credentials-cognito/sam/template.yaml"
		images  = "rest-api-key-binary/sam/template.yaml"
		profile = "http-credentials-jwt-default/sam/template.yaml"
		stack   = "rest-credentials-cognito/cloudformation/template.yaml"
	)
	var (
		asJSON = browser.Fetch{URL: "/", Method: "POST", Headers: [][2]string{{"Content-Type", "application/json"}}}
		signed = browser.Fetch{URL: "/", Method: "GET", Headers: [][2]string{{"Authorization", "x"}}}
		patch  = browser.Fetch{URL: "/", Method: "PATCH", Headers: [][2]string{{"Authorization", "x"}}}
		cookie = browser.Fetch{URL: "/", Method: "PUT", Headers: [][2]string{{"Authorization", "x"}}, Credentials: "include"}
		keyed  = browser.Fetch{URL: "/", Method: "PUT", Headers: [][2]string{{"X-Api-Key", "x"}}}
	)
	add := func(file, old, new, rule, at string, f browser.Fetch, failure string) {
		out = append(out, confirmed{mutation{file, old, new, rule, at}, f, failure})
	}
	const origin = `AllowOrigin: "'https://app.example.com'"`
	for _, value := range []struct{ value, rule string }{
		{"https://app.example.com,https://b.example.com", "comma-joined-origins"},
		{"https://app.example.com/", "origin-not-serialised"},
		{"https://APP.example.com", "origin-not-serialised"},
		{"app.example.com", "origin-not-serialised"},
		{"https://*.example.com", "origin-pattern-unsupported"},
	} {
		add(one, origin, `AllowOrigin: "'`+value.value+`'"`, value.rule, "", asJSON, "")
	}
	add(one, `        AllowHeaders: "'Content-Type'"`+"\n", "", "allow-headers-missing", "Cors:", asJSON, "")
	add(one, `AllowHeaders: "'Content-Type'"`, `AllowHeaders: "'X-Request-Id'"`, "content-type-not-allowed", "", asJSON, "")
	const own = "              Access-Control-Allow-Origin: \"'https://app.example.com'\"\n        DEFAULT_5XX:"
	add(one, own, "              X-Other: \"'a'\"\n        DEFAULT_5XX:", "gateway-response-lacks-allow-origin", "DEFAULT_4XX", asJSON, "THROTTLED")
	add(one, own, "              Access-Control-Allow-Origin: \"'https://www.example.com'\"\n        DEFAULT_5XX:", "allow-origin-differs", "www.example.com", asJSON, "THROTTLED")
	add(one, "        DEFAULT_5XX:\n          ResponseParameters:\n            Headers:\n              Access-Control-Allow-Origin: \"'https://app.example.com'\"\n", "", "gateway-responses-partial", "DEFAULT_4XX", asJSON, "INTEGRATION_TIMEOUT")
	add(account, "AddDefaultAuthorizerToCorsPreflight: false", "AddDefaultAuthorizerToCorsPreflight: true", "preflight-authorized", "", signed, "")
	add(images, "AddApiKeyRequiredToCorsPreflight: false", "AddApiKeyRequiredToCorsPreflight: true", "preflight-authorized", "", keyed, "")
	add(images, `method.response.header.Access-Control-Allow-Headers: "'Content-Type,X-Api-Key'"`, `method.response.header.Access-Control-Allow-Headers: "'Content-Type,-Api-Key'"`, "auth-header-not-allowed", "", keyed, "")
	add(account, `Access-Control-Allow-Headers: "'Content-Type,Authorization'"`, `Access-Control-Allow-Headers: "'Content-Type'"`, "auth-header-not-allowed", "", signed, "")
	const methods = `Access-Control-Allow-Methods: "'GET,PUT,PATCH'"`
	add(account, methods, `Access-Control-Allow-Methods: "'GET,PUT'"`, "method-not-in-allow-methods", "", patch, "")
	add(account, methods, `Access-Control-Allow-Methods: "'get,put,patch'"`, "method-not-in-allow-methods", "", patch, "")
	add(account, methods, `Access-Control-Allow-Methods: "'*'"`, "wildcard-literal-with-credentials", "", cookie, "")
	add(account, `method.response.header.Access-Control-Allow-Credentials: "'true'"`, `method.response.header.Access-Control-Allow-Credentials: "'True'"`, "allow-credentials-not-true", "", cookie, "")
	add(account, "              Access-Control-Allow-Credentials: \"'true'\"\n              Vary: \"'Origin'\"\n        DEFAULT_5XX", "              Vary: \"'Origin'\"\n        DEFAULT_5XX", "gateway-response-lacks-credentials", "ResponseParameters", cookie, "THROTTLED")
	add(account, `'{"statusCode": 204}'`, `'{"statusCode": "204"}'`, "preflight-fails", "", patch, "")
	add(images, "                      method.response.header.Access-Control-Allow-Origin: \"'https://app.example.com'\"\n", "", "options-lacks-cors-headers", "default:", keyed, "")
	add(profile, `          - "https://app.example.com"`+"\n", `          - "'https://app.example.com'"`+"\n", "quoted-value", "", signed, "")
	add(profile, `          - "https://app.example.com"`+"\n", `          - "https://app.example.com/"`+"\n", "origin-not-serialised", "", signed, "")
	add(profile, `          - "https://app.example.com"`+"\n", `          - "https://app.example.com,https://b.example.com"`+"\n", "comma-joined-origins", "", signed, "")
	add(profile, "          - Authorization\n", "", "auth-header-not-allowed", "AllowHeaders", signed, "")
	add(stack, "      AuthorizationType: NONE\n", "      AuthorizationType: AWS_IAM\n", "preflight-authorized", "", signed, "")
	add(stack, "      HttpMethod: OPTIONS\n", "      HttpMethod: HEAD\n", "missing-options", "OptionsRootMethod", signed, "")
	return out
}
