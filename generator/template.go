package generator

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
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
	key := patternOf(file)
	loader, _ := s.loaders.LoadOrStore(key, sync.OnceValues(func() (*template.Template, error) {
		return load(templates.FS, key)
	}))
	t, err := loader.(func() (*template.Template, error))()
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := t.ExecuteTemplate(&out, path.Base(file)+".tmpl", view); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
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
