package cmd

import "runtime"

// colorMode is the value of --color.
type colorMode string

const (
	colorAuto   colorMode = "auto"
	colorAlways colorMode = "always"
	colorNever  colorMode = "never"
)

// painter adds colour to words that are complete without it.
type painter struct{ on bool }

// painter is for stderr, the only stream that is coloured.
// https://no-color.org
func (a *app) painter() painter {
	switch a.color.value {
	case colorAlways:
		return painter{on: true}
	case colorNever:
		return painter{}
	}
	dumb := a.getenv("TERM") == "dumb"
	// The old Windows console prints escape sequences as they are; the terminals
	// that understand them say who they are.
	old := runtime.GOOS == "windows" && a.getenv("WT_SESSION") == "" && a.getenv("TERM") == ""
	return painter{on: isTerminal(a.err) && a.getenv("NO_COLOR") == "" && !dumb && !old}
}

// The colours: from those that every terminal has, in its own theme.
func (p painter) bold(s string) string   { return p.paint("1", s) }
func (p painter) dim(s string) string    { return p.paint("2", s) }
func (p painter) red(s string) string    { return p.paint("31", s) }
func (p painter) yellow(s string) string { return p.paint("33", s) }
func (p painter) cyan(s string) string   { return p.paint("36", s) }

func (p painter) paint(code, s string) string {
	if !p.on || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}
