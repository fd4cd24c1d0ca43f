package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"apigw-cors/generator/gateway"
	"apigw-cors/generator/lint"
)

// WriteText writes the findings for a person, with the lines they are about if
// that person is looking. unknown lists what cannot be told, too.
func (f *Findings) WriteText(w io.Writer, p Painter, excerpts, unknown bool) error {
	var b strings.Builder
	for _, found := range f.Findings {
		found.writeText(&b, p, excerpts)
	}
	if unknown {
		for _, u := range f.Unknown {
			fmt.Fprintf(&b, "%s: %s: %s\n", p.Bold(Clean(where(u.Place))), p.Cyan("unknown"), Clean(u.Text))
			fmt.Fprintf(&b, "  because %s\n", Clean(u.Why))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (f *Finding) writeText(w io.Writer, p Painter, excerpt bool) {
	fmt.Fprintf(w, "%s: %s %s: %s\n", p.Bold(Clean(where(f.Place))), p.severity(f.Severity), f.Rule, Clean(f.Text))
	if excerpt {
		f.Excerpt.write(w, p, f.Place.Line)
	}
	if f.Page != "" {
		fmt.Fprintln(w, "  "+Clean(f.Page))
	}
	for _, r := range f.Related {
		fmt.Fprintf(w, "  %s: %s\n", Clean(where(r.Place)), Clean(r.Text))
	}
	if f.Fix != "" {
		fmt.Fprintf(w, "  %s %s (%s)\n", p.Green("fix:"), Clean(f.Fix), f.safety())
	}
}

// safety says whether a fix decides who may call.
func (f *Finding) safety() string {
	if f.Safe {
		return "safe"
	}
	return "unsafe"
}

// severity is in red what is refused, in yellow what may be.
func (p Painter) severity(s lint.Severity) string {
	switch s {
	case lint.Error:
		return p.Red(string(s))
	case lint.Warning:
		return p.Yellow(string(s))
	}
	return p.Cyan(string(s))
}

func where(at gateway.Place) string {
	return Place{File: at.File, Line: at.Line, Column: at.Column}.Where()
}

// write shows the line with a caret under what is meant.
func (e Excerpt) write(w io.Writer, p Painter, line int) {
	if e.Text == "" {
		return
	}
	number := strconv.Itoa(line)
	// A tab is as wide below as it is above.
	keepTabs := func(s string, other func(string) string) string {
		cells := strings.Split(s, "\t")
		for i := range cells {
			cells[i] = other(cells[i])
		}
		return strings.Join(cells, "\t")
	}
	text := strings.TrimRight(keepTabs(e.Text, Clean), " \t")
	blank := keepTabs(string([]rune(e.Text)[:e.At]), func(s string) string { return strings.Repeat(" ", utf8.RuneCountInString(s)) })
	fmt.Fprintf(w, "  %s %s\n", p.Dim(number+" |"), text)
	fmt.Fprintf(w, "  %s %s%s\n", p.Dim(strings.Repeat(" ", len(number))+" |"), blank, p.Red(strings.Repeat("^", e.Width)))
}
