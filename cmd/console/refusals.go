package console

import (
	"net/url"
	"strings"

	"apigw-cors/generator/cors"
)

const (
	runLint  = "apigw-cors lint"
	runProbe = "apigw-cors probe URL --origin ORIGIN"
	// runHelp is for what only the page can mend.
	runHelp = "apigw-cors explain --origin ORIGIN --help"
)

// ofPreflight is how Chromium begins what it says of a preflight response's
// origin and status.
const ofPreflight = "Response to preflight request doesn't pass access control check: "

// Refusals is the table. It holds what Chromium, Firefox and WebKitGTK were
// seen to write; a test provokes each row in each of them.
func Refusals() []Refusal {
	return []Refusal{
		{
			Causes: []cors.Cause{cors.AllowOriginMissing}, OfPreflight: true,
			Messages: []Message{
				{Engine: cors.Chromium, Text: ofPreflight + "No 'Access-Control-Allow-Origin' header is present on the requested resource."},
				{Engine: cors.Firefox, Text: "CORS header ‘Access-Control-Allow-Origin’ missing", after: "). Status code: {status}."},
				{Engine: cors.WebKit, Text: "Origin {origin} is not allowed by Access-Control-Allow-Origin.", after: " Status code: {status}"},
			},
			Why: "REST API: the path has no OPTIONS method (403, Missing Authentication Token), OPTIONS stands behind an authorizer or an API key (401, 403), or the stage was not deployed since. HTTP API: there is no CORS configuration, or the origin is not in allowOrigins.",
			Run: runLint,
		},
		{
			Causes: []cors.Cause{cors.AllowOriginMissing},
			Messages: []Message{
				{Engine: cors.Chromium, Text: "No 'Access-Control-Allow-Origin' header is present on the requested resource."},
				{Engine: cors.Firefox, Text: "CORS header ‘Access-Control-Allow-Origin’ missing", after: "). Status code: {status}."},
				{Engine: cors.WebKit, Text: "Origin {origin} is not allowed by Access-Control-Allow-Origin.", after: " Status code: {status}"},
			},
			Why: "The preflight, if there was one, got through. REST API: the function does not send the header, or API Gateway answered in its place (401, 403, 413, 429, 502, 504) and has no gateway responses with it. HTTP API: as above.",
			Run: runProbe,
		},
		{
			Causes: []cors.Cause{cors.StatusRedirect}, OfPreflight: true,
			Messages: []Message{
				{Engine: cors.Chromium, Text: ofPreflight + "Redirect is not allowed for a preflight request.", of: isThere},
				{Engine: cors.Firefox, Text: "CORS request external redirect not allowed", after: ").", of: isThere},
				{Engine: cors.WebKit, Text: "Preflight response is not successful.", after: " Status code: {status}"},
			},
			Others: []string{"Response for preflight is invalid (redirect)"},
			Why:    "The address that the page calls redirects: http to https, a slash at the end, a CloudFront behaviour or a function that redirects. Call the address it leads to.",
			Run:    runProbe + " --method METHOD",
		},
		{
			Causes: []cors.Cause{cors.StatusNotOK, cors.StatusRedirect}, OfPreflight: true,
			Messages: []Message{
				{Engine: cors.Chromium, Text: ofPreflight + "It does not have HTTP ok status."},
				{Engine: cors.Firefox, Text: "CORS preflight response did not succeed", after: "). Status code: {status}."},
				{Engine: cors.WebKit, Text: "Preflight response is not successful.", after: " Status code: {status}"},
			},
			Others: []string{"Response for preflight has invalid HTTP status code", "CORS preflight channel did not succeed", "Preflight response is not successful"},
			Why:    "Something answered OPTIONS with an error: an authorizer or an API key on it (401, 403), a path without OPTIONS (403), a mock integration without {\"statusCode\": 200} or with */* among the binary media types (500), a function that has no answer for OPTIONS.",
			Run:    runProbe + " --method METHOD",
		},
		{
			Causes: []cors.Cause{cors.AllowOriginOther},
			Messages: []Message{
				{Engine: cors.Chromium, Text: "The 'Access-Control-Allow-Origin' header contains multiple values '{value}', but only one is allowed.", after: " Have the server send the header with a valid value.", of: hasSeveral},
				{Engine: cors.Firefox, Text: "CORS header ‘Access-Control-Allow-Origin’ does not match ‘{value}’", after: ").", of: hasSeveral},
				{Engine: cors.WebKit, Text: "Access-Control-Allow-Origin cannot contain more than one origin.", of: hasComma},
			},
			Others: []string{"Multiple CORS header 'Access-Control-Allow-Origin' not allowed"},
			Why:    "Several origins stand in one static value, with commas, or two senders add the header: the function and API Gateway, or CloudFront.",
			Run:    runLint,
		},
		{
			Causes: []cors.Cause{cors.AllowOriginOther},
			Messages: []Message{
				{Engine: cors.Chromium, Text: "The 'Access-Control-Allow-Origin' header contains the invalid value '{value}'.", after: " Have the server send the header with a valid value.", of: isNotURL},
				{Engine: cors.Firefox, Text: "CORS header ‘Access-Control-Allow-Origin’ does not match ‘{value}’", after: ").", of: isNotURL},
				{Engine: cors.WebKit, Text: "Origin {origin} is not allowed by Access-Control-Allow-Origin.", after: " Status code: {status}"},
			},
			Why: "The value is not an origin: quotes too many ('*' with its quotes), no scheme, a pattern such as https://*.example.com, which API Gateway sends as it is.",
			Run: runLint,
		},
		{
			Causes: []cors.Cause{cors.AllowOriginOther},
			Messages: []Message{
				{Engine: cors.Chromium, Text: "The 'Access-Control-Allow-Origin' header has a value '{value}' that is not equal to the supplied origin.", after: " Have the server send the header with a valid value."},
				{Engine: cors.Firefox, Text: "CORS header ‘Access-Control-Allow-Origin’ does not match ‘{value}’", after: ")."},
				{Engine: cors.WebKit, Text: "Origin {origin} is not allowed by Access-Control-Allow-Origin.", after: " Status code: {status}"},
			},
			Why: "One origin is allowed and the page lives on another: http for https, another port, a slash at the end. Or a cache answers with what another origin got (Vary: Origin is missing).",
			Run: runLint + " --origin ORIGIN",
		},
		{
			Causes: []cors.Cause{cors.AllowOriginAnyWithCredentials},
			Messages: []Message{
				{Engine: cors.Chromium, Text: "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'."},
				{Engine: cors.Firefox, Text: "Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’", after: ")."},
				{Engine: cors.WebKit, Text: "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true."},
			},
			Others: []string{"A wildcard '*' cannot be used in the 'Access-Control-Allow-Origin' header when the credentials flag is true"},
			Why:    "The page fetches with credentials: 'include', and the API allows *. Name the origins, or leave the credentials out: a token in a header needs none.",
			Run:    runLint,
		},
		{
			Causes: []cors.Cause{cors.AllowCredentialsMissing, cors.AllowCredentialsOther},
			Messages: []Message{
				{Engine: cors.Chromium, Text: "The value of the 'Access-Control-Allow-Credentials' header in the response is '{value}' which must be 'true' when the request's credentials mode is 'include'."},
				{Engine: cors.Firefox, Text: "expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’", after: ")."},
				{Engine: cors.WebKit, Text: "Credentials flag is true, but Access-Control-Allow-Credentials is not \"true\"."},
			},
			Others: []string{"Credentials flag is 'true', but the 'Access-Control-Allow-Credentials' header is"},
			Why:    "The page fetches with credentials: 'include', and allowCredentials is not on everywhere: preflight, actual response, gateway responses. The value is true in small letters.",
			Run:    runProbe + " --credentials include",
		},
		{
			Causes: []cors.Cause{cors.MethodNotAllowed, cors.MethodCase, cors.MethodAnyWithCredentials}, OfPreflight: true,
			Messages: []Message{
				{Engine: cors.Chromium, Text: "Method {method} is not allowed by Access-Control-Allow-Methods in preflight response."},
				{Engine: cors.Firefox, Text: "Did not find method in CORS header ‘Access-Control-Allow-Methods’", after: ")."},
				{Engine: cors.WebKit, Text: "Method {method} is not allowed by Access-Control-Allow-Methods."},
			},
			Why: "The method is not in allowMethods of this path. patch is not PATCH, and * stands for itself in a request with credentials.",
			Run: runLint,
		},
		{
			Causes: []cors.Cause{cors.HeaderNotAllowed, cors.HeaderAnyWithCredentials, cors.AuthorizationNotAny}, OfPreflight: true,
			Messages: []Message{
				{Engine: cors.Chromium, Text: "Request header field {header} is not allowed by Access-Control-Allow-Headers in preflight response."},
				{Engine: cors.Firefox, Text: "header ‘{header}’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response", after: ")."},
				{Engine: cors.WebKit, Text: "Request header field {header} is not allowed by Access-Control-Allow-Headers."},
			},
			Others: []string{"missing token '{header}' in CORS header 'Access-Control-Allow-Headers'"},
			Why:    "The page sends a header that is not in allowHeaders: mostly authorization, content-type or x-api-key. * stands for itself in a request with credentials.",
			Run:    runLint,
		},
		{
			Causes: []cors.Cause{cors.InvalidAllowMethods}, OfPreflight: true,
			Messages: []Message{
				{Engine: cors.Chromium, Text: "Cannot parse Access-Control-Allow-Methods response header field in preflight response."},
				{Engine: cors.Firefox, Text: "invalid token ‘{value}’ in CORS header ‘Access-Control-Allow-Methods’", after: ")."},
				{Engine: cors.WebKit, Text: "Header Access-Control-Allow-Methods has an invalid value: {value}"},
			},
			Why: "The value is not a list of methods with commas between them.",
			Run: runLint,
		},
		{
			Causes: []cors.Cause{cors.InvalidAllowHeaders}, OfPreflight: true,
			Messages: []Message{
				{Engine: cors.Chromium, Text: "Cannot parse Access-Control-Allow-Headers response header field in preflight response."},
				{Engine: cors.Firefox, Text: "invalid token ‘{value}’ in CORS header ‘Access-Control-Allow-Headers’", after: ")."},
				{Engine: cors.WebKit, Text: "Header Access-Control-Allow-Headers has an invalid value: {value}"},
			},
			Why: "The value is not a list of header names with commas between them.",
			Run: runLint,
		},
		{
			Causes: []cors.Cause{cors.InvalidMethod},
			Messages: []Message{
				{Engine: cors.Chromium, Text: "Failed to execute 'fetch' on 'Window': '{method}' is not a valid HTTP method.", thrown: true},
				{Engine: cors.Firefox, Text: "Window.fetch: Invalid request method {method}.", thrown: true},
				{Engine: cors.WebKit, Text: "Method is not a valid HTTP token.", thrown: true},
			},
			Why: "The method has a blank or another character that no method has. The request never leaves the browser.",
			Run: runHelp,
		},
		{
			Causes: []cors.Cause{cors.ForbiddenMethod},
			Messages: []Message{
				{Engine: cors.Chromium, Text: "Failed to execute 'fetch' on 'Window': '{method}' HTTP method is unsupported.", thrown: true},
				{Engine: cors.Firefox, Text: "Window.fetch: Invalid request method {method}.", thrown: true},
				{Engine: cors.WebKit, Text: "Method is forbidden.", thrown: true},
			},
			Why: "No page may send CONNECT, TRACE or TRACK. The request never leaves the browser.",
			Run: runHelp,
		},
		{
			Causes: []cors.Cause{cors.InvalidHeader},
			Messages: []Message{
				{Engine: cors.Chromium, Text: "Failed to execute 'fetch' on 'Window': Invalid value", thrown: true, of: hasBreak},
				{Engine: cors.Firefox, Text: "Window.fetch: {value} is an invalid header value.", thrown: true, of: hasBreak},
				{Engine: cors.WebKit, Text: "Header '{header}' has invalid value: '{value}'", thrown: true, of: hasBreak},
				{Engine: cors.Chromium, Text: "Failed to execute 'fetch' on 'Window': Invalid name", thrown: true},
				{Engine: cors.Firefox, Text: "Window.fetch: {header} is an invalid header name.", thrown: true},
				{Engine: cors.WebKit, Text: "Invalid header name: '{header}'", thrown: true},
			},
			Others: []string{"String contains non ISO-8859-1 code point"},
			Why:    "The name of a header has a blank or another character that no name has, or a value has a line break. The request never leaves the browser.",
			Run:    runHelp,
		},
		{
			Causes: []cors.Cause{cors.InvalidURL},
			Messages: []Message{
				{Engine: cors.Chromium, Text: "Fetch API cannot load {url}. URL scheme \"{scheme}\" is not supported.", of: isNotHTTP},
				{Engine: cors.Firefox, Text: "CORS request not http", after: ").", of: isNotHTTP},
				{Engine: cors.WebKit, Text: "Cross origin requests are only supported for HTTP.", of: isNotHTTP},
				{Engine: cors.Chromium, Text: "Failed to execute 'fetch' on 'Window': Request cannot be constructed from a URL that includes credentials: {url}", thrown: true},
				{Engine: cors.Firefox, Text: "Window.fetch: {url} is an url with embedded credentials.", thrown: true},
				{Engine: cors.WebKit, Text: "URL is not valid or contains user credentials.", thrown: true},
			},
			Others: []string{"Cross origin requests are only supported for"},
			Why:    "The URL has a user name or a password in it, or is not an http or https URL. The request never leaves the browser.",
			Run:    runHelp,
		},
		{
			Causes: []cors.Cause{cors.NetworkError},
			Messages: []Message{
				{Engine: cors.Chromium, Text: "Failed to load resource: net::{error}"},
				{Engine: cors.Firefox, Text: "CORS request did not succeed", after: "). Status code: (null)."},
				{Engine: cors.WebKit, Text: "Connection terminated unexpectedly"},
			},
			Others: []string{"net::ERR_ADDRESS", "net::ERR_BLOCKED_BY_CLIENT", "net::ERR_CERT", "net::ERR_CONNECTION", "net::ERR_EMPTY_RESPONSE", "net::ERR_HTTP2", "net::ERR_INTERNET", "net::ERR_NAME", "net::ERR_SSL", "net::ERR_TIMED_OUT", "CORS request failed"},
			Why:    "There was no answer at all, unless a line above names another reason: a wrong address or region, a private API, mutual TLS, a certificate, an ad blocker. Chromium and WebKit do not call it CORS.",
			Run:    runProbe,
		},
	}
}

