package cmd

import (
	"os"
	"runtime"
	"strings"

	"golang.org/x/term"

	"apigw-cors/cmd/check"
	"apigw-cors/cmd/prompt"
	"apigw-cors/cmd/report"
)

// isTerminal reports whether a person sits at the other end of a stream.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// watched reports whether a person looks at stderr, at a terminal where a line
// can be overwritten.
func (a *app) watched() bool {
	return !a.json && isTerminal(a.err) && a.getenv("TERM") != "dumb"
}

// accessible reports whether questions in plain lines were asked for.
func (a *app) accessible() bool {
	env := a.getenv("ACCESSIBLE")
	return a.byLine || env != "" && env != "0"
}

// maxTextWidth is as long as lines of text are read with ease.
const maxTextWidth = 80

// window is the size of the terminal at the other end of stderr.
func (a *app) window() prompt.Window {
	if f, ok := a.err.(*os.File); ok {
		if width, rows, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
			return prompt.Window{Width: min(width, maxTextWidth), Rows: rows}
		}
	}
	return prompt.Window{Width: maxTextWidth, Rows: 24}
}

// utf8 reports whether the terminal can show more than ASCII.
// https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html#tag_08_02
func (a *app) utf8() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := strings.ToLower(a.getenv(name)); locale != "" {
			return strings.HasSuffix(locale, "utf-8") || strings.HasSuffix(locale, "utf8")
		}
	}
	return false
}

// colorMode is the value of --color.
type colorMode string

const (
	colorAuto   colorMode = "auto"
	colorAlways colorMode = "always"
	colorNever  colorMode = "never"
)

// painter is for stderr.
func (a *app) painter() report.Painter { return a.painterOf(a.err) }

// drawing is for a matrix on stdout, which may be as wide as its terminal.
func (a *app) drawing() check.Drawing {
	d := check.Drawing{Width: maxTextWidth, Paint: a.painterOf(a.out)}
	if f, ok := a.out.(*os.File); ok {
		if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
			d.Width = width
		}
	}
	return d
}

// painterOf is for stderr, or for what lint, probe, test and explain --matrix
// print on stdout for a person: no other artifact is coloured.
// https://no-color.org
func (a *app) painterOf(stream any) report.Painter {
	switch a.color.value {
	case colorAlways:
		return report.NewPainter(true)
	case colorNever:
		return report.Painter{}
	}
	dumb := a.getenv("TERM") == "dumb"
	// The old Windows console prints escape sequences as they are; the terminals
	// that understand them say who they are.
	old := runtime.GOOS == "windows" && a.getenv("WT_SESSION") == "" && a.getenv("TERM") == ""
	return report.NewPainter(isTerminal(stream) && a.getenv("NO_COLOR") == "" && !dumb && !old)
}
