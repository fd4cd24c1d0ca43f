package cmd

import (
	"context"
	"io"
	"os"
)

// The window that survey needs: in a smaller one its lists scroll away, and what
// has scrolled away it cannot erase.
const (
	minRoomyWidth = 60
	minRoomyRows  = 18
)

// window is the size of a terminal, in characters.
type window struct{ width, rows int }

func (w window) cramped() bool { return w.width < minRoomyWidth || w.rows < minRoomyRows }

// colours are what prompts paint with.
type colours interface {
	bold(string) string
	dim(string) string
	// coloured: the two above change something.
	coloured() bool
}

// promptSettings say how a person is asked.
type promptSettings struct {
	in  io.Reader
	out io.Writer
	// plain: in plain lines, whatever the terminal can do.
	plain bool
	// echo repeats the answers of plain lines, where the terminal does not.
	echo bool
	// utf8: more than ASCII can be shown.
	utf8 bool
	// window is asked before each question.
	window func() window
	paint  colours
}

// choosePrompter chooses how to ask, for each question anew; release ends the
// asking, and leaves the terminal as it was.
func choosePrompter(ctx context.Context, s promptSettings) (ask func() prompter, release func()) {
	in := newTyped(ctx, s.in)
	plain := &lines{in: in, out: s.out, echo: s.echo, window: s.window, paint: s.paint}
	stdin, _ := s.in.(*os.File)
	stderr, _ := s.out.(*os.File)
	if s.plain || stdin == nil || stderr == nil {
		return func() prompter { return plain }, func() {}
	}
	rich := newSurveys(in, stdin, stderr, s.window, s.paint, s.utf8)
	return func() prompter {
		if s.window().cramped() {
			rich.release()
			return plain
		}
		rich.hold()
		return rich
	}, rich.release
}
