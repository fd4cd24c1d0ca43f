package vtl

import (
	"regexp"
	"strconv"
	"strings"
)

// compile reads a regular expression of Java's where Go's means the same by
// it: letters, digits, punctuation, groups, alternatives, plain classes and
// quantifiers. ok is false for what differs or is missing in one of the two:
// look-around, back references, possessive quantifiers, set operations in
// classes, flags, and escapes other than \d, \w and of punctuation.
// https://docs.oracle.com/javase/8/docs/api/java/util/regex/Pattern.html
// https://github.com/google/re2/wiki/Syntax
func (r *run) compile(before, java, after string) (e *regexp.Regexp, ok bool) {
	r.steps += 100
	if len(java) > maxExpression || !means(java) {
		return nil, false
	}
	e, err := regexp.Compile(before + java + after)
	return e, err == nil
}

// The bounds of a regular expression: its length in bytes, and all the
// repetitions it asks for.
const (
	maxExpression  = 500
	maxRepetitions = 200
)

func means(java string) bool {
	class, quantified := false, false
	repetitions := 0
	for i := 0; i < len(java); i++ {
		c := java[i]
		quantifier := false
		switch {
		case c < ' ' || c >= 0x7f:
			return false
		case c == '\\':
			if i++; i == len(java) {
				return false
			}
			if c := java[i]; c != 'd' && c != 'w' && !strings.ContainsRune(`.-/\^$|?*+()[]{}:@_,~!#%&=`, rune(c)) {
				return false
			}
		case class:
			if c == '[' || c == '&' || c == '^' && java[i-1] != '[' {
				return false
			}
			class = c != ']'
		case c == '[':
			class = true
			// ] as the first of a class is read differently.
			if strings.HasPrefix(java[i+1:], "]") || strings.HasPrefix(java[i+1:], "^]") {
				return false
			}
		case c == '(':
			if strings.HasPrefix(java[i+1:], "?") && !strings.HasPrefix(java[i+1:], "?:") {
				return false
			}
			if strings.HasPrefix(java[i+1:], "?:") {
				i += 2
			}
		case c == '*' || c == '+' || c == '?':
			// a*? is reluctant in both, a*+ possessive in Java only.
			if quantified && c != '?' || i == 0 {
				return false
			}
			quantifier = !quantified
		case c == '{':
			end := strings.IndexByte(java[i:], '}')
			if end < 2 || strings.Trim(java[i+1:i+end], "0123456789,") != "" || java[i+1] == ',' || quantified || i == 0 {
				return false
			}
			for n := range strings.SplitSeq(java[i+1:i+end], ",") {
				times, _ := strconv.Atoi(n)
				repetitions += times
			}
			if java[i-1] == ')' || repetitions > maxRepetitions {
				return false
			}
			i += end
			quantifier = true
		case c == '}':
			return false
		}
		quantified = quantifier
	}
	return !class
}

// isPlain reports whether . and $ mean the same in both languages for s: it
// has no line terminator of Java's, and nothing outside of ASCII.
func isPlain(s string) bool {
	return isASCII(s) && !strings.ContainsAny(s, "\r\n")
}
