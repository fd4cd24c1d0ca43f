package cmd_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// start runs the command in a process of its own, which [TestMain] makes of
// the test's program by the name it is called.
func start(t *testing.T, stdin *os.File, args ...string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("Windows sends no interrupt to one process")
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	c := exec.Command(program)
	c.Args = append([]string{"apigw-cors"}, args...)
	c.Stdin, c.Stderr = stdin, &stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Process.Kill() })
	return c, &stderr
}

func interrupt(t *testing.T, c *exec.Cmd) {
	t.Helper()
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := c.Wait(); !errors.As(err, &exit) || exit.ExitCode() != 130 {
		t.Errorf("ended with %v", err)
	}
}

// Ctrl-C while it writes leaves whole files, and no temporary ones.
func TestInterruptedWrite(t *testing.T) {
	if testing.Short() {
		t.Skip("renders thousands of APIs")
	}
	dir := t.TempDir()
	var text strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&text, "---\n{api: rest, name: A%d, allowOrigins: [https://a.example], allowMethods: [GET]}\n", i)
	}
	file, out := filepath.Join(dir, "cors.yaml"), filepath.Join(dir, "out")
	if err := os.WriteFile(file, []byte(text.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	c, stderr := start(t, nil, "generate", "-f", file, "--format", "sam,cloudformation", "-o", out)
	first := filepath.Join(out, "A0", "cloudformation", "template.yaml")
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		if _, err := os.Stat(first); err == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("nothing is written")
		}
	}
	interrupt(t, c)
	if !strings.HasSuffix(stderr.String(), "apigw-cors: interrupted\n") {
		t.Errorf("%s", stderr)
	}
	count := 0
	filepath.WalkDir(out, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			count++
			if strings.HasPrefix(d.Name(), ".") {
				t.Errorf("left behind: %s", path)
			}
			if info, err := d.Info(); err != nil || info.Size() == 0 {
				t.Errorf("not whole: %s", path)
			}
		}
		return err
	})
	if count == 0 || count == 6000 {
		t.Errorf("%d files: not interrupted while it wrote", count)
	}
}

// Ctrl-C ends a run that waits for somebody to type a policy.
func TestInterruptedRead(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close()
	c, _ := start(t, r, "generate", "-f", "-")
	// More than a pipe holds: once it is written, somebody reads.
	if _, err := w.Write(bytes.Repeat([]byte("#\n"), 1<<20)); err != nil {
		t.Fatal(err)
	}
	interrupt(t, c)
}

// Ctrl-C, once, ends a run that reads its policy from a pipe, as in
// `-f <(jsonnet cors.jsonnet)`, and waits for more.
func TestInterruptedPipe(t *testing.T) {
	mkfifo, err := exec.LookPath("mkfifo")
	if err != nil {
		t.Skip("no named pipes here")
	}
	pipe := filepath.Join(t.TempDir(), "cors.yaml")
	if out, err := exec.Command(mkfifo, pipe).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	c, stderr := start(t, nil, "generate", "-f", pipe)
	w, err := os.OpenFile(pipe, os.O_WRONLY, 0) // waits for the reader
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if _, err := w.Write(bytes.Repeat([]byte("#\n"), 1<<20)); err != nil {
		t.Fatal(err)
	}
	interrupt(t, c)
	if !strings.HasSuffix(stderr.String(), "apigw-cors: interrupted\n") {
		t.Errorf("%s", stderr)
	}
}

// TestReviewD5ServeEndsUnread: SIGTERM ends a server whose log nobody reads.
func TestReviewD5ServeEndsUnread(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows sends no SIGTERM")
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	unread, stderr, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer unread.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, program)
	c.Args = []string{"apigw-cors", "serve", "--api", "http", "--allow-origins", "https://a.example", "--allow-methods", "GET", "--listen", "127.0.0.1:0"}
	c.Stderr = stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	stderr.Close()
	// The first line says where; nobody reads what follows.
	line := make([]byte, 4096)
	n, err := unread.Read(line)
	if err != nil {
		t.Fatal(err)
	}
	address := regexp.MustCompile(`http://127\.0\.0\.1:\d+`).FindString(string(line[:n]))
	// Each line of the log has the path, and a pipe holds 64 KiB.
	long := address + "/" + strings.Repeat("a", 4000)
	for range 40 {
		response, err := http.Get(long)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
	}
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err != nil {
		t.Errorf("ended with %v", err)
	}
}
