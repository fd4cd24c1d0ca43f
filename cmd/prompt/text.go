package prompt

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// None clears an answer, where an empty line would keep it.
const None = "none"

// Fold breaks paragraphs at blanks so that they fit the width, and indents
// every line. A word longer than a line stands alone.
func Fold(text string, width int, indent string) string {
	var b strings.Builder
	for paragraph := range strings.SplitSeq(text, "\n") {
		line := indent
		for word := range strings.FieldsSeq(paragraph) {
			if line != indent && columns(line)+1+columns(word) > width {
				b.WriteString(line + "\n")
				line = indent
			}
			if line != indent {
				line += " "
			}
			line += word
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}

// Hang is fold with the first line's indent taken by its own beginning.
func Hang(text string, width int, indent string) string {
	first, rest := text[:len(indent)], text[len(indent):]
	return first + strings.TrimPrefix(Fold(rest, width, indent), indent)
}

// readNumbers reads a choice out of numbered options: numbers or names, between
// commas or, where no name has one inside, blanks.
func readNumbers(answer string, options []Option) ([]int, error) {
	named := func(word string) int {
		return slices.IndexFunc(options, func(o Option) bool { return strings.EqualFold(o.Name, strings.TrimSpace(word)) })
	}
	var words []string
	for part := range strings.SplitSeq(answer, ",") {
		if named(part) >= 0 {
			words = append(words, part)
		} else {
			words = append(words, SplitList(part)...)
		}
	}
	var out []int
	for _, word := range words {
		i := named(word)
		if n, err := strconv.Atoi(word); i < 0 && err == nil {
			i = n - 1
		}
		if i < 0 || i >= len(options) {
			return nil, fmt.Errorf("%q is not one of 1 to %d", word, len(options))
		}
		if !slices.Contains(out, i) {
			out = append(out, i)
		}
	}
	slices.Sort(out)
	return out, nil
}

// readYesNo reads yes or no; nothing means def.
func readYesNo(answer string, def bool) (yes, ok bool) {
	switch strings.ToLower(answer) {
	case "":
		return def, true
	case "y", "yes":
		return true, true
	case "n", "no":
		return false, true
	}
	return false, false
}

// writeNumbers is a choice as readNumbers reads it.
func writeNumbers(chosen []int) string {
	words := make([]string, len(chosen))
	for i, n := range chosen {
		words[i] = strconv.Itoa(n + 1)
	}
	return strings.Join(words, ",")
}

// SplitList takes commas, semicolons and blanks between the entries of a list:
// no value of ours has one inside.
func SplitList(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(",; \t", r) })
}

// columns is the room a text takes, which colours do not.
func columns(s string) int {
	n := utf8.RuneCountInString(s)
	for {
		i := strings.IndexByte(s, '\x1b')
		if i < 0 {
			return n
		}
		end := strings.IndexByte(s[i:], 'm') + 1
		n -= end
		s = s[i+max(end, 1):]
	}
}
