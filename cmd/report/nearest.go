package report

import (
	"strings"

	"apigw-cors/generator/cors"
)

// Nearest is the word that was probably meant, or "" where it is anyone's
// guess.
func Nearest(word string, words []string) string {
	word = letters(word)
	best, bestDistance := "", 1+len(word)/3
	for _, w := range words {
		p := letters(w)
		if longer := max(len(p)-len(word), len(word)-len(p)); longer >= bestDistance {
			continue // at least so many letters differ
		}
		if d := cors.Distance(word, p); d < bestDistance {
			best, bestDistance = w, d
		}
	}
	if best != "" || len(word) < 2 {
		return best
	}
	for _, w := range words {
		if p := letters(w); !isShort(word, p) && (len(word) < 4 || !strings.Contains(p, word) && !strings.Contains(word, p)) {
			continue
		}
		if best != "" {
			return ""
		}
		best = w
	}
	return best
}

// isShort reports whether a word is short for another, as tf is for terraform: it
// begins with the same letter, and has all of its own there, in this order.
func isShort(word, other string) bool {
	if len(word) > 3 || !strings.HasPrefix(other, word[:1]) {
		return false
	}
	for i := range len(word) {
		at := strings.IndexByte(other, word[i])
		if at < 0 {
			return false
		}
		other = other[at+1:]
	}
	return true
}

// letters takes away what spellings differ in: allow_origins, allow-origins,
// AllowOrigins, and the header Access-Control-Allow-Origins.
func letters(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune("-_ ", r) {
			return -1
		}
		return r
	}, strings.ToLower(s))
	return strings.TrimPrefix(s, "accesscontrol")
}

// DidYouMean hints at the nearest word, otherwise at where the words are listed.
func DidYouMean(word string, words []string, list string) []string {
	if near := Nearest(word, words); near != "" {
		return []string{"did you mean " + near + "?"}
	}
	return []string{list}
}
