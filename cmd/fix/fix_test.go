package fix

import (
	"fmt"
	"strings"
	"testing"
)

// TestDiffLines has a hunk after one with two changes say the line of the new
// file where it starts, by which git apply looks for it.
func TestDiffLines(t *testing.T) {
	var before, after strings.Builder
	for i := 1; i <= 40; i++ {
		fmt.Fprintf(&before, "%d\n", i)
		switch i {
		case 10, 15, 30:
			fmt.Fprintf(&after, "%d\nnew\n", i)
		case 13:
		default:
			fmt.Fprintf(&after, "%d\n", i)
		}
	}
	for _, tt := range []struct {
		desc, before, after string
		want                []string
	}{
		{"two changes in one hunk", before.String(), after.String(), []string{"@@ -8,11 +8,12 @@", "@@ -28,6 +29,7 @@"}},
		{"a new file", "", "a\nb\n", []string{"@@ -0,0 +1,2 @@"}},
		{"a file of one line", "a\n", "b\n", []string{"@@ -1 +1 @@"}},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			var got []string
			for line := range strings.Lines((File{Path: "a", Before: []byte(tt.before), After: []byte(tt.after)}).Diff()) {
				if strings.HasPrefix(line, "@@") {
					got = append(got, strings.TrimSpace(line))
				}
			}
			if fmt.Sprint(got) != fmt.Sprint(tt.want) {
				t.Errorf("hunks %q, want %q", got, tt.want)
			}
		})
	}
}

// TestDiffName ends a name with blanks in it by a tab, without which patch takes
// its first word.
func TestDiffName(t *testing.T) {
	for name, want := range map[string]string{"a.yaml": "--- a.yaml\n+++ a.yaml\n", "a b.yaml": "--- a b.yaml\t\n+++ a b.yaml\t\n"} {
		if got := (File{Path: name, Before: []byte("a\n"), After: []byte("b\n")}).Diff(); !strings.HasPrefix(got, want) {
			t.Errorf("%q does not begin with %q", got, want)
		}
	}
}
