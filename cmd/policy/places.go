package policy

import (
	"strings"

	"apigw-cors/cmd/report"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// position is a place in a text, counted from 1; the column in characters.
type position struct{ line, column int }

// places finds the values of one API.
type places struct {
	// file is "" where there is none.
	file string
	// start is where the document starts in the file.
	start position
	// at holds the positions of keys and list entries, by path.
	at map[string]position
	// flags holds the flags that were given, by key.
	flags map[string]string
	// environment is the one whose values these are, and shared finds those it
	// shares with the others; "" and nil without environments.
	environment string
	shared      *places
	// varying holds the keys that some environment has of its own.
	varying map[string]bool
}

// Find gives the place of a path, as in [cors.FieldError.Path]. A value that is not there belongs to what should hold it.
func (p places) Find(path string) report.Place {
	at := p.find(path)
	at.Environments = p.environment
	return at
}

func (p places) find(path string) report.Place {
	key := keyOf(path)
	if flag, ok := p.flags[key]; ok {
		return report.Place{Flag: flag, Path: path}
	}
	if p.file == "" {
		return report.Place{Flag: FlagOf(key), Path: path}
	}
	if p.shared != nil {
		_, own := p.at[key]
		_, shared := p.shared.at[key]
		if !own && (shared || !p.shared.varying[key]) {
			return p.shared.find(path)
		}
	}
	pos, ok := p.at[path]
	for parent := path; !ok; pos, ok = p.at[parent] {
		i := strings.LastIndexAny(parent, "[.")
		if i < 0 {
			pos = p.start
			break
		}
		parent = parent[:i]
	}
	return report.Place{File: p.file, Line: pos.line, Column: pos.column, Path: p.path(path)}
}

// path is a path as it stands in the document.
func (p places) path(path string) string {
	if p.environment == "" {
		return path
	}
	return strings.TrimSuffix(environmentsKey+"."+p.environment+"."+path, ".")
}

// keyOf is the key that a path starts with.
func keyOf(path string) string {
	if i := strings.IndexAny(path, "[."); i >= 0 {
		return path[:i]
	}
	return path
}

// Format is the place of what is about the format, not about a value.
func (p places) Format() report.Place {
	if p.file == "" {
		return report.Place{Flag: "--format", Path: "format"}
	}
	return report.Place{File: p.file, Line: p.start.line, Column: p.start.column, Path: "--format", Environments: p.environment}
}

// ofAdvice is the place of what a format advises about: a field, or itself.
func (p places) ofAdvice(a cors.Advice) report.Place {
	if a.Field == "" {
		return p.Format()
	}
	if _, ok := gateway.FieldOf(keyOf(a.Field)); !ok {
		// An option of the format stands on the command line alone.
		return report.Place{Flag: "--" + a.Field, Path: a.Field}
	}
	return p.Find(report.PathOf(a.Field, a.Index))
}
