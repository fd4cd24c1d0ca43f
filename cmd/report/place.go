package report

import (
	"slices"
	"strconv"
	"strings"
)

// Place is where a value stands: in a file, or on the command line.
type Place struct {
	File         string
	Line, Column int
	// Path is the key, such as "resources[0].methods[1]".
	Path string
	// Flag is "--allow-origins" for a value from the command line.
	Flag string
	// Environments are those in which what is told of the value holds, with ", "
	// between them; "" where the document has none.
	Environments string
}

func (p Place) String() string {
	s := p.Where()
	if p.Flag == "" && p.Path != "" {
		s += ": " + p.Path
	}
	// A value of an environment's own has its name in the path.
	if p.Environments != "" && !strings.HasPrefix(p.Path, "environments."+p.Environments) {
		s += " (" + p.Environments + ")"
	}
	return s
}

// anywhere is the place without the environments.
func (p Place) anywhere() Place {
	p.Environments = ""
	return p
}

// and adds the environments of another place.
func (p Place) and(other Place) Place {
	if !slices.Contains(p.environments(), other.Environments) {
		p.Environments = strings.Join(append(p.environments(), other.Environments), ", ")
	}
	return p
}

func (p Place) environments() []string {
	if p.Environments == "" {
		return nil
	}
	return strings.Split(p.Environments, ", ")
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
