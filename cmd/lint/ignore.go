package lint

import (
	"path"
	"slices"

	"apigw-cors/generator/lint"
)

// Ignores reports whether somebody chose to leave a finding out: by --ignore, by
// the settings, or by a comment in the text of its file.
func (o Options) Ignores(t Target, f lint.Finding, text []byte) bool {
	if slices.Contains(o.Ignore, f.Rule) {
		return true
	}
	var patterns []pattern
	for _, line := range o.IgnoreIn[f.Rule] {
		if p, ok := newPattern(line); ok {
			patterns = append(patterns, p)
		}
	}
	if ignores(patterns, fromTop(t.Tree.Here, t.Tree.Path(f.Place.File))) {
		return true
	}
	return slices.ContainsFunc(commentsIn(f.Place.File, text), func(c *comment) bool {
		return c.on == f.Place.Line && slices.Contains(c.rules, f.Rule)
	})
}

func fromTop(here, shown string) string {
	if path.IsAbs(shown) {
		return shown
	}
	return path.Join(here, shown)
}
