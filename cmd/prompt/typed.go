package prompt

import (
	"bytes"
	"context"
	"io"
	"time"
)

// typedInput reads what a person types, and stops waiting when the run is
// errInterrupted: the read of a terminal cannot be cancelled. It reads only when
// asked, so that what is typed after the last question is left for the shell.
type typedInput struct {
	ctx     context.Context
	in      io.Reader
	read    chan typedRead
	reading bool
	pending []byte
}

type typedRead struct {
	bytes []byte
	err   error
}

func newTypedInput(ctx context.Context, in io.Reader) *typedInput {
	return &typedInput{ctx: ctx, in: in, read: make(chan typedRead, 1)}
}

// fill waits for more, at most the given time (0: for ever), and reports
// whether more came. The end of input is like Ctrl-C: there is nobody left to
// ask.
func (t *typedInput) fill(within time.Duration) (bool, error) {
	if !t.reading {
		t.reading = true
		go func() {
			buf := make([]byte, 4096)
			n, err := t.in.Read(buf)
			t.read <- typedRead{buf[:n], err}
		}()
	}
	var late <-chan time.Time
	if within > 0 {
		late = time.After(within)
	}
	select {
	case <-t.ctx.Done():
		return false, ErrInterrupted
	case <-late:
		return false, nil
	case r := <-t.read:
		t.reading = false
		t.pending = append(t.pending, r.bytes...)
		if len(r.bytes) == 0 && r.err != nil {
			return false, ErrInterrupted
		}
		return true, nil
	}
}

// line reads a line, without its end. The last one may lack it.
func (t *typedInput) line() (string, error) {
	for {
		if line, rest, ok := bytes.Cut(t.pending, []byte("\n")); ok {
			t.pending = rest
			return string(line), nil
		}
		if _, err := t.fill(0); err != nil {
			line := string(t.pending)
			if t.pending = nil; line == "" || t.ctx.Err() != nil {
				return "", err
			}
			return line, nil
		}
	}
}
