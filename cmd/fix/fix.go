// Package fix mends the files that people have: it finds and judges them as
// package lint of the command does, lets [apigw-cors/generator/fix] edit their
// texts, and shows the edits, or writes them.
package fix

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"apigw-cors/cmd/files"
	"apigw-cors/cmd/lint"
	"apigw-cors/cmd/report"
	"apigw-cors/generator/fix"
	judge "apigw-cors/generator/lint"
	"apigw-cors/generator/reader"
)

// Options are what to mend, and how.
type Options struct {
	lint.Options
	// Rules are names of rules whose findings are mended, and no others; none
	// stands for all whose findings have an effect.
	Rules []string
	// Unsafe also makes the edits that decide who may call.
	Unsafe bool
	// Policy, where it is not nil, is put into the files, and then nothing else is
	// mended.
	Policy *fix.Policy
}

// Mended are the edits of some files, not written yet.
type Mended struct {
	Outcomes []fix.Outcome
	// Placed is what became of the policy, for each file with an API that it is
	// for.
	Placed []report.PlacedPolicy
	// Faults keep files, or parts of them, from being read.
	Faults []reader.Fault
	// Read counts the files read, Ignored the findings that somebody chose to
	// leave out.
	Read, Ignored int
	// Files are those that change, by path.
	Files []File
	whole []*whole
}

// File is a file that changes. Path is how a person in the current folder calls
// it, with slashes.
type File struct {
	Path          string
	Before, After []byte
}

// whole is what is edited together: all of its files, or none.
type whole struct {
	lint.Target
	fix.Result
	err error
}

// Run makes the edits, and writes nothing. The error is that of a path that
// cannot be looked at, or of ctx.
func Run(ctx context.Context, trees *files.Trees, o Options) (*Mended, error) {
	if w, err := forCDK(ctx, trees, o); w != nil || err != nil {
		m := &Mended{}
		if err == nil {
			m.whole = []*whole{w}
			m.place(o.Policy)
			m.gather(o)
		}
		return m, err
	}
	targets, err := lint.Find(ctx, trees, o.Options)
	if err != nil {
		return nil, err
	}
	var all []*whole
	for i, t := range targets {
		if o.Progress != nil {
			o.Progress(i, len(targets))
		}
		w, err := mend(ctx, t, t.Tree.FS, o)
		if err != nil {
			return nil, err
		}
		all = append(all, w)
	}
	if o.Progress != nil {
		o.Progress(len(targets), len(targets))
	}
	all = lint.Wholes(all, func(w *whole) (lint.Target, []string) { return w.Target, w.Parts })
	if all, err = apart(ctx, all, o); err != nil {
		return nil, err
	}
	m := &Mended{whole: all}
	m.place(o.Policy)
	m.gather(o)
	return m, nil
}

// mend edits one target. Reading may block; the end of ctx ends the wait.
func mend(ctx context.Context, t lint.Target, fsys fs.FS, o Options) (*whole, error) {
	w := &whole{Target: t}
	propose := []fix.Proposer{fix.Rules}
	if o.Policy != nil {
		propose = nil
	}
	done := make(chan struct{})
	var panicked any
	go func() {
		defer close(done)
		defer func() {
			if p := recover(); p != nil {
				panicked = fmt.Sprintf("%v\n%s", p, debug.Stack())
			}
		}()
		w.Result, w.err = fix.Run(ctx, fsys, t.Name, fix.Options{
			Read: o.Read, Judge: o.Judge, Unsafe: o.Unsafe, Policy: o.Policy,
			Wants: func(f judge.Finding, text []byte) bool { return o.wants(f) && !o.Ignores(t, f, text) },
		}, propose...)
	}()
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-done:
		if panicked != nil {
			// In a goroutine it would end the program, whatever its caller does.
			panic(panicked)
		}
		return w, ctx.Err()
	}
}

// wants reports whether findings of the rule are to be mended: where none is
// named, all that have an effect.
func (o Options) wants(f judge.Finding) bool {
	if len(o.Rules) > 0 {
		return slices.Contains(o.Rules, f.Rule)
	}
	return f.Severity != judge.Info
}

// apart edits again what has a file in common with something edited before: on
// top of what that came to.
func apart(ctx context.Context, all []*whole, o Options) ([]*whole, error) {
	changed := map[*files.Tree]map[string][]byte{}
	for i, w := range all {
		before := changed[w.Tree]
		if slices.ContainsFunc(w.Reading.Files, func(name string) bool { return before[name] != nil }) {
			again, err := mend(ctx, w.Target, fix.With(w.Tree.FS, before), o)
			if err != nil {
				return nil, err
			}
			all[i], w = again, again
		}
		if len(w.Files) > 0 && before == nil {
			before = map[string][]byte{}
			changed[w.Tree] = before
		}
		maps.Copy(before, w.Files)
	}
	return all, nil
}

