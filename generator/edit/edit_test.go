package edit_test

import (
	"testing"

	"apigw-cors/generator/edit"
)

func TestApply(t *testing.T) {
	const text = "abcdef"
	for _, tt := range []struct {
		desc    string
		changes []edit.Change
		want    string
	}{
		{"none", nil, text},
		{"replace", []edit.Change{{"f", 1, 3, "X"}}, "aXdef"},
		{"insert at both ends", []edit.Change{{"f", 6, 6, ">"}, {"f", 0, 0, "<"}}, "<abcdef>"},
		{"two at one place keep their order", []edit.Change{{"f", 2, 2, "1"}, {"f", 2, 2, "2"}}, "ab12cdef"},
		{"insert before what is replaced", []edit.Change{{"f", 2, 3, "C"}, {"f", 2, 2, "1"}}, "ab1Cdef"},
		{"the same twice counts once", []edit.Change{{"f", 2, 3, ""}, {"f", 2, 3, ""}}, "abdef"},
		{"another file's", []edit.Change{{"g", 2, 3, "X"}}, text},
		{"overlapping", []edit.Change{{"f", 1, 3, "X"}, {"f", 2, 4, "Y"}}, ""},
		{"beyond the end", []edit.Change{{"f", 5, 7, "X"}}, ""},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			got, err := edit.Apply("f", []byte(text), tt.changes)
			if string(got) != tt.want || (err == nil) != (tt.want != "") {
				t.Errorf("%q, %v; want %q", got, err, tt.want)
			}
		})
	}
}

func TestOverlap(t *testing.T) {
	for _, tt := range []struct {
		desc string
		a, b edit.Change
		want bool
	}{
		{"side by side", edit.Change{"f", 1, 3, "x"}, edit.Change{"f", 3, 5, "y"}, false},
		{"over each other", edit.Change{"f", 1, 4, "x"}, edit.Change{"f", 3, 5, "y"}, true},
		{"two insertions at one place", edit.Change{"f", 1, 1, "x"}, edit.Change{"f", 1, 1, "y"}, true},
		{"the same one", edit.Change{"f", 1, 1, "x"}, edit.Change{"f", 1, 1, "x"}, false},
		{"of two files", edit.Change{"f", 1, 4, "x"}, edit.Change{"g", 1, 4, "x"}, false},
	} {
		if got := edit.Overlap([]edit.Change{tt.a}, []edit.Change{tt.b}); got != tt.want {
			t.Errorf("%s: %v", tt.desc, got)
		}
	}
}

func TestMoved(t *testing.T) {
	changes := []edit.Change{{"f", 2, 4, "wxyz"}, {"f", 6, 6, "!"}, {"g", 0, 0, "other"}}
	for offset, want := range map[int]int{0: 0, 1: 1, 2: 2, 3: 2, 4: 6, 5: 7, 6: 9, 7: 10} {
		if got := edit.Moved("f", offset, changes); got != want {
			t.Errorf("%d moves to %d, want %d", offset, got, want)
		}
	}
}
