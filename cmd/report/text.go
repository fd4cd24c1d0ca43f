package report

import (
	"errors"
	"fmt"
	"io"
	"slices"
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
	refused := 0
	if errors.As(failure, &refusal) && refusal.strict {
		refused = r.unacknowledged()
	}
	if refused > 0 {
		count = append(count, Plural(refused, "piece")+" of advice, refused by --strict")
	}
	if len(count) > 0 {
		fmt.Fprintln(w, strings.Join(count, " and "))
	}
	if refused > 0 {
		writeBelow(w, p, "--allow-advice CODE, or allowAdvice in the file, lets pass what is wanted", "")
	}
	switch code {
	case Rejected:
		var e Ended
		if errors.As(failure, &e) {
			for line := range strings.Lines(e.Text) {
				fmt.Fprintln(w, Clean(strings.TrimSuffix(line, "\n")))
			}
		}
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
	r.advice, r.said = nil, nil
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
		m.write(w, p)
	}
	for _, code := range codes {
		if n := seen[code] - maxAlike; n > 0 {
			fmt.Fprintf(w, "%d more of [%s]; --json lists them all\n", n, code)
		}
	}
}

// write writes the advice: in a line where it is acknowledged.
func (m Remark) write(w io.Writer, p Painter) {
	place, detail := Clean(m.Place.String()), Clean(m.Detail)+" ["+m.Code+"]"
	var value []string
	if m.Value != "" {
		value = []string{Quote(m.Value)}
	}
	join := func(place, severity string) string {
		return strings.Join(slices.Concat([]string{place}, value, []string{severity, detail}), ": ")
	}
	switch {
	case m.Acknowledged:
		fmt.Fprintln(w, p.Dim(join(place, string(m.Severity)+", acknowledged")))
		return
	case m.Severity == cors.Warning:
		fmt.Fprintln(w, join(p.Bold(place), p.Yellow(string(m.Severity))))
	default:
		fmt.Fprintln(w, join(p.Bold(place), p.Cyan(string(m.Severity))))
	}
	writeBelow(w, p, m.Hint, m.Spec)
}

func writeBelow(w io.Writer, p Painter, hint, spec string) {
	if hint != "" {
		fmt.Fprintln(w, "  "+p.Cyan("hint:")+" "+Clean(hint))
	}
	if spec != "" {
		fmt.Fprintln(w, "  see: "+spec)
	}
}
