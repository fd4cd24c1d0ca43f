package prompt

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime"
	"strings"

	"github.com/AlecAivazis/survey/v2"
	"github.com/AlecAivazis/survey/v2/terminal"
	"golang.org/x/term"
)

// surveyPrompter asks with survey: arrow keys, lists that can be filtered, a question
// that shrinks to one line once it is answered. No other file knows the
// library. https://github.com/AlecAivazis/survey
type surveyPrompter struct {
	in      *keyReader
	out     *surveyOut
	window  func() Window
	paint   Painter
	options []survey.AskOpt
	// mode is the terminal's, while it is held.
	mode *terminal.RuneReader
}

func newSurveyPrompter(in *typedInput, stdin, stderr *os.File, size func() Window, paint Painter, utf8 bool) *surveyPrompter {
	s := &surveyPrompter{in: &keyReader{typedInput: in, fd: stdin.Fd()}, window: size, paint: paint}
	s.out = &surveyOut{File: stderr}
	if !paint.Coloured() {
		s.out.colours = regexp.MustCompile(`\x1b\[[0-9;]*m`)
	}
	s.options = []survey.AskOpt{
		survey.WithStdio(s.in, s.out, s.out),
		survey.WithRemoveSelectAll(), survey.WithRemoveSelectNone(), survey.WithShowCursor(true),
	}
	if utf8 {
		s.options = append(s.options, survey.WithIcons(func(icons *survey.IconSet) { icons.SelectFocus.Text = "❯" }))
	}
	return s
}

// hold keeps the terminal from echoing what is typed ahead between two
// questions.
func (s *surveyPrompter) hold() {
	if s.mode != nil {
		return
	}
	mode := terminal.NewRuneReader(terminal.Stdio{In: s.in, Out: s.out})
	if mode.SetTermMode() == nil {
		s.mode = mode
	}
}

// release leaves the terminal as it was before hold.
func (s *surveyPrompter) release() {
	if s.mode != nil {
		// A terminal that has gone needs no order.
		_ = s.mode.RestoreTermMode()
		s.mode = nil
	}
}

func (s *surveyPrompter) Keys() string {
	if onWindows {
		// Survey has its own use for Esc.
		return "? explains a question. Ctrl-C leaves, and writes nothing."
	}
	return "? explains a question, Esc goes back. Ctrl-C leaves, and writes nothing."
}

func (s *surveyPrompter) Input(p Question, def string) (answer string, err error) {
	if onWindows {
		q := &survey.Input{Message: s.message(p, "\n "), Help: s.help(p), Default: def}
		return answer, s.ask(&asked{surveyed: q, message: &q.Message, title: p.Title}, &answer)
	}
	hint := ""
	if def != "" {
		hint = "(" + def + ") "
	}
	return answer, s.line(p, hint, func(typed string) (string, bool) {
		answer = cmp.Or(typed, def)
		return cmp.Or(answer, None), true
	})
}

func (s *surveyPrompter) Confirm(p Question, def bool) (answer bool, err error) {
	if onWindows {
		q := &survey.Confirm{Message: s.message(p, "\n "), Help: s.help(p), Default: def}
		return answer, s.ask(&asked{surveyed: q, message: &q.Message, title: p.Title}, &answer)
	}
	hint := "(y/N) "
	if def {
		hint = "(Y/n) "
	}
	return answer, s.line(p, hint, func(typed string) (string, bool) {
		var ok bool
		answer, ok = readYesNo(typed, def)
		if answer {
			return "Yes", ok
		}
		return "No", ok
	})
}

// line asks for a line of text.
func (s *surveyPrompter) line(p Question, hint string, accept func(string) (string, bool)) error {
	s.in.err = nil
	editor := &lineEditor{in: s.in, out: s.out, paint: s.paint, width: s.width()}
	return editor.line(p, s.note(p), s.help(p), hint, accept)
}

// width is where the terminal breaks a line; the window may be as wide as
// lines are read with ease.
func (s *surveyPrompter) width() int {
	if width, _, err := term.GetSize(int(s.out.Fd())); err == nil && width > 0 {
		return width
	}
	return s.window().Width
}

func (s *surveyPrompter) Show(text string, below int) error {
	if onWindows {
		_, err := io.WriteString(s.out, text)
		return err
	}
	s.in.err = nil
	return pager{s.out, Window{s.width(), s.window().Rows}, s.pause}.show(text, below)
}

// pause waits for Enter, the space bar or Esc.
func (s *surveyPrompter) pause(say string) (skip bool, err error) {
	io.WriteString(s.out, s.paint.Dim("-- "+say+" --"))
	key := make([]byte, 8)
	for n := 0; err == nil && (n != 1 || !strings.Contains("\r\n ", string(key[0]))); {
		n, err = s.in.Read(key)
	}
	if errors.Is(err, ErrBack) {
		skip, err = true, nil
	}
	_, failed := io.WriteString(s.out, "\r\x1b[K")
	return skip, errors.Join(err, failed)
}

// onWindows: there survey reads the console itself, keys and lines.
const onWindows = runtime.GOOS == "windows"

