package report

import (
	"bytes"
	"strings"
	"testing"

	"apigw-cors/generator/gateway"
	"apigw-cors/generator/lint"
	"apigw-cors/generator/reader"
)

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("é", 5000)
	for _, tt := range []struct {
		desc, text, of string
		want           Excerpt
	}{
		{"within a line", "a: 1\n  b: 'x'\nc: 2\n", "'x'", Excerpt{"  b: 'x'", 5, 3}},
		{"the first line", "a: 1\n", "1", Excerpt{"a: 1", 3, 1}},
		{"after a byte order mark", "\ufeffa: 1\n", "a", Excerpt{"a: 1", 0, 1}},
		{"the last line, without an end", "a: 1\r\nb: 2", "2", Excerpt{"b: 2", 3, 1}},
		{"several lines", "a:\r\n  b: 1\r\n", "a:\r\n  b: 1", Excerpt{"a:", 0, 2}},
		{"in characters", "ä: ö\n", "ö", Excerpt{"ä: ö", 3, 1}},
		{"not there", "a: 1", "", Excerpt{}},
	} {
		at := strings.Index(tt.text, tt.of)
		if got := NewExcerpt([]byte(tt.text), at, at+len(tt.of)); got != tt.want {
			t.Errorf("%s: got %+v, want %+v", tt.desc, got, tt.want)
		}
	}
	text := long + "X" + long
	got := NewExcerpt([]byte(text), len(long), len(long)+1)
	if runes := []rune(got.Text); len(got.Text) > maxExcerpt || got.Width != 1 || runes[got.At] != 'X' {
		t.Errorf("of a long line: %+v", got)
	}
}

// FuzzExcerpt: what is shown is in the text, and the caret below it.
func FuzzExcerpt(f *testing.F) {
	f.Add([]byte("\ufeffa: 1\r\nb: 'x'\n"), 3, 7)
	f.Fuzz(func(t *testing.T, text []byte, start, end int) {
		if start < 0 || end < 0 {
			t.Skip()
		}
		e := NewExcerpt(text, start, end)
		if !bytes.Contains(text, []byte(e.Text)) || strings.ContainsAny(e.Text, "\r\n") || e.At > len([]rune(e.Text)) {
			t.Errorf("%+v", e)
		}
	})
}

// hostile is what a file may hold, so that it looks like something else.
const hostile = "a\x1b[2J\u202e'\"%,:&<>\r\nb\u2028"

// hostileFindings have that wherever a file has a say.
func hostileFindings() *Findings {
	at := gateway.Place{File: hostile, Line: 2, Column: 3, Start: 1, End: 4}
	return &Findings{
		Findings: []Finding{{Finding: lint.Finding{
			Rule: "unquoted-value", Severity: lint.Error, Place: at, API: hostile, Subject: hostile, Text: hostile, Page: hostile, Fix: hostile,
			Related: []lint.Related{{Place: at, Text: hostile}},
		}, Excerpt: Excerpt{Text: hostile, At: 1, Width: 2}}},
		Unknown: []lint.Unknown{{Place: at, Text: hostile, Why: hostile}},
		Faults:  []reader.Fault{{Place: at, Detail: hostile, Hint: hostile}},
		Files:   1,
	}
}

func TestFindingsDoNotSteerTheTerminal(t *testing.T) {
	var b bytes.Buffer
	if err := hostileFindings().WriteText(&b, Painter{}, true, true); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(b.String()) {
		if strings.ContainsFunc(strings.TrimSuffix(line, "\n"), steers) {
			t.Errorf("%q", line)
		}
	}
}