// gather puts together what became of the findings of all.
func (m *Mended) gather(o Options) {
	read := map[string]bool{}
	changed := map[string]*File{}
	for _, w := range m.whole {
		if w.err != nil {
			err := w.err
			var e *fs.PathError
			if errors.As(err, &e) {
				err = e.Err
			}
			fault := reader.Fault{Detail: err.Error()}
			fault.Place.File = w.Tree.Path(w.Name)
			m.Faults = append(m.Faults, fault)
			continue
		}
		for _, f := range w.Reading.Faults {
			f.Place.File = w.Tree.Path(f.Place.File)
			m.Faults = append(m.Faults, f)
		}
		for _, name := range w.Parts {
			// The folder of a module is among its files.
			if info, err := fs.Stat(w.Tree.FS, name); w.Reading.Kind != "" && err == nil && !info.IsDir() {
				read[w.Tree.Path(name)] = true
			}
		}
		for name, after := range w.Result.Files {
			path := w.Tree.Path(name)
			if changed[path] == nil {
				changed[path] = &File{Path: path, Before: w.Before[name]}
			}
			changed[path].After = after
		}
		for _, outcome := range w.Outcomes {
			if outcome.Status == fix.Unwanted && o.wants(outcome.Finding) {
				m.Ignored++
				continue
			}
			outcome.Finding.Place.File = w.Tree.Path(outcome.Finding.Place.File)
			if !slices.ContainsFunc(m.Outcomes, func(have fix.Outcome) bool { return same(have, outcome) }) {
				m.Outcomes = append(m.Outcomes, outcome)
			}
		}
	}
	m.Read = len(read)
	for _, path := range slices.Sorted(maps.Keys(changed)) {
		m.Files = append(m.Files, *changed[path])
	}
	slices.SortStableFunc(m.Outcomes, func(a, b fix.Outcome) int {
		p, q := a.Finding.Place, b.Finding.Place
		return cmp.Or(cmp.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Column, q.Column), cmp.Compare(a.Finding.Rule, b.Finding.Rule))
	})
}

// same reports whether two readings of one file found the same.
func same(a, b fix.Outcome) bool {
	f, g := a.Finding, b.Finding
	return f.Place == g.Place && f.Rule == g.Rule && f.Subject == g.Subject && f.Text == g.Text
}

// WriteDiff shows the edits as a unified diff; clean makes it fit for a terminal.
func (m *Mended) WriteDiff(to io.Writer, clean bool) error {
	for _, f := range m.Files {
		text := f.Diff()
		if clean {
			text = report.CleanText(text)
		}
		if _, err := io.WriteString(to, text); err != nil {
			return err
		}
	}
	return nil
}

// Diff is the change of a file as a unified diff, with no more lines than
// change: the reader sees that nothing else does.
func (f File) Diff() string {
	after := f.Path
	if strings.Contains(after, " ") {
		after += "\t" // patch takes a name with blanks up to a tab
	}
	before := after
	if f.Before == nil {
		before = "/dev/null"
	}
	return renumbered(udiff.Unified(before, after, string(f.Before), string(f.After)))
}

// renumbered has every hunk say at which line of the new file it starts. udiff
// leaves out the lines that stay between two changes of a hunk, so that later
// hunks point too far up, and git apply takes them to lines that look alike.
func renumbered(diff string) string {
	shift := 0
	return regexp.MustCompile(`(?m)^@@ -[1-9]\d*,\d+ \+[1-9]\d*,\d+ @@`).ReplaceAllStringFunc(diff, func(head string) string {
		var from, lines, to, become int
		if _, err := fmt.Sscanf(head, "@@ -%d,%d +%d,%d @@", &from, &lines, &to, &become); err != nil {
			return head
		}
		head = fmt.Sprintf("@@ -%d,%d +%d,%d @@", from, lines, from+shift, become)
		shift += become - lines
		return head
	})
}

// Write puts the edits in their places: of what is edited together all files or
// none, as long as the process lives. A file that somebody has changed since it
// was read stays as it is, with those that are edited together with it.
//
// All files are on the disk beside their places before the first takes its
// place, by a rename each. A process that is killed between two of these, or a
// machine that loses its power there, leaves some files as they were and the
// others as they are to be, each of them whole; the next run edits the rest.
func (m *Mended) Write(ctx context.Context) error {
	for _, w := range m.whole {
		if len(w.Result.Files) == 0 {
			continue
		}
		if err := w.write(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (w *whole) write(ctx context.Context) error {
	folder, err := w.Tree.Folder()
	if err != nil {
		return err
	}
	defer folder.Close()
	update, err := folder.Update(ctx, w.Order)
	if err != nil {
		return err
	}
	defer update.Close()
	for _, name := range w.Order {
		if before := w.Before[name]; before != nil {
			if err := folder.MayWrite(name); err != nil {
				return &report.HintedError{Err: fmt.Errorf("%s: %w; nothing of it was written", w.Tree.Path(name), err), Hint: "chmod u+w " + w.Tree.Path(name)}
			}
			now, err := folder.Read(name, reader.MaxBytes)
			if err != nil {
				return err
			}
			if !bytes.Equal(now, before) {
				return &report.HintedError{
					Err:  fmt.Errorf("%s: changed while it was mended; nothing of it was written", w.Tree.Path(name)),
					Hint: "run the command again",
				}
			}
		}
		if err := update.Stage(name, w.Result.Files[name], false, w.Before[name] != nil); err != nil {
			return err
		}
	}
	return update.Commit()
}
