package report

import (
	"io"

	"apigw-cors/generator/gateway"
	"apigw-cors/generator/lint"
)

// findingsDocument is what `lint --format json` prints on stdout. Its names are
// stable.
type findingsDocument struct {
	JSONHeader
	Findings []findingDocument `json:"findings"`
	// Unknown are questions that the files leave open.
	Unknown []unknownDocument `json:"unknown"`
	// Faults keep files, or parts of them, from being read.
	Faults  []faultDocument `json:"faults"`
	Summary findingsSummary `json:"summary"`
}

// placeDocument is the path from where the run started, with slashes. Line and
// column count from 1, the column in characters; they are left out where only
// the file is known.
type placeDocument struct {
	Path   string `json:"path"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

type findingDocument struct {
	Rule     string        `json:"rule"`
	Severity lint.Severity `json:"severity"`
	placeDocument
	// API is how the file's author calls the API, Subject the part of it at
	// fault.
	API     string            `json:"api"`
	Subject string            `json:"subject,omitempty"`
	Text    string            `json:"text"`
	Page    string            `json:"page,omitempty"`
	Fix     string            `json:"fix,omitempty"`
	Safe    bool              `json:"safe"`
	Related []relatedDocument `json:"related,omitempty"`
}

type relatedDocument struct {
	placeDocument
	Text string `json:"text"`
}

type unknownDocument struct {
	placeDocument
	Text string `json:"text"`
	Why  string `json:"why"`
}

type faultDocument struct {
	placeDocument
	Detail string `json:"detail"`
	Hint   string `json:"hint,omitempty"`
}

type findingsSummary struct {
	Files    int `json:"files"`
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
	Infos    int `json:"infos"`
	// Ignored are findings that were left out.
	Ignored int `json:"ignored"`
	Unknown int `json:"unknown"`
	Faults  int `json:"faults"`
}

// WriteJSON writes the findings for a program.
func (f *Findings) WriteJSON(w io.Writer) error {
	d := findingsDocument{
		JSONHeader: NewJSONHeader(), Findings: []findingDocument{}, Unknown: []unknownDocument{}, Faults: []faultDocument{},
		Summary: findingsSummary{
			Files: f.Files, Errors: f.Count(lint.Error), Warnings: f.Count(lint.Warning), Infos: f.Count(lint.Info),
			Ignored: f.Ignored, Unknown: len(f.Unknown), Faults: len(f.Faults),
		},
	}
	for _, found := range f.Findings {
		entry := findingDocument{
			Rule: found.Rule, Severity: found.Severity, placeDocument: documentOf(found.Place), API: found.API, Subject: found.Subject,
			Text: found.Text, Page: found.Page, Fix: found.Fix, Safe: found.Safe,
		}
		for _, r := range found.Related {
			entry.Related = append(entry.Related, relatedDocument{documentOf(r.Place), r.Text})
		}
		d.Findings = append(d.Findings, entry)
	}
	for _, u := range f.Unknown {
		d.Unknown = append(d.Unknown, unknownDocument{documentOf(u.Place), u.Text, u.Why})
	}
	for _, fault := range f.Faults {
		d.Faults = append(d.Faults, faultDocument{documentOf(fault.Place), fault.Detail, fault.Hint})
	}
	return EncodeJSON(w, d)
}

func documentOf(at gateway.Place) placeDocument {
	return placeDocument{Path: at.File, Line: at.Line, Column: at.Column}
}
