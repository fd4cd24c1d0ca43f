package serve

import (
	"encoding/json"
	"io"
	"log"
	"net/http"
	"strconv"
	"sync"

	"apigw-cors/cmd/report"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// requestLog tells of each request, and what a browser makes of its response.
type requestLog struct {
	to   io.Writer
	json bool
	// asides are remarks about the server itself, for a person.
	asides *log.Logger
}

// newRequestLog goes to stderr for a person, and to stdout for a program.
func newRequestLog(stdout, stderr io.Writer, json bool) requestLog {
	if json {
		// stderr is for the one document at the end.
		return requestLog{to: &lockedWriter{to: stdout}, json: true, asides: log.New(io.Discard, "", 0)}
	}
	to := &lockedWriter{to: stderr}
	return requestLog{to: to, asides: log.New(to, "apigw-cors: ", 0)}
}

// lockedWriter keeps the lines of concurrent requests apart.
type lockedWriter struct {
	mu sync.Mutex
	to io.Writer
}

func (w *lockedWriter) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.to.Write(b)
}

// logEntry is one request. Its JSON names are stable.
type logEntry struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	Origin string `json:"origin,omitempty"`
	Status int    `json:"status"`
	// Source is who made the response, Failure why it is an error.
	Source  string `json:"source"`
	Failure string `json:"failure,omitempty"`
	Route   string `json:"route,omitempty"`
	// Verdict is what a browser decides, Cause its code.
	Verdict string `json:"verdict"`
	Cause   string `json:"cause,omitempty"`
}

func (l requestLog) answered(r *http.Request, status int, headers http.Header, a gateway.Answer) {
	e := logEntry{
		Method: r.Method, Path: r.URL.EscapedPath(), Origin: r.Header.Get(cors.HeaderOrigin), Status: status,
		Source: string(a.Source), Failure: string(a.Failure), Route: a.Route,
	}
	e.judge(r, headers)
	var line []byte
	if l.json {
		// Strings and numbers always encode.
		line, _ = json.Marshal(e)
	} else {
		line = []byte(report.Clean(e.String()))
	}
	// A log that nobody reads any more must not end the server.
	_, _ = l.to.Write(append(line, '\n'))
}

func (e logEntry) String() string {
	s := e.Method + " " + e.Path + " " + strconv.Itoa(e.Status) + " " + e.Source
	if e.Failure != "" {
		s += " " + e.Failure
	}
	if e.Route != "" {
		s += " (" + e.Route + ")"
	}
	if e.Origin != "" {
		s += ", page on " + e.Origin
	}
	return s + ": " + e.Verdict
}

// judge is the browser's verdict on the response. The credentials mode is not
// on the wire, so both are tried.
func (e *logEntry) judge(r *http.Request, headers http.Header) {
	if e.Origin == "" {
		e.Verdict = "not a CORS request"
		return
	}
	if e.Origin == "http://"+r.Host {
		e.Verdict = "same origin"
		return
	}
	response := cors.Response{Status: e.Status}
	for name, values := range headers {
		for _, v := range values {
			response.Headers = append(response.Headers, cors.Header{Name: name, Value: v})
		}
	}
	allowed := "the page can read it"
	check := func(mode cors.CredentialsMode) cors.Step {
		return cors.Check(cors.Request{Origin: e.Origin, Credentials: mode}, response)
	}
	if e.Method == http.MethodOptions {
		asked := cors.Request{Method: e.Method}
		for _, name := range []string{cors.HeaderOrigin, cors.HeaderRequestMethod, cors.HeaderRequestHeaders} {
			for _, v := range r.Header[name] {
				asked.Headers = append(asked.Headers, cors.Header{Name: name, Value: v})
			}
		}
		if p, ok := cors.ReadPreflight(asked); ok {
			allowed = "the browser sends the " + p.Method
			check = func(mode cors.CredentialsMode) cors.Step {
				p.Credentials = mode
				steps := p.Check(response)
				return steps[len(steps)-1]
			}
		}
	}
	plain := check(cors.CredentialsOmit)
	if plain.Decision == cors.Refused {
		e.Verdict, e.Cause = "refused: "+plain.Detail(), string(plain.Cause)
		return
	}
	e.Verdict = allowed
	if with := check(cors.CredentialsInclude); with.Decision == cors.Refused {
		e.Verdict, e.Cause = allowed+", if the request is without credentials", string(with.Cause)
	}
}
