package tools

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// How to install what the tests need.
const (
	installNode      = "install Node.js 20 or newer, then: npm ci --prefix golden/testdata/tools"
	installPython    = "python3 -m pip install -r golden/testdata/tools/requirements.txt"
	installTerraform = "install Terraform: https://developer.hashicorp.com/terraform/install"
	installBash      = "install bash"
)

// Tool is a program, ready to run: its arguments, folder and environment so
// far. The methods that add to it leave the receiver as it is.
type Tool struct {
	path string
	args []string
	dir  string
	env  []string
}

// Require finds a program. Where it is missing, the test is skipped with the
// line that installs it; with CI=true it fails, so that no check is lost in
// silence. Tests in short mode use no real tools.
func Require(t testing.TB, name, install string) Tool {
	t.Helper()
	if testing.Short() {
		t.Skip("real tools are left out of -short")
	}
	path, err := exec.LookPath(name)
	if err != nil {
		Missing(t, name, install)
	}
	return At(path)
}

// At is the program at a path.
func At(path string) Tool { return Tool{path: path} }

// Missing skips the test, or fails it with CI=true, as something it needs is
// not there.
func Missing(t testing.TB, what, install string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is missing; %s", what, install)
	}
	t.Skipf("%s is missing; %s", what, install)
}

// Node is node with one of the scripts of golden/testdata/tools, and with its
// packages.
func Node(t testing.TB, script string) Tool {
	t.Helper()
	node := Require(t, "node", installNode)
	if _, err := os.Stat(File(t, "node_modules/aws-cdk-lib/package.json")); err != nil {
		Missing(t, "node_modules", installNode)
	}
	return node.With(File(t, script))
}

// Python is python3, which can import the modules.
func Python(t testing.TB, modules ...string) Tool {
	t.Helper()
	python := Require(t, "python3", installPython)
	const find = "import importlib.util, sys; print(*[m for m in sys.argv[1:] if not importlib.util.find_spec(m)])"
	if absent := strings.TrimSpace(python.With("-c", find).Run(t, modules...)); absent != "" {
		Missing(t, "Python's "+absent, installPython)
	}
	return python
}

// Bash runs the rendered scripts.
func Bash(t testing.TB) Tool {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the scripts are for a POSIX shell; run the tests under WSL to include them")
	}
	return Require(t, "bash", installBash)
}

// File is the path of a file of golden/testdata/tools, whichever package of
// the module the test is in.
func File(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(dir, "golden", "testdata", "tools", filepath.FromSlash(name))
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("the test does not run in a folder of the module")
		}
		dir = parent
	}
}

// With adds arguments.
func (c Tool) With(args ...string) Tool {
	c.args = append(slices.Clone(c.args), args...)
	return c
}

// In sets the folder it runs in.
func (c Tool) In(dir string) Tool {
	c.dir = dir
	return c
}

// Environment adds variables, NAME=VALUE, to [Environ].
func (c Tool) Environment(env ...string) Tool {
	c.env = append(slices.Clone(c.env), env...)
	return c
}

// Run gives what the tool prints on stdout, and fails the test when the tool
// fails.
func (c Tool) Run(t testing.TB, args ...string) string {
	t.Helper()
	stdout, stderr, code := c.Try(t, args...)
	if code != 0 {
		t.Fatalf("%s %s: exit %d\n%s%s", c.path, strings.Join(append(c.args, args...), " "), code, stdout, stderr)
	}
	return stdout
}

// Try runs the tool and gives its exit code, whatever that is.
func (c Tool) Try(t testing.TB, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	const limit = 3 * time.Minute
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	cmd := c.Command(ctx, args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		t.Fatalf("%s: stopped after %s\n%s", c.path, limit, errs.String())
	case err != nil && !errors.As(err, &exit):
		t.Fatal(err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

// Command is the tool as a process that is not started yet.
func (c Tool) Command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, c.path, append(slices.Clone(c.args), args...)...)
	cmd.Dir = c.dir
	cmd.Env = append(Environ(), c.env...)
	// Terraform ends its plugins when it is interrupted, not when it is killed.
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	return cmd
}

// Environ is the environment without what would lead a tool to a real account,
// a private configuration, or the network: the proxies are a port where nobody
// listens.
func Environ() []string {
	const nobody = "http://127.0.0.1:9"
	env := slices.DeleteFunc(os.Environ(), func(pair string) bool {
		name, _, _ := strings.Cut(strings.ToUpper(pair), "=")
		return strings.HasPrefix(name, "AWS_") || strings.HasPrefix(name, "TF_") ||
			strings.HasPrefix(name, "CDK_") || strings.HasSuffix(name, "_PROXY")
	})
	return append(env,
		"AWS_ACCESS_KEY_ID=golden",
		"AWS_SECRET_ACCESS_KEY=golden",
		"AWS_DEFAULT_REGION=us-east-1",
		"AWS_REGION=us-east-1",
		"AWS_CONFIG_FILE="+os.DevNull,
		"AWS_SHARED_CREDENTIALS_FILE="+os.DevNull,
		"AWS_EC2_METADATA_DISABLED=true",
		"AWS_MAX_ATTEMPTS=1",
		"AWS_PAGER=",
		"SAM_CLI_TELEMETRY=0",
		"PYTHONDONTWRITEBYTECODE=1",
		"HTTP_PROXY="+nobody, "HTTPS_PROXY="+nobody,
		"http_proxy="+nobody, "https_proxy="+nobody,
		"NO_PROXY=127.0.0.1,localhost", "no_proxy=127.0.0.1,localhost",
	)
}
