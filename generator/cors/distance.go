package cors

// Distance counts the bytes to insert, delete, replace or swap with their
// neighbour to make b of a; 64 stands for all that is farther, and for words
// longer than that. Hints find by it what was probably meant.
//
// https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance
func Distance(a, b string) int {
	// A far longer word is not a typing mistake, and a fault may quote
	// anything.
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
