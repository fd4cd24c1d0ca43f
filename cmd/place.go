package cmd

import (
	"strconv"
	"strings"
)

// place is where a value stands: in a file, or on the command line.
type place struct {
	file         string
	line, column int
	// path is the key, such as "resources[0].methods[1]".
	path string
	// flag is "--allow-origins" for a value from the command line.
	flag string
}

func (p place) String() string {
	if p.flag == "" && p.path != "" {
		return p.where() + ": " + p.path
	}
	return p.where()
}

// where is the place without the key.
func (p place) where() string {
	s := p.file
	switch {
	case p.flag != "":
		return p.flag
	case p.line > 0 && p.column > 0:
		s += ":" + strconv.Itoa(p.line) + ":" + strconv.Itoa(p.column)
	case p.line > 0:
		s += ":" + strconv.Itoa(p.line)
	}
	return s
}

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

// pathOf is the path of a field, as in [cors.FieldError.Path].
func pathOf(field string, index int) string {
	if index < 0 {
		return field
	}
	return field + "[" + strconv.Itoa(index) + "]"
}
