package prompt

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// plainLines asks in plain lines: every option has a number, nothing on the screen
// changes once it is there. It serves screen readers, narrow windows, dumb
// terminals, and pipes.
type plainLines struct {
	in  *typedInput
	out io.Writer
	// echo repeats the answers, for a transcript whose input is not a terminal.
	echo bool
	// paged: a text that is longer than the window is shown in pages. Screen
	// readers and pipes take it as a whole.
	paged  bool
	window func() Window
	paint  Painter
}

const (
	wordHelp = "?"
	wordBack = "<"
)

func (l *plainLines) Keys() string {
	return "Type ? to have a question explained, < to go back. Ctrl-C leaves, and writes nothing."
}

func (l *plainLines) Show(text string, below int) error {
	if !l.paged {
		_, err := io.WriteString(l.out, text)
		return err
	}
	return pager{l.out, l.window(), func(say string) (bool, error) {
		io.WriteString(l.out, strings.Replace(say, "Esc", wordBack, 1)+": ")
		answer, err := l.in.line()
		return strings.TrimSpace(answer) == wordBack, err
	}}.show(text, below)
}

func (l *plainLines) Input(p Question, def string) (string, error) {
	l.head(p)
	answer, err := l.ask(p, "Answer", def)
	if answer == "" {
		answer = def
	}
	return answer, err
}

func (l *plainLines) Confirm(p Question, def bool) (bool, error) {
	l.head(p)
	for {
		answer, err := l.ask(p, "Yes or no", map[bool]string{true: "yes", false: "no"}[def])
		if yes, ok := readYesNo(answer, def); err != nil || ok {
			return yes, err
		}
		l.say("  " + strconv.Quote(answer) + " is neither yes nor no.")
	}
}

func (l *plainLines) Select(p Question, options []Option, def int) (int, error) {
	l.head(p)
	l.list(options, nil)
	for {
		answer, err := l.ask(p, "Number", strconv.Itoa(def+1))
		if err != nil || answer == "" {
			return def, err
		}
		chosen, err := readNumbers(answer, options)
		if err == nil && len(chosen) != 1 {
			err = fmt.Errorf("one is needed, not %d", len(chosen))
		}
		if err == nil {
			return chosen[0], nil
		}
		l.say("  " + err.Error())
	}
}

func (l *plainLines) MultiSelect(p Question, options []Option, marked []int) ([]int, error) {
	l.head(p)
	l.list(options, marked)
	for {
		answer, err := l.ask(p, "Numbers, or none", writeNumbers(marked))
		switch {
		case err != nil || answer == "":
			return marked, err
		case answer == None:
			return nil, nil
		}
		chosen, err := readNumbers(answer, options)
		if err == nil {
			return chosen, nil
		}
		l.say("  " + err.Error())
	}
}

// ask reads one answer, and gives help as often as it is asked for.
func (l *plainLines) ask(p Question, what, def string) (string, error) {
	if def != "" {
		what += " [" + def + "]"
	}
	if p.Help != "" {
		what += ", " + wordHelp + " for help"
	}
	what = strings.TrimSuffix(Fold(what+":", l.window().Width, ""), "\n")
	for {
		io.WriteString(l.out, what+" ")
		answer, err := l.in.line()
		answer = strings.TrimSpace(answer)
		if l.echo || err != nil {
			l.say(answer)
		}
		switch {
		case err != nil:
			return "", err
		case answer == wordBack:
			return "", ErrBack
		case answer != wordHelp || p.Help == "":
			return answer, nil
		}
		io.WriteString(l.out, Fold(p.Help, l.window().Width, "  "))
	}
}

func (l *plainLines) head(p Question) {
	l.say("\n" + l.paint.Bold(p.open()))
	if p.Note != "" {
		io.WriteString(l.out, Fold(p.Note, l.window().Width, "  "))
	}
}

func (l *plainLines) list(options []Option, marked []int) {
	for i, o := range options {
		text := fmt.Sprintf("%2d) %s", i+1, o.Name)
		if marked != nil && slices.Contains(marked, i) {
			text += " (chosen)"
		}
		if o.Detail != "" {
			text += ": " + o.Detail
		}
		io.WriteString(l.out, Hang(text, l.window().Width, "    "))
	}
}

func (l *plainLines) say(s string) { fmt.Fprintln(l.out, s) }
