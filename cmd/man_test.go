package cmd

import (
	"io"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"gopkg.in/yaml.v3"
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

// TestCaskPacksEveryCommand: archives and packages take all pages there are, and
// a cask names each of them.
func TestCaskPacksEveryCommand(t *testing.T) {
	text, err := os.ReadFile("../.goreleaser.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var release struct {
		Casks []struct{ Manpages []string } `yaml:"homebrew_casks"`
	}
	if err := yaml.Unmarshal(text, &release); err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, f := range manual("") {
		if strings.HasPrefix(f.Path, "man1/") {
			want = append(want, "man/"+f.Path)
		}
	}
	if got := release.Casks[0].Manpages; !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))) {
		t.Errorf("the cask names %q, want %q", got, want)
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
