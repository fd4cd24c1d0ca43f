package explain

import (
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// senders says who must send which CORS headers. Access-Control-Allow-Origin
// may be left out for an origin that is not allowed.
func senders(api gateway.API) []senderView {
	actual, perRequest := api.ActualHeaders()
	headers := headerNames(actual, perRequest)
	if !api.IsREST() && api.Preflight() == gateway.ByGateway {
		// The service does not promise a Vary.
		// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
		headers = withoutHeader(headers, cors.HeaderVary)
		preflight := append(append([]string{}, headers...), cors.HeaderAllowMethods, cors.HeaderAllowHeaders)
		if seconds, ok := api.MaxAge(); ok && seconds >= 0 {
			preflight = append(preflight, cors.HeaderMaxAge)
		}
		return []senderView{
			{"preflight response", "the HTTP API, from its CORS configuration", preflight},
			{"actual response", "the HTTP API, which ignores the backend's", headers},
			{"API Gateway's own errors", "the HTTP API", headers},
		}
	}
	lambda := "your Lambda function, on every response, its errors included"
	preflight := append(withoutHeader(headers, cors.HeaderExposeHeaders), cors.HeaderAllowMethods, cors.HeaderAllowHeaders)
	if seconds, ok := api.MaxAge(); ok && seconds >= 0 {
		preflight = append(preflight, cors.HeaderMaxAge)
	}
	out := []senderView{{"preflight response", "your Lambda function", preflight}}
	if m, ok := api.Mock(api.Resources()[0]); ok {
		out[0] = senderView{"preflight response", "the OPTIONS method's mock integration", m.DeclaredHeaders()}
	}
	if api.ActualResponder() == gateway.ByLambda {
		out = append(out, senderView{"actual response", lambda, headers})
	} else {
		out = append(out, senderView{"actual response", "the integration responses, for success and error alike", headers})
	}
	own := senderView{"API Gateway's own errors", "nobody: pages see a network error", []string{}}
	if responses := api.GatewayResponses(); len(responses) > 0 {
		var types []string
		for _, g := range responses {
			types = append(types, g.Type)
		}
		own.Sender, own.Headers = "the gateway responses "+strings.Join(types, ", "), headerNames(responses[0].Headers, false)
	}
	return append(out, own)
}

func headerNames(mappings []gateway.Mapping, perRequest bool) []string {
	out := []string{}
	if perRequest {
		out = append(out, cors.HeaderAllowOrigin)
	}
	for _, m := range mappings {
		out = append(out, m.Header)
	}
	return out
}

func withoutHeader(list []string, name string) []string {
	out := []string{}
	for _, n := range list {
		if n != name {
			out = append(out, n)
		}
	}
	return out
}
