package cmd

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/diff"
)

// comparison is the destination of --check: it writes nothing but the
// difference that a run without --check would make.
type comparison struct {
	dir string
	// to gets the diff, which is the artifact of such a run.
	to            io.Writer
	total, differ int
}

func (c *comparison) inspect(rendering) {}
func (c *comparison) obstacles() error  { return nil }

func (c *comparison) write(r rendering) error {
	for _, f := range r.files {
		c.total++
		path := filepath.Join(c.dir, filepath.FromSlash(r.path(f)))
		name := filepath.ToSlash(path)
		old, err := os.ReadFile(path)
		before := name
		switch {
		case errors.Is(err, fs.ErrNotExist):
			before = os.DevNull
		case err != nil:
			return err
		case bytes.Equal(old, f.Content):
			continue
		}
		c.differ++
		if _, err := c.to.Write(diff.Diff(before, old, name, f.Content)); err != nil && !brokenPipe(err) {
			return err
		}
	}
	return nil
}

func (c *comparison) close() error {
	if c.differ == 0 {
		return nil
	}
	return &hintedError{
		ended{differs, fmt.Sprintf("%d of %s in %s would change", c.differ, plural(c.total, "file"), c.dir)},
		"the same command with --force in the place of --check writes them",
	}
}
