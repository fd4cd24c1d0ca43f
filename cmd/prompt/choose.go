package prompt

import (
	"context"
	"io"
	"os"
)

// The window that survey needs: in a smaller one its lists scroll away, and what
// has scrolled away it cannot erase.
const (
	MinWidth = 60
	MinRows  = 18
)

// Window is the size of a terminal, in characters.
type Window struct{ Width, Rows int }

func (w Window) cramped() bool { return w.Width < MinWidth || w.Rows < MinRows }

// Painter is what prompts paint with.
type Painter interface {
	Bold(string) string
	Dim(string) string
	Green(string) string
	Cyan(string) string
	// Coloured: the others change something.
	Coloured() bool
}

// Settings say how a person is asked.
type Settings struct {
	In  io.Reader
	Out io.Writer
	// Plain: in plain lines, whatever the terminal can do.
	Plain bool
	// Echo repeats the answers of plain lines, where the terminal does not.
	Echo bool
	// Utf8: more than ASCII can be shown.
	Utf8 bool
	// Window is asked before each question.
	Window func() Window
	Paint  Painter
}

// Choose chooses how to ask, for each question anew; release ends the
// asking, and leaves the terminal as it was.
func Choose(ctx context.Context, s Settings) (ask func() Prompter, release func()) {
	in := newTypedInput(ctx, s.In)
	plain := &plainLines{in: in, out: s.Out, echo: s.Echo, paged: !s.Plain && !s.Echo, window: s.Window, paint: s.Paint}
	stdin, _ := s.In.(*os.File)
	stderr, _ := s.Out.(*os.File)
	if s.Plain || stdin == nil || stderr == nil {
		return func() Prompter { return plain }, func() {}
	}
	rich := newSurveyPrompter(in, stdin, stderr, s.Window, s.Paint, s.Utf8)
	return func() Prompter {
		if s.Window().cramped() {
			rich.release()
			return plain
		}
		rich.hold()
		return rich
	}, rich.release
}
