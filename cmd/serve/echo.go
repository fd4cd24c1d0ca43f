package serve

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
)

// echoName is what the log calls a backend that is not there.
const echoName = "echo"

// echoed is what the echo tells of a request.
type echoed struct {
	Message string            `json:"message"`
	Route   string            `json:"route"`
	Method  string            `json:"method"`
	Path    string            `json:"path"`
	Query   string            `json:"query,omitempty"`
	Headers map[string]string `json:"headers"`
	Body    int64             `json:"bodyBytes"`
}

// echo answers in the place of the rendered Lambda function.
func (s *server) echo(w http.ResponseWriter, r *http.Request) {
	f := forwardedOf(r)
	n, err := io.Copy(io.Discard, r.Body)
	if err != nil {
		s.respond(w, f.client, s.deploy.Fail(f.request, failureOf(err)))
		return
	}
	response := s.deploy.Lambda(f.request)
	if response.Body != "" {
		e := echoed{
			Message: "Hello from the echo: serve has no --backend", Route: f.answer.Route, Method: r.Method,
			Path: r.URL.Path, Query: r.URL.RawQuery, Headers: map[string]string{}, Body: n,
		}
		for name, values := range r.Header {
			e.Headers[strings.ToLower(name)] = strings.Join(values, ", ")
		}
		// Strings and numbers always encode.
		body, _ := json.Marshal(e)
		response.Body = string(body) + "\n"
	}
	a := s.deploy.Return(f.request, f.answer, response)
	a.Headers = passFailHeader(r, a.Headers)
	s.respond(w, f.client, a)
}
