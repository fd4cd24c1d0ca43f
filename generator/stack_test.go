package generator

import (
	"bytes"
	"strings"
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"

	"gopkg.in/yaml.v3"
)

// policy is a REST API with one origin, changed as a test needs it.
func policy(change func(*gateway.Config)) gateway.Config {
	c := gateway.Config{API: "rest", Name: "Shop", Config: cors.Config{
		AllowOrigins: []string{"https://app.example.com"}, AllowMethods: []string{"GET", "POST"},
	}}
	change(&c)
	return c
}

// policies are one or more of each feature of the two template formats.
func policies() map[string]gateway.Config {
	several := func(c *gateway.Config) {
		c.AllowOrigins = []string{"https://app.example.com", "https://*.example.org"}
	}
	http := func(change func(*gateway.Config)) func(*gateway.Config) {
		return func(c *gateway.Config) {
			c.API = "http"
			change(c)
		}
	}
	changes := map[string]func(*gateway.Config){
		"one origin":       func(c *gateway.Config) {},
		"any origin":       func(c *gateway.Config) { c.AllowOrigins = []string{"*"} },
		"several origins":  several,
		"credentials":      func(c *gateway.Config) { c.AllowCredentials = true; c.MaxAge = "0" },
		"expose headers":   func(c *gateway.Config) { c.ExposeHeaders = []string{"ETag"} },
		"binary":           func(c *gateway.Config) { c.BinaryMediaTypes = []string{"*/*", "image/png"} },
		"api key":          func(c *gateway.Config) { c.Auth = "api-key" },
		"iam":              func(c *gateway.Config) { c.Auth = "iam" },
		"cognito":          func(c *gateway.Config) { c.Auth = "cognito" },
		"lambda":           func(c *gateway.Config) { c.Auth, c.AuthHeader = "lambda", "X-Session" },
		"non-proxy":        func(c *gateway.Config) { several(c); c.Integration, c.Auth = "non-proxy", "cognito" },
		"lambda preflight": func(c *gateway.Config) { several(c); c.Preflight, c.Auth = "lambda", "lambda" },
		"any method": func(c *gateway.Config) {
			c.AllowMethods = nil
			c.Resources = []gateway.ResourceConfig{{Path: "/", Methods: []string{"ANY"}}, {Path: "/a/b/{id}", Methods: []string{"GET"}}}
		},
		"no gateway response": func(c *gateway.Config) { c.GatewayResponses = []string{"none"} },
		"http":                http(func(c *gateway.Config) { c.MaxAge = "-1" }),
		"http jwt on $default": http(func(c *gateway.Config) {
			c.Auth, c.AllowCredentials, c.ExposeHeaders = "jwt", true, []string{"ETag"}
		}),
		"http lambda on ANY": http(func(c *gateway.Config) {
			c.Auth, c.Resources = "lambda", []gateway.ResourceConfig{{Path: "/a", Methods: []string{"ANY"}}}
		}),
		"http iam on routes": http(func(c *gateway.Config) {
			c.Auth, c.Resources = "iam", []gateway.ResourceConfig{{Path: "/a/{id}"}}
		}),
		"http lambda preflight": http(func(c *gateway.Config) { several(c); c.Preflight = "lambda" }),
	}
	out := map[string]gateway.Config{}
	for desc, change := range changes {
		out[desc] = policy(change)
	}
	return out
}

func parsed(t *testing.T, c gateway.Config) gateway.API {
	t.Helper()
	api, _, err := gateway.Parse(c)
	if err != nil {
		t.Fatal(err)
	}
	return api
}

// rendered is the one file of a format.
func rendered(t *testing.T, c gateway.Config, format string, o Options) string {
	t.Helper()
	f, _ := ParseFormat(format)
	files, _, err := Render(parsed(t, c), f, o)
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 1 {
		t.Fatalf("%d files", len(files))
	}
	return string(files[0].Content)
}

// withoutHead drops the comment a file starts with.
func withoutHead(content string) []string {
	lines := strings.Split(content, "\n")
	for len(lines) > 0 && strings.HasPrefix(lines[0], "#") {
		lines = lines[1:]
	}
	return lines
}

func TestTemplatesAreYAML(t *testing.T) {
	for desc, c := range policies() {
		for _, format := range []string{"sam", "cloudformation"} {
			for _, standalone := range []bool{false, true} {
				content := rendered(t, c, format, Options{Standalone: standalone})
				var document map[string]any
				if err := yaml.Unmarshal([]byte(content), &document); err != nil || document["Resources"] == nil {
					t.Errorf("%s: %s: %v\n%s", desc, format, err, content)
				}
				for i, line := range strings.Split(content, "\n") {
					if strings.TrimRight(line, " \t\r") != line {
						t.Errorf("%s: %s:%d ends in blanks", desc, format, i+1)
					}
				}
				if !strings.HasSuffix(content, "\n") || strings.Contains(content, "\n\n\n") {
					t.Errorf("%s: %s: untidy blank lines", desc, format)
				}
			}
		}
	}
}

// A snippet is what to take over from the example, to the line, but for the
// marks.
func TestSnippetStandsInTheStandaloneTemplate(t *testing.T) {
	for desc, c := range policies() {
		for _, format := range []string{"sam", "cloudformation"} {
			rest := withoutHead(rendered(t, c, format, Options{Standalone: true}))
			for _, line := range withoutHead(rendered(t, c, format, Options{})) {
				if mark := strings.TrimSpace(line); strings.HasPrefix(mark, "# "+markYours) || strings.HasPrefix(mark, "# "+markNew) {
					continue
				}
				for len(rest) > 0 && rest[0] != line {
					rest = rest[1:]
				}
				if len(rest) == 0 {
					t.Errorf("%s: %s: the standalone template lacks %q, or has it elsewhere", desc, format, line)
					break
				}
				rest = rest[1:]
			}
		}
	}
}

func TestNoMappingTemplateInASub(t *testing.T) {
	for desc, c := range policies() {
		for _, format := range []string{"sam", "cloudformation"} {
			for line := range strings.Lines(rendered(t, c, format, Options{Standalone: true})) {
				if strings.Contains(line, "Sub") && strings.Contains(line, "#set") {
					t.Errorf("%s: %s: %s", desc, format, line)
				}
			}
		}
	}
}

// mapping decodes the value at a path of keys, tags of intrinsic functions
// dropped.
func mapping(t *testing.T, content string, keys ...string) any {
	t.Helper()
	var document any
	if err := yaml.NewDecoder(bytes.NewReader([]byte(content))).Decode(&document); err != nil {
		t.Fatal(err)
	}
	for _, key := range keys {
		m, ok := document.(map[string]any)
		if !ok {
			return nil
		}
		document = m[key]
	}
	return document
}
