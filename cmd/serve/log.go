package serve

import (
	"encoding/json"
	"io"
	"log"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"apigw-cors/cmd/console"
	"apigw-cors/cmd/report"
	"apigw-cors/cmd/story"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// The bounds of the log: how many lines wait for a reader before more are
// dropped, and how long the end of the run waits for one.
const (
	maxWaitingLines = 4096
	flushTimeout    = 300 * time.Millisecond
)

// requestLog tells of the server and of each request, and what a browser makes
// of its response. Lines are written by a goroutine of its own: a reader that
// stops reading costs lines, never requests.
type requestLog struct {
	json    bool
	lines   chan []byte
	dropped atomic.Int64
	// ending is closed to end the writing, written once it ended.
	ending, written chan struct{}
	// asides are what net/http has to say, for a person.
	asides *log.Logger
}

// newRequestLog writes to stderr for a person, and to stdout for a program.
// Whoever makes one closes it.
func newRequestLog(stdout, stderr io.Writer, json bool) *requestLog {
	l := &requestLog{json: json, lines: make(chan []byte, maxWaitingLines), ending: make(chan struct{}), written: make(chan struct{})}
	to := stderr
	if json {
		// stderr is for the one document at the end.
		to = stdout
	}
	l.asides = log.New(asideWriter{l}, "", 0)
	go l.write(to)
	return l
}

func (l *requestLog) write(to io.Writer) {
	defer close(l.written)
	for {
		select {
		case line := <-l.lines:
			if n := l.dropped.Swap(0); n > 0 {
				line = append(l.line(warning(strconv.FormatInt(n, 10)+" lines of the log were dropped: nobody read them")), line...)
			}
			// A log that nobody reads any more must not end the server.
			_, _ = to.Write(line)
		case <-l.ending:
			if len(l.lines) == 0 {
				return
			}
		}
	}
}

// close writes what is left, and waits for it a moment: the reader may be gone.
// What is logged afterwards may be lost.
func (l *requestLog) close() {
	close(l.ending)
	select {
	case <-l.written:
	case <-time.After(flushTimeout):
	}
}

// event is a line of the log: an object of its own in JSON, plain words for a
// person.
type event interface{ String() string }

func (l *requestLog) tell(e event) {
	select {
	case l.lines <- l.line(e):
	default:
		l.dropped.Add(1)
	}
}

func (l *requestLog) line(e event) []byte {
	if !l.json {
		return append([]byte(report.Clean(e.String())), '\n')
	}
	// Strings, numbers and booleans always encode.
	line, _ := json.Marshal(e)
	return append(line, '\n')
}

// asideWriter makes warnings of what net/http logs.
type asideWriter struct{ log *requestLog }

func (w asideWriter) Write(b []byte) (int, error) {
	w.log.tell(warning(strings.TrimSpace(string(b))))
	return len(b), nil
}

// listening is the first line: where the API answers.
type listening struct {
	report.JSONHeader
	Event string `json:"event"`
	API   string `json:"api"`
	// Environment is the one the API is for, where its file has some.
	Environment string `json:"environment,omitempty"`
	// Address is the URL, with the port that was taken for port 0.
	Address string `json:"address"`
	// Backend is the URL behind the API, or "echo".
	Backend string `json:"backend"`
}

func (e listening) String() string {
	behind := e.Backend
	if behind == echoName {
		behind = "an echo in the place of the Lambda function"
	}
	name := e.API
	if e.Environment != "" {
		name += " (" + e.Environment + ")"
	}
	return "apigw-cors: " + name + " answers on " + e.Address + ", behind it " + behind
}

// message is a line about the server itself.
type message struct {
	Event   string `json:"event"`
	Message string `json:"message"`
}

func warning(s string) message { return message{"warning", report.Clean(s)} }

func (e message) String() string {
	if e.Event == "warning" {
		return "apigw-cors: warning: " + e.Message
	}
	return "apigw-cors: " + e.Message
}

// requestEvent is one request. Its JSON names are stable.
type requestEvent struct {
	Event  string `json:"event"`
	Method string `json:"method"`
	Path   string `json:"path"`
	Origin string `json:"origin,omitempty"`
	Status int    `json:"status"`
	// Source is who made the response, Failure why it is an error.
	Source  string `json:"source"`
	Failure string `json:"failure,omitempty"`
	Route   string `json:"route,omitempty"`
	// Allowed is whether a browser lets the page go on, for a request without
	// credentials, and Cause the code of what decides it.
	Allowed bool   `json:"allowed"`
	Cause   string `json:"cause"`
	// AllowedWithCredentials and its cause are the same for a request with
	// credentials: the mode is not on the wire.
	AllowedWithCredentials bool   `json:"allowedWithCredentials"`
	CauseWithCredentials   string `json:"causeWithCredentials"`
	// Verdict says it in words.
	Verdict string `json:"verdict"`
	// Messages are what browsers tell of a refusal: the one that asks, where it
	// names itself.
	Messages []story.Message `json:"messages,omitempty"`
}

func (l *requestLog) answered(r *http.Request, status int, headers http.Header, a gateway.Answer) {
	e := requestEvent{
		Event: "request", Method: r.Method, Path: report.Clean(r.URL.EscapedPath()), Origin: report.Clean(r.Header.Get(cors.HeaderOrigin)), Status: status,
		Source: string(a.Source), Failure: string(a.Failure), Route: a.Route,
	}
	e.judge(r, headers)
	e.Verdict = report.Clean(e.Verdict)
	l.tell(e)
	if !l.json && len(e.Messages) > 0 {
		l.tell(saying(e.Messages[0]))
	}
}

func (e requestEvent) String() string {
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

// saying is a line below a request: what the browser's console says of it.
type saying story.Message

func (m saying) String() string { return "  " + m.Browser + " says: " + m.Console[0] }

// judge is the browser's verdict on the response. The credentials mode is not
// on the wire, so both are tried.
func (e *requestEvent) judge(r *http.Request, headers http.Header) {
	always := func(cause, verdict string) {
		e.Allowed, e.Cause = true, cause
		e.AllowedWithCredentials, e.CauseWithCredentials = true, cause
		e.Verdict = verdict
	}
	switch e.Origin {
	case "":
		always("no-cors-request", "not a CORS request")
		return
	case "http://" + r.Host:
		always(string(cors.SameOrigin), "same origin")
		return
	}
	response := cors.Response{Status: e.Status}
	for name, values := range headers {
		for _, v := range values {
			response.Headers = append(response.Headers, cors.Header{Name: name, Value: v})
		}
	}
	check, allowed := checkOf(r, response)
	plain, with := check(cors.CredentialsOmit), check(cors.CredentialsInclude)
	e.Allowed, e.Cause = plain.Decision != cors.Refused, string(plain.Cause)
	e.AllowedWithCredentials, e.CauseWithCredentials = with.Decision != cors.Refused, string(with.Cause)
	switch {
	case !e.Allowed:
		e.Verdict = "refused: " + plain.Detail()
		e.Messages = messages(r, response, plain)
	case !e.AllowedWithCredentials:
		e.Verdict = allowed + ", if the request is without credentials"
	default:
		e.Verdict = allowed
	}
}

// messages are what the browser that sends r tells of the refusal; all of them
// where it is not known. The query stays out of the log, as it may hold a secret.
func messages(r *http.Request, response cors.Response, refused cors.Step) []story.Message {
	request := cors.Request{Origin: r.Header.Get(cors.HeaderOrigin), Method: r.Method, URL: "http://" + r.Host + r.URL.EscapedPath()}
	t := cors.Trace{Steps: []cors.Step{refused}}
	x := &cors.Exchange{Request: request, Response: response}
	if refused.Stage == cors.StagePreflight {
		t.Preflight = x
	} else {
		t.Actual = x
	}
	out := story.Messages(request, t, console.BrowserOf(r.UserAgent()))
	for _, m := range out {
		for i := range m.Console {
			m.Console[i] = report.Clean(m.Console[i])
		}
	}
	return out
}

// checkOf gives the check that a browser makes of a response to r, for a
// credentials mode, and what it lets happen where it passes.
func checkOf(r *http.Request, response cors.Response) (check func(cors.CredentialsMode) cors.Step, allowed string) {
	sent := cors.Request{Method: r.Method, Origin: r.Header.Get(cors.HeaderOrigin)}
	for _, name := range []string{cors.HeaderOrigin, cors.HeaderRequestMethod, cors.HeaderRequestHeaders} {
		for _, v := range r.Header[name] {
			sent.Headers = append(sent.Headers, cors.Header{Name: name, Value: v})
		}
	}
	if p, ok := cors.ReadPreflight(sent); ok {
		return func(mode cors.CredentialsMode) cors.Step {
			p.Credentials = mode
			steps := p.Check(response)
			if last := steps[len(steps)-1]; last.Decision == cors.Refused {
				return last
			}
			// What lets it pass is the CORS check, which comes first.
			return steps[0]
		}, "the browser sends the " + p.Method
	}
	return func(mode cors.CredentialsMode) cors.Step {
		return cors.Check(cors.Request{Origin: sent.Origin, Credentials: mode}, response)
	}, "the page can read it"
}
