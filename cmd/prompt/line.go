package prompt

import (
	"errors"
	"io"
	"strings"

	"golang.org/x/term"
)

// lineEditor asks for a line of text at a terminal. It knows at every moment
// in which row and column the cursor is, the last column included, where
// survey's own input is a row off, and erases what stands above it.
type lineEditor struct {
	in    *keyReader
	out   io.Writer
	paint Painter
	// width is that of the terminal, which is where its lines break.
	width int
}

// line asks until accept takes what was typed; what accept gives stands beside
// the title then. An empty line means def, which hint shows.
func (l *lineEditor) line(p Question, note, help, hint string, accept func(typed string) (answer string, ok bool)) error {
	helped := false
	for {
		typed, rows, err := l.edit(l.head(p, note, help, helped), l.mark(p, helped, hint))
		if errors.Is(err, ErrInterrupted) {
			// The question stays, and what is said next begins a line below it.
			return errors.Join(err, l.up(1, ""))
		}
		if err := errors.Join(err, l.up(rows, "\x1b[J")); err != nil {
			return err
		}
		if typed == wordHelp && p.Help != "" {
			helped = true
			continue
		}
		if answer, ok := accept(typed); ok {
			_, err = io.WriteString(l.out, l.paint.Green("?")+" "+l.paint.Bold(p.Title)+" "+l.paint.Cyan(answer)+"\n")
			return err
		}
	}
}

// head is what stands above the line.
func (l *lineEditor) head(p Question, note, help string, helped bool) string {
	text := ""
	if helped {
		text = l.paint.Cyan("? "+help) + "\n"
	}
	text += l.paint.Green("?") + " " + l.paint.Bold(p.open()) + "\n"
	if note != "" {
		text += l.paint.Dim(note) + "\n"
	}
	return text
}

// mark is what the line begins with.
func (l *lineEditor) mark(p Question, helped bool, hint string) string {
	mark := "  "
	if p.Help != "" && !helped {
		mark += "[? for help] "
	}
	return mark + hint
}

// edit reads a line, and gives the rows that all of it takes.
func (l *lineEditor) edit(head, mark string) (typed string, rows int, err error) {
	if _, err := io.WriteString(l.out, head); err != nil {
		return "", 0, err
	}
	keys := &lastKey{keyReader: l.in, Writer: l.out}
	t := term.NewTerminal(keys, mark)
	if err := t.SetSize(l.width, 1); err != nil {
		return "", 0, err
	}
	if typed, err = t.ReadLine(); err == nil {
		err = keys.err
	}
	rows = strings.Count(head, "\n") + (columns(mark)+columns(typed))/l.width + 1
	return strings.TrimSpace(typed), rows, err
}

// up moves the cursor to the start of a row above, and does what is to be done
// there.
func (l *lineEditor) up(rows int, then string) error {
	_, err := io.WriteString(l.out, "\r"+strings.Repeat("\x1b[A", rows)+then)
	return err
}

// lastKey ends the line before an error ends the question, so that the cursor is
// where it is after every line.
type lastKey struct {
	*keyReader
	io.Writer
	err error
}

func (k *lastKey) Read(p []byte) (int, error) {
	n, err := k.keyReader.Read(p)
	if err == nil {
		return n, nil
	}
	k.err = err
	return copy(p, "\r"), nil
}
