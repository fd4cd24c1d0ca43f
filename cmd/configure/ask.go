package configure

import (
	"context"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"

	"apigw-cors/cmd/prompt"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/importer"
)

// configurator asks the questions of a conversation, and says what it makes of
// the answers.
type configurator struct {
	conversation
	voice
	// ctx ends with the run, and with it what waits for another one.
	ctx context.Context
	// prompter is chosen for each question anew: the window may have changed.
	prompter func() prompt.Prompter
	stdout   io.Writer
	// file is where the answers came from, or were saved to; kept is what it
	// says.
	file string
	kept gateway.Config
	// shared is a file whose environments share what it says, "" without one. The
	// answers are for one of them, and are not saved there: that would lose the
	// others.
	shared string
	// from is what the conversation began with, nil where it began with nothing;
	// fromAPI is the one of its APIs.
	from    *Imported
	fromAPI importer.Import
	// edit is the change that brings its files in line; nil where there is none.
	edit Editor
	// told is the advice that was given beside an answer.
	told map[cors.Advice]bool
	// saved and delivered say what was written.
	saved, delivered bool
}

// askAll asks until no question is open.
func (c *configurator) askAll() error {
	for {
		q, open := c.next()
		if !open {
			return nil
		}
		q.step = c.step()
		err := c.ask(q)
		if errors.Is(err, prompt.ErrBack) {
			if !c.back() {
				c.say("This is the first question; Ctrl-C leaves.")
			}
			continue
		}
		if err != nil {
			return err
		}
	}
}

// ask asks one question until its answer fits the others.
func (c *configurator) ask(q question) error {
	if q.key != restKey {
		return c.askFrom(q, c.current(q))
	}
	titles, err := c.put(q, q.value)
	if err == nil {
		c.settleRest(titles)
	}
	return err
}

func (c *configurator) askFrom(q question, words []string) error {
	for {
		answer, err := c.put(q, words)
		if err != nil {
			return err
		}
		q.note = ""
		if slices.Equal(answer, q.standard) {
			answer = nil
		}
		a := c.answers
		q.set(&a, answer)
		v := c.check(q, a)
		c.judge(v)
		switch {
		case v.ok():
			a.normalise()
			c.settle(q, a)
			return nil
		case len(v.own) > 0:
			if words = corrected(answer, v.own); len(words) == 0 {
				words = c.current(q)
			}
		default:
			mended, err := c.reconcile(q, a, v.others)
			if err != nil || mended {
				return err
			}
			words = answer
		}
	}
}

// reconcile asks which of the answers that exclude each other shall change. It
// reports whether an earlier one was changed.
func (c *configurator) reconcile(q question, a answers, faults []*cors.FieldError) (bool, error) {
	choices := []question{q}
	options := []prompt.Option{{Name: q.title, Detail: "just answered"}}
	for _, f := range faults {
		other, ok := findQuestion(a.questions(), keyOf(f.Field))
		if ok && !slices.ContainsFunc(choices, func(q question) bool { return q.key == other.key }) {
			choices = append(choices, other)
			options = append(options, prompt.Option{Name: other.title, Detail: shownAnswer(other)})
		}
	}
	i, err := c.prompter().Select(prompt.Question{Title: "Change", Note: "The two exclude each other. Which answer shall change?"}, options, 0)
	if errors.Is(err, prompt.ErrBack) || err == nil && i == 0 {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	before := c.conversation
	before.state = maps.Clone(c.state)
	c.settle(q, a)
	other := choices[i]
	err = c.askFrom(other, corrected(c.current(other), faultsOf(other.key, faults)))
	if errors.Is(err, prompt.ErrBack) {
		c.conversation = before
		return false, nil
	}
	return err == nil, err
}

// judge tells what there is to say about an answer.
func (c *configurator) judge(about verdict) {
	for _, f := range append(about.own, about.others...) {
		c.fault(f)
	}
	if !about.ok() {
		return
	}
	for _, a := range about.advice {
		c.advise("", a, false)
		c.told[a] = true
	}
}

// faultsOf picks the faults of one key.
func faultsOf(key string, faults []*cors.FieldError) []*cors.FieldError {
	return slices.DeleteFunc(slices.Clone(faults), func(f *cors.FieldError) bool { return keyOf(f.Field) != key })
}

// put asks a question in its form.
func (c *configurator) put(q question, words []string) ([]string, error) {
	p := prompt.Question{Title: q.title, Step: q.step, Note: q.note, Help: q.help}
	switch q.form {
	case asYesNo:
		yes, err := c.prompter().Confirm(p, len(words) > 0)
		if !yes {
			return nil, err
		}
		return []string{gateway.Yes}, err
	case asOne:
		def := slices.IndexFunc(q.options, func(o prompt.Option) bool { return slices.Contains(words, o.Name) })
		i, err := c.prompter().Select(p, q.options, max(def, 0))
		if err != nil {
			return nil, err
		}
		return []string{q.options[i].Name}, nil
	case asMany, asManyMore:
		return c.putMany(q, p, words)
	}
	separator := " "
	if q.form == asList {
		separator = ", "
	}
	text, err := c.prompter().Input(p, strings.Join(words, separator))
	switch text = strings.TrimSpace(text); {
	case err != nil || text == "" || text == prompt.None:
		return nil, err
	case q.form == asList:
		return prompt.SplitList(text), nil
	case q.form == asWords:
		return strings.Fields(text), nil
	}
	return []string{text}, nil
}

const optionMore = "(others)"

func (c *configurator) putMany(q question, p prompt.Question, words []string) ([]string, error) {
	options := slices.Clone(q.options)
	if !slices.Equal(words, q.empty) {
		options = withCurrent(options, words)
	}
	if q.form == asManyMore {
		options = append(options, prompt.Option{Name: optionMore, Detail: "to be typed"})
	}
	var marked []int
	for i, o := range options {
		if slices.Contains(words, o.Name) {
			marked = append(marked, i)
		}
	}
	for {
		chosen, err := c.prompter().MultiSelect(p, options, marked)
		if err != nil {
			return nil, err
		}
		var answer []string
		for _, i := range chosen {
			answer = append(answer, options[i].Name)
		}
		if len(answer) == 0 {
			return q.empty, nil
		}
		if answer[len(answer)-1] != optionMore || q.form != asManyMore {
			return answer, nil
		}
		more, err := c.prompter().Input(prompt.Question{Title: q.title, Note: q.more}, "")
		if !errors.Is(err, prompt.ErrBack) {
			return append(answer[:len(answer)-1], prompt.SplitList(more)...), err
		}
		marked = chosen
	}
}

// shownAnswer is a question's answer in words.
func shownAnswer(q question) string {
	words := q.value
	if len(words) == 0 {
		words = q.standard
	}
	for _, word := range q.implied {
		if !slices.ContainsFunc(words, func(other string) bool { return strings.EqualFold(other, word) }) {
			words = append(words[:len(words):len(words)], word)
		}
	}
	switch {
	case q.key == FlagOut && slices.Equal(words, []string{stdoutName}):
		return "standard output"
	case q.form == asYesNo && len(words) == 0:
		return "no"
	case len(words) == 0:
		return prompt.None
	case q.form == asWords:
		return strings.Join(words, " ")
	}
	return strings.Join(words, ", ")
}
