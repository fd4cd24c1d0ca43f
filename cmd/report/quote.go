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
		if unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

// Plural counts a noun: "1 file", "2 files".
func Plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
