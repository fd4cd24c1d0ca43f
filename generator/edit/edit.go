package edit

import (
	"cmp"
	"fmt"
	"slices"
)

// Change puts New in place of the bytes of a file from Start up to End. With
// Start equal to End it inserts, with New empty it deletes.
type Change struct {
	// File is a path as in [apigw-cors/generator/gateway.Place].
	File       string
	Start, End int
	New        string
}

// Sort puts changes in the order of their files and places, and leaves out those
// that are there twice. Insertions at one place keep their order.
func Sort(changes []Change) []Change {
	var out []Change
	for _, c := range changes {
		if !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	return out
}

// Overlap reports whether two lists of changes touch the same bytes, or insert
// at the same place: what each of them means alone, both together may not. A
// change that is in both lists does not count.
func Overlap(a, b []Change) bool {
	for _, x := range a {
		for _, y := range b {
			if x.File != y.File || x == y {
				continue
			}
			if x.Start < y.End && y.Start < x.End || x.Start == y.Start {
				return true
			}
		}
	}
	return false
}

// Apply makes the changes of one file in its text. The error is that of changes
// that overlap, or lie outside of the text; the text itself is left as it is.
func Apply(file string, text []byte, changes []Change) ([]byte, error) {
	var out []byte
	at := 0
	for _, c := range Sort(changes) {
		switch {
		case c.File != file:
			continue
		case c.Start < at:
			return nil, fmt.Errorf("%s: two changes at byte %d", file, c.Start)
		case c.End < c.Start || c.End > len(text):
			return nil, fmt.Errorf("%s: no bytes %d to %d", file, c.Start, c.End)
		}
		out = append(append(out, text[at:c.Start]...), c.New...)
		at = c.End
	}
	return append(out, text[at:]...), nil
}

// Moved is where an offset of a file is after the changes, which do not overlap;
// one inside of replaced bytes moves to the beginning of what replaces them.
func Moved(file string, offset int, changes []Change) int {
	by := 0
	for _, c := range Sort(changes) {
		switch {
		case c.File != file || c.Start > offset || c.Start == offset && c.End > c.Start:
		case c.End <= offset:
			by += len(c.New) - (c.End - c.Start)
		default:
			by -= offset - c.Start
		}
	}
	return offset + by
}
