package golden_test

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

// The lines that install what the real-tool checks need.
const (
	installNode      = "install Node.js 20 or newer, then: npm ci --prefix golden/testdata/tools"
	installPython    = "python3 -m pip install -r golden/testdata/tools/requirements.txt"
	installTerraform = "install Terraform: https://developer.hashicorp.com/terraform/install"
	installBash      = "install bash"
)

// tool is a program of someone else that reads what was rendered.
type tool struct {
	path string
	args []string
	dir  string
	env  []string
}

// requireTool finds a program. Where it is missing the test is skipped with
// the line that installs it; under CI=true it fails, so that no check is lost
// in silence. In short mode there are no real tools.
func requireTool(t testing.TB, name, install string) tool {
	t.Helper()
	if testing.Short() {
		t.Skip("real tools are left out of -short")
	}
	path, err := exec.LookPath(name)
	if err != nil {
		missing(t, name, install)
	}
	return tool{path: path}
}

func missing(t testing.TB, what, install string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is missing; %s", what, install)
	}
	t.Skipf("%s is missing; %s", what, install)
}

// requireNode gives node with the packages of testdata/tools, for one of its
// scripts.
func requireNode(t testing.TB, script string) tool {
	t.Helper()
	node := requireTool(t, "node", installNode)
	if _, err := os.Stat(toolFile(t, "node_modules/aws-cdk-lib/package.json")); err != nil {
		missing(t, "node_modules", installNode)
	}
	return node.with(toolFile(t, script))
}

// requirePython gives python3 with the modules it must be able to import.
func requirePython(t testing.TB, modules ...string) tool {
	t.Helper()
	python := requireTool(t, "python3", installPython)
	const find = "import importlib.util, sys; print(*[m for m in sys.argv[1:] if not importlib.util.find_spec(m)])"
	if absent := strings.TrimSpace(python.with("-c", find).run(t, modules...)); absent != "" {
		missing(t, "Python's "+absent, installPython)
	}
	return python
}

// requireBash gives bash, which runs the rendered scripts.
func requireBash(t testing.TB) tool {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the scripts are for a POSIX shell; run the tests under WSL to include them")
	}
	return requireTool(t, "bash", installBash)
}

func toolFile(t testing.TB, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("testdata", "tools", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func (c tool) with(args ...string) tool {
	c.args = append(slices.Clone(c.args), args...)
	return c
}

func (c tool) in(dir string) tool {
	c.dir = dir
	return c
}

func (c tool) environment(env ...string) tool {
	c.env = append(slices.Clone(c.env), env...)
	return c
}

// run gives what the tool prints on stdout, and fails the test when the tool
// fails.
func (c tool) run(t testing.TB, args ...string) string {
	t.Helper()
	stdout, stderr, code := c.try(t, args...)
	if code != 0 {
		t.Fatalf("%s %s: exit %d\n%s%s", c.path, strings.Join(append(c.args, args...), " "), code, stdout, stderr)
	}
	return stdout
}

// try runs the tool and gives its exit code.
func (c tool) try(t testing.TB, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	const limit = 3 * time.Minute
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	cmd := c.command(ctx, args...)
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

func (c tool) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, c.path, append(slices.Clone(c.args), args...)...)
	cmd.Dir = c.dir
	cmd.Env = append(cleanEnviron(), c.env...)
	// Terraform ends its plugins when it is interrupted, not when it is killed.
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	return cmd
}

// cleanEnviron is the environment without what would lead a tool to a real
// account, a private configuration, or the network: the proxies are a port
// where nobody listens.
func cleanEnviron() []string {
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
