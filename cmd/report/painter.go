package report

// Painter adds colour to words that are complete without it.
type Painter struct{ on bool }

// NewPainter gives one that changes nothing, unless it is on.
func NewPainter(on bool) Painter { return Painter{on} }

// Coloured reports whether the painter changes anything.
func (p Painter) Coloured() bool { return p.on }

// Bold, Dim and the colours are those that every terminal has, in its own theme.
func (p Painter) Bold(s string) string   { return p.paint("1", s) }
func (p Painter) Dim(s string) string    { return p.paint("2", s) }
func (p Painter) Red(s string) string    { return p.paint("31", s) }
func (p Painter) Green(s string) string  { return p.paint("32", s) }
func (p Painter) Yellow(s string) string { return p.paint("33", s) }
func (p Painter) Cyan(s string) string   { return p.paint("36", s) }

func (p Painter) paint(code, s string) string {
	if !p.on || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}
