package fix

import (
	"io/fs"
	"maps"

	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/lint"
	"apigw-cors/generator/reader"
	"apigw-cors/generator/reader/terraform"
)

// State is what the files say at one point of a run.
type State struct {
	Reading reader.Reading
	Report  lint.Report

	name    string
	options *Options
	files   overlay
	parsed  map[string]*edit.Document
	// configuration is that of a Terraform module, once it is asked for.
	configuration *terraform.Configuration
}

// read reads and judges the files as they are with the changed ones.
func read(fsys fs.FS, name string, changed map[string][]byte, o *Options) (*State, error) {
	s := &State{name: name, options: o, files: overlay{fsys, changed}, parsed: map[string]*edit.Document{}}
	var err error
	if s.Reading, err = reader.Read(s.files, name, o.Read); err != nil {
		return nil, err
	}
	s.Report = lint.Lint(s.Reading, o.Judge)
	return s, nil
}

// with is the state after changes.
func (s *State) with(changes []edit.Change) (*State, error) {
	changed := maps.Clone(s.files.files)
	if changed == nil {
		changed = map[string][]byte{}
	}
	for _, file := range filesOf(changes) {
		text, err := s.Text(file)
		if err != nil && !isNew(changes, file) {
			return nil, err
		}
		if changed[file], err = edit.Apply(file, text, changes); err != nil {
			return nil, err
		}
	}
	return read(s.files.FS, s.name, changed, s.options)
}

func filesOf(changes []edit.Change) (out []string) {
	seen := map[string]bool{}
	for _, c := range changes {
		if !seen[c.File] {
			seen[c.File] = true
			out = append(out, c.File)
		}
	}
	return out
}

// isNew reports whether changes make a file: they put text at its beginning and
// nowhere else.
func isNew(changes []edit.Change, file string) bool {
	for _, c := range changes {
		if c.File == file && c.End > 0 {
			return false
		}
	}
	return true
}

// Text is what is in a file.
func (s *State) Text(file string) ([]byte, error) { return fs.ReadFile(s.files, file) }

// Document is a YAML or JSON file, for its editor. Terraform's are not among
// them.
func (s *State) Document(file string) (*edit.Document, error) {
	if d := s.parsed[file]; d != nil {
		return d, nil
	}
	text, err := s.Text(file)
	if err != nil {
		return nil, err
	}
	d, err := edit.Parse(file, text)
	if err != nil {
		return nil, err
	}
	s.parsed[file] = d
	return d, nil
}

// APIs are what the files say about the API of a finding: more than one where
// conditions decide between them, all of the reading for a finding of no API.
func (s *State) APIs(f lint.Finding) (out []*gateway.Facts) {
	for i := range s.Reading.APIs {
		if api := &s.Reading.APIs[i]; f.API == "" || api.Name == f.API {
			out = append(out, api)
		}
	}
	return out
}
