package cmd

import "strconv"

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

// pathOf is the path of a field, as in [cors.FieldError.Path].
func pathOf(field string, index int) string {
	if index < 0 {
		return field
	}
	return field + "[" + strconv.Itoa(index) + "]"
}
