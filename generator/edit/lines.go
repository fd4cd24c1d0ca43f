package edit

import "strings"

// maxTable bounds the table that finds the lines two texts have in common.
const maxTable = 4_000_000

// Lines are the changes that make one text of another: of whole lines, and of the
// part that differs where a line takes the place of one.
func Lines(file string, before, after []byte) []Change {
	old, new := splitLines(string(before)), splitLines(string(after))
	at := 0
	for len(old) > 0 && len(new) > 0 && old[0] == new[0] {
		at += len(old[0])
		old, new = old[1:], new[1:]
	}
	for len(old) > 0 && len(new) > 0 && old[len(old)-1] == new[len(new)-1] {
		old, new = old[:len(old)-1], new[:len(new)-1]
	}
	if len(old) == 0 && len(new) == 0 {
		return nil
	}
	if (len(old)+1)*(len(new)+1) > maxTable {
		return []Change{{file, at, at + len(strings.Join(old, "")), strings.Join(new, "")}}
	}
	// common[i][j] counts the lines that old[i:] and new[j:] have in common.
	common := make([][]int, len(old)+1)
	common[len(old)] = make([]int, len(new)+1)
	for i := len(old) - 1; i >= 0; i-- {
		common[i] = make([]int, len(new)+1)
		for j := len(new) - 1; j >= 0; j-- {
			if old[i] == new[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	var out []Change
	for i, j := 0, 0; i < len(old) || j < len(new); {
		first, firstNew := i, j
		start, text := at, ""
		for i < len(old) || j < len(new) {
			if i < len(old) && j < len(new) && old[i] == new[j] {
				break
			}
			if j == len(new) || i < len(old) && common[i+1][j] >= common[i][j+1] {
				at += len(old[i])
				i++
			} else {
				text += new[j]
				j++
			}
		}
		switch {
		case i-first == j-firstNew:
			for k := range i - first {
				out = append(out, narrowed(Change{file, start, start + len(old[first+k]), new[firstNew+k]}, old[first+k]))
				start += len(old[first+k])
			}
		case at > start || text != "":
			out = append(out, Change{file, start, at, text})
		}
		for i < len(old) && j < len(new) && old[i] == new[j] {
			at += len(old[i])
			i, j = i+1, j+1
		}
	}
	return out
}

// narrowed leaves out of a change what is the same before and after it.
func narrowed(c Change, old string) Change {
	n := min(len(old), len(c.New))
	prefix := 0
	for prefix < n && old[prefix] == c.New[prefix] {
		prefix++
	}
	suffix := 0
	for suffix < n-prefix && old[len(old)-1-suffix] == c.New[len(c.New)-1-suffix] {
		suffix++
	}
	return Change{c.File, c.Start + prefix, c.End - suffix, c.New[prefix : len(c.New)-suffix]}
}

func splitLines(s string) []string {
	if s == "" {
		return nil
	}
	lines := strings.SplitAfter(s, "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}
