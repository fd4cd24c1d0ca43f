package reader

import (
	"maps"
	"path"
	"regexp"
	"slices"
)

// localSource finds the sources of local modules, in HCL and in its JSON syntax.
var localSource = regexp.MustCompile(`"?\bsource"?\s*[=:]\s*"(\.\.?/[^"]*)"`)

// callers are Terraform modules by folder: whether a file tells API Gateway
// something, and the local modules that are called.
type callers map[string]*caller

type caller struct {
	isOurs bool
	calls  []string
}

// add takes up a file of a folder.
func (c callers) add(folder string, text []byte) {
	m := c[folder]
	if m == nil {
		m = &caller{}
		c[folder] = m
	}
	m.isOurs = m.isOurs || isModule(text)
	for _, source := range localSource.FindAllSubmatch(text, -1) {
		m.calls = append(m.calls, path.Join(folder, string(source[1])))
	}
}

// found are the folders that tell API Gateway something, and those that call
// one of them: what a module is given stands at its caller.
func (c callers) found() []string {
	for more := true; more; {
		more = false
		for _, m := range c {
			if !m.isOurs && slices.ContainsFunc(m.calls, func(folder string) bool { return c[folder] != nil && c[folder].isOurs }) {
				m.isOurs, more = true, true
			}
		}
	}
	maps.DeleteFunc(c, func(_ string, m *caller) bool { return !m.isOurs })
	return slices.Collect(maps.Keys(c))
}
