// Package faults are deployed APIs with one fault each, written from what AWS
// documents and people report: the answers, and who is to blame. probe is held
// against them, and so are pages in browsers.
package faults

import (
	"maps"
	"net/http"
	"strings"

	"apigw-cors/cmd/story"
	"apigw-cors/generator/cors"
)

// Page is whose page asks them all, with a PUT and a token in Authorization.
const Page = "https://app.example.com"

// Answer is what a deployment answers.
type Answer struct {
	Status  int
	Headers map[string]string
	Body    string
}

// Deployment answers each method; a path that is not there gets Missing.
type Deployment struct{ Options, Actual, Missing Answer }

// Fault is a deployment with one.
type Fault struct {
	About       string
	Deployment  Deployment
	Credentials cors.CredentialsMode
	// Layer is to blame; "" where nothing is wrong. Change is a part of what is
	// advised.
	Layer  story.Layer
	Change string
}

func (d Deployment) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a := d.Actual
	switch {
	case strings.HasSuffix(r.URL.Path, "apigw-cors-no-such-path"):
		a = d.Missing
	case r.Method == "OPTIONS":
		a = d.Options
	}
	for name, value := range a.Headers {
		w.Header().Set(name, value)
	}
	w.WriteHeader(a.Status)
	w.Write([]byte(a.Body))
}

// The errors of API Gateway's own, as AWS documents them.
// https://repost.aws/knowledge-center/api-gateway-troubleshoot-403-forbidden
func restError(status int, kind, message string) Answer {
	return Answer{status, map[string]string{"x-amz-apigw-id": "id=", "x-amzn-errortype": kind}, `{"message":"` + message + `"}`}
}

func httpError(status int, message string) Answer {
	return Answer{status, map[string]string{"apigw-requestid": "id="}, `{"message":"` + message + `"}`}
}

func (a Answer) with(headers map[string]string) Answer {
	all := maps.Clone(headers)
	maps.Copy(all, a.Headers)
	return Answer{a.Status, all, a.Body}
}

// but is the answer with another header, or "" for without it.
func but(a Answer, name, value string) Answer {
	a.Headers = maps.Clone(a.Headers)
	if a.Headers == nil {
		a.Headers = map[string]string{}
	}
	a.Headers[name] = value
	if value == "" {
		delete(a.Headers, name)
	}
	return a
}

