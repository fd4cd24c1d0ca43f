package golden_test

import (
	"fmt"

	"apigw-cors/generator/gateway"
	"apigw-cors/golden/emulator"
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
		out = append(out, emulator.Event1(path, method, h))
		if !api.IsREST() {
			out = append(out, emulator.Event2(path, method, h))
		}
	}
	return out
}
