package cors

// The header names of the CORS protocol: what a browser sends, and what a
// server answers. Vary belongs to them wherever an answer depends on the
// request's Origin.
//
// https://fetch.spec.whatwg.org/#http-cors-protocol
const (
	HeaderOrigin         = "Origin"
	HeaderRequestMethod  = "Access-Control-Request-Method"
	HeaderRequestHeaders = "Access-Control-Request-Headers"

	HeaderAllowOrigin      = "Access-Control-Allow-Origin"
	HeaderAllowMethods     = "Access-Control-Allow-Methods"
	HeaderAllowHeaders     = "Access-Control-Allow-Headers"
	HeaderAllowCredentials = "Access-Control-Allow-Credentials"
	HeaderExposeHeaders    = "Access-Control-Expose-Headers"
	HeaderMaxAge           = "Access-Control-Max-Age"
	HeaderVary             = "Vary"
)
