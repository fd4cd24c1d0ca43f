package output

import (
	"context"
	"errors"
	"fmt"

	"apigw-cors/cmd/files"
	"apigw-cors/cmd/report"
)

// Folder is the destination of --out.
type Folder struct {
	folder *files.Folder
	force  bool
	// inTheWay are the files that must not be replaced; Clash: force would
	// replace some.
	inTheWay []error
	Clash    bool
	// seen are the files and their states before anything is written, done
	// those that were written or found as they should be.
	seen, done []report.File
	stale      []report.File
	// environments are those rendered.
	environments environments
	// written and same count the files.
	written, same int
}

// OpenFolder opens a folder, which need not exist. With force files whose
// content differs are overwritten.
func OpenFolder(dir string, force bool) (*Folder, error) {
	folder, err := files.OpenFolder(dir)
	return &Folder{folder: folder, force: force}, err
}

// standing looks at the place of a file, and refuses to change what is there
// without force.
func (d *Folder) standing(r Rendering, i int) (standing, error) {
	f := r.Files[i]
	s, err := standingOf(d.folder, r.path(f), f)
	if err == nil && s.State == report.WouldChange && !s.modeOnly && !d.force {
		d.Clash = true
		err = errors.New(d.folder.Path(r.path(f)) + ": there with other content")
	}
	return s, err
}

// Inspect looks for files that must not be replaced.
func (d *Folder) Inspect(r Rendering) {
	for i := range r.Files {
		s, err := d.standing(r, i)
		if err != nil {
			d.inTheWay = append(d.inTheWay, err)
		}
		d.seen = append(d.seen, s.File)
	}
}

// Obstacles reports every file that must not be replaced.
func (d *Folder) Obstacles() error {
	hint := "move it away, or write to another folder"
	if d.Clash {
		hint = "--check shows the difference, --force overwrites"
	}
	return obstacles(d.inTheWay, "nothing was written", hint)
}

// obstacles joins what is in the way, the first of many.
func obstacles(inTheWay []error, outcome, hint string) error {
	const most = 20
	if len(inTheWay) == 0 {
		return nil
	}
	shown := inTheWay
	if more := len(shown) - most; more > 0 {
		shown = append(shown[:most:most], fmt.Errorf("and %d more", more))
	}
	return &report.HintedError{Err: errors.Join(append(shown, errors.New(outcome))...), Hint: hint}
}

// Write puts the files of one API in their places together. What was found at
// Inspect may have changed since.
func (d *Folder) Write(ctx context.Context, r Rendering) error {
	var names []string
	for _, f := range r.Files {
		names = append(names, r.path(f))
	}
	update, err := d.folder.Update(ctx, names)
	if err != nil {
		return err
	}
	defer update.Close()
	var done []report.File
	for i, f := range r.Files {
		s, err := d.standing(r, i)
		switch {
		case err != nil:
			return err
		case s.State == report.Unchanged:
		case s.modeOnly:
			err, s.Detail = update.MakeExecutable(names[i]), "made executable"
		default:
			err = update.Stage(names[i], f.Content, f.Executable, d.force)
		}
		if err != nil {
			return err
		}
		if s.State != report.Unchanged {
			s.State = report.Written
		}
		done = append(done, s.File)
	}
	if err := update.Commit(); err != nil {
		return err
	}
	for _, f := range done {
		if f.State == report.Written {
			d.written++
		} else {
			d.same++
		}
	}
	d.done = append(d.done, done...)
	d.environments.add(r)
	stale, err := staleBeside(d.folder, r)
	d.stale = append(d.stale, stale...)
	return err
}

// Files are the files and their states. Of a run that ended early the last are
// as they were before.
func (d *Folder) Files() []report.File {
	all := append(d.done[:len(d.done):len(d.done)], d.stale...)
	if len(d.seen) > len(d.done) {
		all = append(all, d.seen[len(d.done):]...)
	}
	return all
}

// Close looks for what is left of environments, and lets go of the folder.
func (d *Folder) Close() error {
	stale, err := d.environments.stale(d.folder)
	d.stale = append(d.stale, stale...)
	return errors.Join(err, d.folder.Close())
}

// Summary says what was done, in words.
func (d *Folder) Summary() []string {
	var lines []string
	if d.written == 0 {
		lines = []string{report.Plural(d.same, "file") + " in " + d.folder.Dir() + " up to date"}
	} else {
		line := "wrote " + report.Plural(d.written, "file") + " to " + d.folder.Dir()
		if d.same > 0 {
			line += fmt.Sprintf(", %d up to date", d.same)
		}
		lines = []string{line, "the first lines of each file say where it goes, and what is left to do"}
	}
	if len(d.stale) > 0 {
		lines = append(append(lines, sayStale(d.stale)...), "  hint: "+staleHint)
	}
	return lines
}
