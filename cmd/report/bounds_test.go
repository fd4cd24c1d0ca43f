package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"apigw-cors/generator/cors"
)

// TestReportIsBounded: a text of 160 KB with aliases used to make 2 GB of
// messages.
func TestReportIsBounded(t *testing.T) {
	var r Report
	huge := strings.Repeat("<", 100_000)
	for i := range 5000 {
		r.Add(Fault{Place{File: "cors.yaml", Line: i + 1, Column: 1, Path: huge}, cors.FieldError{
			Field: "allowHeaders", Index: i, Value: huge, Reason: cors.Invalid, Detail: huge, Hint: huge, Fix: huge,
		}})
	}
	var text, document bytes.Buffer
	r.WriteText(&text, Painter{}, Rejected, r.Verdict(false))
	r.WriteJSON(&document, Rejected, r.Verdict(false))
	const most = MaxFaults * 6 * (maxMessage + 1000)
	if text.Len() > most || document.Len() > most {
		t.Errorf("%d bytes of text, %d of JSON", text.Len(), document.Len())
	}
	if got := text.String(); !strings.HasSuffix(got, "and 4900 more faults\n5000 faults\n") {
		t.Errorf("ends in %q", got[len(got)-100:])
	}
	var d jsonDocument
	if err := json.Unmarshal(document.Bytes(), &d); err != nil || len(d.Faults) != MaxFaults || d.FaultsOmitted != 4900 {
		t.Errorf("%v: %d faults, %d omitted", err, len(d.Faults), d.FaultsOmitted)
	}
}

// TestNothingSteersTheTerminal puts every character that a terminal or a
// reader takes for more than itself through everything that is printed.
func TestNothingSteersTheTerminal(t *testing.T) {
	var hostile strings.Builder
	for _, r := range []rune{0, 7, 8, '\r', 0x1b, 0x7f, 0x85, 0x9b, 0x61c, 0x200e, 0x200f, 0x202a, 0x202e, 0x2028, 0x2029, 0x2066, 0x2069} {
		fmt.Fprintf(&hostile, "a%c", r)
	}
	s := hostile.String()
	var r Report
	r.Add(Fault{Place{File: s, Line: 1, Path: s}, cors.FieldError{Field: "name", Index: -1, Value: s, Reason: cors.Invalid, Detail: s, Hint: s, Fix: s}})
	r.Advise(Remark{Place: Place{File: s}, Advice: cors.Advice{Code: "x", Severity: cors.Note, Value: s, Detail: s, Hint: s}})
	r.Conclude(s)
	failure := &HintedError{Err: fmt.Errorf("%s", s), Hint: s}
	for _, code := range []Outcome{Done, failed, Rejected} {
		var text, document bytes.Buffer
		r.WriteText(&text, Painter{}, code, failure)
		r.WriteJSON(&document, code, failure)
		for name, out := range map[string]string{"text": text.String(), "JSON": document.String()} {
			for line := range strings.Lines(out) {
				if clean := strings.TrimSuffix(line, "\n"); strings.ContainsFunc(clean, steers) {
					t.Errorf("%s, exit %d: %q", name, code, line)
				}
			}
		}
		if !json.Valid(document.Bytes()) {
			t.Errorf("not JSON: %s", &document)
		}
	}
}

func TestCleanText(t *testing.T) {
	for in, want := range map[string]string{
		"a\tb\nc\r\n":  "a\tb\nc\r\n",
		"a\rb\n":       "a\ufffdb\n",
		"\x1b[2J":      "\ufffd[2J",
		"a\u202eb\n\n": "a\ufffdb\n\n",
	} {
		if got := CleanText(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
