//go:build unix

package cmd_test

import (
	"regexp"
	"strings"
	"testing"
)

// TestTerminalMatrix draws the matrix at real pseudo-terminals: no line of the
// table is wider than they are, and what colours say the marks say without.
func TestTerminalMatrix(t *testing.T) {
	const policy = `api: rest
allowOrigins: [https://app.example.com, "https://*.staging.example.com", http://localhost:5173]
allowMethods: [GET, PUT]
resources: [{path: /orders}, {path: "/orders/{id}"}]
`
	escape := regexp.MustCompile(`\x1b\[[0-9;]*m`)
	legend := regexp.MustCompile(`^  [-+paex?.!]  `)
	row := regexp.MustCompile(`^(  (GET|PUT)  |\s+\d+( +\d+)*$)`)
	for _, tt := range []struct {
		desc    string
		columns int
		env     []string
		colours bool
		// blocks are how many the table is broken into.
		blocks int
	}{
		{"wide", 120, nil, true, 1},
		{"80 columns", 80, nil, true, 1},
		{"40 columns", 40, nil, true, 3},
		{"20 columns", 20, nil, true, 7},
		{"NO_COLOR", 80, []string{"NO_COLOR=1"}, false, 1},
		{"a dumb terminal", 80, []string{"TERM=dumb"}, false, 1},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			t.Parallel()
			x := open(t, setup{columns: tt.columns, rows: 60, env: tt.env, args: []string{"explain", "-f", "cors.yaml", "--matrix"}, files: map[string]string{"cors.yaml": policy}})
			x.exit(0)
			x.mu.Lock()
			raw := x.raw.String()
			x.mu.Unlock()
			if got := escape.MatchString(raw); got != tt.colours {
				t.Errorf("colours %t:\n%q", got, raw)
			}
			heads, marks := 0, ""
			for line := range strings.Lines(escape.ReplaceAllString(raw, "")) {
				line = strings.TrimRight(line, "\r\n")
				wide := tt.columns
				if legend.MatchString(line) {
					wide = max(wide, 80)
				} else if !row.MatchString(line) {
					// What is not of the table the terminal may break.
					continue
				} else if strings.Contains(line, "  GET  ") || strings.Contains(line, "  PUT  ") {
					marks += strings.Join(strings.Fields(line)[1:], "")
				} else {
					heads++
				}
				if len(line) > wide {
					t.Errorf("%d columns: %q", len(line), line)
				}
			}
			if heads != tt.blocks {
				t.Errorf("%d blocks:\n%s", heads, raw)
			}
			if strings.Count(marks, "+") != 12 || strings.Count(marks, "-") < 20 {
				t.Errorf("marks %s", marks)
			}
		})
	}
}
