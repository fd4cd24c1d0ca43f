package cmd

import (
	"bytes"
	"errors"
	"strings"
	"syscall"
	"testing"

	"apigw-cors/cmd/report"
)

// TestPanicIsOneLine: a mistake of the program never reaches a person as a
// stack trace, unless it is asked for.
func TestPanicIsOneLine(t *testing.T) {
	for _, trace := range []string{"", "1"} {
		var stderr bytes.Buffer
		a := newApp(nil, nil, &stderr, func(name string) string {
			if name == traceVariable {
				return trace
			}
			return ""
		})
		code := a.finish(guard(func() error { panic("on\x1b[31m\nfire") }))
		got := stderr.String()
		if code != 1 || !strings.HasPrefix(got, `apigw-cors: a mistake of this program, not of yours: "on\x1b[31m"`) || !strings.Contains(got, "hint: please report it") {
			t.Errorf("exit %d\n%s", code, got)
		}
		if strings.Contains(got, "\x1b") {
			t.Errorf("the terminal is steered: %q", got)
		}
		if strings.Contains(got, "goroutine") != (trace != "") || trace == "" && strings.Count(got, "\n") != 2 {
			t.Errorf("with the trace %q\n%s", trace, got)
		}
	}
	plain := errors.New("plain")
	if got := guard(func() error { return plain }); got != plain || report.OutcomeOf(got) == report.Done {
		t.Errorf("got %v", got)
	}
}

// fullDisk takes nothing.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

// TestReviewD16FullDisk: what was asked for and did not get to stdout is a
// failure, of help, too.
func TestReviewD16FullDisk(t *testing.T) {
	for _, args := range []string{"--help", "help", "help advice", "help json", "generate --help", "completion bash", "completion", "formats", "version", "version --json"} {
		var stderr bytes.Buffer
		if code := Main(strings.Fields(args), strings.NewReader(""), fullDisk{}, &stderr, func(string) string { return "" }); code != 1 {
			t.Errorf("%s: exit %d, %s", args, code, &stderr)
		}
	}
}
