package emulator

import (
	"maps"
	"net/http"
)

// FunctionHeaders are what a person's own code would send besides: names that a
// policy may expose.
func FunctionHeaders() map[string]string {
	return map[string]string{"ETag": `"1"`, "X-Total-Count": "3", "X-Request-Id": "golden"}
}

// proxy hands an event to the function, and passes on what it answers.
func (d *Deployment) proxy(e map[string]any, r arrived) reply {
	response := d.function.Respond(d.t, e)
	out := reply{status: response.StatusCode, headers: FunctionHeaders()}
	maps.Copy(out.headers, response.Headers)
	if response.Body != nil {
		out.body = *response.Body
	}
	if r.failure == FunctionFailure {
		out.status = http.StatusInternalServerError
	}
	return out
}

// answerBackend is the function without a gateway in front of it, as a backend
// on HTTP: the routes only tell it which resource was asked for.
func (d *Deployment) answerBackend(r arrived) reply {
	if len(d.api.Methods) == 0 {
		return d.proxy(d.event(d.routeFor(r), r), r)
	}
	path, m := d.methodFor(r)
	if m == nil || m.Integration != "AWS" || m.Service {
		return d.proxy(Event1(path, r.Method, anyValues(r.headers)), r)
	}
	out := reply{http.StatusOK, FunctionHeaders(), string(d.function.Call(d.t, map[string]any{}))}
	if r.failure == FunctionFailure {
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
