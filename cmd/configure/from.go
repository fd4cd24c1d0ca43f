package configure

import (
	"context"
	"errors"
	"slices"
	"strings"

	"apigw-cors/cmd/imports"
	"apigw-cors/cmd/prompt"
	"apigw-cors/cmd/report"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/importer"
)

// Imported is what a file says, to begin with.
type Imported struct {
	// Path is the file, or the folder, as a person names it.
	Path string
	// APIs are its policies, one at least.
	APIs []importer.Import
}

// Change is what brings files in line with a policy.
type Change struct {
	// Diff is empty where they are in line already.
	Diff string
	// Notes are what there is to know about it; ByHand says that they are the lines
	// that a person has to add to a source.
	Notes  []Note
	ByHand bool
	// Write puts it in its place: all files or none.
	Write func(context.Context) error
}

// Note is what there is to know, or a line to add, with the place; Hint is the way
// out, or the line itself.
type Note struct{ Place, Text, Hint string }

// Editor makes the change that brings the files of an API in line with a policy.
type Editor func(ctx context.Context, api gateway.API, from *Imported, in importer.Import) (Change, error)

// chooseNearby offers to begin with a file of the current folder; nil where there
// is none, or the person would rather not.
func (c *configurator) chooseNearby(o Options) (*Imported, error) {
	if o.From != nil || o.Nearby == nil || c.file != "" || len(o.Policy.Given()) > 0 {
		return o.From, nil
	}
	found := o.Nearby(c.ctx)
	if len(found) == 0 {
		return nil, nil
	}
	const note = "It tells API Gateway about an API. What it says is not asked again, and can be changed in the review."
	if len(found) == 1 {
		yes, err := c.prompter().Confirm(prompt.Question{Title: "Begin with " + found[0].Path, Note: note}, true)
		if errors.Is(err, prompt.ErrBack) || err == nil && !yes {
			return nil, nil
		}
		return &found[0], err
	}
	var options []prompt.Option
	for _, f := range found {
		options = append(options, prompt.Option{Name: f.Path})
	}
	options = append(options, prompt.Option{Name: "none of them", Detail: "answer the questions instead"})
	i, err := c.prompter().Select(prompt.Question{Title: "Begin with", Note: "These tell API Gateway about an API. What the file says is not asked again."}, options, 0)
	if errors.Is(err, prompt.ErrBack) || err == nil && i == len(found) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &found[i], nil
}

// begin takes over what one API of a file says: it stands, but for what is open
// or wrong. Flags override it.
func (c *configurator) begin(from *Imported, o Options) error {
	i, err := c.chooseAPI(from.APIs)
	if err != nil {
		return err
	}
	c.from, c.fromAPI = from, from.APIs[i]
	flags := c.answers.config
	c.answers.config = known(c.fromAPI.Config)
	for _, f := range gateway.Fields() {
		if c.state[f.Key] == settled {
			f.SetWords(&c.answers.config, f.Words(flags))
		} else {
			c.state[f.Key] = settled
		}
	}
	given := o.Policy.Given()
	for _, n := range c.fromAPI.Notes {
		key := keyOf(n.Field)
		if _, overridden := given[key]; key != "" && !overridden && (n.Open || imports.Wrong(n)) {
			c.state[key] = faulty
		}
	}
	if c.fromAPI.Tool == "serverless" {
		c.edit = nil // nothing edits its files
	}
	if format := formatOf(c.fromAPI.Tool); format != "" && !c.stands(flagFormat) {
		c.answers.formats, c.state[flagFormat] = []string{format}, settled
	}
	// It goes into the file first of all: what else is rendered has its defaults.
	for _, q := range c.answers.outputQuestions() {
		if !c.stands(q.key) {
			q.set(&c.answers, c.current(q))
			c.state[q.key] = byDefault
		}
	}
	return c.takenOver(from.Path)
}

// known is a config without the entries that are open.
func known(c gateway.Config) gateway.Config {
	c.AllowOrigins = slices.DeleteFunc(slices.Clone(c.AllowOrigins), func(s string) bool { return s == "" })
	c.Resources = slices.DeleteFunc(slices.Clone(c.Resources), func(r gateway.ResourceConfig) bool { return r.Path == "" })
	return c
}

