package generator

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"apigw-cors/generator/gateway"
)

func TestSAMForm(t *testing.T) {
	const cors, merged, whole, events, configuration = "Cors", "MergeDefinitions", "DefinitionBody", "Events", "CorsConfiguration"
	tests := []struct {
		desc string
		c    gateway.Config
		want string
	}{
		{"one origin is what Cors is for", policy(func(c *gateway.Config) {}), cors},
		{"any origin is a constant, too", policy(func(c *gateway.Config) { c.AllowOrigins = []string{"*"} }), cors},
		{"several resources with the same methods", policy(func(c *gateway.Config) {
			c.Resources = []gateway.ResourceConfig{{Path: "/a"}, {Path: "/b"}}
		}), cors},
		{"several origins: a comma list would be no origin", policy(func(c *gateway.Config) {
			c.AllowOrigins = []string{"https://a.example", "https://b.example"}
		}), merged},
		{"a pattern", policy(func(c *gateway.Config) { c.AllowOrigins = []string{"https://*.a.example"} }), merged},
		{"binary media types: Cors has no CONVERT_TO_TEXT", policy(func(c *gateway.Config) {
			c.BinaryMediaTypes = []string{"*/*"}
		}), merged},
		{"methods of their own: Cors would allow the same everywhere", policy(func(c *gateway.Config) {
			c.Resources = []gateway.ResourceConfig{{Path: "/a"}, {Path: "/b", Methods: []string{"PUT"}}}
		}), merged},
		{"exposed headers are for actual responses, not for Cors", policy(func(c *gateway.Config) { c.ExposeHeaders = []string{"ETag"} }), cors},
		{"non-proxy: an event is a proxy integration", policy(func(c *gateway.Config) { c.Integration = "non-proxy" }), whole},
		{"the function answers", policy(func(c *gateway.Config) { c.Preflight = "lambda" }), events},
		{"an HTTP API", policy(func(c *gateway.Config) { c.API = "http" }), configuration},
		{"an HTTP API, several origins", policy(func(c *gateway.Config) {
			c.API, c.AllowOrigins = "http", []string{"https://a.example", "https://b.example"}
		}), configuration},
		{"an HTTP API, the function answers", policy(func(c *gateway.Config) { c.API, c.Preflight = "http", "lambda" }), events},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			content := rendered(t, tt.c, "sam", Options{Standalone: true})
			got := events
			for _, form := range []string{cors, configuration, whole, merged} {
				if mapping(t, content, "Resources", "Shop", "Properties", form) != nil {
					got = form
				}
			}
			if got != tt.want {
				t.Errorf("got %s, want %s\n%s", got, tt.want, content)
			}
		})
	}
}

func TestSAMCors(t *testing.T) {
	c := policy(func(c *gateway.Config) { c.AllowCredentials, c.MaxAge = true, "0" })
	want := map[string]any{
		"AllowOrigin": "'https://app.example.com'", "AllowMethods": "'GET,POST'", "AllowHeaders": "'Content-Type'",
		"AllowCredentials": true, "MaxAge": "'0'",
	}
	got, _ := mapping(t, rendered(t, c, "sam", Options{}), "Resources", "Shop", "Properties", "Cors").(map[string]any)
	if len(got) != len(want) {
		t.Errorf("got %v", got)
	}
	for key, value := range want {
		if got[key] != value {
			t.Errorf("%s: got %v, want %v", key, got[key], value)
		}
	}
}

