package configure

import (
	"errors"
	"path/filepath"
	"strings"

	"apigw-cors/cmd/output"
	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/prompt"
	"apigw-cors/cmd/report"
	"apigw-cors/generator"
)

// deliver writes the files, tells what is left to do, and saves the answers if
// that is wanted.
func (c *configurator) deliver(r result, save bool) error {
	if err := c.write(r); err != nil {
		return err
	}
	c.delivered = true
	c.farewell(r)
	if save {
		if err := c.saveAs(c.saveName(), r); !errors.Is(err, prompt.ErrBack) {
			return err
		}
	}
	return nil
}

func (c *configurator) write(r result) error {
	files := output.Rendering{Files: r.files}
	if r.answers.out == "" {
		to := &output.Stream{To: c.stdout}
		return to.Write(c.ctx, files)
	}
	to, err := c.place(r.answers.out, files)
	if err != nil {
		return err
	}
	if err := errors.Join(to.Write(c.ctx, files), to.Close()); err != nil {
		return err
	}
	c.say("%s", to.Summary()[0])
	return nil
}

// place opens a folder for the files, and asks before anything in it is
// overwritten.
func (c *configurator) place(dir string, files output.Rendering) (*output.Folder, error) {
	to, err := output.OpenFolder(dir, false)
	if err != nil {
		c.say("%s", err)
		return nil, prompt.ErrBack
	}
	to.Inspect(files)
	obstacles := to.Obstacles()
	if obstacles == nil {
		return to, nil
	}
	to.Close()
	if !to.Clash {
		c.say("%s", obstacles)
		for _, hint := range report.HintsOf(obstacles) {
			c.hint(hint)
		}
		return nil, prompt.ErrBack
	}
	if err := c.showDifference(dir, files); err != nil {
		return nil, err
	}
	yes, err := c.prompter().Confirm(prompt.Question{Title: "Overwrite"}, false)
	if err != nil {
		return nil, err
	}
	if !yes {
		return nil, prompt.ErrBack
	}
	return output.OpenFolder(dir, true)
}

// showDifference shows what would change in a folder.
func (c *configurator) showDifference(dir string, files output.Rendering) error {
	var text strings.Builder
	to, err := output.OpenComparison(dir, &text)
	if err != nil {
		return err
	}
	// That there are differences is no news.
	err = to.Write(c.ctx, files)
	to.Close()
	if err != nil {
		return err
	}
	return c.showDiff(text.String())
}

// showDiff shows a unified diff, a window at a time.
func (c *configurator) showDiff(text string) error {
	var lines strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		switch line[:min(1, len(line))] {
		case "+":
			line = c.paint.Green(line)
		case "-":
			line = c.paint.Red(line)
		case "@":
			line = c.paint.Cyan(line)
		}
		lines.WriteString(line + "\n")
	}
	return c.prompter().Show(lines.String(), 2)
}

// saveName is the file the answers belong to.
func (c *configurator) saveName() string {
	switch {
	case c.file != "":
		return c.file
	case c.shared != "":
		extension := filepath.Ext(c.shared)
		return strings.TrimSuffix(c.shared, extension) + "." + c.answers.environment + extension
	}
	return policy.DefaultFile
}

// saveAs keeps the answers as a policy that generate reads.
func (c *configurator) saveAs(name string, r result) error {
	if c.shared != "" && filepath.Clean(name) == filepath.Clean(c.shared) {
		c.say("%s has other environments, too, and saving there would lose them.", name)
		c.hint("save to a file of its own, or write the change below environments." + c.answers.environment + " yourself")
		return prompt.ErrBack
	}
	text, err := policy.Encode(r.api, r.answers.allowAdvice, r.answers.tests...)
	if err != nil {
		return err
	}
	if policy.HasSchema(filepath.Dir(name)) {
		text = append([]byte(policy.SchemaLine), text...)
	}
	file := output.Rendering{Files: []generator.File{{Path: filepath.Base(name), Content: text}}}
	to, err := c.place(filepath.Dir(name), file)
	if err != nil {
		return err
	}
	if err := errors.Join(to.Write(c.ctx, file), to.Close()); err != nil {
		return err
	}
	c.file, c.kept, c.saved = name, r.api.Config(), true
	c.say("Saved. To render it again:")
	c.verbatim(commandFrom(name, r.answers))
	return nil
}