func (s *surveyPrompter) Select(p Question, options []Option, def int) (answer int, err error) {
	names, detail := s.describe(options)
	page := s.page(&p, len(options))
	q := &survey.Select{
		Message: s.message(p, "") + "\n", Help: s.help(p), Default: def,
		Options: names, Description: detail, PageSize: page,
	}
	s.in.narrowing = &narrowing{names: names, hasHelp: p.Help != "", message: &q.Message, plain: q.Message}
	return answer, s.ask(&asked{surveyed: q, message: &q.Message, title: p.Title}, &answer)
}

func (s *surveyPrompter) MultiSelect(p Question, options []Option, marked []int) (answer []int, err error) {
	names, detail := s.describe(options)
	page := s.page(&p, len(options))
	q := &survey.MultiSelect{
		Message: s.message(p, "") + "\n", Help: s.help(p), Default: marked,
		Options: names, Description: detail, PageSize: page,
	}
	s.in.narrowing = &narrowing{names: names, spaceMarks: true, hasHelp: p.Help != "", message: &q.Message, plain: q.Message}
	return answer, s.ask(&asked{surveyed: q, message: &q.Message, title: p.Title}, &answer)
}

func (s *surveyPrompter) ask(q *asked, answer any) error {
	s.in.err = nil
	s.out.away = false
	err := survey.AskOne(q, answer, s.options...)
	s.in.narrowing = nil
	if errors.Is(err, terminal.InterruptErr) {
		return ErrInterrupted
	}
	return err
}

// message puts the note below the title, and what survey adds after end.
func (s *surveyPrompter) message(p Question, end string) string {
	message := p.open()
	if s.paint.Coloured() {
		message += "\x1b[0m"
	}
	if p.Note != "" {
		message += "\n" + s.paint.Dim(s.note(p)) + end
	}
	return message
}

func (s *surveyPrompter) note(p Question) string {
	return strings.TrimSuffix(Fold(p.Note, s.window().Width, "  "), "\n")
}

// help is indented like the note; survey's icon stands in the indent.
func (s *surveyPrompter) help(p Question) string {
	return strings.TrimSpace(Fold(p.Help, s.window().Width, "  "))
}

// page is how many options are shown at once. It leaves room for title, note,
// keys, help and a refusal: survey cannot erase what has scrolled out of the
// window, nor does it say that there are more.
func (s *surveyPrompter) page(p *Question, options int) int {
	const others = 5
	page := max(4, s.window().Rows-others-strings.Count(s.note(*p)+"\n"+s.help(*p), "\n"))
	if options > page {
		p.Note += fmt.Sprintf(" %d in all; type to find one.", options)
	}
	return page
}

// describe cuts details that would break the line.
func (s *surveyPrompter) describe(options []Option) (names []string, detail func(string, int) string) {
	const around = len("> [x]  - ")
	details := make([]string, len(options))
	for i, o := range options {
		names = append(names, o.Name)
		if room := s.window().Width - around - columns(o.Name); columns(o.Detail) > room {
			details[i] = string([]rune(o.Detail)[:max(0, room-3)]) + "..."
		} else {
			details[i] = o.Detail
		}
	}
	return names, func(_ string, i int) string { return details[i] }
}

// surveyed is what all prompts of survey can do.
type surveyed interface {
	survey.Prompt
	WithStdio(terminal.Stdio)
	Render(template string, data any) error
}

// asked is a prompt under a long message that shrinks to its title beside the
// answer, and vanishes when the person goes back.
type asked struct {
	surveyed
	message *string
	title   string
}

func (a *asked) Prompt(c *survey.PromptConfig) (any, error) {
	answer, err := a.surveyed.Prompt(c)
	if errors.Is(err, ErrBack) {
		return answer, errors.Join(err, a.Render("", nil))
	}
	return answer, err
}

func (a *asked) Cleanup(c *survey.PromptConfig, answer any) error {
	*a.message = a.title
	switch v := answer.(type) {
	case string:
		answer = cmp.Or(v, None)
	case []survey.OptionAnswer:
		if len(v) == 0 {
			answer = []survey.OptionAnswer{{Value: None}}
		}
	}
	return a.surveyed.Cleanup(c, answer)
}

// surveyOut mends what survey prints.
type surveyOut struct {
	*os.File
	// colours, if set, are taken out: survey's own switch is a variable of its
	// package, for all of a program.
	colours *regexp.Regexp
	// away: survey would put the cursor on the chosen line of a list, and find its
	// way back by a saved position, which is another line once the window has
	// changed. It stays below the list.
	away bool
}

func (o *surveyOut) Write(p []byte) (int, error) {
	const save, restore, up, first = "\x1b7", "\x1b8", "\x1b[1A", "\x1b[0G"
	s := string(p)
	switch {
	case s == save || s == restore:
		o.away = s == save
		return len(p), nil
	case o.away && (s == up || s == first):
		return len(p), nil
	case o.colours != nil:
		s = o.colours.ReplaceAllString(s, "")
	}
	_, err := io.WriteString(o.File, s)
	return len(p), err
}
