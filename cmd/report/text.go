package report

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"apigw-cors/generator/cors"
)

// maxAlike bounds how often one code of advice is spelled out: thousands of
// APIs tend to have the same weakness.
const maxAlike = 10

// WriteText writes the report for a person: the faults, the advice, their count,
// and what ended the run.
func (r *Report) WriteText(w io.Writer, p Painter, code Outcome, failure error) {
	for _, f := range r.Faults {
		values := []string{p.Bold(Clean(f.Place.String()))}
		if f.Reason != cors.Missing && f.Value != "" {
			values = append(values, Quote(f.Value))
		}
		values = append(values, p.Red(string(f.Reason)), Clean(f.Detail))
		fmt.Fprintln(w, strings.Join(values, ": "))
		writeBelow(w, p, f.Hint, f.Spec)
	}
	var count []string
	if r.omitted > 0 {
		fmt.Fprintf(w, "and %s\n", Plural(r.omitted, "more fault"))
	}
	r.writeAdvice(w, p)
	if n := len(r.Faults) + r.omitted; n > 0 {
		count = append(count, Plural(n, "fault"))
	}
	var refusal rejection
	if n := len(r.advice); errors.As(failure, &refusal) && refusal.strict && n > 0 {
		count = append(count, Plural(n, "piece")+" of advice, refused by --strict")
	}
	if len(count) > 0 {
		fmt.Fprintln(w, strings.Join(count, " and "))
	}
	switch code {
	case Rejected:
	case Done:
		for _, line := range r.closing {
			fmt.Fprintln(w, Clean(line))
		}
	case Interrupted:
		// The terminal has just echoed ^C.
		fmt.Fprintln(w)
		writeFailure(w, p, interruption(failure))
	default:
		writeFailure(w, p, failure)
	}
}

// interruption is the failure in words, where it has words of its own.
func interruption(failure error) error {
	var e Ended
	if errors.As(failure, &e) {
		return e
	}
	return Interrupted
}

func writeFailure(w io.Writer, p Painter, failure error) {
	for _, line := range strings.Split(failure.Error(), "\n") {
		fmt.Fprintln(w, "apigw-cors: "+Clean(line))
	}
	for _, hint := range HintsOf(failure) {
		writeBelow(w, p, hint, "")
	}
	var usage *UsageError
	if errors.As(failure, &usage) && usage.Usage != "" {
		fmt.Fprint(w, "\n"+usage.Usage)
	}
}

// TakeAdvice writes the advice of a run that goes on; the end does not repeat
// it.
func (r *Report) TakeAdvice(w io.Writer, p Painter) {
	r.writeAdvice(w, p)
	r.advice = nil
}

func (r *Report) writeAdvice(w io.Writer, p Painter) {
	seen := map[string]int{}
	var codes []string
	for _, m := range r.advice {
		seen[m.Code]++
		if seen[m.Code] > maxAlike {
			continue
		}
		if seen[m.Code] == 1 {
			codes = append(codes, m.Code)
		}
		values := []string{p.Bold(Clean(m.Place.String()))}
		if m.Value != "" {
			values = append(values, Quote(m.Value))
		}
		severity := p.Cyan(string(m.Severity))
		if m.Severity == cors.Warning {
			severity = p.Yellow(string(m.Severity))
		}
		values = append(values, severity, Clean(m.Detail)+" ["+m.Code+"]")
		fmt.Fprintln(w, strings.Join(values, ": "))
		writeBelow(w, p, m.Hint, m.Spec)
	}
	for _, code := range codes {
		if n := seen[code] - maxAlike; n > 0 {
			fmt.Fprintf(w, "%d more of [%s]; --json lists them all\n", n, code)
		}
	}
}

func writeBelow(w io.Writer, p Painter, hint, spec string) {
	if hint != "" {
		fmt.Fprintln(w, "  "+p.Cyan("hint:")+" "+Clean(hint))
	}
	if spec != "" {
		fmt.Fprintln(w, "  see: "+spec)
	}
}
