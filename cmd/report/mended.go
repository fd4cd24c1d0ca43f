package report

import (
	"fmt"
	"io"
	"strings"

	"apigw-cors/generator/fix"
	"apigw-cors/generator/lint"
)

// Mended are what became of the findings in files.
type Mended struct {
	Outcomes []fix.Outcome
	// Placed is what became of a policy.
	Placed []PlacedPolicy
	// Read counts the files read, Ignored the findings that somebody chose to
	// leave out.
	Read, Ignored int
	Files         []MendedFile
	// Written: the edits are in their places, and not only shown.
	Written bool
	// FailOn is the least severity with which what is left fails the run.
	FailOn lint.Severity
}

// MendedFile is a file that changes, with its change as a unified diff.
type MendedFile struct {
	Path string
	Diff string
	// New is set for a file that was not there.
	New bool
}

// Count is how many findings came to something.
func (m *Mended) Count(s fix.Status) (n int) {
	for _, o := range m.Outcomes {
		if o.Status == s {
			n++
		}
	}
	return n
}

// Failing counts the findings that are left and fail the run.
func (m *Mended) Failing() (n int) {
	f := Findings{FailOn: m.FailOn}
	for _, o := range m.Outcomes {
		if o.Status != fix.Fixed && o.Status != fix.Unwanted && f.Fails(o.Finding.Severity) {
			n++
		}
	}
	return n
}

// WriteText says of each finding what became of it.
func (m *Mended) WriteText(w io.Writer, p Painter) error {
	var b strings.Builder
	m.writePlaced(&b, p)
	for _, o := range m.Outcomes {
		if o.Status == fix.Unwanted || len(m.Placed) > 0 && o.Status == fix.Fixed || m.IsRefused() {
			continue
		}
		f := o.Finding
		fmt.Fprintf(&b, "%s: %s: %s %s: %s\n", p.Bold(Clean(where(f.Place))), m.say(p, o.Status), p.severity(f.Severity), f.Rule, Clean(f.Text))
		switch o.Status {
		case fix.Fixed:
			continue
		case fix.NeedsUnsafe:
			fmt.Fprintln(&b, "  the edit decides who may call: --unsafe makes it")
		case fix.Dropped:
			fmt.Fprintln(&b, "  the edit was dropped: "+Clean(o.Why))
		default:
			if o.Why != "" {
				fmt.Fprintln(&b, "  not here: "+Clean(o.Why))
			}
		}
		if f.Fix != "" {
			fmt.Fprintf(&b, "  %s %s\n", p.Green("fix:"), Clean(f.Fix))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (m *Mended) say(p Painter, s fix.Status) string {
	switch {
	case s == fix.Fixed && m.Written:
		return p.Green("fixed")
	case s == fix.Fixed:
		return p.Green("would fix")
	case s == fix.NeedsUnsafe:
		return p.Yellow("needs --unsafe")
	case s == fix.Dropped:
		return p.Yellow("dropped")
	}
	return p.Yellow("by hand")
}

// Summary counts what became of the findings, in one line.
func (m *Mended) Summary() string {
	words := []string{"would fix", "would change"}
	if m.Written {
		words = []string{"fixed", "changed"}
	}
	if len(m.Placed) > 0 {
		return m.changed(words[1])
	}
	var parts []string
	if n := m.Count(fix.Fixed); n > 0 {
		parts = append(parts, words[0]+" "+Plural(n, "finding"))
	}
	for _, left := range []struct {
		status fix.Status
		words  string
	}{{fix.NeedsUnsafe, "left to --unsafe"}, {fix.ByHand, "by hand"}, {fix.Dropped, "dropped"}} {
		if n := m.Count(left.status); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, left.words))
		}
	}
	if m.Ignored > 0 {
		parts = append(parts, fmt.Sprintf("%d ignored", m.Ignored))
	}
	if len(parts) == 0 {
		return "nothing to mend in " + Plural(m.Read, "file")
	}
	return strings.Join(parts, ", ") + "; " + m.changed(words[1])
}

// changed counts the files that change, and those that are new.
func (m *Mended) changed(verb string) string {
	added := 0
	for _, f := range m.Files {
		if f.New {
			added++
		}
	}
	out := fmt.Sprintf("%s %d of %s", verb, len(m.Files)-added, Plural(m.Read, "file"))
	if added > 0 {
		add := "add"
		if m.Written {
			add = "added"
		}
		out += fmt.Sprintf(", and %s %d", add, added)
	}
	return out
}

// mendedDocument is what `fix --json` prints on stdout. Its names are stable.
type mendedDocument struct {
	JSONHeader
	Policy   []placedDocument  `json:"policy,omitempty"`
	Findings []outcomeDocument `json:"findings"`
	Files    []diffDocument    `json:"files"`
	Faults   []faultDocument   `json:"faults"`
	Summary  mendedSummary     `json:"summary"`
}

type outcomeDocument struct {
	Rule     string        `json:"rule"`
	Severity lint.Severity `json:"severity"`
	placeDocument
	API     string     `json:"api"`
	Subject string     `json:"subject,omitempty"`
	Text    string     `json:"text"`
	Fix     string     `json:"fix,omitempty"`
	Status  fix.Status `json:"status"`
	Why     string     `json:"why,omitempty"`
}

type diffDocument struct {
	Path    string `json:"path"`
	Written bool   `json:"written"`
	Diff    string `json:"diff"`
}

type mendedSummary struct {
	Files   int `json:"files"`
	Changed int `json:"changed"`
	Fixed   int `json:"fixed"`
	Left    int `json:"left"`
	Ignored int `json:"ignored"`
}

// WriteJSON writes what became of the findings for a program.
func (m *Mended) WriteJSON(w io.Writer, faults []Fault) error {
	d := mendedDocument{JSONHeader: NewJSONHeader(), Findings: []outcomeDocument{}, Files: []diffDocument{}, Faults: []faultDocument{}}
	d.Summary = mendedSummary{Files: m.Read, Changed: len(m.Files), Fixed: m.Count(fix.Fixed), Ignored: m.Ignored}
	for _, o := range m.Outcomes {
		f := o.Finding
		if o.Status == fix.Unwanted {
			continue
		}
		if o.Status != fix.Fixed {
			d.Summary.Left++
		}
		d.Findings = append(d.Findings, outcomeDocument{
			Rule: f.Rule, Severity: f.Severity, placeDocument: documentOf(f.Place), API: f.API, Subject: f.Subject, Text: f.Text, Fix: f.Fix, Status: o.Status, Why: o.Why,
		})
	}
	for _, p := range m.Placed {
		d.Policy = append(d.Policy, p.document())
	}
	for _, f := range m.Files {
		d.Files = append(d.Files, diffDocument{f.Path, m.Written, f.Diff})
	}
	for _, f := range faults {
		d.Faults = append(d.Faults, faultDocument{placeDocument{f.Place.File, f.Place.Line, f.Place.Column}, f.Detail, f.Hint})
	}
	return EncodeJSON(w, d)
}
