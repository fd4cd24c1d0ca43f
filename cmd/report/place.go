package report

import "strconv"

// Place is where a value stands: in a file, or on the command line.
type Place struct {
	File         string
	Line, Column int
	// Path is the key, such as "resources[0].methods[1]".
	Path string
	// Flag is "--allow-origins" for a value from the command line.
	Flag string
}

func (p Place) String() string {
	if p.Flag == "" && p.Path != "" {
		return p.Where() + ": " + p.Path
	}
	return p.Where()
}

// Where is the place without the key.
func (p Place) Where() string {
	s := p.File
	switch {
	case p.Flag != "":
		return p.Flag
	case p.Line > 0 && p.Column > 0:
		s += ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column)
	case p.Line > 0:
		s += ":" + strconv.Itoa(p.Line)
	}
	return s
}

// PathOf is the path of a field, as in [cors.FieldError.Path].
func PathOf(field string, index int) string {
	if index < 0 {
		return field
	}
	return field + "[" + strconv.Itoa(index) + "]"
}
