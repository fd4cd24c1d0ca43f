package cmd

import (
	"slices"
	"strings"

	"apigw-cors/generator/gateway"
)

// field is one thing that can be said about an API: a key of cors.yaml and a
// flag of the same name. Flags, documents and completion all go by this table.
type field struct {
	key, flag string
	// usage is the flag's line in the help.
	usage string
	// bind gives the field of a Config: a *string, *bool, *[]string or
	// *[]gateway.ResourceConfig.
	bind func(*gateway.Config) any
	// values is the closed set the value is of, or nil.
	values []string
	// common are values worth offering to complete; the set is open.
	common []string
	// kind is what help calls a text.
	kind string
	// number: the document may write it as a number.
	number bool
	// never: an empty list would say the opposite of what it looks like, as the
	// default takes its place.
	never string
}

func fields() []field {
	methods := append(gateway.HTTPMethods(), "*")
	return []field{
		{
			key: "api", flag: "api", usage: "type of the API (required)", values: []string{"rest", "http"},
			bind: func(c *gateway.Config) any { return &c.API },
		},
		{
			key: "name", flag: "name", usage: "logical name of the API (default Api)", kind: "name",
			bind: func(c *gateway.Config) any { return &c.Name },
		},
		{
			key: "allowOrigins", flag: "allow-origins",
			usage: "origins that may read responses: https://app.example.com, https://*.example.com, http://localhost:*, https://*, * (required)",
			bind:  func(c *gateway.Config) any { return &c.AllowOrigins },
		},
		{
			key: "allowMethods", flag: "allow-methods", common: methods,
			usage: "methods of actual requests, or * (required unless every resource names its own)",
			bind:  func(c *gateway.Config) any { return &c.AllowMethods },
		},
		{
			key: "allowHeaders", flag: "allow-headers",
			common: []string{"Authorization", "Content-Type", "Idempotency-Key", "If-Match", "X-Api-Key", "X-CSRF-Token", "X-Requested-With", "*"},
			usage:  "request headers, or *; Content-Type and what the auth needs are always added",
			bind:   func(c *gateway.Config) any { return &c.AllowHeaders },
		},
		{
			key: "exposeHeaders", flag: "expose-headers",
			common: []string{"ETag", "Location", "Retry-After", "X-Amzn-RequestId", "X-Amzn-ErrorType", "Apigw-Requestid", "*"},
			usage:  "response headers that scripts may read, or *",
			bind:   func(c *gateway.Config) any { return &c.ExposeHeaders },
		},
		{
			key: "allowCredentials", flag: "allow-credentials", usage: "allow requests with cookies and other credentials",
			bind: func(c *gateway.Config) any { return &c.AllowCredentials },
		},
		{
			key: "maxAge", flag: "max-age", kind: "seconds", number: true,
			usage: "how long browsers may cache a preflight response: 600 or 10m, at most 86400; -1 leaves the header out (HTTP API)",
			bind:  func(c *gateway.Config) any { return &c.MaxAge },
		},
		{
			key: "auth", flag: "auth", values: []string{"none", "api-key", "iam", "cognito", "lambda", "jwt"},
			usage: "what stands in front of the methods, never of the preflight (default none)",
			bind:  func(c *gateway.Config) any { return &c.Auth },
		},
		{
			key: "authHeader", flag: "auth-header", kind: "header", common: []string{"Authorization"},
			usage: "request header the authorizer reads (default Authorization)",
			bind:  func(c *gateway.Config) any { return &c.AuthHeader },
		},
		{
			key: "integration", flag: "integration", values: []string{"proxy", "non-proxy"},
			usage: "how requests reach the backend (default proxy; REST API only)",
			bind:  func(c *gateway.Config) any { return &c.Integration },
		},
		{
			key: "preflight", flag: "preflight", values: []string{"gateway", "lambda"},
			usage: "who answers OPTIONS (default gateway)",
			bind:  func(c *gateway.Config) any { return &c.Preflight },
		},
		{
			key: "resources", flag: "resource",
			usage: "paths the API serves, each with its own methods or those of all (default / and /{proxy+}, or $default for an HTTP API)",
			bind:  func(c *gateway.Config) any { return &c.Resources },
			never: "name a path, or leave it out to serve every path",
		},
		{
			key: "binaryMediaTypes", flag: "binary-media-types", usage: "media types treated as binary (REST API only)",
			bind: func(c *gateway.Config) any { return &c.BinaryMediaTypes },
		},
		{
			key: "gatewayResponses", flag: "gateway-responses", common: append(gateway.ResponseTypes(), "none"),
			usage: "gateway responses that get CORS headers, or none (default DEFAULT_4XX,DEFAULT_5XX; REST API only)",
			bind:  func(c *gateway.Config) any { return &c.GatewayResponses },
			never: "use none for no gateway response, or leave it out for DEFAULT_4XX and DEFAULT_5XX",
		},
		{
			key: "gatewayResponseOrigin", flag: "gateway-response-origin", values: []string{"auto", "any", "echo"},
			usage: "origin that gateway responses allow: auto is the one origin, for several any, with credentials echo (default auto; REST API only)",
			bind:  func(c *gateway.Config) any { return &c.GatewayResponseOrigin },
		},
	}
}

// fieldOf finds a field by its key.
func fieldOf(key string) (field, bool) {
	all := fields()
	i := slices.IndexFunc(all, func(f field) bool { return f.key == key })
	if i < 0 {
		return field{}, false
	}
	return all[i], true
}

// flagOf names the flag of a key.
func flagOf(key string) string {
	if f, ok := fieldOf(key); ok {
		return "--" + f.flag
	}
	return "--" + key
}

// typeName is what help calls the value of a text.
func (f field) typeName() string {
	if f.values != nil {
		return strings.Join(f.values, "|")
	}
	return f.kind
}