func TestSAMGlobals(t *testing.T) {
	globals := Options{Standalone: true, Choices: chosen(t, samScope(), samGlobals)}
	refused := []string{"several origins", "binary", "non-proxy", "any method"}
	for desc, c := range policies() {
		f, _ := ParseFormat("sam")
		files, _, err := Render(parsed(t, c), f, globals)
		var unsupported *UnsupportedError
		if slices.Contains(refused, desc) {
			if !errors.As(err, &unsupported) || unsupported.Instead != "--sam-scope resource" || files != nil {
				t.Errorf("%s: got %v, %v", desc, files, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", desc, err)
			continue
		}
		content := string(files[0].Content)
		properties, _ := mapping(t, content, "Resources", "Shop", "Properties").(map[string]any)
		for key := range properties {
			if key != "StageName" && key != "Auth" && key != "OpenApiVersion" {
				t.Errorf("%s: %s stands on the resource", desc, key)
			}
		}
		key := "Api"
		if c.API == "http" {
			key = "HttpApi"
		}
		onResource := rendered(t, c, "sam", Options{Standalone: true})
		want, _ := mapping(t, onResource, "Resources", "Shop", "Properties").(map[string]any)
		got, _ := mapping(t, content, "Globals", key).(map[string]any)
		delete(want, "StageName")
		delete(want, "OpenApiVersion") // only an example has it
		if len(got) != len(want) {
			t.Errorf("%s: Globals has %v, the resource %v", desc, got, want)
		}
	}
}

// The preflight carries neither credentials nor an API key.
// https://github.com/aws/serverless-application-model/issues/717
func TestSAMKeepsAuthOffThePreflight(t *testing.T) {
	for _, auth := range []string{"api-key", "iam", "cognito", "lambda"} {
		c := policy(func(c *gateway.Config) { c.Auth = auth })
		got, _ := mapping(t, rendered(t, c, "sam", Options{}), "Resources", "Shop", "Properties", "Auth").(map[string]any)
		for _, key := range []string{"AddDefaultAuthorizerToCorsPreflight", "AddApiKeyRequiredToCorsPreflight"} {
			if got[key] != false {
				t.Errorf("%s: %s is %v", auth, key, got[key])
			}
		}
	}
}

func TestSAMEvents(t *testing.T) {
	tests := []struct {
		desc       string
		c          gateway.Config
		standalone bool
		want       string
	}{
		{"the default resources", policy(func(c *gateway.Config) {}), true, "get /, post /, get /{proxy+}, post /{proxy+}"},
		{"a snippet leaves the actual methods to its user", policy(func(c *gateway.Config) {}), false, ""},
		{"ANY is one event where Cors carries the policy", policy(func(c *gateway.Config) { c.Resources = anyMethod() }), true, "any /a"},
		{
			"ANY is written out where SAM merges: it would put it under the key any",
			policy(func(c *gateway.Config) { c.Resources, c.BinaryMediaTypes = anyMethod(), []string{"*/*"} }), true,
			"delete /a, get /a, head /a, patch /a, post /a, put /a",
		},
		{"non-proxy methods are in the definition", policy(func(c *gateway.Config) { c.Integration = "non-proxy" }), true, ""},
		{
			"the function answers the preflight, without authorizer",
			policy(func(c *gateway.Config) { c.Preflight, c.Auth, c.Resources = "lambda", "cognito", anyMethod() }), true,
			"any /a, options /a NONE",
		},
		{
			"and without an API key", policy(func(c *gateway.Config) { c.Preflight, c.Auth, c.Resources = "lambda", "api-key", anyMethod() }), false,
			"options /a no key",
		},
		{
			"NONE is refused where there is no authorizer",
			policy(func(c *gateway.Config) { c.Preflight, c.Resources = "lambda", anyMethod() }), false, "options /a",
		},
		{"$default takes every method", policy(func(c *gateway.Config) { c.API = "http" }), true, "any $default"},
		{
			"routes for OPTIONS go before $default",
			policy(func(c *gateway.Config) { c.API, c.Auth = "http", "jwt" }), false, "options /{proxy+} NONE, options / NONE",
		},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			var got []string
			for _, e := range samEvents(parsed(t, tt.c), tt.standalone) {
				s := e.Method + " " + e.Path
				if e.NoAuthorizer {
					s += " NONE"
				}
				if e.NoAPIKey {
					s += " no key"
				}
				got = append(got, s)
			}
			if s := strings.Join(got, ", "); s != tt.want {
				t.Errorf("got %q, want %q", s, tt.want)
			}
		})
	}
}

func anyMethod() []gateway.ResourceConfig {
	return []gateway.ResourceConfig{{Path: "/a", Methods: []string{"ANY"}}}
}

func TestSAMLocalAdvice(t *testing.T) {
	several := []string{"https://a.example", "https://b.example"}
	tests := []struct {
		desc string
		c    gateway.Config
		want bool
	}{
		{"a constant origin", policy(func(c *gateway.Config) {}), false},
		{"a mapping template", policy(func(c *gateway.Config) { c.AllowOrigins = several }), true},
		{"an echo in the gateway responses", policy(func(c *gateway.Config) { c.GatewayResponseOrigin = "echo" }), true},
		{"the function answers", policy(func(c *gateway.Config) { c.AllowOrigins, c.Preflight = several, "lambda" }), false},
		{"an HTTP API", policy(func(c *gateway.Config) { c.API, c.AllowOrigins = "http", several }), false},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			advice := samAdvice(parsed(t, tt.c))
			if got := len(advice) == 1 && advice[0].Code == codeSAMLocal; got != tt.want {
				t.Errorf("got %v", advice)
			}
		})
	}
}
