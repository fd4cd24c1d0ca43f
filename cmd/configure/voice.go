package configure

import (
	"fmt"
	"io"
	"strings"

	"apigw-cors/cmd/prompt"
	"apigw-cors/cmd/report"
	"apigw-cors/generator/cors"
)

// voice says what is not asked: on stderr, wrapped to the window.
type voice struct {
	to     io.Writer
	window func() prompt.Window
	paint  report.Painter
}

func (v voice) say(format string, args ...any) {
	io.WriteString(v.to, prompt.Fold(fmt.Sprintf(format, args...), v.window().Width, ""))
}

// verbatim says what is to be copied, in one piece.
func (v voice) verbatim(line string) { fmt.Fprintln(v.to, "  "+line) }

func (v voice) item(text string) {
	io.WriteString(v.to, prompt.Hang("  "+text, v.window().Width, "     "))
}

func (v voice) heading(text string) { fmt.Fprintln(v.to, "\n"+v.paint.Bold(text)) }

func (v voice) fault(f *cors.FieldError) {
	v.finding("", f.Value, v.paint.Red(string(f.Reason)), f.Detail, f.Hint)
}

// advise tells a piece of advice, in short where it was told before.
func (v voice) advise(place string, a cors.Advice, before bool) {
	severity := v.paint.Cyan(string(a.Severity))
	if a.Severity == cors.Warning {
		severity = v.paint.Yellow(string(a.Severity))
	}
	if before {
		v.finding(place, "", severity, a.Code+", as told above", "")
		return
	}
	v.finding(place, a.Value, severity, a.Detail, a.Hint)
}

// finding has the form of generate's, without the place where it is what was
// just answered.
func (v voice) finding(place, value, kind, detail, hint string) {
	parts := []string{kind, report.Clean(detail)}
	if value != "" {
		parts = append([]string{report.Quote(value)}, parts...)
	}
	if place != "" {
		parts = append([]string{v.paint.Bold(place)}, parts...)
	}
	io.WriteString(v.to, prompt.Hang("  "+strings.Join(parts, ": "), v.window().Width, "  "))
	if hint != "" {
		v.hint(hint)
	}
}

func (v voice) hint(text string) {
	io.WriteString(v.to, prompt.Fold(v.paint.Cyan("hint:")+" "+report.Clean(text), v.window().Width, "    "))
}

// table says names and values in two columns, or in a narrow window below each
// other.
func (v voice) table(rows []prompt.Option) {
	width := v.window().Width
	column := 0
	for _, r := range rows {
		column = max(column, len(r.Name)+2)
	}
	for _, r := range rows {
		if width < prompt.MinWidth {
			io.WriteString(v.to, prompt.Hang("  "+v.paint.Bold(r.Name)+": "+report.Clean(r.Detail), width, "    "))
			continue
		}
		name := "  " + v.paint.Bold(r.Name) + strings.Repeat(" ", column-len(r.Name))
		value := prompt.Fold(report.Clean(r.Detail), width, strings.Repeat(" ", column+2))
		io.WriteString(v.to, name+value[column+2:])
	}
}
