package prompt

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
)

// TestKeys: one key a read, in the spelling survey knows, and what it does not
// know not at all.
func TestKeys(t *testing.T) {
	tests := []struct {
		desc, typed string
		want        []string
		err         error
	}{
		{"letters come one by one", "ab\r", []string{"a", "b", "\r"}, ErrInterrupted},
		{"bytes of a letter, too", "é", []string{"\xc3", "\xa9"}, ErrInterrupted},
		{"arrows in both modes", "\x1b[A\x1bOB", []string{"\x1b[A", "\x1b[B"}, ErrInterrupted},
		{"home and end of every terminal", "\x1b[1~\x1bOF\x1b[8~\x1b[3~", []string{"\x1b[H", "\x1b[F", "\x1b[F", "\x1b[3~"}, ErrInterrupted},
		{"function keys and modifiers are dropped", "\x1b[1;5Cx\x1b[15~\x1bOPy", []string{"x", "y"}, ErrInterrupted},
		{"Alt and a letter is dropped", "\x1bfx", []string{"x"}, ErrInterrupted},
		{"a cursor's position that nobody waits for is dropped", "a\x1b[24;80Rb", []string{"a", "b"}, ErrInterrupted},
		{"Esc alone goes back", "a\x1b", []string{"a"}, ErrBack},
		{"Esc and an arrow are two keys", "a\x1b\x1b[A", []string{"a"}, ErrBack},
		{"Ctrl-C ends", "a\x03b", []string{"a"}, ErrInterrupted},
		{"Ctrl-D ends", "\x04", nil, ErrInterrupted},
		{"the end of input ends", "", nil, ErrInterrupted},
		{"a sequence that is cut off is dropped", "a\x1b[1;", []string{"a"}, ErrInterrupted},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			in := io.Reader(strings.NewReader(tt.typed))
			if errors.Is(tt.err, ErrBack) {
				in = keysThen(tt.typed)
			}
			k := &keyReader{typedInput: newTypedInput(t.Context(), in)}
			p := make([]byte, 256)
			for i := 0; ; i++ {
				n, err := k.Read(p)
				if i == len(tt.want) {
					if n != 0 || !errors.Is(err, tt.err) {
						t.Fatalf("ended with %q, %v; want %v", p[:n], err, tt.err)
					}
					// The error stays: survey reads on after some.
					if _, again := k.Read(p); !errors.Is(again, tt.err) {
						t.Fatalf("then %v", again)
					}
					return
				}
				if err != nil || string(p[:n]) != tt.want[i] {
					t.Fatalf("key %d is %q, %v; want %q", i, p[:n], err, tt.want[i])
				}
			}
		})
	}
}

// keysThen is a terminal at which keys are typed, and then nothing.
func keysThen(keys string) io.Reader { return io.MultiReader(strings.NewReader(keys), silence{}) }

// silence is a terminal at which nobody types.
type silence struct{}

func (silence) Read([]byte) (int, error) { select {} }

// TestTypedInterrupted: a signal ends the waiting for a line.
func TestTypedInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(10*time.Millisecond, cancel)
	if line, err := newTypedInput(ctx, silence{}).line(); line != "" || !errors.Is(err, ErrInterrupted) {
		t.Errorf("%q, %v", line, err)
	}
}

func TestTypedLines(t *testing.T) {
	in := newTypedInput(t.Context(), strings.NewReader("one\r\n\nlast"))
	for _, want := range []string{"one\r", "", "last"} {
		if line, err := in.line(); line != want || err != nil {
			t.Errorf("%q, %v; want %q", line, err, want)
		}
	}
	if _, err := in.line(); !errors.Is(err, ErrInterrupted) {
		t.Errorf("the end is %v", err)
	}
}
