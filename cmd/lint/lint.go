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
}

// Run judges the files. What is wrong with the comments in them is said to r.
// The error is that of a path that cannot be looked at, or of ctx.
func Run(ctx context.Context, trees *files.Trees, o Options, r *report.Report) (*report.Findings, error) {
	targets, err := find(ctx, trees, o)
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

// target is a file, or a folder of a tool that reads folders.
type target struct {
	tree *files.Tree
	name string
	// named: somebody has named it, so that it is read whatever is in it.
	named bool
}

// find gives what is to be read of the paths, each once.
func find(ctx context.Context, trees *files.Trees, o Options) (all []target, err error) {
	seen := map[target]bool{}
	add := func(t target) {
		if key := (target{tree: t.tree, name: t.name}); !seen[key] {
			seen[key] = true
			all = append(all, t)
		}
	}
	paths, looked := o.Paths, 0
	if len(paths) == 0 {
		paths = []string{"."}
	}
	for _, named := range paths {
		tree, name, isDir, err := trees.Find(named)
		if err != nil {
			return nil, err
		}
		if !isDir {
			add(target{tree, name, true})
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
			add(target{tree, name, false})
		}
	}
	return all, nil
}

// own leaves out what is judged as a part of something else: a body that a
// template includes, a module that another calls. Of two that are parts of each
// other the first is left.
func own(all []*judged) []*judged {
	type file struct {
		tree *files.Tree
		name string
	}
	order := map[*judged]int{}
	holders := map[file][]*judged{}
	for i, j := range all {
		order[j] = i
		for _, name := range j.reading.Files {
			holders[file{j.tree, name}] = append(holders[file{j.tree, name}], j)
		}
	}
	parts := map[*judged]bool{}
	for _, j := range all {
		parts[j] = slices.ContainsFunc(holders[file{j.tree, j.name}], func(whole *judged) bool {
			mutual := slices.Contains(holders[file{j.tree, whole.name}], j)
			return whole != j && (!mutual || order[whole] < order[j])
		})
	}
	return slices.DeleteFunc(all, func(j *judged) bool {
		// What is left must have judged it.
		return parts[j] && slices.ContainsFunc(holders[file{j.tree, j.name}], func(whole *judged) bool { return !parts[whole] })
	})
}
