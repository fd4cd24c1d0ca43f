package golden_test

import (
	"bufio"
	"path/filepath"
	"strings"
	"testing"

	"apigw-cors/golden/tools"
)

// buildCommand builds apigw-cors itself.
func buildCommand(t testing.TB) tools.Tool {
	t.Helper()
	program := filepath.Join(t.TempDir(), "apigw-cors")
	tools.Require(t, "go", "install Go").Environment(tools.Network()...).Run(t, "build", "-o", program, "apigw-cors")
	return tools.At(program)
}

// serve starts "apigw-cors serve" for a case, with its function on HTTP behind
// it, and gives the URL it answers on.
func (c goldenCase) serve(t testing.TB, command tools.Tool, backend string) string {
	t.Helper()
	arguments := []string{"serve", "--file", c.path("cors.yaml"), "--listen", "127.0.0.1:0", "--backend", backend}
	cmd := command.Command(t.Context(), arguments...)
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	address, ended := make(chan string, 1), make(chan struct{})
	go func() {
		defer close(ended)
		for lines := bufio.NewScanner(stderr); lines.Scan(); {
			if _, rest, ok := strings.Cut(lines.Text(), " answers on "); ok {
				address <- rest[:strings.IndexByte(rest, ',')]
			}
		}
	}()
	t.Cleanup(func() {
		// The end of the test interrupts it, which is how it is meant to end.
		<-ended
		_ = cmd.Wait()
		if code := cmd.ProcessState.ExitCode(); code != 0 {
			t.Errorf("%s: serve: exit %d", c.name, code)
		}
	})
	select {
	case url := <-address:
		return url
	case <-ended:
		t.Fatalf("%s: serve does not start", c.name)
		return ""
	}
}
