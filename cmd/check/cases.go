package check

import (
	"strings"

	"apigw-cors/cmd/report"
)

// Cases are the cells for a test report, each path with its method a class.
// place is where a cell's row stands in the policy.
func (m *Matrix) Cases(place func(*Cell) report.Place) (out []report.Case) {
	for i := range m.Cells {
		c := &m.Cells[i]
		if len(c.Fetches) == 0 {
			continue
		}
		one := report.Case{Class: c.Row.Method + " " + c.Row.Path, Name: c.Origin.name(), Place: place(c), Skipped: c.Missed}
		for _, d := range c.Differences {
			one.Failures = append(one.Failures, report.Failure{
				Rule: string(d.Code), Text: string(d.Code) + ": " + d.Text, Detail: d.detail(), IsError: d.Code == CodeNoAnswer,
			})
		}
		out = append(out, one)
	}
	return out
}

// detail tells a difference in several lines.
func (d Difference) detail() string {
	lines := []string{d.Text}
	if f := d.Fault; f != nil {
		lines = append(lines, "at fault: "+f.Text)
		for _, s := range f.Seen {
			lines = append(lines, "seen: "+s)
		}
		lines = append(lines, "change: "+f.Change)
		if f.Command != "" {
			lines = append(lines, "next: "+f.Command)
		}
	}
	return strings.Join(lines, "\n")
}

// CaseRules are the codes as rules.
func CaseRules() (out []report.CaseRule) {
	for _, c := range Codes() {
		out = append(out, report.CaseRule{Name: string(c.Code), Meaning: c.Meaning})
	}
	return out
}
