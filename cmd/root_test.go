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

// TestHelpFits: no line of help is wider than a terminal, but for a URL by itself.
func TestHelpFits(t *testing.T) {
	run := func(args ...string) string {
		var out strings.Builder
		if exit := Main(args, strings.NewReader(""), &out, io.Discard, func(string) string { return "" }); exit != 0 {
			t.Fatalf("%v: exit %d", args, exit)
		}
		return out.String()
	}
	a := newApp(strings.NewReader(""), io.Discard, io.Discard, func(string) string { return "" })
	for _, c := range newRoot(a, nil).Commands() {
		for line := range strings.SplitSeq(run("help", c.Name()), "\n") {
			if len([]rune(line)) > 80 && strings.Contains(strings.TrimSpace(line), " ") {
				t.Errorf("help %s: %s", c.Name(), line)
			}
		}
	}
}
