package lint

import (
	"bytes"
	"path"
	"regexp"
	"strings"
)

// comment is an `apigw-cors: ignore[RULE, ...] reason` in a file.
type comment struct {
	line, column int
	// on is the line whose findings it covers: its own where something stands
	// before it, otherwise the next that is not a comment.
	on    int
	rules []string
	// used are those of rules that covered a finding.
	used map[string]bool
}

const mark = "apigw-cors:"

// commentsIn finds the comments of a file. JSON has none.
func commentsIn(name string, text []byte) (found []*comment) {
	if !bytes.Contains(text, []byte(mark)) || path.Ext(name) == ".json" {
		return nil
	}
	sign := commentSign(name)
	n, waiting := 0, 0 // waiting is the first of found that covers a line to come
	for line := range bytes.Lines(text) {
		n++
		before, c := commentOn(sign, string(line))
		blank := strings.TrimSpace(before) == ""
		if c != nil {
			c.line, c.on = n, n
			found = append(found, c)
		}
		if !blank {
			for ; waiting < len(found); waiting++ {
				found[waiting].on = n
			}
		}
	}
	return found
}

// commentSign begins a comment in the language of a file.
func commentSign(name string) *regexp.Regexp {
	if path.Ext(name) == ".tf" {
		return regexp.MustCompile(`(^|[^:"'])(#|//)`)
	}
	return regexp.MustCompile(`(^|[\s])#`)
}

// commentOn splits a line at its comment, and reads that if it is ours.
func commentOn(sign *regexp.Regexp, line string) (before string, c *comment) {
	line = strings.TrimRight(line, "\r\n")
	for from := 0; ; {
		at := sign.FindStringIndex(line[from:])
		if at == nil {
			return line, nil
		}
		start := from + at[1]
		before = strings.TrimRight(line[:start], "#/")
		// A run of signs is looked at once.
		tail := strings.TrimLeft(line[start:], " \t#/")
		rest, ours := strings.CutPrefix(tail, mark)
		if !ours {
			if strings.TrimSpace(before) == "" {
				return before, nil
			}
			from = len(line) - len(tail)
			continue
		}
		rest, ours = strings.CutPrefix(strings.TrimSpace(rest), "ignore")
		if !ours {
			return before, nil
		}
		c = &comment{column: len([]rune(before)) + 1, used: map[string]bool{}}
		if names, ok := strings.CutPrefix(strings.TrimSpace(rest), "["); ok {
			names, _, _ = strings.Cut(names, "]")
			for name := range strings.SplitSeq(names, ",") {
				if name = strings.TrimSpace(name); name != "" {
					c.rules = append(c.rules, name)
				}
			}
		}
		return before, c
	}
}
