package report

import (
	"strconv"
	"strings"
	"unicode"
)

// Quote shows a value as it was written, unless it is very long.
func Quote(s string) string {
	const most = 80
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return strconv.Quote(s)
}

// Clean keeps what a file, a flag or the network may hold from steering the
// terminal: control characters, those that change the direction of writing, and
// line separators become U+FFFD.
// https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
func Clean(s string) string {
	return strings.Map(func(r rune) rune {
		if steers(r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

// CleanText is [Clean] for a text of several lines: tabs and line ends stay.
func CleanText(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		text := strings.TrimRight(line, "\r\n")
		for i, cell := range strings.Split(text, "\t") {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(Clean(cell))
		}
		b.WriteString(line[len(text):])
	}
	return b.String()
}

// steers reports whether a terminal, or a reader of text, takes r for more than
// a character to show.
func steers(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp)
}

// Plural counts a noun: "1 file", "2 files".
func Plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
