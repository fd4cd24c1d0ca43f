package configure

import (
	"cmp"
	"errors"
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
	actPreview  = "preview"
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
		r, refusal := c.result()
		if !told {
			c.summary(r, refusal)
		}
		told = true
		switch act, err := c.act(refusal == nil); {
		case err != nil:
			return err
		case act == actGenerate:
			if err := c.deliver(r); !errors.Is(err, prompt.ErrBack) {
				return err
			}
		case act == actPreview:
			if err := c.preview(r.files); err != nil && !errors.Is(err, prompt.ErrBack) {
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

func (c *configurator) act(renders bool) (string, error) {
	options := []prompt.Option{
		{Name: actGenerate, Detail: "write it"},
		{Name: actPreview, Detail: "look at the files first"},
		{Name: actChange, Detail: "change an answer; the others stay"},
		{Name: actSave, Detail: "keep the answers as cors.yaml"},
		{Name: actCancel, Detail: "write nothing"},
	}
	if !renders {
		options = options[2:]
	}
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

func (c *configurator) summary(r result, refusal error) {
	c.heading("Your answers")
	var rows []prompt.Option
	for _, q := range r.answers.questions() {
		if !q.moot && (!q.quiet || len(q.value) > 0) {
			rows = append(rows, prompt.Option{Name: q.title, Detail: shownAnswer(q)})
		}
		if q.key == "allowHeaders" {
			rows[len(rows)-1].Detail = strings.Join(r.api.AllowHeaders().Strings(), ", ")
		}
	}
	for i, f := range r.files {
		row := prompt.Option{Detail: f.Path}
		if i == 0 {
			row.Name = "Files"
		}
		rows = append(rows, row)
	}
	c.table(rows)
	for _, a := range r.advice {
		c.advise(cmp.Or(report.PathOf(a.Field, a.Index), "format"), a)
	}
	c.refused(refusal)
}

// refused tells what a format cannot carry.
func (c *configurator) refused(err error) {
	var unsupported *generator.UnsupportedError
	switch joined, several := err.(interface{ Unwrap() []error }); {
	case err == nil:
	case several:
		for _, e := range joined.Unwrap() {
			c.refused(e)
		}
	case errors.As(err, &unsupported):
		c.finding("format", unsupported.Target, c.paint.Red(string(gateway.Unsupported)), unsupported.Feature+": "+unsupported.Why, unsupported.Instead)
	default:
		c.say("%s", err)
	}
}
