package cmd

import (
	"io"
	"strings"
	"testing"
)

// TestSubcommandNames: a command line that starts with a command's name gets
// that command, as it would among all.
func TestSubcommandNames(t *testing.T) {
	a := newApp(strings.NewReader(""), io.Discard, io.Discard, func(string) string { return "" })
	all := newRoot(a, nil).Commands()
	if len(all) != len(subcommands()) {
		t.Errorf("%d commands, %d made", len(subcommands()), len(all))
	}
	for _, c := range subcommands() {
		made := newRoot(a, []string{c.name, "--json"}).Commands()
		if len(made) != 1 || made[0].Name() != c.name {
			t.Errorf("%s: %v", c.name, made)
		}
	}
}
