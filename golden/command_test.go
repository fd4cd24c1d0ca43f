package golden_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"apigw-cors/cmd"
)

// command runs the command in this process, without an environment, and gives
// what it prints to stdout. Any code but 0 and those of may fails the test.
func command(t testing.TB, stdin string, args []string, may ...int) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := cmd.Main(args, strings.NewReader(stdin), &stdout, &stderr, func(string) string { return "" })
	if code != 0 && !slices.Contains(may, code) {
		t.Fatalf("apigw-cors %s: exit %d\n%s", strings.Join(args, " "), code, stderr.String())
	}
	return stdout.String()
}

// generate gives what the command prints for one format.
func generate(t testing.TB, flags ...string) string {
	t.Helper()
	return command(t, "", append([]string{"generate"}, flags...))
}
