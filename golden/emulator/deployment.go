package emulator

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"apigw-cors/golden/tools"
)

// Function is what stands behind every integration but a mock: a Lambda
// function, [tools.Function] for one.
type Function interface {
	// Call is its answer to an event, as JSON.
	Call(t testing.TB, event any) json.RawMessage
	// Respond is Call behind a proxy integration.
	Respond(t testing.TB, event any) tools.Response
}

// Deployment is an API that answers over HTTP: whatever it knows of API Gateway
// it has from the documentation. What cannot be answered fails the test.
type Deployment struct {
	t        testing.TB
	api      *API
	identity string
	function Function
	engine   tools.Velocity
}

// Deploy lets an API answer. identity is the header that its authorizer reads;
// function stands behind its integrations; engine runs its mapping templates.
func Deploy(t testing.TB, api *API, identity string, function Function, engine tools.Velocity) *Deployment {
	return &Deployment{t: t, api: api, identity: identity, function: function, engine: engine}
}

// FailureParameter is the parameter of a URL that says what goes wrong with the
// actual request: [FunctionFailure], or the type of a gateway response. The
// preflight of such a URL is answered as any other.
const FailureParameter = "failure"

// FunctionFailure stands for a function that fails.
const FunctionFailure = "FUNCTION"

// ServeHTTP answers a request that was sent to the API.
func (d *Deployment) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if len(d.api.Methods) > 0 {
		send(w, d.answerREST(arrive(r)))
	} else {
		send(w, d.answerHTTP(arrive(r)))
	}
}

// Backend is the function without a gateway in front of it, as a backend on
// HTTP: the routes only tell it which resource was asked for.
func (d *Deployment) Backend() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		send(w, d.answerBackend(arrive(r)))
	})
}

// arrived is a request as a gateway sees it: header names come in lower case
// over HTTP/2.
type arrived struct {
	*http.Request
	headers map[string]string
	// failure is what goes wrong with the actual request; "" where nothing
	// does.
	failure string
}

func arrive(r *http.Request) arrived {
	out := arrived{Request: r, headers: map[string]string{}}
	for name, values := range r.Header {
		out.headers[strings.ToLower(name)] = strings.Join(values, ", ")
	}
	if !out.isPreflight() {
		out.failure = r.URL.Query().Get(FailureParameter)
	}
	return out
}

func (a arrived) isPreflight() bool {
	return a.Method == http.MethodOptions && a.headers["origin"] != "" && a.headers["access-control-request-method"] != ""
}

// reply is a response on its way to the browser. Header names are as they were
// set.
type reply struct {
	status  int
	headers map[string]string
	body    string
}

func send(w http.ResponseWriter, a reply) {
	for name, value := range a.headers {
		w.Header().Set(name, value)
	}
	w.WriteHeader(a.status)
	if a.status != http.StatusNoContent {
		// A browser that has left needs no body.
		_, _ = io.WriteString(w, a.body)
	}
}
