//go:build unix

package cmd_test

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/hinshun/vt10x"
	"golang.org/x/term"
)

// terminal is the real program at a real pseudo-terminal, and a person's view
// of it.
type terminal struct {
	t       *testing.T
	dir     string
	cmd     *exec.Cmd
	pty     *os.File
	tty     *os.File
	before  *term.State
	screen  vt10x.Terminal
	mu      sync.Mutex
	written time.Time
	raw     bytes.Buffer
	drained chan struct{}
	shots   bytes.Buffer
}

// setup is how a terminal differs from 80x24 with colours and UTF-8.
type setup struct {
	columns, rows int
	env           []string
	args          []string
	// stdout goes to this file in the place of the terminal.
	stdout string
	files  map[string]string
}

// program is the test binary under the program's name: it then is the program.
func program(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "apigw-cors")
	if err := os.Symlink(self, path); err != nil {
		t.Fatal(err)
	}
	return path
}

func open(t *testing.T, s setup) *terminal {
	t.Helper()
	if s.columns == 0 {
		s.columns, s.rows = 80, 24
	}
	x := &terminal{t: t, dir: t.TempDir(), drained: make(chan struct{})}
	for name, text := range s.files {
		path := filepath.Join(x.dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	var err error
	if x.pty, x.tty, err = pty.Open(); err != nil {
		t.Skip("no pseudo-terminal: ", err)
	}
	t.Cleanup(func() { x.pty.Close(); x.tty.Close() })
	if x.before, err = term.GetState(int(x.tty.Fd())); err != nil {
		t.Fatal(err)
	}
	x.screen = vt10x.New(vt10x.WithWriter(x.pty), vt10x.WithSize(s.columns, s.rows))
	if err := pty.Setsize(x.pty, &pty.Winsize{Cols: uint16(s.columns), Rows: uint16(s.rows)}); err != nil {
		t.Fatal(err)
	}
	x.cmd = exec.Command(program(t), s.args...)
	x.cmd.Dir = x.dir
	x.cmd.Env = append([]string{"TERM=xterm-256color", "LANG=C.UTF-8", "HOME=" + x.dir, "GOCOVERDIR=" + os.Getenv("GOCOVERDIR")}, s.env...)
	x.cmd.Stdin, x.cmd.Stdout, x.cmd.Stderr = x.tty, x.tty, x.tty
	if s.stdout != "" {
		f, err := os.Create(filepath.Join(x.dir, s.stdout))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		x.cmd.Stdout = f
	}
	x.cmd.SysProcAttr = session()
	if err := x.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.cmd.Process.Kill() })
	go x.watch()
	return x
}

func (x *terminal) watch() {
	defer close(x.drained)
	buf := make([]byte, 4096)
	for {
		n, err := x.pty.Read(buf)
		x.mu.Lock()
		x.raw.Write(buf[:n])
		x.written = time.Now()
		x.mu.Unlock()
		x.screen.Write(buf[:n])
		if err != nil {
			return
		}
	}
}

// view is the screen without the blanks at the ends of lines and below.
func (x *terminal) view() string {
	lines := strings.Split(x.screen.String(), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
}

// see waits until a text is on the screen, and nothing more comes. How far the
// conversation is does not matter.
func (x *terminal) see(text string) {
	x.t.Helper()
	step := regexp.MustCompile(` \(\d+ of \d+\)`)
	x.await(text, func() string { return step.ReplaceAllString(x.view(), "") })
}

// below is like see for plain lines, where nothing goes away: the text is in
// the last question.
func (x *terminal) below(text string) {
	x.t.Helper()
	x.await(text, func() string {
		view := x.view()
		return view[max(0, strings.LastIndex(view, "\n\n")):]
	})
}

func (x *terminal) await(text string, in func() string) {
	x.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		x.mu.Lock()
		quiet := time.Since(x.written) > 40*time.Millisecond
		x.mu.Unlock()
		if quiet && strings.Contains(in(), text) {
			return
		}
	}
	x.t.Fatalf("never saw %q:\n%s", text, x.view())
}

// Keys, as a terminal sends them.
const (
	enter = "\r"
	up    = "\x1b[A"
	down  = "\x1b[B"
	esc   = "\x1b"
	ctrlC = "\x03"
	ctrlD = "\x04"
)

func (x *terminal) press(keys ...string) {
	x.t.Helper()
	for _, key := range keys {
		if _, err := x.pty.WriteString(key); err != nil {
			x.t.Fatal(err)
		}
	}
}

// answer waits for a question, answers it, and waits until it is answered.
func (x *terminal) answer(title string, keys ...string) {
	x.t.Helper()
	x.see("? " + title + "\n")
	x.press(keys...)
}

func (x *terminal) resize(columns, rows int) {
	x.t.Helper()
	x.screen.Resize(columns, rows)
	if err := pty.Setsize(x.pty, &pty.Winsize{Cols: uint16(columns), Rows: uint16(rows)}); err != nil {
		x.t.Fatal(err)
	}
}

// shot keeps the screen under a name.
func (x *terminal) shot(name string) {
	x.shots.WriteString("-- " + name + " --\n" + x.view())
}

// exit waits for the end of the program, and holds it to its code and to the
// terminal as it found it.
func (x *terminal) exit(code int) {
	x.t.Helper()
	done := make(chan error, 1)
	go func() { done <- x.cmd.Wait() }()
	select {
	case err := <-done:
		var failure *exec.ExitError
		if err != nil && !errors.As(err, &failure) {
			x.t.Fatal(err)
		}
	case <-time.After(20 * time.Second):
		x.t.Fatalf("still running:\n%s", x.view())
	}
	if got := x.cmd.ProcessState.ExitCode(); got != code {
		x.t.Errorf("exit code %d, want %d:\n%s", got, code, x.view())
	}
	after, err := term.GetState(int(x.tty.Fd()))
	if err != nil {
		x.t.Fatal(err)
	}
	if *after != *x.before {
		x.t.Error("the terminal is not as it was")
	}
	// With its last holder gone the terminal ends, and everything was read.
	x.tty.Close()
	<-x.drained
	if !x.screen.CursorVisible() {
		x.t.Error("the cursor is hidden")
	}
}

// compare holds the shots to a golden file.
func (x *terminal) compare(name string) {
	x.t.Helper()
	compareGolden(x.t, "testdata/configure/"+name, x.shots.Bytes())
}

func compareGolden(t *testing.T, path string, got []byte) {
	t.Helper()
	if flag.Lookup("update").Value.String() == "true" {
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, got, 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs (-update rewrites it):\n%s", path, got)
	}
}

func (x *terminal) file(name string) string {
	x.t.Helper()
	text, err := os.ReadFile(filepath.Join(x.dir, name))
	if err != nil {
		x.t.Fatal(err)
	}
	return string(text)
}

// untouched fails if anything but the named files is in the folder, or a named
// one is not empty.
func (x *terminal) untouched(empty ...string) {
	x.t.Helper()
	entries, err := os.ReadDir(x.dir)
	if err != nil {
		x.t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.Contains(" "+strings.Join(empty, " ")+" ", " "+e.Name()+" ") || x.file(e.Name()) != "" {
			x.t.Errorf("%s was written", e.Name())
		}
	}
}
