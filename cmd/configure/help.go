package configure

// helpOf is what `?` shows: what a person has to know to answer, in two or
// three paragraphs.
func helpOf(key string) string {
	switch key {
	case "api":
		return `An HTTP API is cheaper and has CORS built in: it answers every preflight, and adds the CORS headers to every response, its own errors included.
A REST API has more features (API keys and usage plans, Cognito authorizers, request validation, mapping templates, private endpoints), and no CORS of its own: each path needs an OPTIONS method, the Lambda function has to send the headers on actual responses, and gateway responses add them to API Gateway's own errors. All of it is rendered for you.`
	case "allowOrigins":
		return `An origin is scheme, host and port: https://app.example.com, http://localhost:3000. No path, no slash at the end; :443 and :80 are left out. It is the address of the page, not of the API.
Patterns: https://*.example.com is every subdomain (not example.com itself), http://localhost:* every port, https://* every page over https, * every page.
A response names one origin only. With several origins a REST API therefore picks the caller's out of the list, in a mapping template; an HTTP API has such a list of its own, but no form for subdomains and ports.`
	case "allowCredentials":
		return `Credentials are cookies, TLS client certificates and the browser's own HTTP authentication. An Authorization header that a script sets is none, so most APIs with tokens need no credentials.
With credentials every * loses its meaning: origins, methods and headers have to be named.`
	case "auth":
		return `A browser sends the preflight without token, key and signature, so whatever guards the methods must not guard OPTIONS: what is rendered sees to that.
The headers the auth needs are added to Access-Control-Allow-Headers.`
	case "authHeader":
		return `The authorizer's identity source. If it is not Authorization, pages have to be allowed to send it; that is done for you.`
	case "allowMethods":
		return `The methods of the requests that pages make, for Access-Control-Allow-Methods. GET, HEAD and POST are allowed to pages anyway; naming them does no harm.
OPTIONS is the preflight's own method, and need not be listed. Names are case-sensitive: a page has to send PATCH, not patch.
A resource may have methods of its own; that is asked for later.`
	case "allowHeaders":
		return `Request headers that a script adds itself, for Access-Control-Allow-Headers. Content-Type is always allowed, because JSON bodies need it, and so is what the auth needs. Cookie, Origin, User-Agent and what else the browser sends by itself need not be listed.
* covers every header but Authorization, which has to be named.`
	case "exposeHeaders":
		return `Response headers that scripts may read, for Access-Control-Expose-Headers. Cache-Control, Content-Language, Content-Length, Content-Type, Expires, Last-Modified and Pragma they can read anyway; Set-Cookie never.`
	case "maxAge":
		return `For that long a browser asks no second time, so a change of the policy reaches it late. Chromium keeps it for 2 hours (7200) at most, Firefox for 24 (86400). Without a max age it is 5 seconds; 0 asks every time.
-1 is for HTTP APIs, and leaves the header out.`
	case "resources":
		return `The paths that the API serves, such as /orders/{id}, with blanks between them. A path alone has the methods named before; /orders=GET,POST has its own, and its preflight allows just these. ANY stands for every method.
For a REST API / and /{proxy+} are everything, for an HTTP API $default.`
	case "integration":
		return `With proxy the Lambda function gets the whole request and writes the whole response, so it has to send the CORS headers of actual responses: the formats lambda-nodejs and lambda-python show how.
With non-proxy API Gateway maps the response and adds the headers.`
	case "preflight":
		return `API Gateway answers by itself, fast and without a call that costs. Take lambda if the function knows better who may call: origins out of a database, for example. It then has to answer OPTIONS on every path.`
	case "gatewayResponses":
		return `When the token is missing, a quota is used up or the function fails to answer, API Gateway responds itself, and without CORS headers. A browser then tells the page of a network error, and the status is lost.
DEFAULT_4XX and DEFAULT_5XX cover every error whose own type is not customised. Untick both for none.`
	case "gatewayResponseOrigin":
		return `A gateway response runs no template, so it cannot check the origin: it names one origin, or any (*), or echoes what the request says. Its body is API Gateway's generic message; keep user data out of it.
A browser refuses * for requests with credentials; echo serves those.`
	case "name":
		return `A letter, then letters and digits. Logical ids and resource names start with it.`
	case "binaryMediaTypes":
		return `With */* even the preflight counts as binary, which breaks it unless it is converted to text: what is rendered does that.`
	case "format":
		return `Choose the tool you deploy with. lambda-nodejs and lambda-python are example functions that send the headers API Gateway leaves to them.`
	case "standalone":
		return `A snippet is what CORS needs, to be pasted into a template you have; comments say where. The standalone form adds an API and a function around it, and can be deployed as it is, to try it out.`
	case "out":
		return `Below the folder each format has its own: sam/template.yaml, terraform/cors.tf. Nothing is overwritten unasked.`
	}
	return ""
}
