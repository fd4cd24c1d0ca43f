package cmd

import (
	"strings"

	"apigw-cors/generator/cors"
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
}

// of finds a path. A value that is not there belongs to what should hold it.
func (p places) of(path string) place {
	key := path
	if i := strings.IndexAny(path, "[."); i >= 0 {
		key = path[:i]
	}
	if flag, ok := p.flags[key]; ok {
		return place{flag: flag, path: path}
	}
	if p.file == "" {
		return place{flag: flagOf(key), path: path}
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
	return place{file: p.file, line: pos.line, column: pos.column, path: path}
}

// format is the place of what is about the format, not about a value.
func (p places) format() place {
	if p.file == "" {
		return place{flag: "--format", path: "format"}
	}
	return place{file: p.file, line: p.start.line, column: p.start.column, path: "--format"}
}

// ofFormat is the place of what a format advises about: a field, or itself.
func (p places) ofFormat(a cors.Advice) place {
	if a.Field == "" {
		return p.format()
	}
	return p.of(pathOf(a.Field, a.Index))
}
