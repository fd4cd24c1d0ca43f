//go:build unix

package configure

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"apigw-cors/cmd/report"
)

// TestConfigureSameBytes: what the conversation wrote, the command line it
// prints writes again, through a real shell, and so does the file it saves.
func TestConfigureSameBytes(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no POSIX shell")
	}
	bin := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	// Under the program's name the test binary is the program.
	if err := os.Symlink(self, filepath.Join(bin, "apigw-cors")); err != nil {
		t.Fatal(err)
	}
	run := func(line string) string {
		t.Helper()
		cmd := exec.Command(sh, "-c", line)
		cmd.Env = []string{"PATH=" + bin + ":" + os.Getenv("PATH")}
		var stderr strings.Builder
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%s: %v\n%s", line, err, stderr.String())
		}
		return string(out)
	}
	cases, err := filepath.Glob("../../golden/*/cors.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for i, file := range cases {
		file, err := filepath.Abs(file)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(filepath.Dir(file)), func(t *testing.T) {
			t.Chdir(t.TempDir())
			options := [][]string{
				{"--format=sam"}, {"--format=terraform,lambda-nodejs", "--standalone"}, {"--format=cloudformation,cdk"},
			}[i%3]
			talk := hold(t, append([]string{"-f", file}, options...), step{asked: "What now", answer: actSave}, step{asked: "Save as", answer: "it's saved.yaml"})
			if errors.Is(talk.err, report.Interrupted) && strings.Contains(talk.stderr.String(), "unsupported") {
				t.Skip("a format cannot carry it")
			}
			if talk.err != nil {
				t.Fatal(talk.err, talk.stderr.String())
			}
			var lines []string
			for line := range strings.SplitSeq(talk.stderr.String(), "\n") {
				if strings.HasPrefix(line, "  apigw-cors generate ") {
					lines = append(lines, line)
				}
			}
			if len(lines) != 2 {
				t.Fatalf("%d command lines in\n%s", len(lines), talk.stderr.String())
			}
			for _, line := range lines {
				if got := run(line); got != talk.stdout.String() {
					t.Errorf("%s\nwrites\n%s\nnot\n%s", line, got, talk.stdout.String())
				}
			}
		})
	}
}
