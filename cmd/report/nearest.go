package report

import "strings"

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
		if d := distance(word, p); d < bestDistance {
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

// plain takes away what spellings differ in: allow_origins, allow-origins,
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

// distance counts the letters to insert, delete, replace or swap with their
// neighbour to make b of a.
func distance(a, b string) int {
	// Far longer words are no typing mistake, and a fault may quote anything.
	const long = 64
	if len(a) > long || len(b) > long {
		return long
	}
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			replace := rows[i-1][j-1]
			if a[i-1] != b[j-1] {
				replace++
			}
			rows[i][j] = min(replace, rows[i-1][j]+1, rows[i][j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}

// DidYouMean hints at the nearest word, otherwise at where the words are listed.
func DidYouMean(word string, words []string, list string) []string {
	if near := Nearest(word, words); near != "" {
		return []string{"did you mean " + near + "?"}
	}
	return []string{list}
}
