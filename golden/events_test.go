package golden_test

import (
	"fmt"
	"strings"

	"apigw-cors/generator/gateway"
)

// event is a proxy integration's event.
type event map[string]any

func (e event) String() string {
	method := e["httpMethod"]
	if method == nil {
		method = e["requestContext"].(map[string]any)["http"].(map[string]any)["method"]
	}
	return fmt.Sprintf("event %v, %v, headers %v", e["version"], method, e["headers"])
}

// events are one request in every shape it may have: the header's name as
// HTTP/1.1 and HTTP/2 clients send it, or, for a request without Origin, no
// such header and no headers at all, which a test event of the console has as
// null.
func events(api gateway.API, path, method, origin string) []event {
	var headers []map[string]any
	if origin == "" {
		headers = []map[string]any{nil, {}, {"accept": "*/*"}}
	} else {
		for _, name := range []string{"origin", "Origin", "ORIGIN"} {
			headers = append(headers, map[string]any{"accept": "*/*", name: origin})
		}
	}
	var out []event
	for _, h := range headers {
		out = append(out, event1(path, method, h))
		if !api.IsREST() {
			out = append(out, event2(path, method, h))
		}
	}
	return out
}

// event1 is the event of a REST API, and of an HTTP API with payload format
// 1.0.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format
func event1(path, method string, headers map[string]any) event {
	var all map[string]any
	if headers != nil {
		all = map[string]any{}
		for name, value := range headers {
			all[name] = []any{value}
		}
	}
	return event{
		"version":                         "1.0",
		"resource":                        path,
		"path":                            requestPath(path),
		"httpMethod":                      method,
		"headers":                         headers,
		"multiValueHeaders":               all,
		"queryStringParameters":           map[string]any{"origin": "https://spoofed.example"},
		"multiValueQueryStringParameters": nil,
		"pathParameters":                  nil,
		"stageVariables":                  nil,
		"requestContext": map[string]any{
			"httpMethod": method, "path": "/prod" + requestPath(path), "resourcePath": path, "stage": "prod",
		},
		"body":            nil,
		"isBase64Encoded": false,
	}
}

// event2 is payload format 2.0 of an HTTP API.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
func event2(path, method string, headers map[string]any) event {
	key := path
	if path != gateway.DefaultRoute {
		key = method + " " + path
	}
	return event{
		"version":               "2.0",
		"routeKey":              key,
		"rawPath":               requestPath(path),
		"rawQueryString":        "origin=https://spoofed.example",
		"headers":               headers,
		"queryStringParameters": map[string]any{"origin": "https://spoofed.example"},
		"requestContext": map[string]any{
			"http":     map[string]any{"method": method, "path": requestPath(path), "protocol": "HTTP/1.1"},
			"routeKey": key, "stage": "$default",
		},
		"isBase64Encoded": false,
	}
}

// requestPath fills the variables of a resource's path.
func requestPath(path string) string {
	if path == gateway.DefaultRoute {
		return "/anything"
	}
	segments := strings.Split(path, "/")
	for i, s := range segments {
		if strings.HasPrefix(s, "{") {
			segments[i] = "1"
		}
	}
	return strings.Join(segments, "/")
}