// formatOf is the format that a file's tool reads, "" where there is none. The
// resources of serverless.yml are CloudFormation's.
func formatOf(tool string) string {
	switch tool {
	case "sam", "cloudformation", "terraform", "cdk":
		return tool
	case "serverless":
		return "cloudformation"
	}
	return ""
}

func (c *configurator) chooseAPI(apis []importer.Import) (int, error) {
	if len(apis) == 1 {
		return 0, nil
	}
	var options []prompt.Option
	for _, i := range apis {
		options = append(options, prompt.Option{Name: i.Name, Detail: imports.Where(i.Place)})
	}
	for {
		i, err := c.prompter().Select(prompt.Question{Title: "API", Note: "Several APIs stand there. Which one?"}, options, 0)
		if !errors.Is(err, prompt.ErrBack) {
			return i, err
		}
	}
}

// maxNotes bounds the notes that are told one by one.
const maxNotes = 12

// takenOver shows what was taken over, where it stands, and what was not.
func (c *configurator) takenOver(path string) error {
	var text strings.Builder
	v := c.voice
	v.to = &text
	v.heading("Taken over from " + path)
	var rows []prompt.Option
	for _, q := range c.answers.policyQuestions() {
		at, placed := c.fromAPI.Places[q.key]
		if q.moot || !placed || len(q.value) == 0 {
			continue
		}
		rows = append(rows, prompt.Option{Name: q.title, Detail: shownAnswer(q) + "  (" + imports.Where(at) + ")"})
	}
	v.table(rows)
	for n, note := range c.fromAPI.Notes {
		if n == maxNotes {
			v.say("  and more: apigw-cors import %s", path)
			break
		}
		kind := v.paint.Cyan("note")
		switch {
		case note.Open:
			kind = v.paint.Yellow("open")
		case imports.Wrong(note):
			kind = v.paint.Red("wrong")
		}
		detail := note.Text
		if note.Rule != "" {
			detail += " [" + note.Rule + "]"
		}
		v.finding(imports.Where(note.Place), "", kind, detail, "")
	}
	return c.prompter().Show(text.String(), 4)
}

// putBack shows what would bring the file in line that the answers came from,
// and makes the changes if that is wanted.
func (c *configurator) putBack(r result) error {
	edit, err := c.edit(c.ctx, r.api, c.from, c.fromAPI)
	if c.ctx.Err() != nil {
		return prompt.ErrInterrupted
	}
	if err != nil {
		c.say("%s", err)
		for _, hint := range report.HintsOf(err) {
			c.hint(hint)
		}
		return prompt.ErrBack
	}
	switch {
	case edit.Diff == "" && edit.ByHand:
		c.leave(edit.Notes)
		return prompt.ErrBack
	case edit.Diff == "":
		c.say("%s is in line already.", c.from.Path)
		return prompt.ErrBack
	case !edit.ByHand:
		for _, n := range edit.Notes {
			c.finding(n.Place, "", c.paint.Cyan("note"), n.Text, n.Hint)
		}
	}
	if err := c.showDiff(edit.Diff); err != nil {
		return err
	}
	yes, err := c.prompter().Confirm(prompt.Question{Title: "Write it", Note: "The lines above change, and nothing else."}, false)
	if err != nil || !yes {
		return errors.Join(err, prompt.ErrBack)
	}
	if err := edit.Write(c.ctx); err != nil {
		return err
	}
	c.delivered = true
	if edit.ByHand {
		c.leave(edit.Notes)
		return nil
	}
	c.say("%s is in line with the answers.", c.from.Path)
	return nil
}

// leave tells the lines that are left to be added to a source.
func (c *configurator) leave(notes []Note) {
	c.heading("What is left to add")
	for _, n := range notes {
		c.finding(n.Place, "", c.paint.Cyan("note"), n.Text, "")
		if n.Hint != "" {
			c.verbatim("  " + report.Clean(n.Hint))
		}
	}
}
