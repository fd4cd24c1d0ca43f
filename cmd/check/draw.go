package check

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"apigw-cors/cmd/report"
)

// Drawing says how a matrix is drawn.
type Drawing struct {
	// Width is that of the terminal, in columns.
	Width int
	Paint report.Painter
	// Wanted draws what the policy wants, in the place of what was got.
	Wanted bool
}

// mark is a cell in one character, which says all without colour.
func (v Verdict) mark() string {
	switch v {
	case Allowed:
		return "+"
	case Refused:
		return "-"
	case PreflightOnly:
		return "p"
	case Answered:
		return "a"
	case Unknown:
		return "?"
	case NoAnswer:
		return "x"
	}
	return "."
}

// meaning is what the mark says.
func (v Verdict) meaning() string {
	switch v {
	case Allowed:
		return "the page reads the response"
	case Refused:
		return "a browser refuses"
	case PreflightOnly:
		return "the preflight passes; the request was not sent: it may change something"
	case Answered:
		return "answered; no browser judges it"
	case Unknown:
		return "nobody can tell"
	case NoAnswer:
		return "no answer"
	}
	return "not asked"
}

// readsError reports whether a page whose preflight is refused still reads what
// a request without one is answered with, and that is an error.
func readsError(outcomes []Outcome) bool {
	last := outcomes[len(outcomes)-1]
	return len(outcomes) > 1 && last.Actual != nil && last.Actual.Response.Status >= 400
}

// Draw writes the origins with their numbers, and below them a table: a line for
// each method of a path, a column for each origin.
func (m *Matrix) Draw(w io.Writer, d Drawing) {
	p := d.Paint
	longest := 0
	for _, o := range m.Origins {
		longest = max(longest, len(o.name()))
	}
	if longest+len("    1    not allowed: a look-alike (suffix)") > d.Width {
		longest = 0
	}
	for i, o := range m.Origins {
		fmt.Fprintf(w, "%4d  %-*s  %s\n", i+1, longest, report.Clean(o.name()), p.Dim(o.about()))
	}
	const label, column = 10, 3
	perBlock := max((d.Width-label)/column, 1)
	seen := map[Verdict]bool{}
	differs, errors := false, false
	for from := 0; from < len(m.Origins); from += perBlock {
		to := min(from+perBlock, len(m.Origins))
		var head strings.Builder
		for i := from; i < to; i++ {
			fmt.Fprintf(&head, "%*s", column, strconv.Itoa(i+1))
		}
		fmt.Fprintf(w, "\n%*s%s\n", label, "", head.String())
		last := -1
		for row := range m.Rows {
			r := &m.Rows[row]
			if r.Resource != last {
				last = r.Resource
				fmt.Fprintln(w, p.Bold(report.Clean(r.Path)))
			}
			fmt.Fprintf(w, "  %-*s", label-2, report.Clean(r.Method))
			for i := from; i < to; i++ {
				c := &m.Cells[row*len(m.Origins)+i]
				outcomes := c.Got
				if d.Wanted {
					outcomes = c.Want
				}
				v := c.verdict(outcomes)
				mark := v.mark()
				if v == Allowed && readsError(outcomes) {
					mark, errors = "e", true
				} else {
					seen[v] = true
				}
				switch {
				case len(c.Differences) > 0:
					differs = true
					fmt.Fprint(w, strings.Repeat(" ", column-2), p.Red("!"+mark))
				case v == Allowed || v == PreflightOnly:
					fmt.Fprint(w, strings.Repeat(" ", column-1), p.Green(mark))
				default:
					fmt.Fprint(w, strings.Repeat(" ", column-1), p.Dim(mark))
				}
			}
			fmt.Fprintln(w)
		}
	}
	fmt.Fprintln(w)
	for _, v := range []Verdict{Allowed, PreflightOnly, Refused, Answered, Unknown, NoAnswer, NotAsked} {
		if seen[v] {
			fmt.Fprintf(w, "  %s  %s\n", v.mark(), v.meaning())
		}
	}
	if errors {
		fmt.Fprintln(w, "  e  the preflight is refused; without its headers the page reads an error")
	}
	if differs {
		fmt.Fprintln(w, "  !  not as the policy says")
	}
	m.writeMissed(w)
}

// writeMissed names what should have been asked.
func (m *Matrix) writeMissed(w io.Writer) {
	var rows []string
	why := ""
	for i := range m.Cells {
		c := &m.Cells[i]
		if row := c.Row.Method + " " + c.Row.Path; c.Missed != "" && (len(rows) == 0 || rows[len(rows)-1] != row) {
			rows, why = append(rows, row), c.Missed
		}
	}
	if len(rows) == 0 {
		return
	}
	fmt.Fprintln(w, "\n"+report.Clean(why))
	for i, row := range rows {
		if i == maxNamed && len(rows) > maxNamed+1 {
			fmt.Fprintf(w, "  and %d more\n", len(rows)-maxNamed)
			break
		}
		fmt.Fprintln(w, "  "+report.Clean(row))
	}
}

func (o Origin) name() string {
	if o.Kind == OriginNone {
		return "(no origin)"
	}
	return o.Origin
}

// about says what an origin is there for.
func (o Origin) about() string {
	switch o.Kind {
	case OriginAllowed:
		return "allowed"
	case OriginUnlisted:
		return "not allowed: a name that nobody has"
	case OriginNone:
		return "not a page"
	}
	return "not allowed: a look-alike (" + o.Kind + ")"
}

// maxNamed bounds the cells that a group names one by one.
const maxNamed = 3

// WriteDifferences tells what is not as wanted, the same things together.
func (m *Matrix) WriteDifferences(w io.Writer, p report.Painter) {
	line := func(format string, args ...any) { fmt.Fprintln(w, report.Clean(fmt.Sprintf(format, args...))) }
	for _, g := range m.Groups() {
		fmt.Fprintln(w)
		fmt.Fprintln(w, p.Red(string(g.Code))+": "+report.Clean(g.Text))
		for i, c := range g.Cells {
			if i == maxNamed && len(g.Cells) > maxNamed+1 {
				line("  and %d more", len(g.Cells)-maxNamed)
				break
			}
			line("  %s", c)
		}
		if f := g.Fault; f != nil {
			line("  at fault: %s", f.Text)
			for _, s := range f.Seen {
				line("    seen: %s", strings.TrimSpace(s))
			}
			line("  change: %s", f.Change)
			if f.Command != "" {
				line("  next: %s", f.Command)
			}
		}
	}
}
