package policy

import (
	"slices"
	"strings"

	"apigw-cors/generator/gateway"
)

// Field is one thing that can be said about an API: a key of cors.yaml and a
// flag of the same name. Flags, documents and completion all go by this table.
type Field struct {
	Key, Flag string
	// Usage is the flag's line in the help.
	Usage string
	// Bind gives the field of a Config: a *string, *bool, *[]string or
	// *[]gateway.ResourceConfig.
	Bind func(*gateway.Config) any
	// Values is the closed set the value is of, or nil.
	Values []string
	// Common are values worth offering to complete; the set is open.
	Common []string
	// kind is what help calls a text.
	kind string
	// number: the document may write it as a number.
	number bool
	// never: an empty list would say the opposite of what it looks like, as the
	// default takes its place.
	never string
}

// Fields is the table of them, in the order of the keys.
func Fields() []Field {
	methods := append(gateway.HTTPMethods(), "*")
	return []Field{
		{
			Key: "api", Flag: "api", Usage: "type of the API (required)", Values: []string{"rest", "http"},
			Bind: func(c *gateway.Config) any { return &c.API },
		},
		{
			Key: "name", Flag: "name", Usage: "logical name of the API (default Api)", kind: "name",
			Bind: func(c *gateway.Config) any { return &c.Name },
		},
		{
			Key: "allowOrigins", Flag: "allow-origins",
			Usage: "origins that may read responses: https://app.example.com, https://*.example.com, http://localhost:*, https://*, * (required)",
			Bind:  func(c *gateway.Config) any { return &c.AllowOrigins },
		},
		{
			Key: "allowMethods", Flag: "allow-methods", Common: methods,
			Usage: "methods of actual requests, or * (required unless every resource names its own)",
			Bind:  func(c *gateway.Config) any { return &c.AllowMethods },
		},
		{
			Key: "allowHeaders", Flag: "allow-headers",
			Common: []string{"Authorization", "Content-Type", "Idempotency-Key", "If-Match", "X-Api-Key", "X-CSRF-Token", "X-Requested-With", "*"},
			Usage:  "request headers, or *; Content-Type and what the auth needs are always added",
			Bind:   func(c *gateway.Config) any { return &c.AllowHeaders },
		},
		{
			Key: "exposeHeaders", Flag: "expose-headers",
			Common: []string{"ETag", "Location", "Retry-After", "X-Amzn-RequestId", "X-Amzn-ErrorType", "Apigw-Requestid", "*"},
			Usage:  "response headers that scripts may read, or *",
			Bind:   func(c *gateway.Config) any { return &c.ExposeHeaders },
		},
		{
			Key: "allowCredentials", Flag: "allow-credentials", Usage: "allow requests with cookies and other credentials",
			Bind: func(c *gateway.Config) any { return &c.AllowCredentials },
		},
		{
			Key: "maxAge", Flag: "max-age", kind: "seconds", number: true,
			Usage: "how long browsers may cache a preflight response: 600 or 10m, at most 86400; -1 leaves the header out (HTTP API)",
			Bind:  func(c *gateway.Config) any { return &c.MaxAge },
		},
		{
			Key: "auth", Flag: "auth", Values: []string{"none", "api-key", "iam", "cognito", "lambda", "jwt"},
			Usage: "what stands in front of the methods, never of the preflight (default none)",
			Bind:  func(c *gateway.Config) any { return &c.Auth },
		},
		{
			Key: "authHeader", Flag: "auth-header", kind: "header", Common: []string{"Authorization"},
			Usage: "request header the authorizer reads (default Authorization)",
			Bind:  func(c *gateway.Config) any { return &c.AuthHeader },
		},
		{
			Key: "integration", Flag: "integration", Values: []string{"proxy", "non-proxy"},
			Usage: "how requests reach the backend (default proxy; REST API only)",
			Bind:  func(c *gateway.Config) any { return &c.Integration },
		},
		{
			Key: "preflight", Flag: "preflight", Values: []string{"gateway", "lambda"},
			Usage: "who answers OPTIONS (default gateway)",
			Bind:  func(c *gateway.Config) any { return &c.Preflight },
		},
		{
			Key: "resources", Flag: "resource",
			Usage: "paths the API serves, each with its own methods or those of all (default / and /{proxy+}, or $default for an HTTP API)",
			Bind:  func(c *gateway.Config) any { return &c.Resources },
			never: "name a path, or leave it out to serve every path",
		},
		{
			Key: "binaryMediaTypes", Flag: "binary-media-types", Usage: "media types treated as binary (REST API only)",
			Bind: func(c *gateway.Config) any { return &c.BinaryMediaTypes },
		},
		{
			Key: "gatewayResponses", Flag: "gateway-responses", Common: append(gateway.ResponseTypes(), "none"),
			Usage: "gateway responses that get CORS headers, or none (default DEFAULT_4XX,DEFAULT_5XX; REST API only)",
			Bind:  func(c *gateway.Config) any { return &c.GatewayResponses },
			never: "use none for no gateway response, or leave it out for DEFAULT_4XX and DEFAULT_5XX",
		},
		{
			Key: "gatewayResponseOrigin", Flag: "gateway-response-origin", Values: []string{"auto", "any", "echo"},
			Usage: "origin that gateway responses allow: auto is the one origin, for several any, with credentials echo (default auto; REST API only)",
			Bind:  func(c *gateway.Config) any { return &c.GatewayResponseOrigin },
		},
	}
}

// fieldOf finds a field by its key.
func fieldOf(key string) (Field, bool) {
	all := Fields()
	i := slices.IndexFunc(all, func(f Field) bool { return f.Key == key })
	if i < 0 {
		return Field{}, false
	}
	return all[i], true
}

// FlagOf names the flag of a key.
func FlagOf(key string) string {
	if f, ok := fieldOf(key); ok {
		return "--" + f.Flag
	}
	return "--" + key
}

// typeName is what help calls the value of a text.
func (f Field) typeName() string {
	if f.Values != nil {
		return strings.Join(f.Values, "|")
	}
	return f.kind
}
