package configure

import (
	"errors"
	"path/filepath"
	"reflect"

	"apigw-cors/cmd/output"
	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/prompt"
	"apigw-cors/generator"
)

// deliver writes the files, tells what is left to do, and offers to save the
// answers.
func (c *configurator) deliver(r result) error {
	if err := c.write(r); err != nil {
		return err
	}
	c.delivered = true
	c.farewell(r)
	if c.file != "" && reflect.DeepEqual(c.kept, r.api.Config()) {
		return nil
	}
	name := c.saveName()
	yes, err := c.prompter().Confirm(prompt.Question{Title: "Save the answers as " + name}, false)
	if err == nil && yes {
		err = c.saveAs(name, r)
	}
	if errors.Is(err, prompt.ErrBack) {
		return nil
	}
	return err
}

func (c *configurator) write(r result) error {
	files := output.Rendering{Files: r.files}
	if r.answers.out == "" {
		to := &output.Stream{To: c.stdout}
		return to.Write(files)
	}
	to, err := c.place(r.answers.out, files)
	if err != nil {
		return err
	}
	if err := errors.Join(to.Write(files), to.Close()); err != nil {
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
	c.say("%s", obstacles)
	if !to.Clash {
		return nil, prompt.ErrBack
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

// saveName is the file the answers belong to.
func (c *configurator) saveName() string {
	if c.file != "" {
		return c.file
	}
	return policy.DefaultFile
}

// saveAs keeps the answers as a policy that generate reads.
func (c *configurator) saveAs(name string, r result) error {
	text, err := policy.Encode(r.api, r.answers.allowAdvice)
	if err != nil {
		return err
	}
	file := output.Rendering{Files: []generator.File{{Path: filepath.Base(name), Content: text}}}
	to, err := c.place(filepath.Dir(name), file)
	if err != nil {
		return err
	}
	if err := errors.Join(to.Write(file), to.Close()); err != nil {
		return err
	}
	c.file, c.kept, c.saved = name, r.api.Config(), true
	c.say("Saved. To render it again:")
	c.verbatim(commandFrom(name, r.answers))
	return nil
}
