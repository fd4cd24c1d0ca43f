package output

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/diff"

	"apigw-cors/cmd/files"
	"apigw-cors/cmd/report"
	"apigw-cors/generator"
)

// Comparison is the destination of --check: it writes nothing but the
// difference that a run without --check would make.
type Comparison struct {
	folder *files.Folder
	// to gets the diff, which is the artifact of such a run.
	to            io.Writer
	total, differ int
	environments  environments
	stale         []report.File
	// modes are the files whose bytes are right, and whose mode is not.
	modes    []report.File
	inTheWay []error
	files    []report.File
}

// OpenComparison compares with a folder, which need not exist, and prints the
// differences.
func OpenComparison(dir string, to io.Writer) (*Comparison, error) {
	folder, err := files.OpenFolder(dir)
	return &Comparison{folder: folder, to: to}, err
}

// Inspect looks for what would keep a run without --check from writing, too.
func (c *Comparison) Inspect(r Rendering) {
	for _, f := range r.Files {
		if _, err := standingOf(c.folder, r.path(f), f); err != nil {
			c.inTheWay = append(c.inTheWay, err)
		}
	}
}

// Obstacles are what cannot be compared.
func (c *Comparison) Obstacles() error {
	return obstacles(c.inTheWay, "nothing was compared", "move it away, or compare with another folder")
}

// Write compares the files of one API.
func (c *Comparison) Write(_ context.Context, r Rendering) error {
	for _, f := range r.Files {
		c.total++
		s, err := standingOf(c.folder, r.path(f), f)
		if err != nil {
			return err
		}
		c.files = append(c.files, s.File)
		if s.State == report.Unchanged {
			continue
		}
		c.differ++
		if s.modeOnly {
			c.modes = append(c.modes, s.File)
			continue
		}
		if err := c.show(r.path(f), s, f); err != nil {
			return err
		}
	}
	c.environments.add(r)
	stale, err := staleBeside(c.folder, r)
	c.stale, c.files = append(c.stale, stale...), append(c.files, stale...)
	return err
}

// show prints the diff of one file.
func (c *Comparison) show(name string, s standing, f generator.File) error {
	before, old := os.DevNull, []byte(nil)
	if s.State == report.WouldChange {
		before = s.Path
		var err error
		var large *files.TooLargeError
		if old, err = c.folder.Read(name, maxCompared); errors.As(err, &large) {
			_, err := fmt.Fprintf(c.to, "Files %s and what is rendered differ\n", filepath.ToSlash(s.Path))
			return unlessGone(err)
		} else if err != nil {
			return err
		}
	}
	_, err := io.WriteString(c.to, report.CleanText(string(diff.Diff(before, old, s.Path, f.Content))))
	return unlessGone(err)
}

// unlessGone forgives a reader that has seen enough: the exit code still says
// whether there are differences.
func unlessGone(err error) error {
	if report.BrokenPipe(err) {
		return nil
	}
	return err
}

// Files are the files and their states.
func (c *Comparison) Files() []report.File { return c.files }

// Close gives the verdict.
func (c *Comparison) Close() error {
	stale, err := c.environments.stale(c.folder)
	c.stale, c.files = append(c.stale, stale...), append(c.files, stale...)
	if err := errors.Join(err, c.folder.Close()); err != nil {
		return err
	}
	if c.differ == 0 && len(c.stale) == 0 {
		return nil
	}
	var said []error
	for _, f := range c.modes {
		said = append(said, errors.New(f.Path+": "+f.Detail))
	}
	for _, line := range sayStale(c.stale) {
		said = append(said, errors.New(line))
	}
	var hint string
	if c.differ > 0 {
		said = append(said, fmt.Errorf("%d of %s in %s would change", c.differ, report.Plural(c.total, "file"), c.folder.Dir()))
		hint = "the same command with --force in the place of --check writes them"
	} else {
		said = append(said, fmt.Errorf("%s in %s", report.Plural(len(c.stale), "stale file"), c.folder.Dir()))
		hint = staleHint
	}
	return &report.HintedError{Err: report.Ended{Outcome: report.Differs, Text: errors.Join(said...).Error()}, Hint: hint}
}
