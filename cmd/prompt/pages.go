package prompt

import (
	"fmt"
	"io"
	"strings"
)

// pager shows a text that may be longer than the window, a window at a time.
type pager struct {
	out    io.Writer
	window Window
	// pause says how to go on, and waits until the person has read.
	pause func(say string) (skip bool, err error)
}

// show shows a text, and leaves as many rows as come below its end.
func (g pager) show(text string, below int) error {
	lines := strings.SplitAfter(strings.TrimSuffix(text, "\n"), "\n")
	for {
		n, rows := 0, 0
		for ; n < len(lines); n++ {
			r := g.rows(lines[n])
			if n > 0 && rows+r >= g.window.Rows {
				break
			}
			rows += r
		}
		page, left := strings.TrimSuffix(strings.Join(lines[:n], ""), "\n"), lines[n:]
		if _, err := io.WriteString(g.out, page+"\n"); err != nil {
			return err
		}
		say := "Enter goes on"
		switch {
		case len(left) == 0 && rows+below <= g.window.Rows:
			return nil
		case len(left) > 0:
			say = fmt.Sprintf("%d more: Enter goes on, Esc skips", len(left))
		}
		if skip, err := g.pause(say); err != nil || skip || len(left) == 0 {
			return err
		}
		lines = left
	}
}

// rows is how many a line takes.
func (g pager) rows(line string) int {
	return max(1, (columns(strings.TrimSuffix(line, "\n"))+g.window.Width-1)/g.window.Width)
}
