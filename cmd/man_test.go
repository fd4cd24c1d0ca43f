package cmd

import (
	"io"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// TestManual: every command and topic that help lists has a page, with its
// flags and its example; nothing in a page is taken for a request of roff that
// is none.
func TestManual(t *testing.T) {
	pages := map[string]string{}
	for _, f := range manual("v1.2.3") {
		pages[path.Base(f.Path)] = string(f.Content)
	}
	plain := strings.NewReplacer(`\-`, "-", `\(aq`, "'", `\(ha`, "^", `\(ti`, "~", "\\`", "`", `\&`, "", `\e`, `\`)
	root := newRoot(newApp(strings.NewReader(""), io.Discard, io.Discard, func(string) string { return "" }), nil)
	seen := 0
	for _, c := range append([]*cobra.Command{root}, root.Commands()...) {
		name := pageName(c) + ".7"
		if c.Runnable() {
			name = pageName(c) + ".1"
		}
		page, ok := pages[name]
		if ok == c.Hidden {
			t.Errorf("%s: there: %v", name, ok)
		}
		if !ok {
			continue
		}
		seen++
		text := plain.Replace(page)
		if !strings.Contains(text, c.Example) || !strings.Contains(text, " - "+c.Short+"\n") || !strings.HasPrefix(text, ".TH "+strings.ToUpper(pageName(c))) {
			t.Errorf("%s lacks its example, or its name:\n%s", name, page)
		}
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if c.Runnable() && !strings.Contains(text, "--"+f.Name) {
				t.Errorf("%s lacks --%s", name, f.Name)
			}
		})
		for line := range strings.Lines(page) {
			request, _, _ := strings.Cut(strings.TrimSpace(line), " ")
			if strings.ContainsAny(line[:1], ".'") && !slices.Contains([]string{".TH", ".SH", ".SS", ".TP", ".B", ".BR", ".nf", ".fi"}, request) {
				t.Errorf("%s: roff takes this for a request: %s", name, line)
			}
		}
	}
	if seen != len(pages) {
		t.Errorf("%d pages, %d of them of a command or topic", len(pages), seen)
	}
}

func TestRoff(t *testing.T) {
	for line, want := range map[string]string{
		".TH": `\&.TH`, "'a": `\&\(aqa`, `C:\n`: `C:\en`, "--check": `\-\-check`, "µ~^": `\[u00B5]\(ti\(ha`, "": "",
	} {
		if got := roff(line); got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}
