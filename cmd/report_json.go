package cmd

import (
	"encoding/json"
	"io"
)

// document is what --json prints on stderr. Its names are stable.
type document struct {
	// Exit is the exit code, Error what ended the run otherwise than by faults.
	Exit   outcome   `json:"exit"`
	Error  string    `json:"error,omitempty"`
	Hints  []string  `json:"hints,omitempty"`
	Faults []finding `json:"faults"`
	Advice []finding `json:"advice"`
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
	Value    string `json:"value"`
	Reason   string `json:"reason,omitempty"`
	Detail   string `json:"detail"`
	Hint     string `json:"hint,omitempty"`
	Fix      string `json:"fix,omitempty"`
	See      string `json:"see,omitempty"`
}

func (r *report) writeJSON(w io.Writer, code outcome, failure error) {
	d := document{Exit: code, Faults: []finding{}, Advice: []finding{}}
	if code != done && code != rejected {
		d.Error, d.Hints = failure.Error(), hintsOf(failure)
	}
	for _, f := range r.faults {
		d.Faults = append(d.Faults, f.place.finding(finding{
			Value: f.Value, Reason: string(f.Reason), Detail: f.Detail, Hint: f.Hint, Fix: f.Fix, See: f.Spec,
		}))
	}
	for _, m := range r.advice {
		d.Advice = append(d.Advice, m.place.finding(finding{
			Code: m.Code, Severity: string(m.Severity), Value: m.Value, Detail: m.Detail, Hint: m.Hint, See: m.Spec,
		}))
	}
	// If stderr is gone there is no one left to tell.
	_ = encodeJSON(w, d)
}

// encodeJSON writes JSON for a program that a person may look at, too.
func encodeJSON(w io.Writer, v any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(v)
}

// finding says where f stands.
func (p place) finding(f finding) finding {
	f.File, f.Line, f.Column, f.Flag, f.Path = p.file, p.line, p.column, p.flag, p.path
	return f
}