// failure is a row of its own: what a page gets, and all that some engines say,
// whatever the reason is.
func failure() Refusal {
	return Refusal{
		Causes: []cors.Cause{cors.NetworkError},
		Messages: []Message{
			{Engine: cors.Chromium, Text: "Failed to fetch"},
			{Engine: cors.Firefox, Text: "NetworkError when attempting to fetch resource."},
			{Engine: cors.WebKit, Text: "Load failed"},
			{Engine: cors.WebKit, Text: "Fetch API cannot load {url} due to access control checks."},
		},
		Others: []string{
			"net::ERR_FAILED", "XMLHttpRequest cannot load {url} due to access control checks.",
			"Network request failed", "AxiosError: Network Error", "Error: Network Error", "ERR_NETWORK", "Http failure response for {url}: 0 Unknown Error",
		},
		Why: "This says that the request failed, not why: a page is never told. The line of the console that names CORS, if there is one, has the reason. Without one there was no answer at all: a wrong address or region, a private API, mutual TLS, a certificate, an ad blocker, a connection that broke.",
		Run: runProbe,
	}
}

func hasBreak(value string) bool { return strings.ContainsAny(value, "\x00\r\n") }
func isNotHTTP(value string) bool {
	return !strings.HasPrefix(value, "http://") && !strings.HasPrefix(value, "https://")
}
func isThere(value string) bool    { return value != "" }
func hasComma(value string) bool   { return strings.Contains(value, ",") }
func hasSeveral(value string) bool { return strings.ContainsAny(value, ", ") }

// isNotURL reports whether a value has no scheme or no host, or one with
// characters that a host cannot have.
func isNotURL(value string) bool {
	if value == "null" {
		return false
	}
	u, err := url.Parse(value)
	return err != nil || u.Scheme == "" || u.Host == ""
}
