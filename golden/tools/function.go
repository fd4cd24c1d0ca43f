package tools

import (
	"encoding/json"
	"path/filepath"
	"testing"
)

// Runtime runs Lambda functions.
type Runtime struct{ worker *Worker }

// StartNode starts the runtime of Node.js; it ends with the test.
func StartNode(t testing.TB) Runtime {
	t.Helper()
	return Runtime{Start(t, Node(t, "handlers.mjs"))}
}

// StartPython starts the runtime of Python; it ends with the test.
func StartPython(t testing.TB) Runtime {
	t.Helper()
	return Runtime{Start(t, Python(t).With("-B", File(t, "handlers.py")))}
}

// Function is a Lambda function in the runtime of its language.
type Function struct {
	// File is where it stands.
	File    string
	worker  *Worker
	handler *Handler
}

// Handler is a handler to be wrapped, that does as told: it throws an error
// with the text Throws, or returns what Returns holds. The zero Handler returns
// nothing.
type Handler struct {
	Returns json.RawMessage `json:"returns,omitempty"`
	Throws  string          `json:"throws,omitempty"`
}

// Load is the function called handler of a file.
func (r Runtime) Load(t testing.TB, file string) Function {
	t.Helper()
	path, err := filepath.Abs(file)
	if err != nil {
		t.Fatal(err)
	}
	return Function{File: path, worker: r.worker}
}

// Evaluate calls the function called handler of a source on an event and gives
// its response as JSON. The source is not kept. Only Python does it.
func (r Runtime) Evaluate(t testing.TB, source string, event json.RawMessage) json.RawMessage {
	t.Helper()
	var reply struct{ Response json.RawMessage }
	r.worker.Ask(t, map[string]any{"source": source, "event": event}, &reply)
	return reply.Response
}

// Wrap is a handler inside the wrapper of a file.
func (r Runtime) Wrap(t testing.TB, file string, h Handler) Function {
	t.Helper()
	f := r.Load(t, file)
	f.handler = &h
	return f
}

// Response is a proxy integration's response of either payload format.
type Response struct {
	StatusCode      int
	Headers         map[string]string
	Body            *string
	IsBase64Encoded bool
}

// Call runs the function on an event and gives its response as JSON. A
// function that throws fails the test.
func (f Function) Call(t testing.TB, event any) json.RawMessage {
	t.Helper()
	var reply struct{ Response json.RawMessage }
	request := map[string]any{"file": f.File, "event": event}
	if f.handler != nil {
		request["handler"] = f.handler
	}
	f.worker.Ask(t, request, &reply)
	return reply.Response
}

// Respond is Call for a proxy integration.
func (f Function) Respond(t testing.TB, event any) Response {
	t.Helper()
	return Decode[Response](t, f.Call(t, event))
}
