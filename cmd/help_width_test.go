package cmd

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/spf13/cobra"
)

// TestHelpFitsTerminals: no line of help is longer than 80 columns, but for an
// address, in which no line can be broken.
func TestHelpFitsTerminals(t *testing.T) {
	var text bytes.Buffer
	a := newApp(strings.NewReader(""), &text, io.Discard, func(string) string { return "" })
	pages := 0
	var check func(*cobra.Command)
	check = func(c *cobra.Command) {
		text.Reset()
		c.InitDefaultHelpFlag()
		if err := c.Help(); err != nil {
			t.Fatal(err)
		}
		if text.Len() == 0 {
			t.Errorf("%s: no help", c.CommandPath())
		}
		for line := range strings.Lines(text.String()) {
			line = strings.TrimRight(line, "\n")
			if utf8.RuneCountInString(line) > 80 && !strings.HasPrefix(strings.TrimSpace(line), "https://") {
				t.Errorf("help %s: %s", c.CommandPath(), line)
			}
		}
		pages++
		for _, below := range c.Commands() {
			check(below)
		}
	}
	check(newRoot(a, nil))
	if pages < 60 {
		t.Errorf("%d pages of help", pages)
	}
}
