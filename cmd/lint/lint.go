// Package lint finds the files that tell API Gateway about APIs, has them
// judged, and gathers what was found: each fault once, without those that
// somebody chose to ignore.
package lint

import (
	"context"
	"slices"

	"apigw-cors/cmd/files"
	"apigw-cors/cmd/report"
	"apigw-cors/generator/lint"
	"apigw-cors/generator/reader"
)

// Options are what to judge, and how.
type Options struct {
	// Paths are files and folders as a person names them.
	Paths []string
	Read  reader.Options
	Judge lint.Options
	// Ignore are names of rules whose findings are left out, IgnoreIn patterns of
	// paths, as in .gitignore, by the rule to ignore there.
	Ignore   []string
	IgnoreIn map[string][]string
	// Progress is told how many of the files are done, and with a total of 0 how
	// many were looked at to find them; nil where nobody looks.
	Progress func(done, total int)
	// Stdin is the tree of what is read for the path "-", with the one file of the
	// name [Stdin]; nil where there is none.
	Stdin *files.Tree
	// keep: the APIs of the readings are asked for.
	keep bool
}

// Stdin is what places call stdin.
const Stdin = "stdin"

// Run judges the files. What is wrong with the comments in them is said to r.
// The error is that of a path that cannot be looked at, or of ctx.
func Run(ctx context.Context, trees *files.Trees, o Options, r *report.Report) (*report.Findings, error) {
	targets, err := Find(ctx, trees, o)
	if err != nil {
		return nil, err
	}
	all, err := judgeAll(ctx, targets, o)
	if err != nil {
		return nil, err
	}
	g := gathering{ignore: o.Ignore, said: r, comments: map[string][]*comment{}, doubtful: map[string]bool{}, files: map[string]bool{}, paths: map[string][]pattern{}}
	for rule, lines := range o.IgnoreIn {
		for _, line := range lines {
			if p, ok := newPattern(line); ok {
				g.paths[rule] = append(g.paths[rule], p)
			}
		}
	}
	for _, j := range own(all) {
		g.add(j)
	}
	return g.finish(), nil
}

// Target is a file, or a folder of a tool that reads folders.
type Target struct {
	Tree *files.Tree
	Name string
	// Named: somebody has named it, so that it is read whatever is in it.
	Named bool
}

// Find gives what is to be read of the paths, each once.
func Find(ctx context.Context, trees *files.Trees, o Options) (all []Target, err error) {
	seen := map[Target]bool{}
	add := func(t Target) {
		if key := (Target{Tree: t.Tree, Name: t.Name}); !seen[key] {
			seen[key] = true
			all = append(all, t)
		}
	}
	paths, looked := o.Paths, 0
	if len(paths) == 0 {
		paths = []string{"."}
	}
	for _, named := range paths {
		if named == "-" && o.Stdin != nil {
			add(Target{o.Stdin, Stdin, true})
			continue
		}
		tree, name, isDir, err := trees.Find(named)
		if err != nil {
			return nil, err
		}
		if !isDir {
			add(Target{tree, name, true})
			continue
		}
		ignored := newGitignore(tree.FS, name)
		found, err := reader.Find(tree.FS, name, func(name string, isDir bool) bool {
			if looked++; o.Progress != nil {
				o.Progress(looked, 0)
			}
			return ctx.Err() != nil || ignored.ignores(name, isDir)
		})
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		for _, name := range found {
			add(Target{tree, name, false})
		}
	}
	return all, nil
}

// own leaves out what is judged as a part of something else: a body that a
// template includes, a module that another calls.
func own(all []*judged) []*judged {
	return Wholes(all, func(j *judged) (Target, []string) { return j.Target, j.reading.Files })
}

// Wholes leaves out what is read as a part of something else. Of two that are
// parts of each other the first is left.
func Wholes[T comparable](all []T, of func(T) (at Target, files []string)) []T {
	type file struct {
		tree *files.Tree
		name string
	}
	order := map[T]int{}
	holders := map[file][]T{}
	for i, t := range all {
		order[t] = i
		at, names := of(t)
		for _, name := range names {
			holders[file{at.Tree, name}] = append(holders[file{at.Tree, name}], t)
		}
	}
	holding := func(t T) []T {
		at, _ := of(t)
		return holders[file{at.Tree, at.Name}]
	}
	parts := map[T]bool{}
	for _, t := range all {
		parts[t] = slices.ContainsFunc(holding(t), func(whole T) bool {
			mutual := slices.Contains(holding(whole), t)
			return whole != t && (!mutual || order[whole] < order[t])
		})
	}
	return slices.DeleteFunc(all, func(t T) bool {
		// What is left must have judged it.
		return parts[t] && slices.ContainsFunc(holding(t), func(whole T) bool { return !parts[whole] })
	})
}
