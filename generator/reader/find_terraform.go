package reader

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
)

// localSource finds the sources of local modules, in HCL and in its JSON syntax.
var localSource = regexp.MustCompile(`"?\bsource"?\s*[=:]\s*"(\.\.?/[^"]*)"`)

// terraformFolders are the folders of Terraform modules: what is in them, and
// what the modules call.
type terraformFolders struct {
	fsys    fs.FS
	folders map[string]*terraformFolder
}

type terraformFolder struct {
	isFound, isOurs bool
	calls           []string
}

// add takes up a file that was found in a folder.
func (t *terraformFolders) add(name string) {
	m := t.at(path.Dir(name))
	m.isFound = true
	m.read(t.fsys, name)
}

func (t *terraformFolders) at(folder string) *terraformFolder {
	if t.folders[folder] == nil {
		t.folders[folder] = &terraformFolder{}
	}
	return t.folders[folder]
}

func (m *terraformFolder) read(fsys fs.FS, name string) {
	text := textOfFile(fsys, name)
	m.isOurs = m.isOurs || isModule(text)
	for _, source := range localSource.FindAllSubmatch(text, -1) {
		m.calls = append(m.calls, path.Join(path.Dir(name), string(source[1])))
	}
}

// found are the folders that tell API Gateway something, by themselves or by a
// module that they call: what that is given stands here. A module may be
// outside of where we look.
func (t *terraformFolders) found() (out []string) {
	seen := map[string]bool{}
	var isOurs func(folder string) bool
	isOurs = func(folder string) bool {
		m, known := t.folders[folder]
		if !known {
			m = t.at(folder)
			entries, _ := fs.ReadDir(t.fsys, folder)
			for _, e := range entries {
				if e.Type().IsRegular() && isTerraform(e.Name()) {
					m.read(t.fsys, path.Join(folder, e.Name()))
				}
			}
		}
		if !m.isOurs && !seen[folder] {
			seen[folder] = true
			m.isOurs = slices.ContainsFunc(m.calls, isOurs)
		}
		return m.isOurs
	}
	for folder, m := range t.folders {
		if m.isFound {
			out = append(out, folder)
		}
	}
	return slices.DeleteFunc(out, func(folder string) bool { return !isOurs(folder) })
}
