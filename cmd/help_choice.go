package cmd

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"
)

func newHTTPOrRESTTopic(a *app) *cobra.Command {
	return newTopic(a, "http-or-rest", "Which type of API has what for CORS", func(w io.Writer) {
		fmt.Fprint(w, `                     HTTP API                     REST API
Preflights           the service answers          an OPTIONS method on every
                                                  path, with a mock integration,
                                                  or the function
Responses            the service adds the         the function sends the headers
                     headers, and drops those     (proxy integration), or they
                     of the backend               are mapped (non-proxy)
Its own errors       the service adds the         gateway responses, which you
(401, 403, 429, 5xx) headers (AWS does not        have to set
                     document it)
Several origins      a list                       a mapping template that picks
                                                  the caller's, or the function
https://*            yes                          with a mapping template
https://*.a.example, only if the function         with a mapping template
http://localhost:*   answers preflights
* with credentials   refused when it is set       taken, and refused by browsers
Static values        plain: GET                   in quotes: 'GET,POST'
Auth                 IAM, JWT, Lambda             API key, IAM, Cognito, Lambda
OPTIONS and auth     a $default or ANY route      OPTIONS needs authorization
                     with an authorizer needs     NONE and no API key
                     an OPTIONS route without
A change is live     with autoDeploy, at once     after a new deployment
Max age              0 to 86400, -1 unset         0 to 86400
Payload              10 MB                        10 MB
Headers              10,240 bytes                 10,240 bytes
Time to answer       30 s                         29 s, or more if raised
Lambda event         format 1.0 or 2.0            format 1.0

Which one is it? The console names the type beside each API. The command
  aws apigateway get-rest-apis
lists REST APIs,
  aws apigatewayv2 get-apis
HTTP APIs (and WebSocket APIs, which have no CORS). In SAM the first is
AWS::Serverless::Api, the second AWS::Serverless::HttpApi. The responses of a
REST API carry x-amz-apigw-id, those of an HTTP API apigw-requestid.

https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
`)
	})
}

func newSameDomainTopic(a *app) *cobra.Command {
	return newTopic(a, "same-domain", "How to need no CORS at all", func(w io.Writer) {
		fmt.Fprint(w, `A page that calls its own origin needs no CORS: no preflight, no header, cookies
as ever. The origins are the same if scheme, host and port are:
https://app.example.com may call https://app.example.com/api/orders, and not
https://api.example.com/orders. So put page and API behind one name:

1. A CloudFront distribution with that name has two origins: where the page
   lives, and ID.execute-api.REGION.amazonaws.com, over HTTPS only.
2. A behaviour /api/* leads to the API; the default one leads to the page.
3. The path arrives as it was: give the API paths below /api, or take /api off
   with a CloudFront function. The stage (/prod) goes into the origin's path.
4. The behaviour forwards the query and all headers but Host, which API Gateway
   has to get as its own: the managed policy AllViewerExceptHostHeader.
5. It allows all methods, and does not cache (managed policy CachingDisabled),
   so that nobody gets what was meant for another caller.
6. Error pages of the distribution that turn 403 or 404 into the page's
   index.html hit the API's answers, too. Rewrite paths in a CloudFront function
   of the default behaviour instead.
7. Nobody but CloudFront should call the API's own address: a secret header that
   the API checks, or disable-execute-api-endpoint with a custom domain name.

A custom domain name of API Gateway is not enough: it serves the API, not the
page, unless the API serves the page, too.

Pages on other origins, a developer's http://localhost:3000 among them, still
need CORS, or a development server that passes /api on.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html
https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
https://fetch.spec.whatwg.org/#main-fetch
`)
	})
}
