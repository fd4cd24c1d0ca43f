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
	if best != "" || len(word) < 4 {
		return best
	}
	for _, w := range words {
		if !strings.Contains(letters(w), word) && !strings.Contains(word, letters(w)) {
			continue
		}
		if best != "" {
			return ""
		}
		best = w
	}
	return best
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
