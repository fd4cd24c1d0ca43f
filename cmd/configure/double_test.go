package configure

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"testing"

	"github.com/spf13/pflag"

	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/prompt"
	"apigw-cors/cmd/report"
	"apigw-cors/generator"
)

// step is one answer of a scripted person: a text, the name of an option, the
// names of several, yes or no, or an error such as errBack. asked, where given,
// is the title of the question it belongs to; offered what stands there before
// the answer.
type step struct {
	asked   string
	answer  any
	offered any
}

// accept takes whatever is offered.
type accept struct{}

// scripted is the double of a person. When its steps are used up it accepts
// what is offered, and ends the conversation with until.
type scripted struct {
	t     *testing.T
	steps []step
	// titles are the questions that were asked.
	titles []string
	// pages is where texts are shown.
	pages io.Writer
}

func (s *scripted) Show(text string, _ int) error {
	_, err := io.WriteString(s.pages, text)
	return err
}

func (s *scripted) Keys() string { return "" }

func (s *scripted) next(p prompt.Question, offered any) any {
	s.t.Helper()
	s.titles = append(s.titles, p.Title)
	if len(s.steps) == 0 {
		return accept{}
	}
	now := s.steps[0]
	if now.asked != "" && now.asked != p.Title {
		return accept{}
	}
	s.steps = s.steps[1:]
	if now.offered != nil && fmt.Sprint(now.offered) != fmt.Sprint(offered) {
		s.t.Errorf("%s: offered %v, want %v", p.Title, offered, now.offered)
	}
	return now.answer
}

func (s *scripted) Input(p prompt.Question, def string) (string, error) {
	switch a := s.next(p, def).(type) {
	case accept:
		return def, nil
	case error:
		return "", a
	default:
		return a.(string), nil
	}
}

func (s *scripted) Confirm(p prompt.Question, def bool) (bool, error) {
	switch a := s.next(p, def).(type) {
	case accept:
		return def, nil
	case error:
		return false, a
	default:
		return a.(bool), nil
	}
}

func (s *scripted) Select(p prompt.Question, options []prompt.Option, def int) (int, error) {
	switch a := s.next(p, options[def].Name).(type) {
	case accept:
		return def, nil
	case error:
		return 0, a
	default:
		return s.option(p, options, a.(string)), nil
	}
}

func (s *scripted) MultiSelect(p prompt.Question, options []prompt.Option, marked []int) ([]int, error) {
	var offered []string
	for _, i := range marked {
		offered = append(offered, options[i].Name)
	}
	// Who has an answer in mind does not take the default.
	if p.Title == titleRest && (len(s.steps) == 0 || s.steps[0].asked != titleRest) {
		s.titles = append(s.titles, p.Title)
		for i, o := range options {
			if slices.ContainsFunc(s.steps, func(later step) bool { return later.asked == o.Name }) {
				marked = append(marked, i)
			}
		}
		return marked, nil
	}
	switch a := s.next(p, offered).(type) {
	case accept:
		return marked, nil
	case error:
		return nil, a
	default:
		var chosen []int
		for _, name := range a.([]string) {
			chosen = append(chosen, s.option(p, options, name))
		}
		slices.Sort(chosen)
		return chosen, nil
	}
}

func (s *scripted) option(p prompt.Question, options []prompt.Option, name string) int {
	s.t.Helper()
	i := slices.IndexFunc(options, func(o prompt.Option) bool { return o.Name == name })
	if i < 0 {
		s.t.Fatalf("%s: no option %q in %v", p.Title, name, options)
	}
	return i
}

// talk is a conversation with a scripted person, in an empty folder.
type talk struct {
	*scripted
	stdout, stderr bytes.Buffer
	err            error
}

// hold runs configure with the flags given.
func hold(t *testing.T, args []string, steps ...step) *talk {
	t.Helper()
	talk := &talk{scripted: &scripted{t: t, steps: steps}}
	talk.pages = &talk.stderr
	o := readOptions(t, args)
	o.Report, o.Stdout, o.Stderr = &report.Report{}, &talk.stdout, &talk.stderr
	o.Window = func() prompt.Window { return prompt.Window{Width: 80, Rows: 24} }
	o.Ask = func() prompt.Prompter { return talk.scripted }
	talk.err = Run(t.Context(), o)
	if left := len(talk.steps); left > 0 {
		t.Errorf("%d steps were never asked for, first %+v; asked: %v", left, talk.steps[0], talk.titles)
	}
	return talk
}

// readOptions reads flags as the command does.
func readOptions(t *testing.T, args []string) Options {
	t.Helper()
	o := Options{Policy: &policy.Flags{}, Given: []string{FlagOut}}
	set := pflag.NewFlagSet("configure", pflag.ContinueOnError)
	o.Policy.Register(set)
	set.StringSliceVar(&o.Formats, flagFormat, nil, "")
	set.BoolVar(&o.Standalone, flagStandalone, false, "")
	chosen := map[string]*string{}
	for _, f := range generator.Formats() {
		for _, option := range f.Options {
			chosen[option.Name] = set.String(option.Name, option.Default(), "")
		}
	}
	set.StringVar(&o.Out, FlagOut, "", "")
	if err := set.Parse(args); err != nil {
		t.Fatal(err)
	}
	for _, f := range generator.Formats() {
		for _, option := range f.Options {
			c, err := option.Choose(*chosen[option.Name])
			if err != nil {
				t.Fatal(err)
			}
			o.Choices = append(o.Choices, c)
		}
	}
	for _, flag := range OutputFlags() {
		if set.Changed(flag) {
			o.Given = append(o.Given, flag)
		}
	}
	return o
}

// empty fails if anything was written to the folder.
func empty(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		t.Errorf("%s was written", e.Name())
	}
}
