package generator

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"
	"text/template"

	"apigw-cors/templates"
)

// templateSet holds the parsed templates, by folder and language, and parses
// each the first time it is asked for.
type templateSet struct{ loaders sync.Map }

// execute runs templates/<file>.tmpl. The templates of one folder and language
// are parsed together, so that they can share definitions.
func (s *templateSet) execute(file string, view any) ([]byte, error) {
	t, err := s.load(patternOf(file))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := t.ExecuteTemplate(&out, path.Base(file)+".tmpl", view); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// layout says how a file is composed of definitions.
type layout struct {
	// definitions is the pattern of the templates they stand in.
	definitions string
	// between stands between any two.
	between string
	// comments puts what the definition "x comment" prints above that of x,
	// where there is one.
	comments bool
}

// compose runs the named definitions. The line feeds around each do not count,
// so that a definition can stand between its tags as it is printed.
func (s *templateSet) compose(l layout, names []string, view any) ([]byte, error) {
	t, err := s.load(l.definitions)
	if err != nil {
		return nil, err
	}
	var parts []string
	for _, name := range names {
		part := ""
		for _, definition := range []string{name + " comment", name} {
			if definition != name && (!l.comments || t.Lookup(definition) == nil) {
				continue
			}
			var out bytes.Buffer
			if err := t.ExecuteTemplate(&out, definition, view); err != nil {
				return nil, err
			}
			part += strings.Trim(out.String(), "\n") + "\n"
		}
		parts = append(parts, part)
	}
	return []byte(strings.Join(parts, l.between)), nil
}

// load gives the parsed templates that match a pattern.
func (s *templateSet) load(pattern string) (*template.Template, error) {
	loader, _ := s.loaders.LoadOrStore(pattern, sync.OnceValues(func() (*template.Template, error) {
		return load(templates.FS, pattern)
	}))
	return loader.(func() (*template.Template, error))()
}

// patternOf matches the templates that are parsed together with that of a file.
func patternOf(file string) string {
	return path.Dir(file) + "/*" + path.Ext(file) + ".tmpl"
}

// load parses the templates that match pattern. That none of their actions can
// print a value unquoted, or in the wrong kind of place, is what the tests hold
// over every file of [templates.FS].
func load(fsys fs.FS, pattern string) (*template.Template, error) {
	lang, ok := languageOf(pattern)
	if !ok {
		return nil, fmt.Errorf("%s: no quoter for this language", pattern)
	}
	return template.New("").Option("missingkey=error").Funcs(lang.funcs()).ParseFS(fsys, pattern)
}
