package tools

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// StartAWSCLI gives a bash whose calls of "aws" go to one AWS CLI that stays
// loaded, and from there to a control plane.
func StartAWSCLI(t testing.TB, plane ControlPlane) Tool {
	t.Helper()
	bash := Bash(t)
	python := Python(t, "awscli")
	// A socket's path may be 100 characters at most, and t.TempDir holds the
	// test's name.
	dir, err := os.MkdirTemp("", "aws")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	socket := filepath.Join(dir, "cli")
	server := Start(t, python.With("-B", File(t, "aws_cli.py"), socket))
	server.Line(t)

	// The interpreter itself, where python3 is a script of a version manager;
	// isolated and without site packages it starts at once.
	interpreter := strings.TrimSpace(python.Run(t, "-c", "import sys; print(sys.executable)"))
	call := fmt.Sprintf("#!/bin/sh\nexec '%s' -I -S '%s' \"$@\"\n", interpreter, File(t, "aws_call.py"))
	program := filepath.Join(dir, "bin", "aws")
	WriteFile(t, program, call)
	if err := os.Chmod(program, 0o755); err != nil {
		t.Fatal(err)
	}
	return bash.Environment(
		"PATH="+filepath.Dir(program)+string(os.PathListSeparator)+os.Getenv("PATH"),
		"AWS_CLI_SOCKET="+socket,
		"AWS_ENDPOINT_URL="+plane.URL,
	)
}
