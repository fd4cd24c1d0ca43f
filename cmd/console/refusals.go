package console

import "apigw-cors/generator/cors"

const (
	runLint  = "apigw-cors lint"
	runProbe = "apigw-cors probe URL --origin ORIGIN"
)

// Refusals is the table. It holds what Chromium, Firefox and WebKitGTK were
// seen to write; a test provokes each row in each of them.
func Refusals() []Refusal {
	return []Refusal{
		{
			Causes: []cors.Cause{cors.AllowOriginMissing}, OfPreflight: true,
			Messages: []Message{
				{Chromium, ofPreflight + "No 'Access-Control-Allow-Origin' header is present on the requested resource."},
				{Firefox, "CORS header ‘Access-Control-Allow-Origin’ missing"},
				{WebKit, "Origin {origin} is not allowed by Access-Control-Allow-Origin."},
			},
			Why: "REST API: the path has no OPTIONS method (403, Missing Authentication Token), OPTIONS stands behind an authorizer or an API key (401, 403), or the stage was not deployed since. HTTP API: there is no CORS configuration, or the origin is not in allowOrigins.",
			Run: runLint,
		},
		{
			Causes: []cors.Cause{cors.AllowOriginMissing},
			Messages: []Message{
				{Chromium, "No 'Access-Control-Allow-Origin' header is present on the requested resource."},
				{Firefox, "CORS header ‘Access-Control-Allow-Origin’ missing"},
				{WebKit, "Origin {origin} is not allowed by Access-Control-Allow-Origin."},
			},
			Why: "The preflight, if there was one, got through. REST API: the function does not send the header, or API Gateway answered in its place (401, 403, 413, 429, 502, 504) and has no gateway responses with it. HTTP API: as above.",
			Run: runProbe,
		},
		{
			Causes: []cors.Cause{cors.StatusNotOK}, OfPreflight: true,
			Messages: []Message{
				{Chromium, ofPreflight + "It does not have HTTP ok status."},
				{Firefox, "CORS preflight response did not succeed"},
				{WebKit, "Preflight response is not successful."},
			},
			Why: "Something answered OPTIONS with an error: an authorizer or an API key on it (401, 403), a path without OPTIONS (403), a mock integration without {\"statusCode\": 200} or with */* among the binary media types (500), a function that has no answer for OPTIONS.",
			Run: runProbe + " --method METHOD",
		},
		{
			Causes: []cors.Cause{cors.StatusRedirect}, OfPreflight: true,
			Messages: []Message{
				{Chromium, ofPreflight + "Redirect is not allowed for a preflight request."},
				{Firefox, "CORS request external redirect not allowed"},
				{WebKit, "Preflight response is not successful."},
			},
			Why: "The address that the page calls redirects: http to https, a slash at the end, a CloudFront behaviour or a function that redirects. Call the address it leads to.",
			Run: runProbe + " --method METHOD",
		},
		{
			Causes: []cors.Cause{cors.AllowOriginOther},
			Messages: []Message{
				{Chromium, "The 'Access-Control-Allow-Origin' header has a value '{value}' that is not equal to the supplied origin."},
				{Firefox, "CORS header ‘Access-Control-Allow-Origin’ does not match ‘{value}’"},
				{WebKit, "Origin {origin} is not allowed by Access-Control-Allow-Origin."},
			},
			Why: "One origin is allowed and the page lives on another: http for https, another port, a slash at the end. Or a cache answers with what another origin got (Vary: Origin is missing).",
			Run: runLint + " --origin ORIGIN",
		},
		{
			Causes: []cors.Cause{cors.AllowOriginOther},
			Messages: []Message{
				{Chromium, "The 'Access-Control-Allow-Origin' header contains multiple values '{value}', but only one is allowed."},
				{Firefox, "CORS header ‘Access-Control-Allow-Origin’ does not match ‘{value}’"},
				{WebKit, "Access-Control-Allow-Origin cannot contain more than one origin."},
			},
			Why: "Several origins stand in one static value, with commas, or two senders add the header: the function and API Gateway, or CloudFront.",
			Run: runLint,
		},
		{
			Causes: []cors.Cause{cors.AllowOriginOther},
			Messages: []Message{
				{Chromium, "The 'Access-Control-Allow-Origin' header contains the invalid value '{value}'."},
				{Firefox, "CORS header ‘Access-Control-Allow-Origin’ does not match ‘{value}’"},
				{WebKit, "Origin {origin} is not allowed by Access-Control-Allow-Origin."},
			},
			Why: "The value is not an origin: quotes too many ('*' with its quotes), no scheme, a pattern such as https://*.example.com, which API Gateway sends as it is.",
			Run: runLint,
		},
		{
			Causes: []cors.Cause{cors.AllowOriginAnyWithCredentials},
			Messages: []Message{
				{Chromium, "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'."},
				{Firefox, "Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’"},
				{WebKit, "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true."},
			},
			Why: "The page fetches with credentials: 'include', and the API allows *. Name the origins, or leave the credentials out: a token in a header needs none.",
			Run: runLint,
		},
		{
			Causes: []cors.Cause{cors.AllowCredentialsMissing, cors.AllowCredentialsOther},
			Messages: []Message{
				{Chromium, "The value of the 'Access-Control-Allow-Credentials' header in the response is '{value}' which must be 'true' when the request's credentials mode is 'include'."},
				{Firefox, "expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’"},
				{WebKit, "Credentials flag is true, but Access-Control-Allow-Credentials is not \"true\"."},
			},
			Why: "The page fetches with credentials: 'include', and allowCredentials is not on everywhere: preflight, actual response, gateway responses. The value is true in small letters.",
			Run: runProbe + " --credentials include",
		},
		{
			Causes: []cors.Cause{cors.MethodNotAllowed, cors.MethodCase, cors.MethodAnyWithCredentials}, OfPreflight: true,
			Messages: []Message{
				{Chromium, "Method {method} is not allowed by Access-Control-Allow-Methods in preflight response."},
				{Firefox, "Did not find method in CORS header ‘Access-Control-Allow-Methods’"},
				{WebKit, "Method {method} is not allowed by Access-Control-Allow-Methods."},
			},
			Why: "The method is not in allowMethods of this path. patch is not PATCH, and * stands for itself in a request with credentials.",
			Run: runLint,
		},
		{
			Causes: []cors.Cause{cors.HeaderNotAllowed, cors.HeaderAnyWithCredentials, cors.AuthorizationNotAny}, OfPreflight: true,
			Messages: []Message{
				{Chromium, "Request header field {header} is not allowed by Access-Control-Allow-Headers in preflight response."},
				{Firefox, "header ‘{header}’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response"},
				{WebKit, "Request header field {header} is not allowed by Access-Control-Allow-Headers."},
			},
			Why: "The page sends a header that is not in allowHeaders: mostly authorization, content-type or x-api-key. * stands for itself in a request with credentials.",
			Run: runLint,
		},
		{
			Causes: []cors.Cause{cors.InvalidAllowMethods}, OfPreflight: true,
			Messages: []Message{
				{Chromium, "Cannot parse Access-Control-Allow-Methods response header field in preflight response."},
				{Firefox, "invalid token ‘{value}’ in CORS header ‘Access-Control-Allow-Methods’"},
				{WebKit, "Header Access-Control-Allow-Methods has an invalid value: {value}"},
			},
			Why: "The value is not a list of methods with commas between them.",
			Run: runLint,
		},
		{
			Causes: []cors.Cause{cors.InvalidAllowHeaders}, OfPreflight: true,
			Messages: []Message{
				{Chromium, "Cannot parse Access-Control-Allow-Headers response header field in preflight response."},
				{Firefox, "invalid token ‘{value}’ in CORS header ‘Access-Control-Allow-Headers’"},
				{WebKit, "Header Access-Control-Allow-Headers has an invalid value: {value}"},
			},
			Why: "The value is not a list of header names with commas between them.",
			Run: runLint,
		},
		{
			Causes: []cors.Cause{cors.NetworkError},
			Messages: []Message{
				{Firefox, "CORS request did not succeed"},
			},
			Why: "There was no answer at all, unless a line above names another reason: a wrong address or region, a private API, mutual TLS, a certificate, an ad blocker. Chromium and WebKit do not call it CORS.",
			Run: runProbe,
		},
	}
}
