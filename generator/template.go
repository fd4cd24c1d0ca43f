package generator

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"text/template"

	"apigw-cors/templates"
)

// templateSet holds the parsed templates, and parses each the first time it is
// asked for: a single run of the command pays for what it renders.
type templateSet struct{ loaders sync.Map }

// templateKey is a set of templates that are parsed together, so that they can
// share definitions: those of a folder and language, without those whose name
// says that they are of the other kind of API (_rest, _http), or of a whole
// example (standalone).
type templateKey struct {
	pattern          string
	rest, standalone bool
}

// has reports whether a file belongs to the set.
func (k templateKey) has(file string) bool {
	name, _, _ := strings.Cut(path.Base(file), ".")
	return !(strings.HasSuffix(name, "_rest") && !k.rest || strings.HasSuffix(name, "_http") && k.rest ||
		strings.HasPrefix(name, "standalone") && !k.standalone)
}

// execute runs the template of that name. In the place of what an environment
// chooses, it prints where to look it up.
func (s *templateSet) execute(key templateKey, name string, view any, c *choices) ([]byte, error) {
	t, err := s.load(key)
	if err == nil && c != nil {
		lang, _ := languageOf(key.pattern)
		if t, err = t.Clone(); err == nil {
			t.Funcs(c.funcs(lang.quote))
		}
	}
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := t.ExecuteTemplate(&out, name, view); err != nil {
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
	t, err := s.load(templateKey{pattern: l.definitions})
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

// load gives the parsed templates of a set.
func (s *templateSet) load(key templateKey) (*template.Template, error) {
	loader, _ := s.loaders.LoadOrStore(key, sync.OnceValues(func() (*template.Template, error) {
		return load(templates.FS, key.pattern, key.has)
	}))
	return loader.(func() (*template.Template, error))()
}

// patternOf matches the templates of a file's folder and language.
func patternOf(file string) string {
	return path.Dir(file) + "/*" + path.Ext(file) + ".tmpl"
}

// load parses those of the templates that match pattern which has picks. That
// none of their actions can print a value unquoted, or in the wrong kind of
// place, is what the tests hold over every file of [templates.FS].
func load(fsys fs.FS, pattern string, has func(file string) bool) (*template.Template, error) {
	lang, ok := languageOf(pattern)
	if !ok {
		return nil, fmt.Errorf("%s: no quoter for this language", pattern)
	}
	files, err := fs.Glob(fsys, pattern)
	if err != nil {
		return nil, err
	}
	files = slices.DeleteFunc(files, func(file string) bool { return !has(file) })
	return template.New("").Option("missingkey=error").Funcs(lang.funcs()).ParseFS(fsys, files...)
}
