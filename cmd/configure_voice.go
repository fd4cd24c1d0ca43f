package cmd

import (
	"fmt"
	"io"
	"strings"

	"apigw-cors/generator/cors"
)

// voice says what is no question: on stderr, wrapped to the window.
type voice struct {
	to     io.Writer
	window func() window
	paint  painter
}

func (v voice) say(format string, args ...any) {
	io.WriteString(v.to, fold(fmt.Sprintf(format, args...), v.window().width, ""))
}

// verbatim says what is to be copied, in one piece.
func (v voice) verbatim(line string) { fmt.Fprintln(v.to, "  "+line) }

func (v voice) item(text string) {
	io.WriteString(v.to, hang("  "+text, v.window().width, "     "))
}

func (v voice) heading(text string) { fmt.Fprintln(v.to, "\n"+v.paint.bold(text)) }

// judge tells what there is to say about an answer.
func (v voice) judge(about verdict) {
	for _, f := range append(about.own, about.others...) {
		v.fault(f)
	}
	if !about.ok() {
		return
	}
	for _, a := range about.advice {
		v.advise("", a)
	}
}

func (v voice) fault(f *cors.FieldError) {
	v.finding("", f.Value, v.paint.red(string(f.Reason)), f.Detail, f.Hint)
}

func (v voice) advise(place string, a cors.Advice) {
	severity := v.paint.cyan(string(a.Severity))
	if a.Severity == cors.Warning {
		severity = v.paint.yellow(string(a.Severity))
	}
	v.finding(place, a.Value, severity, a.Detail, a.Hint)
}

// finding has the form of generate's, without the place where it is what was
// just answered.
func (v voice) finding(place, value, kind, detail, hint string) {
	parts := []string{kind, clean(detail)}
	if value != "" {
		parts = append([]string{quote(value)}, parts...)
	}
	if place != "" {
		parts = append([]string{v.paint.bold(place)}, parts...)
	}
	io.WriteString(v.to, hang("  "+strings.Join(parts, ": "), v.window().width, "  "))
	if hint != "" {
		io.WriteString(v.to, fold(v.paint.cyan("hint:")+" "+clean(hint), v.window().width, "    "))
	}
}

// table says names and values in two columns, or in a narrow window below each
// other.
func (v voice) table(rows []option) {
	width := v.window().width
	column := 0
	for _, r := range rows {
		column = max(column, len(r.Name)+2)
	}
	for _, r := range rows {
		if width < minRoomyWidth {
			io.WriteString(v.to, hang("  "+v.paint.bold(r.Name)+": "+clean(r.Detail), width, "    "))
			continue
		}
		name := "  " + v.paint.bold(r.Name) + strings.Repeat(" ", column-len(r.Name))
		value := fold(clean(r.Detail), width, strings.Repeat(" ", column+2))
		io.WriteString(v.to, name+value[column+2:])
	}
}
