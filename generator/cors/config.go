package cors

// Config is a CORS policy as its author wrote it: strings, nothing checked.
// [Parse] makes a [Policy] of it.
type Config struct {
	// AllowOrigins are exact origins ("https://example.com"), or patterns:
	// "*", "https://*", "http://*", "https://*.example.com",
	// "http://localhost:*". At least one is required.
	AllowOrigins []string
	// AllowMethods are methods, or "*" alone.
	AllowMethods []string
	// AllowHeaders are request-header names and "*".
	AllowHeaders []string
	// ExposeHeaders are response-header names and "*".
	ExposeHeaders []string
	// AllowCredentials allows requests with credentials.
	AllowCredentials bool
	// MaxAge is in seconds ("600") or a Go duration ("10m"); "" is not set.
	MaxAge string
}
