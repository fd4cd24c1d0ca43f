package tools

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"sync"
	"testing"
)

// Worker is a script that answers one JSON request a line: a process starts
// once and serves a whole test, or a fuzz target. It may be asked from several
// goroutines.
type Worker struct {
	mu     sync.Mutex
	stdin  io.Writer
	stdout *bufio.Reader
	stderr *lockedBuffer
}

// Start starts a script; it ends when its stdin does, at the end of the
// test or with the test process.
func Start(t testing.TB, c Tool) *Worker {
	t.Helper()
	cmd := c.Command(t.Context())
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	w := &Worker{stdin: stdin, stdout: bufio.NewReader(stdout), stderr: new(lockedBuffer)}
	cmd.Stderr = w.stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stdin.Close()
		// Its exit code says nothing: the test is over, and may have ended it.
		_ = cmd.Wait()
	})
	return w
}

// Line is the next line the script prints.
func (w *Worker) Line(t testing.TB) []byte {
	t.Helper()
	line, err := w.stdout.ReadBytes('\n')
	if err != nil {
		t.Fatalf("no answer: %v\n%s", err, w.stderr)
	}
	return bytes.TrimSpace(line)
}

// Ask sends a request and reads its answer into reply. An answer with an error
// fails the test.
func (w *Worker) Ask(t testing.TB, request, reply any) {
	t.Helper()
	message, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, err := w.stdin.Write(append(message, '\n')); err != nil {
		t.Fatalf("%v\n%s", err, w.stderr)
	}
	answer := w.Line(t)
	var failed struct{ Error string }
	if err := json.Unmarshal(answer, &failed); err != nil {
		t.Fatalf("%v: %s", err, answer)
	}
	if failed.Error != "" {
		t.Fatalf("%s\n%s", message, failed.Error)
	}
	if err := json.Unmarshal(answer, reply); err != nil {
		t.Fatalf("%v: %s", err, answer)
	}
}

// lockedBuffer keeps what a process says on stderr while it runs.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}
