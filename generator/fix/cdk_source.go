package fix

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

// What is searched of an app.
const (
	maxCDKEntries = 20_000
	maxCDKSources = 500
)

// cdkSource is a TypeScript source of an app.
type cdkSource struct{ name, text string }

// cdkConstruct is where a source constructs an API. variable is what holds it
// ("this.api"), id what the construct is called; both may be "".
type cdkConstruct struct {
	place               gateway.Place
	class, variable, id string
}

// called is how the source calls the API.
func (c cdkConstruct) called() string {
	switch {
	case c.variable != "":
		return c.variable
	case c.id != "":
		return c.id
	}
	return c.class
}

// isCalled reports whether the source calls the API so.
func (c cdkConstruct) isCalled(name string) bool {
	return c.id == name || c.variable == name || c.variable == "this."+name
}

// search reads the sources of an app, but not what belongs to others or was made
// of them, and finds the APIs of the policy's kind in them.
func (a *cdkApp) search(ctx context.Context, name string, isDir bool) error {
	if !isDir {
		return a.read(name)
	}
	entries := 0
	return fs.WalkDir(a.fsys, name, func(at string, d fs.DirEntry, err error) error {
		base := path.Base(at)
		entries++
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && at == name:
			return err
		case entries > maxCDKEntries || len(a.sources) >= maxCDKSources:
			a.note(gateway.Place{File: name}, "name the file that makes the API", "there is more here than was searched")
			return fs.SkipAll
		case err != nil:
			return nil
		case d.IsDir() && at != name && (base == "node_modules" || base == "cdk.out" || strings.HasPrefix(base, ".")):
			return fs.SkipDir
		case !d.Type().IsRegular() || !IsCDK(a.fsys, at, false) || strings.HasSuffix(at, ".test.ts"):
			return nil
		}
		if err := a.read(at); err != nil {
			a.note(gateway.Place{File: at}, "", "it was not searched: %v", err)
		}
		return nil
	})
}

func (a *cdkApp) read(name string) error {
	text, err := readSource(a.fsys, name)
	if err != nil {
		return err
	}
	s := cdkSource{name, string(text)}
	a.sources = append(a.sources, s)
	a.apis = append(a.apis, s.constructs(a.policy.API.IsREST())...)
	return nil
}

// readSource reads a file that is not too long; nil where there is none.
func readSource(fsys fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errors.New("it is not a file")
	case info.Size() > reader.MaxBytes:
		return nil, errors.New("it is too long")
	}
	return fs.ReadFile(fsys, name)
}

// constructs finds where APIs are constructed, by the text alone: in lines that
// begin with it, so that comments are left out.
func (s cdkSource) constructs(rest bool) (out []cdkConstruct) {
	class := `HttpApi`
	if rest {
		class = `RestApi|LambdaRestApi|StepFunctionsRestApi`
	}
	made := regexp.MustCompile(`(?m)^[ \t]*(?:(?:export[ \t]+)?(?:const|let|var)[ \t]+(\w+)[^=\n]*=\s*|((?:this\.)?\w+)[ \t]*=\s*|return[ \t]+)?new[ \t]+(?:\w+\.)?(` + class + `)\(\s*(?:\w+\s*,\s*['"]([^'"\n]*)['"])?`)
	group := func(m []int, n int) string {
		if m[2*n] < 0 {
			return ""
		}
		return s.text[m[2*n]:m[2*n+1]]
	}
	for _, m := range made.FindAllStringSubmatchIndex(s.text, -1) {
		begin := m[0] + len(s.text[m[0]:m[1]]) - len(strings.TrimLeft(s.text[m[0]:m[1]], " \t"))
		place := gateway.Place{File: s.name, Line: 1 + strings.Count(s.text[:begin], "\n"), Column: 1 + begin - m[0]}
		out = append(out, cdkConstruct{place: place, class: group(m, 3), variable: group(m, 1) + group(m, 2), id: group(m, 4)})
	}
	return out
}

// imports reports whether the source imports a module of the app.
func (s cdkSource) imports(module string) bool {
	for _, m := range regexp.MustCompile(`(?m)^[ \t]*(?:import\b|\}).*\bfrom[ \t]*['"](\.[^'"\n]*)['"]`).FindAllStringSubmatch(s.text, -1) {
		named := path.Join(path.Dir(s.name), m[1])
		if strings.TrimSuffix(named, ".js") == strings.TrimSuffix(module, ".ts") {
			return true
		}
	}
	return false
}

// names reports whether a name stands in the source.
func (s cdkSource) names(name string) bool {
	return regexp.MustCompile(`\b` + regexp.QuoteMeta(name) + `\b`).MatchString(s.text)
}
