package golden_test

import (
	"encoding/json"
	"path/filepath"
	"testing"
)

// handler is a rendered Lambda function in the language's own runtime.
type handler struct {
	*worker
	file string
}

// startNode and startPython start the runtimes; load gives one of its files.
func startNode(t testing.TB) *worker {
	t.Helper()
	return startWorker(t, requireNode(t, "handlers.mjs"))
}

func startPython(t testing.TB) *worker {
	t.Helper()
	return startWorker(t, requirePython(t).with("-B", toolFile(t, "handlers.py")))
}

func (w *worker) load(t testing.TB, file string) handler {
	t.Helper()
	path, err := filepath.Abs(file)
	if err != nil {
		t.Fatal(err)
	}
	return handler{worker: w, file: path}
}

// lambdaResponse is the proxy integration's response of either format.
type lambdaResponse struct {
	StatusCode      int
	Headers         map[string]string
	Body            *string
	IsBase64Encoded bool
}

// call runs the function on an event and gives its response as JSON. A
// function that throws fails the test.
func (h handler) call(t testing.TB, event any) json.RawMessage {
	t.Helper()
	var reply struct{ Response json.RawMessage }
	h.ask(t, map[string]any{"file": h.file, "function": "handler", "event": event}, &reply)
	return reply.Response
}

// respond is call for a proxy integration.
func (h handler) respond(t testing.TB, event any) lambdaResponse {
	t.Helper()
	return decode[lambdaResponse](t, h.call(t, event))
}
