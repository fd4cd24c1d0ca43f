package cmd

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"apigw-cors/cmd/output"
	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/report"
	"apigw-cors/generator"
)

// newMan makes the command that packages are made with: nobody else needs it.
func newMan(a *app) *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "man --out folder",
		Short: "Write the manual pages",
		Long: `Write a page for each command into man1, and for each topic of help into man7,
below a folder.`,
		Hidden: true,
		Args:   noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if dir == "" {
				return &report.UsageError{Problem: "--out: empty", Hints: []string{"name the folder, such as /usr/local/share/man"}}
			}
			return a.writeManual(cmd.Context(), dir)
		},
	}
	cmd.Flags().VarP(policy.TextValue{Text: &dir, Kind: "folder"}, "out", "o", "folder to write to")
	completeFlag(cmd, "out", folderCompletion)
	return cmd
}

// writeManual writes every page. They are made of what help says, so that pages
// of an older version are replaced.
func (a *app) writeManual(ctx context.Context, dir string) error {
	to, err := output.OpenFolder(dir, true)
	if err != nil {
		return err
	}
	pages := output.Rendering{Files: manual(report.ReadBuild().Release())}
	err = errors.Join(to.Write(ctx, pages), to.Close())
	a.report.Files = to.Files()
	if err == nil {
		a.report.Conclude(to.Summary()[0])
	}
	return err
}

// manual is a page of roff for each command and topic.
// https://man7.org/linux/man-pages/man7/groff_man.7.html
func manual(version string) []generator.File {
	var text bytes.Buffer
	a := newApp(strings.NewReader(""), &text, io.Discard, func(string) string { return "" })
	root := newRoot(a, nil)
	help := func(c *cobra.Command) string {
		text.Reset()
		c.HelpFunc()(c, nil)
		return text.String()
	}
	pages := []generator.File{commandPage(root, version)}
	for _, c := range root.Commands() {
		switch {
		case c.Hidden:
		case c.Runnable():
			pages = append(pages, commandPage(c, version))
		default:
			pages = append(pages, topicPage(c, version, help))
		}
	}
	return pages
}

// commandPage is the page of a command, in section 1.
func commandPage(c *cobra.Command, version string) generator.File {
	var b strings.Builder
	name := pageName(c)
	writeTitle(&b, name, "1", version, c.Short)
	fmt.Fprintf(&b, ".SH SYNOPSIS\n.B %s\n", roff(c.UseLine()))
	long := c.Long
	if long == "" {
		long = c.Short + "."
	}
	b.WriteString(".SH DESCRIPTION\n" + verbatim(long))
	if !c.HasParent() {
		b.WriteString(".SH COMMANDS\n")
		for _, below := range c.Commands() {
			if below.IsAvailableCommand() {
				fmt.Fprintf(&b, ".TP\n.BR %s (1)\n%s\n", roff(pageName(below)), roff(below.Short))
			}
		}
		b.WriteString(".SH TOPICS\n")
		for _, below := range c.Commands() {
			if below.IsAdditionalHelpTopicCommand() {
				fmt.Fprintf(&b, ".TP\n.BR %s (7)\n%s\n", roff(pageName(below)), roff(below.Short))
			}
		}
	}
	b.WriteString(".SH OPTIONS\n")
	for _, g := range flagGroups(c) {
		if len(g.flags) == 0 {
			continue
		}
		fmt.Fprintf(&b, ".SS %s\n", roff(g.title))
		for _, f := range g.flags {
			fmt.Fprintf(&b, ".TP\n.B %s\n%s\n", roff(flagSyntax(f)), roff(flagUsage(f)))
		}
	}
	if c.HasExample() {
		b.WriteString(".SH EXAMPLES\n" + verbatim(c.Example))
	}
	if c.HasParent() {
		fmt.Fprintf(&b, ".SH SEE ALSO\n.BR %s (1)\n", roff(pageName(c.Root())))
	}
	return generator.File{Path: "man1/" + name + ".1", Content: []byte(b.String())}
}

// topicPage is the page of a topic, in section 7, with all that is below it.
func topicPage(c *cobra.Command, version string, help func(*cobra.Command) string) generator.File {
	var b strings.Builder
	name := pageName(c)
	writeTitle(&b, name, "7", version, c.Short)
	b.WriteString(".SH DESCRIPTION\n" + verbatim(help(c)))
	for _, below := range c.Commands() {
		fmt.Fprintf(&b, ".SS %s\n%s", roff(below.Name()), verbatim(help(below)))
	}
	fmt.Fprintf(&b, ".SH SEE ALSO\n.BR %s (1)\n", roff(pageName(c.Root())))
	return generator.File{Path: "man7/" + name + ".7", Content: []byte(b.String())}
}

func writeTitle(b *strings.Builder, name, section, version, short string) {
	fmt.Fprintf(b, ".TH %s %s \"\" \"%s\"\n.SH NAME\n%s \\- %s\n",
		roff(strings.ToUpper(name)), section, roff(strings.TrimSpace("apigw-cors "+version)), roff(name), roff(short))
}

// pageName is what man is asked for.
func pageName(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }

// verbatim is a text whose lines stay as they are.
func verbatim(text string) string {
	var b strings.Builder
	b.WriteString(".nf\n")
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		b.WriteString(roff(line) + "\n")
	}
	return b.String() + ".fi\n"
}

// roff escapes a line: what would be a request, an escape, or another dash than
// the one that can be typed.
func roff(line string) string {
	var b strings.Builder
	if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
		b.WriteString(`\&`)
	}
	for _, c := range line {
		switch {
		case c == '\\':
			b.WriteString(`\e`)
		case strings.ContainsRune("-'`^~", c):
			b.WriteString(map[rune]string{'-': `\-`, '\'': `\(aq`, '`': "\\`", '^': `\(ha`, '~': `\(ti`}[c])
		case c > '~':
			fmt.Fprintf(&b, `\[u%04X]`, c)
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}
