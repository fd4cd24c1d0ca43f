package cmd

import (
	"errors"
	"path/filepath"
	"reflect"

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
	yes, err := c.prompter().Confirm(prompt{Title: "Save the answers as " + name}, false)
	if err == nil && yes {
		err = c.saveAs(name, r)
	}
	if errors.Is(err, errBack) {
		return nil
	}
	return err
}

func (c *configurator) write(r result) error {
	files := rendering{files: r.files}
	if r.answers.out == "" {
		to := &stream{c.stdout}
		return to.write(files)
	}
	to, err := c.place(r.answers.out, files)
	if err != nil {
		return err
	}
	if err := errors.Join(to.write(files), to.close()); err != nil {
		return err
	}
	c.say("%s", to.summary()[0])
	return nil
}

// place opens a folder for the files, and asks before anything in it is
// overwritten.
func (c *configurator) place(dir string, files rendering) (*folder, error) {
	to, err := newFolder(dir, false)
	if err != nil {
		c.say("%s", err)
		return nil, errBack
	}
	to.inspect(files)
	obstacles := to.obstacles()
	if obstacles == nil {
		return to, nil
	}
	to.close()
	c.say("%s", obstacles)
	if !to.clash {
		return nil, errBack
	}
	yes, err := c.prompter().Confirm(prompt{Title: "Overwrite"}, false)
	if err != nil {
		return nil, err
	}
	if !yes {
		return nil, errBack
	}
	return newFolder(dir, true)
}

// saveName is the file the answers belong to.
func (c *configurator) saveName() string {
	if c.file != "" {
		return c.file
	}
	return defaultFile
}

// saveAs keeps the answers as a policy that generate reads.
func (c *configurator) saveAs(name string, r result) error {
	text, err := encodePolicy(r.api)
	if err != nil {
		return err
	}
	file := rendering{files: []generator.File{{Path: filepath.Base(name), Content: text}}}
	to, err := c.place(filepath.Dir(name), file)
	if err != nil {
		return err
	}
	if err := errors.Join(to.write(file), to.close()); err != nil {
		return err
	}
	c.file, c.kept, c.saved = name, r.api.Config(), true
	c.say("Saved. To render it again:")
	c.verbatim(commandFrom(name, r.answers))
	return nil
}
