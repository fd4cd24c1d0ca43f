package prompt

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/hinshun/vt10x"

	"apigw-cors/cmd/report"
)

// screen is a terminal that begins a line where it is told to go to the next
// one, as the tty before it would have it.
type screen struct{ vt10x.Terminal }

func (s screen) Write(p []byte) (int, error) {
	_, err := s.Terminal.Write([]byte(strings.ReplaceAll(string(p), "\n", "\r\n")))
	return len(p), err
}

func (s screen) text() string {
	var lines []string
	for line := range strings.SplitSeq(s.String(), "\n") {
		lines = append(lines, strings.TrimRight(line, " "))
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

// TestReviewB15LastColumn: wherever a line ends, the last column included,
// nothing of the question is left, and what stands above it stays.
func TestReviewB15LastColumn(t *testing.T) {
	const columns, rows = 80, 24
	p := Question{Title: "T", Note: "N", Help: "H"}
	for _, above := range []int{1, rows - 6, rows - 3} {
		for length := range 3 * columns {
			for _, end := range []string{"\r", "\x1b[H\r", "?\x7f\r", "\x7fx\x1b[D\x1b[D\x1b[3~\x1b[Fx\r"} {
				s := screen{vt10x.New(vt10x.WithSize(columns, rows))}
				want := strings.TrimSpace(strings.Repeat("above\n", above))
				fmt.Fprintln(s, want)
				typed := strings.Repeat("x", length)
				l := &lineEditor{
					in: &keyReader{typedInput: newTypedInput(t.Context(), strings.NewReader(typed+end))}, out: s, paint: report.Painter{}, width: columns,
				}
				got := ""
				err := l.line(p, "  N", "H", "(https://a.example) ", func(typed string) (string, bool) { got = typed; return "done", true })
				if trimmed := strings.Trim(got, "x"); err != nil || trimmed != "" {
					t.Fatalf("%d of x and %q: %q, %v", length, end, got, err)
				}
				// What has scrolled out of the window is gone, whoever asks.
				view := s.text()
				if !strings.HasSuffix(view, "above\n? T done") || strings.ReplaceAll(view, "above\n", "") != "? T done" {
					t.Fatalf("%d of x and %q leave\n%s", length, end, view)
				}
			}
		}
	}
}

// TestLineBack: Esc takes the question away, Ctrl-C leaves it.
func TestLineBack(t *testing.T) {
	for _, tt := range []struct {
		keys string
		err  error
		want string
	}{
		{"xx\x03", ErrInterrupted, "above\n? T\n  N\n  [? for help] xx"},
		{"xx\x1b[D\x1b", ErrBack, "above"},
		{"?\rno\ryes\r", nil, "above\n? T yes"},
	} {
		s := screen{vt10x.New(vt10x.WithSize(80, 24))}
		fmt.Fprintln(s, "above")
		l := &lineEditor{in: &keyReader{typedInput: newTypedInput(t.Context(), keysThen(tt.keys))}, out: s, paint: report.Painter{}, width: 80}
		err := l.line(Question{Title: "T", Note: "N", Help: "H"}, "  N", "H", "", func(typed string) (string, bool) { return typed, typed == "yes" })
		if !errors.Is(err, tt.err) || s.text() != tt.want {
			t.Errorf("%q: %v, want %v, with\n%s\nwant\n%s", tt.keys, err, tt.err, s.text(), tt.want)
		}
		if row := s.Cursor().Y; row != strings.Count(tt.want, "\n")+map[bool]int{true: 0, false: 1}[errors.Is(tt.err, ErrInterrupted)] {
			t.Errorf("%q: the cursor is in row %d", tt.keys, row)
		}
	}
}
