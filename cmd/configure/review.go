package configure

import (
	"cmp"
	"errors"
	"reflect"
	"strings"

	"apigw-cors/cmd/output"
	"apigw-cors/cmd/prompt"
	"apigw-cors/cmd/report"
	"apigw-cors/generator"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// result is what the answers come to.
type result struct {
	answers answers
	api     gateway.API
	files   []generator.File
	advice  []cors.Advice
}

// result renders the answers. The error is a format's refusal: the policy
// itself has been checked answer by answer.
func (c *conversation) result() (result, error) {
	r := result{answers: c.answers.effective()}
	var err error
	if r.api, r.advice, err = gateway.Parse(r.answers.config); err != nil {
		return r, err
	}
	formats, err := output.ParseFormats(r.answers.formats)
	if err != nil {
		return r, err
	}
	files, advice, err := generator.New(formats, r.answers.options()).Render(r.api)
	r.files, r.advice = files, append(r.advice, advice...)
	return r, err
}

// The actions of the review.
const (
	actGenerate = "generate"
	actBoth     = "generate and save"
	actPreview  = "preview"
	actPutBack  = "put back"
	actChange   = "change"
	actSave     = "save"
	actCancel   = "cancel"
)

// review shows what was answered, and lets it be changed until it is right.
func (c *configurator) review() error {
	told := false
	for {
		if err := c.askAll(); err != nil {
			return err
		}
		c.reviewed = true
		r, refusal := c.result()
		acts := c.acts(r, refusal == nil)
		if !told {
			if err := c.prompter().Show(c.summary(r, refusal), len(acts)+2); err != nil {
				return err
			}
		}
		told = true
		switch act, err := c.act(acts); {
		case err != nil:
			return err
		case act == actGenerate || act == actBoth:
			if err := c.deliver(r, act == actBoth); !errors.Is(err, prompt.ErrBack) {
				return err
			}
		case act == actPreview:
			if err := c.preview(r.files, acts); err != nil && !errors.Is(err, prompt.ErrBack) {
				return err
			}
		case act == actPutBack:
			if err := c.putBack(r); !errors.Is(err, prompt.ErrBack) {
				return err
			}
		case act == actSave:
			if err := c.save(r); err != nil && !errors.Is(err, prompt.ErrBack) {
				return err
			}
		case act == actChange:
			if err := c.change(); err != nil && !errors.Is(err, prompt.ErrBack) {
				return err
			}
			told = false
		case act == actCancel:
			return report.Ended{Outcome: report.Interrupted, Text: "cancelled"}
		}
	}
}

// acts are the actions that there are for a result.
func (c *configurator) acts(r result, renders bool) []prompt.Option {
	var acts []prompt.Option
	if c.edit != nil {
		acts = append(acts, prompt.Option{Name: actPutBack, Detail: "bring " + c.from.Path + " in line: look at the changes first"})
	}
	if renders {
		acts = append(acts, prompt.Option{Name: actGenerate, Detail: "write it"})
		if c.file == "" || !reflect.DeepEqual(c.kept, r.api.Config()) {
			acts = append(acts, prompt.Option{Name: actBoth, Detail: "write it, and keep the answers as " + c.saveName()})
		}
		acts = append(acts, prompt.Option{Name: actPreview, Detail: "look at the files first"})
	}
	return append(acts,
		prompt.Option{Name: actChange, Detail: "change an answer; the others stay"},
		prompt.Option{Name: actSave, Detail: "keep the answers, and write nothing else"},
		prompt.Option{Name: actCancel, Detail: "write nothing"})
}

func (c *configurator) act(options []prompt.Option) (string, error) {
	for {
		i, err := c.prompter().Select(prompt.Question{Title: "What now"}, options, 0)
		if err == nil {
			return options[i].Name, nil
		}
		if !errors.Is(err, prompt.ErrBack) {
			return "", err
		}
	}
}

func (c *configurator) save(r result) error {
	name, err := c.prompter().Input(prompt.Question{Title: "Save as"}, c.saveName())
	if err != nil {
		return err
	}
	return c.saveAs(name, r)
}

// change asks one question again.
func (c *configurator) change() error {
	var choices []question
	var options []prompt.Option
	for _, q := range c.answers.effective().questions() {
		if !q.moot {
			choices = append(choices, q)
			options = append(options, prompt.Option{Name: q.title, Detail: shownAnswer(q)})
		}
	}
	i, err := c.prompter().Select(prompt.Question{Title: "Change", Note: "Which answer?"}, options, 0)
	if err != nil {
		return err
	}
	q, _ := findQuestion(c.answers.questions(), choices[i].key)
	return c.ask(q)
}

// summary shows what was answered, what is left at its default, and what there
// is to say about it.
func (c *configurator) summary(r result, refusal error) string {
	var text strings.Builder
	v := c.voice
	v.to = &text
	v.heading("Your answers")
	var rows []prompt.Option
	var defaults []string
	for _, q := range r.answers.questions() {
		shown := shownAnswer(q)
		if q.key == "allowHeaders" {
			shown = strings.Join(r.api.AllowHeaders().Strings(), ", ")
		}
		switch byDefault := q.byDefault(); {
		case q.moot || byDefault && q.quiet:
		case byDefault && !q.informs:
			defaults = append(defaults, q.title+" "+shown)
		default:
			rows = append(rows, prompt.Option{Name: q.title, Detail: shown})
		}
	}
	if len(defaults) > 0 {
		rows = append(rows, prompt.Option{Name: "Defaults", Detail: strings.Join(defaults, "; ")})
	}
	var files []string
	for _, f := range r.files {
		files = append(files, f.Path)
	}
	if len(files) > 0 {
		rows = append(rows, prompt.Option{Name: "Files", Detail: strings.Join(files, ", ")})
	}
	v.table(rows)
	for _, a := range r.advice {
		v.advise(cmp.Or(report.PathOf(a.Field, a.Index), "format"), a, c.told[a])
	}
	v.refused(refusal)
	return text.String()
}

// refused tells what a format cannot carry.
func (v voice) refused(err error) {
	var unsupported *generator.UnsupportedError
	switch joined, several := err.(interface{ Unwrap() []error }); {
	case err == nil:
	case several:
		for _, e := range joined.Unwrap() {
			v.refused(e)
		}
	case errors.As(err, &unsupported):
		v.finding("format", unsupported.Target, v.paint.Red(string(gateway.Unsupported)), unsupported.Feature+": "+unsupported.Why, unsupported.Instead)
	default:
		v.say("%s", err)
	}
}
