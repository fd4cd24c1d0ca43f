package cmd

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// lines asks in plain lines: every option has a number, nothing on the screen
// changes once it is there. It serves screen readers, narrow windows, dumb
// terminals, and pipes.
type lines struct {
	in  *typed
	out io.Writer
	// echo repeats the answers, for a transcript whose input is no terminal.
	echo   bool
	window func() window
	paint  colours
}

const (
	wordHelp = "?"
	wordBack = "<"
)

func (l *lines) keys() string {
	return "Type ? to have a question explained, < to go back. Ctrl-C leaves, and writes nothing."
}

func (l *lines) Input(p prompt, def string) (string, error) {
	l.head(p)
	answer, err := l.ask(p, "Answer", def)
	if answer == "" {
		answer = def
	}
	return answer, err
}

func (l *lines) Confirm(p prompt, def bool) (bool, error) {
	l.head(p)
	for {
		answer, err := l.ask(p, "Yes or no", map[bool]string{true: "yes", false: "no"}[def])
		switch strings.ToLower(answer) {
		case "":
			return def, err
		case "y", "yes":
			return true, err
		case "n", "no":
			return false, err
		}
		l.say("  " + strconv.Quote(answer) + " is neither yes nor no.")
	}
}

func (l *lines) Select(p prompt, options []option, def int) (int, error) {
	l.head(p)
	l.list(options, nil)
	for {
		answer, err := l.ask(p, "Number", strconv.Itoa(def+1))
		if err != nil || answer == "" {
			return def, err
		}
		chosen, err := numbers(answer, options)
		if err == nil && len(chosen) != 1 {
			err = fmt.Errorf("one is needed, not %d", len(chosen))
		}
		if err == nil {
			return chosen[0], nil
		}
		l.say("  " + err.Error())
	}
}

func (l *lines) MultiSelect(p prompt, options []option, marked []int) ([]int, error) {
	l.head(p)
	l.list(options, marked)
	for {
		answer, err := l.ask(p, "Numbers, or none", numbered(marked))
		switch {
		case err != nil || answer == "":
			return marked, err
		case answer == wordNone:
			return nil, nil
		}
		chosen, err := numbers(answer, options)
		if err == nil {
			return chosen, nil
		}
		l.say("  " + err.Error())
	}
}

// ask reads one answer, and gives help as often as it is asked for.
func (l *lines) ask(p prompt, what, def string) (string, error) {
	if def != "" {
		what += " [" + def + "]"
	}
	if p.Help != "" {
		what += ", " + wordHelp + " for help"
	}
	what = strings.TrimSuffix(fold(what+":", l.window().width, ""), "\n")
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
			return "", errBack
		case answer != wordHelp || p.Help == "":
			return answer, nil
		}
		io.WriteString(l.out, fold(p.Help, l.window().width, "  "))
	}
}

func (l *lines) head(p prompt) {
	l.say("\n" + l.paint.bold(p.Title))
	if p.Note != "" {
		io.WriteString(l.out, fold(p.Note, l.window().width, "  "))
	}
}

func (l *lines) list(options []option, marked []int) {
	for i, o := range options {
		text := fmt.Sprintf("%2d) %s", i+1, o.Name)
		if marked != nil && slices.Contains(marked, i) {
			text += " (chosen)"
		}
		if o.Detail != "" {
			text += ": " + o.Detail
		}
		io.WriteString(l.out, hang(text, l.window().width, "    "))
	}
}

func (l *lines) say(s string) { fmt.Fprintln(l.out, s) }
