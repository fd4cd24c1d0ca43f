//go:build unix

package cmd_test

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
)

// session makes the pseudo-terminal the program's own, so that it gets the
// signals of one.
func session() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true, Setctty: true} }

// TestTerminalCtrlC leaves at every question of a REST run, and of the review.
func TestTerminalCtrlC(t *testing.T) {
	walk := []struct{ title, key string }{
		{"API type", enter}, {"Allow origins", "https://a.example" + enter}, {"Auth", enter}, {"Allow methods", enter},
		{"Formats", enter}, {"Change a default", "cred max integ " + enter}, {"Allow credentials", enter}, {"Max age", enter},
		{"Integration", enter}, {"What now", "save" + down + enter}, {"Save as", ""},
	}
	for i, last := range walk {
		t.Run(last.title, func(t *testing.T) {
			t.Parallel()
			x := open(t, setup{stdout: "template.yaml"})
			for _, q := range walk[:i] {
				x.answer(q.title, q.key)
			}
			x.see("? " + last.title)
			if i%2 == 0 {
				x.press(ctrlC)
			} else {
				x.press(ctrlD)
			}
			x.exit(130)
			if view := x.view(); !strings.HasSuffix(view, "\napigw-cors: interrupted; nothing was written\n") {
				t.Errorf("ends with\n%s", view)
			}
			x.untouched("template.yaml")
		})
	}
}

// TestTerminalResize: the list is where it was, whatever the window does.
func TestTerminalResize(t *testing.T) {
	x := open(t, setup{})
	x.answer("API type", enter)
	x.answer("Allow origins", "https://a.example", enter)
	x.see("? Auth\n")
	x.resize(100, 40)
	x.press(down)
	x.see("❯ api-key")
	x.shot("larger")
	x.resize(80, 20)
	x.press(down)
	x.see("❯ iam")
	x.shot("smaller")
	x.press(enter)
	x.answer("Allow methods", enter)
	x.see("? Formats\n")
	x.shot("the next question")
	x.resize(40, 20)
	x.press(enter)
	x.below("Numbers, or none")
	x.shot("too narrow for lists")
	x.press(ctrlC)
	x.exit(130)
	x.compare("resize.txt")
}

// TestTerminalSignal: a signal from outside leaves the terminal in order, too.
func TestTerminalSignal(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		t.Run(fmt.Sprint(signal), func(t *testing.T) {
			x := open(t, setup{})
			x.see("? API type\n")
			if err := x.cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			x.exit(130)
			x.untouched()
		})
	}
}

// TestTerminalNarrow: a letter that no option has is refused, and the list is
// as alive as before.
func TestTerminalNarrow(t *testing.T) {
	x := open(t, setup{args: []string{"configure", "--api", "rest", "--allow-origins", "https://a.example"}})
	x.answer("Auth", "cogx")
	x.see("Nothing has \"cogx\" in its name.\n")
	x.see("❯ cognito")
	x.shot("refused")
	x.press("é")
	x.see("Nothing has \"cog?\" in its name.\n")
	x.press("\x7f")
	x.see(" co  [Use")
	x.shot("one letter less")
	x.press(enter)
	x.answer("Allow methods", "zzz", " ", enter)
	x.see("? Allow methods POST\n")
	x.press(ctrlC)
	x.exit(130)
	x.compare("narrow.txt")
}