// All are the faults.
func All() []Fault {
	rest := map[string]string{"x-amz-apigw-id": "id="}
	http2 := map[string]string{"apigw-requestid": "id="}
	allowed := map[string]string{
		"Access-Control-Allow-Origin": Page, "Access-Control-Allow-Methods": "GET,PUT", "Access-Control-Allow-Headers": "Content-Type,Authorization",
	}
	preflight := Answer{204, allowed, ""}
	success := Answer{200, map[string]string{"Access-Control-Allow-Origin": Page}, "{}"}
	noRoute := restError(403, "MissingAuthenticationTokenException", "Missing Authentication Token")
	good := Deployment{preflight.with(rest), success.with(rest), noRoute}
	overHTTP := Deployment{preflight.with(http2), success.with(http2), httpError(404, "Not Found")}
	cloudFrontError := Answer{403, map[string]string{"Server": "CloudFront", "X-Cache": "Error from cloudfront"}, "<html>"}
	return []Fault{
		{"nothing is wrong", good, "", "", ""},
		{"no OPTIONS method", Deployment{noRoute, success.with(rest), noRoute}, "", story.LayerOptions, "deploy the stage again"},
		{"no such path", Deployment{noRoute, noRoute, noRoute}, "", story.LayerRoute, "check stage and path"},
		{"OPTIONS behind a Cognito authorizer", Deployment{restError(401, "UnauthorizedException", "Unauthorized"), success.with(rest), noRoute}, "", story.LayerOptionsAuth, "authorization NONE"},
		{"OPTIONS behind IAM", Deployment{restError(403, "AccessDeniedException", "User: anonymous is not authorized"), success.with(rest), noRoute}, "", story.LayerOptionsAuth, "authorization NONE"},
		{"OPTIONS asks for an API key", Deployment{restError(403, "ForbiddenException", "Forbidden"), success.with(rest), noRoute}, "", story.LayerAccess, "no API key"},
		{"the mock integration fails", Deployment{restError(500, "InternalServerErrorException", "Internal server error"), success.with(rest), noRoute}, "", story.LayerOptions, "CONVERT_TO_TEXT"},
		{"the preflight is throttled", Deployment{restError(429, "TooManyRequestsException", "Too Many Requests"), success.with(rest), noRoute}, "", story.LayerAccess, "raise the limit"},
		{"the function does not know OPTIONS", Deployment{Answer{405, rest, ""}, success.with(rest), noRoute}, "", story.LayerOptions, "answer OPTIONS with 204"},
		{"the function fails at OPTIONS", Deployment{Answer{502, allowed, ""}, success.with(rest), noRoute}, "", story.LayerOptions, "answer OPTIONS with 204"},
		{"the URL redirects to https", Deployment{Answer{301, map[string]string{"Location": "https://api.example.com/orders?token=secret#access_token=secret"}, ""}, success, noRoute}, "", story.LayerURL, "final URL"},
		{"CloudFront lets no OPTIONS through", Deployment{cloudFrontError, success.with(rest), noRoute}, "", story.LayerCloudFront, "allow OPTIONS"},
		{"a proxy drops the headers of API Gateway's error", Deployment{Answer{403, nil, `{"message":"Missing Authentication Token"}`}, success, noRoute}, "", story.LayerOptions, "deploy the stage again"},
		{"the authorizer of OPTIONS is broken", Deployment{restError(500, "AuthorizerConfigurationException", "Internal server error"), success.with(rest), noRoute}, "", story.LayerOptionsAuth, "authorization NONE"},
		{"no such stage", Deployment{restError(403, "ForbiddenException", "Forbidden"), restError(403, "ForbiddenException", "Forbidden"), noRoute}, "", story.LayerAccess, "check the stage in the URL"},
		{"CloudFront redirects to https", Deployment{Answer{301, map[string]string{"Server": "CloudFront", "X-Cache": "Redirect from cloudfront", "Location": "https://api.example.com/orders"}, ""}, success, noRoute}, "", story.LayerURL, "final URL"},
		{"a behaviour of GET and HEAD alone", Deployment{Answer{403, cloudFrontError.Headers, "This distribution is not configured to allow the HTTP request method that was used for this request."}, success.with(rest), noRoute}, "", story.LayerCloudFront, "allow OPTIONS in the behaviour"},
		{"the WAF of CloudFront", Deployment{Answer{403, cloudFrontError.Headers, "Request blocked. We can't connect to the server"}, success.with(rest), noRoute}, "", story.LayerCloudFront, "let the WAF"},
		{"a function of CloudFront answers", Deployment{Answer{204, map[string]string{"Server": "CloudFront", "X-Cache": "FunctionGeneratedResponse from cloudfront"}, ""}, success.with(rest), noRoute}, "", story.LayerCloudFront, "let the function answer"},
		{"CloudFront does not tell the origin", Deployment{preflight.with(rest), but(Answer{200, rest, "{}"}, "Via", "1.1 id.cloudfront.net (CloudFront)"), noRoute}, "", story.LayerBackend, "let it forward Origin"},
		{"OPTIONS without Access-Control-Allow-Origin", Deployment{Answer{200, rest, ""}, success.with(rest), noRoute}, "", story.LayerOptions, "allow " + Page},
		{"another origin", Deployment{but(preflight.with(rest), "Access-Control-Allow-Origin", "https://other.example.com"), success.with(rest), noRoute}, "", story.LayerOptions, "allow " + Page},
		{"a list of origins", Deployment{but(preflight.with(rest), "Access-Control-Allow-Origin", Page+",https://b.example"), success.with(rest), noRoute}, "", story.LayerOptions, "never a list"},
		{"quotes that arrive", Deployment{but(preflight.with(rest), "Access-Control-Allow-Origin", "'"+Page+"'"), success.with(rest), noRoute}, "", story.LayerOptions, "without quotes"},
		{"a slash at the end", Deployment{but(preflight.with(rest), "Access-Control-Allow-Origin", Page+"/"), success.with(rest), noRoute}, "", story.LayerOptions, "spell the origin as browsers do"},
		{"* with credentials", Deployment{but(preflight.with(rest), "Access-Control-Allow-Origin", "*"), success.with(rest), noRoute}, cors.CredentialsInclude, story.LayerOptions, "name the origin instead of *"},
		{"no Allow-Credentials", good, cors.CredentialsInclude, story.LayerOptions, "Access-Control-Allow-Credentials to true"},
		{"the method is not listed", Deployment{but(preflight.with(rest), "Access-Control-Allow-Methods", "GET,POST"), success.with(rest), noRoute}, "", story.LayerOptions, "add PUT to Access-Control-Allow-Methods"},
		{"the header is not listed", Deployment{but(preflight.with(rest), "Access-Control-Allow-Headers", "Content-Type"), success.with(rest), noRoute}, "", story.LayerOptions, "add authorization to Access-Control-Allow-Headers"},
		{"the function sends no header", Deployment{preflight.with(rest), Answer{200, rest, "{}"}, noRoute}, "", story.LayerBackend, "the function sends"},
		{"the function names another origin", Deployment{preflight.with(rest), but(success.with(rest), "Access-Control-Allow-Origin", "http://localhost:3000"), noRoute}, "", story.LayerBackend, "allow " + Page},
		{"the header stands there twice", Deployment{preflight.with(rest), but(success.with(rest), "Access-Control-Allow-Origin", "*, "+Page), noRoute}, "", story.LayerBackend, "never a list"},
		{"CloudFront keeps another page's answer", Deployment{preflight.with(rest), but(but(success.with(rest), "Access-Control-Allow-Origin", "https://other.example.com"), "X-Cache", "Hit from cloudfront"), noRoute}, "", story.LayerCache, "Vary: Origin"},
		{"a cache keeps the answer to no page", Deployment{preflight.with(rest), but(but(success.with(rest), "Access-Control-Allow-Origin", ""), "Age", "31"), noRoute}, "", story.LayerCache, "Vary: Origin"},
		{"a redirect without CORS headers", Deployment{preflight.with(rest), Answer{302, map[string]string{"Location": "https://sso.example.com/?token=secret#secret", "Set-Cookie": "secret"}, ""}, noRoute}, "", story.LayerURL, "final URL"},
		{"a 401 without CORS headers", Deployment{preflight.with(rest), restError(401, "UnauthorizedException", "Unauthorized"), noRoute}, "", story.LayerGatewayResponses, "DEFAULT_4XX"},
		{"a 504 without CORS headers", Deployment{preflight.with(rest), restError(504, "InternalServerErrorException", "Endpoint request timed out"), noRoute}, "", story.LayerGatewayResponses, "DEFAULT_5XX"},
		{"CloudFront answers the actual request", Deployment{preflight.with(rest), cloudFrontError, noRoute}, "", story.LayerCloudFront, "WAF"},
		{"HTTP API: nothing is wrong", overHTTP, "", "", ""},
		{"HTTP API without a CORS configuration", Deployment{httpError(404, "Not Found"), success.with(http2), httpError(404, "Not Found")}, "", story.LayerConfiguration, "give the HTTP API a CORS configuration"},
		{"HTTP API that does not list the origin", Deployment{Answer{204, http2, ""}, success.with(http2), httpError(404, "Not Found")}, "", story.LayerConfiguration, "allow " + Page},
		{"HTTP API whose $default authorizer takes the preflight", Deployment{httpError(401, "Unauthorized"), success.with(http2), httpError(404, "Not Found")}, "", story.LayerOptionsAuth, "OPTIONS /{proxy+}"},
		{"HTTP API whose answer lacks the header", Deployment{preflight.with(http2), Answer{200, http2, "{}"}, httpError(404, "Not Found")}, "", story.LayerConfiguration, "does not count"},
	}
}
