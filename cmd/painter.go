package cmd

// painter adds colour to words that are complete without it.
type painter struct{ on bool }

// newPainter gives one that changes nothing, unless it is on.
func newPainter(on bool) painter { return painter{on} }

// coloured reports whether the painter changes anything.
func (p painter) coloured() bool { return p.on }

// The colours: from those that every terminal has, in its own theme.
func (p painter) bold(s string) string   { return p.paint("1", s) }
func (p painter) dim(s string) string    { return p.paint("2", s) }
func (p painter) red(s string) string    { return p.paint("31", s) }
func (p painter) green(s string) string  { return p.paint("32", s) }
func (p painter) yellow(s string) string { return p.paint("33", s) }
func (p painter) cyan(s string) string   { return p.paint("36", s) }

func (p painter) paint(code, s string) string {
	if !p.on || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}
