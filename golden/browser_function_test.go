package golden_test

import (
	"maps"
	"net/http"
	"testing"
)

// functionHeaders are what a person's own code would send besides: names that a
// policy may expose.
func functionHeaders() map[string]string {
	return map[string]string{"ETag": `"1"`, "X-Total-Count": "3", "X-Request-Id": "golden"}
}

// proxy hands an event to the function, and passes on what it answers.
func (d *deployed) proxy(t testing.TB, e event, r arrived) reply {
	response := d.function.respond(t, e)
	out := reply{status: response.StatusCode, headers: functionHeaders()}
	maps.Copy(out.headers, response.Headers)
	if response.Body != nil {
		out.body = *response.Body
	}
	if r.failure == functionFailure {
		out.status = http.StatusInternalServerError
	}
	return out
}

// answerBackend is the function without a gateway in front of it, as a backend
// on HTTP: the routes only tell it which resource was asked for.
func (d *deployed) answerBackend(t testing.TB, r arrived) reply {
	if len(d.methods) == 0 {
		return d.proxy(t, event2(pathOf(d.routeFor(r)), r.Method, anyValues(r.headers)), r)
	}
	path, m := d.methodFor(r)
	if m == nil || m.integration != "AWS" {
		return d.proxy(t, event1(path, r.Method, anyValues(r.headers)), r)
	}
	out := reply{http.StatusOK, functionHeaders(), string(d.function.call(t, map[string]any{}))}
	if r.failure == functionFailure {
		out.status = http.StatusInternalServerError
	}
	return out
}

func anyValues(headers map[string]string) map[string]any {
	out := map[string]any{}
	for name, value := range headers {
		out[name] = value
	}
	return out
}
