package files

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Review: `-f FIFO` was deaf to the first Ctrl-C, as opening a pipe waits for
// its writer.
func TestOpenPipeEndsWithContext(t *testing.T) {
	mkfifo, err := exec.LookPath("mkfifo")
	if err != nil {
		t.Skip("no named pipes here")
	}
	pipe := filepath.Join(t.TempDir(), "pipe")
	if out, err := exec.Command(mkfifo, pipe).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if f, _, err := Open(ctx, pipe); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, %v", f, err)
	}
	// What was left behind is let go.
	if w, err := os.OpenFile(pipe, os.O_WRONLY, 0); err == nil {
		w.Close()
	}
}

func TestOpen(t *testing.T) {
	file := filepath.Join(t.TempDir(), "cors.yaml")
	put(t, file, "api: rest\n")
	f, regular, err := Open(t.Context(), file)
	if err != nil || !regular {
		t.Fatalf("%v, regular %v", err, regular)
	}
	f.Close()
	if _, _, err := Open(t.Context(), file+"x"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v", err)
	}
}

// endless gives zeros, as /dev/zero does.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func TestReadAll(t *testing.T) {
	const most = 1 << 20
	text := bytes.Repeat([]byte("a"), most)
	if got, err := ReadAll(t.Context(), bytes.NewReader(text), most); err != nil || !bytes.Equal(got, text) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	var large *TooLargeError
	for _, r := range []io.Reader{bytes.NewReader(append(text, 'a')), endless{}} {
		if _, err := ReadAll(t.Context(), r, most); !errors.As(err, &large) || err.Error() != "larger than 1 MiB" {
			t.Errorf("%v", err)
		}
	}
	// Nobody ever writes.
	r, w := io.Pipe()
	defer w.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ReadAll(ctx, r, most); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
