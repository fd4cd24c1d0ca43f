package emulator

import "strings"

// defaultRoute is the key of the route that takes what no other takes.
const defaultRoute = "$default"

// Event1 is the event of a REST API, and of an HTTP API with payload format
// 1.0. headers may be nil, as in a test event of the console.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format
func Event1(path, method string, headers map[string]any) map[string]any {
	var all map[string]any
	if headers != nil {
		all = map[string]any{}
		for name, value := range headers {
			all[name] = []any{value}
		}
	}
	return map[string]any{
		"version":                         "1.0",
		"resource":                        path,
		"path":                            RequestPath(path),
		"httpMethod":                      method,
		"headers":                         headers,
		"multiValueHeaders":               all,
		"queryStringParameters":           map[string]any{"origin": "https://spoofed.example"},
		"multiValueQueryStringParameters": nil,
		"pathParameters":                  nil,
		"stageVariables":                  nil,
		"requestContext": map[string]any{
			"httpMethod": method, "path": "/prod" + RequestPath(path), "resourcePath": path, "stage": "prod",
		},
		"body":            nil,
		"isBase64Encoded": false,
	}
}

// Event2 is payload format 2.0 of an HTTP API.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
func Event2(path, method string, headers map[string]any) map[string]any {
	key := path
	if path != defaultRoute {
		key = method + " " + path
	}
	return map[string]any{
		"version":               "2.0",
		"routeKey":              key,
		"rawPath":               RequestPath(path),
		"rawQueryString":        "origin=https://spoofed.example",
		"headers":               headers,
		"queryStringParameters": map[string]any{"origin": "https://spoofed.example"},
		"requestContext": map[string]any{
			"http":     map[string]any{"method": method, "path": RequestPath(path), "protocol": "HTTP/1.1"},
			"routeKey": key, "stage": "$default",
		},
		"isBase64Encoded": false,
	}
}

// RequestPath is a path that a resource or a route takes: its variables are
// filled in.
func RequestPath(path string) string {
	if path == defaultRoute {
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
