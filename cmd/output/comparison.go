package output

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/diff"

	"apigw-cors/cmd/report"
)

// Comparison is the destination of --check: it writes nothing but the
// difference that a run without --check would make.
type Comparison struct {
	Dir string
	// To gets the diff, which is the artifact of such a run.
	To            io.Writer
	total, differ int
}

func (c *Comparison) Inspect(Rendering) {}
func (c *Comparison) Obstacles() error  { return nil }

func (c *Comparison) Write(r Rendering) error {
	for _, f := range r.Files {
		c.total++
		path := filepath.Join(c.Dir, filepath.FromSlash(r.path(f)))
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
		if _, err := c.To.Write(diff.Diff(before, old, name, f.Content)); err != nil && !report.BrokenPipe(err) {
			return err
		}
	}
	return nil
}

// Close gives [report.Differs] where a file would change.
func (c *Comparison) Close() error {
	if c.differ == 0 {
		return nil
	}
	return &report.HintedError{
		Err:  report.Ended{Outcome: report.Differs, Text: fmt.Sprintf("%d of %s in %s would change", c.differ, report.Plural(c.total, "file"), c.Dir)},
		Hint: "the same command with --force in the place of --check writes them",
	}
}
