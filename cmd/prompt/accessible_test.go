package prompt

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"apigw-cors/cmd/report"
)

func TestAccessible(t *testing.T) {
	three := []Option{{"one", "first"}, {"two", ""}, {"three", "third"}}
	blanks := []Option{{"one", ""}, {"one and all", ""}, {"all", ""}}
	p := Question{Title: "Count", Note: "How many?", Help: "Fingers."}
	input := func(l *plainLines) (any, error) { return l.Input(p, "ten") }
	confirm := func(l *plainLines) (any, error) { return l.Confirm(p, true) }
	selected := func(l *plainLines) (any, error) { return l.Select(p, three, 1) }
	several := func(l *plainLines) (any, error) { return l.MultiSelect(p, three, []int{0, 2}) }
	tests := []struct {
		desc, typed string
		ask         func(*plainLines) (any, error)
		want        any
		// told is what stands on the screen, beside the question.
		told string
	}{
		{"a text", " five \n", input, "five", ""},
		{"an empty line keeps the text", "\n", input, "ten", "[ten]"},
		{"help, then the text", "?\n?\n5\n", input, "5", "Fingers."},
		{"a line that lacks its end", "five", input, "five", ""},
		{"yes", "Y\n", confirm, true, "[yes]"},
		{"no after a guess", "maybe\nno\n", confirm, false, `"maybe" is neither yes nor no.`},
		{"an empty line keeps yes", "\n", confirm, true, ""},
		{"a number", "3\n", selected, 2, " 3) three: third"},
		{"a name", "ONE\n", selected, 0, ""},
		{"an empty line keeps the number", "\n", selected, 1, "[2]"},
		{"no such number", "4\n0\n1\n", selected, 0, `"4" is not one of 1 to 3`},
		{"too many numbers", "1,2\n2\n", selected, 1, "one is needed, not 2"},
		{"numbers, out of order and twice", "3 1,3\n", several, []int{0, 2}, " 1) one (chosen): first"},
		{"names", "two,three\n", several, []int{1, 2}, ""},
		{"a name with blanks", "One and all, all\n", func(l *plainLines) (any, error) { return l.MultiSelect(p, blanks, nil) }, []int{1, 2}, ""},
		{"none", "none\n", several, []int(nil), "or none [1,3]"},
		{"an empty line keeps the numbers", "\n", several, []int{0, 2}, ""},
		{"a wrong name among numbers", "1,four\n2\n", several, []int{1}, `"four" is not one of 1 to 3`},
		{"back", "<\n", several, ErrBack, ""},
		{"back from a text", "<\n", input, ErrBack, ""},
		{"the end of input", "", input, ErrInterrupted, ""},
		{"the end of input after help", "?\n", confirm, ErrInterrupted, "Fingers."},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			var out strings.Builder
			l := &plainLines{
				in: newTypedInput(t.Context(), strings.NewReader(tt.typed)), out: &out, echo: true,
				window: func() Window { return Window{80, 24} }, paint: report.Painter{},
			}
			got, err := tt.ask(l)
			if want, ok := tt.want.(error); ok {
				if !errors.Is(err, want) {
					t.Errorf("%v, %v; want %v", got, err, want)
				}
			} else if err != nil || fmt.Sprintf("%#v", got) != fmt.Sprintf("%#v", tt.want) {
				t.Errorf("%#v, %v; want %#v", got, err, tt.want)
			}
			if !strings.Contains(out.String(), tt.told) || !strings.Contains(out.String(), "Count\n  How many?\n") {
				t.Errorf("lacks %q:\n%s", tt.told, out.String())
			}
			if strings.Contains(out.String(), "\x1b") {
				t.Errorf("moves the cursor: %q", out.String())
			}
		})
	}
}
