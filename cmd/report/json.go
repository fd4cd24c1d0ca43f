package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf8"
)

// document is what --json prints on stderr. Its names are stable.
type jsonDocument struct {
	JSONHeader
	// Exit is the exit code, Error what ended the run otherwise than by faults.
	Exit   Outcome   `json:"exit"`
	Error  string    `json:"error,omitempty"`
	Hints  []string  `json:"hints,omitempty"`
	Faults []finding `json:"faults"`
	// FaultsOmitted are faults beyond the bound.
	FaultsOmitted int       `json:"faultsOmitted,omitempty"`
	Advice        []finding `json:"advice"`
	// Files are empty where the artifact goes to stdout.
	Files []File `json:"files"`
}

// finding is a fault or a piece of advice.
type finding struct {
	Code     string `json:"code,omitempty"`
	Severity string `json:"severity,omitempty"`
	File     string `json:"file,omitempty"`
	Line     int    `json:"line,omitempty"`
	Column   int    `json:"column,omitempty"`
	Flag     string `json:"flag,omitempty"`
	Path     string `json:"path"`
	// Environments are those in which it holds.
	Environments []string `json:"environments,omitempty"`
	Value        string   `json:"value"`
	Reason       string   `json:"reason,omitempty"`
	Detail       string   `json:"detail"`
	Hint         string   `json:"hint,omitempty"`
	Fix          string   `json:"fix,omitempty"`
	See          string   `json:"see,omitempty"`
	// Acknowledged: the advice is known and wanted.
	Acknowledged bool `json:"acknowledged,omitempty"`
}

// WriteJSON writes the same for a program, as one document.
func (r *Report) WriteJSON(w io.Writer, code Outcome, failure error) {
	d := jsonDocument{JSONHeader: NewJSONHeader(), Exit: code, FaultsOmitted: r.omitted, Faults: []finding{}, Advice: []finding{}, Files: append([]File{}, r.Files...)}
	if code != Done && code != Rejected {
		d.Error, d.Hints = failure.Error(), HintsOf(failure)
	}
	for _, f := range r.Faults {
		d.Faults = append(d.Faults, f.Place.finding(finding{
			Value: f.Value, Reason: string(f.Reason), Detail: f.Detail, Hint: f.Hint, Fix: f.Fix, See: f.Spec,
		}))
	}
	for _, m := range r.advice {
		d.Advice = append(d.Advice, m.Place.finding(finding{
			Code: m.Code, Severity: string(m.Severity), Value: m.Value, Detail: m.Detail, Hint: m.Hint, See: m.Spec,
			Acknowledged: m.Acknowledged,
		}))
	}
	// If stderr is gone there is nobody left to tell.
	_ = EncodeJSON(w, d)
}

// EncodeJSON writes JSON for a program that a person may look at, too: what
// [Clean] keeps from a terminal is escaped.
func EncodeJSON(w io.Writer, v any) error {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(escapeJSON(b.Bytes()))
	return err
}

// escapeJSON escapes what encoding/json leaves as it is: between the strings of
// a document there are line feeds alone.
func escapeJSON(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for _, r := range string(text) {
		if r != '\n' && steers(r) {
			out = fmt.Appendf(out, `\u%04x`, r)
			continue
		}
		out = utf8.AppendRune(out, r)
	}
	return out
}

// finding says where f stands.
func (p Place) finding(f finding) finding {
	f.File, f.Line, f.Column, f.Flag, f.Path, f.Environments = p.File, p.Line, p.Column, p.Flag, p.Path, p.environments()
	return f
}
