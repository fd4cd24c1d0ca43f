package configure_test

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"apigw-cors/cmd"
)

// TestMain lets the test binary be the program: [TestConfigureSameBytes] runs
// the command lines that the conversation prints.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"apigw-cors": func() {
			os.Exit(cmd.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Getenv))
		},
	})
}
