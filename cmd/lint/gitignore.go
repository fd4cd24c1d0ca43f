package lint

import (
	"io"
	"io/fs"
	"path"
	"strings"
)

// gitignore tells what git ignores in a tree, from the .gitignore files alone:
// neither git's configuration nor its index is read, and no program is run.
// https://git-scm.com/docs/gitignore
type gitignore struct {
	fsys fs.FS
	// from is the uppermost folder whose .gitignore counts.
	from string
	// patterns of each folder that was asked about, in the order of its lines.
	patterns map[string][]pattern
}

// newGitignore is for what is at or below a folder. If git ignores the folder
// itself, somebody has named it all the same: then only the files in it count.
func newGitignore(fsys fs.FS, folder string) *gitignore {
	g := &gitignore{fsys: fsys, from: ".", patterns: map[string][]pattern{}}
	for i, c := range folder {
		if c == '/' && g.ignores(folder[:i], true) {
			g.from = folder
		}
	}
	if folder != "." && g.ignores(folder, true) {
		g.from = folder
	}
	return g
}

// ignores reports whether git ignores a path whose folder it does not ignore.
func (g *gitignore) ignores(name string, isDir bool) bool {
	if name == g.from {
		return false
	}
	for folder := path.Dir(name); ; folder = path.Dir(folder) {
		inside := name
		if folder != "." {
			inside = name[len(folder)+1:]
		}
		if negated, ok := last(g.of(folder), inside, isDir); ok {
			return !negated
		}
		if folder == g.from || folder == "." {
			return false
		}
	}
}

// last finds the pattern that decides about a path: the last that matches.
func last(patterns []pattern, name string, isDir bool) (negated, ok bool) {
	elements := strings.Split(name, "/")
	for i := len(patterns) - 1; i >= 0; i-- {
		if p := &patterns[i]; (isDir || !p.dirOnly) && p.matches(elements) {
			return p.negated, true
		}
	}
	return false, false
}

// ignores reports whether patterns ignore a file, or a folder that it is in.
func ignores(patterns []pattern, file string) bool {
	for i, c := range file {
		if c != '/' {
			continue
		}
		if negated, ok := last(patterns, file[:i], true); ok && !negated {
			return true
		}
	}
	negated, ok := last(patterns, file, false)
	return ok && !negated
}

// maxPatterns is how many bytes of a .gitignore are read.
const maxPatterns = 64 << 10

func (g *gitignore) of(folder string) []pattern {
	all, known := g.patterns[folder]
	if known {
		return all
	}
	if folder == "." {
		all = g.read(".git/info/exclude")
	}
	all = append(all, g.read(path.Join(folder, ".gitignore"))...)
	g.patterns[folder] = all
	return all
}

func (g *gitignore) read(name string) (all []pattern) {
	f, err := g.fsys.Open(name)
	if err != nil {
		return nil
	}
	defer f.Close()
	read, err := io.ReadAll(io.LimitReader(f, maxPatterns))
	if err != nil {
		return nil
	}
	text := strings.TrimPrefix(string(read), "\ufeff")
	if len(read) == maxPatterns {
		// Half a pattern might ignore what the whole does not.
		text = text[:strings.LastIndexByte(text, '\n')+1]
	}
	for line := range strings.Lines(text) {
		if p, ok := newPattern(strings.TrimRight(line, "\r\n")); ok {
			all = append(all, p)
		}
	}
	return all
}

// pattern is a line of a .gitignore.
type pattern struct {
	// elements are between slashes; "**" stands for any number of folders.
	elements []string
	negated  bool
	// dirOnly: the line ends in a slash.
	dirOnly bool
}

func newPattern(line string) (pattern, bool) {
	for strings.HasSuffix(line, " ") && !strings.HasSuffix(line, `\ `) {
		line = line[:len(line)-1]
	}
	var p pattern
	line, p.negated = strings.CutPrefix(line, "!")
	line, p.dirOnly = strings.CutSuffix(line, "/")
	if line == "" || line[0] == '#' && !p.negated {
		return p, false
	}
	// A slash that is not at the end ties the pattern to its folder.
	line, anchored := strings.CutPrefix(line, "/")
	if !anchored && !strings.Contains(line, "/") {
		p.elements = append(p.elements, "**")
	}
	for _, element := range strings.Split(line, "/") {
		p.elements = append(p.elements, strings.ReplaceAll(element, "[!", "[^"))
	}
	return p, true
}

// matches compares element by element. Where one differs, the last "**" takes
// an element more: those before it need not be asked again.
func (p *pattern) matches(elements []string) bool {
	at, retry, from := 0, -1, 0
	for i := 0; i < len(elements); {
		switch {
		case at < len(p.elements) && p.elements[at] == "**":
			if at == len(p.elements)-1 {
				return true
			}
			retry, from = at, i
			at++
			continue
		case at < len(p.elements):
			if same, err := path.Match(p.elements[at], elements[i]); err == nil && same {
				at++
				i++
				continue
			}
		}
		if retry < 0 {
			return false
		}
		from++
		at, i = retry+1, from
	}
	return at == len(p.elements)
}
