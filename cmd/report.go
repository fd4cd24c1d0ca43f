package cmd

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"apigw-cors/generator/cors"
)

// fault is what is wrong, and where.
type fault struct {
	place place
	cors.FieldError
}

// remark is a piece of advice, and where it belongs.
type remark struct {
	place place
	cors.Advice
}

// report gathers what a run has to say about the policy, in input order.
type report struct {
	faults []fault
	advice []remark
	// said holds all of advice.
	said map[remark]bool
	// closing is what a run that is done says last.
	closing []string
}

// addFaults adds what is wrong.
func (r *report) addFaults(all ...fault) { r.faults = append(r.faults, all...) }

// advise adds a remark, but none that was made before: each format may say the
// same of one API.
func (r *report) advise(m remark) {
	if r.said[m] {
		return
	}
	if r.said == nil {
		r.said = map[remark]bool{}
	}
	r.said[m] = true
	r.advice = append(r.advice, m)
}

// close keeps lines for a run that is done to say last, after the advice.
func (r *report) close(lines ...string) { r.closing = append(r.closing, lines...) }

// verdict is nil, or the error of a run that is rejected: for a fault, or with
// strict for a piece of advice.
func (r *report) verdict(strict bool) error {
	if len(r.faults) > 0 || strict && len(r.advice) > 0 {
		return rejection{strict}
	}
	return nil
}

// maxAlike bounds how often one code of advice is spelled out: thousands of
// APIs tend to have the same weakness.
const maxAlike = 10

func (r *report) writeText(w io.Writer, p painter, code outcome, failure error) {
	for _, f := range r.faults {
		values := []string{p.bold(clean(f.place.String()))}
		if f.Reason != cors.Missing && f.Value != "" {
			values = append(values, quote(f.Value))
		}
		values = append(values, p.red(string(f.Reason)), clean(f.Detail))
		fmt.Fprintln(w, strings.Join(values, ": "))
		writeBelow(w, p, f.Hint, f.Spec)
	}
	r.writeAdvice(w, p)
	var count []string
	if n := len(r.faults); n > 0 {
		count = append(count, plural(n, "fault"))
	}
	var refusal rejection
	if n := len(r.advice); errors.As(failure, &refusal) && refusal.strict && n > 0 {
		count = append(count, plural(n, "piece")+" of advice, refused by --strict")
	}
	if len(count) > 0 {
		fmt.Fprintln(w, strings.Join(count, " and "))
	}
	switch code {
	case rejected:
	case done:
		for _, line := range r.closing {
			fmt.Fprintln(w, line)
		}
	case interrupted:
		// The terminal has just echoed ^C.
		fmt.Fprintln(w)
		writeFailure(w, p, interruption(failure))
	default:
		writeFailure(w, p, failure)
	}
}

// interruption is the failure in words, where it has words of its own.
func interruption(failure error) error {
	var e ended
	if errors.As(failure, &e) {
		return e
	}
	return interrupted
}

func writeFailure(w io.Writer, p painter, failure error) {
	for _, line := range strings.Split(failure.Error(), "\n") {
		fmt.Fprintln(w, "apigw-cors: "+clean(line))
	}
	for _, hint := range hintsOf(failure) {
		writeBelow(w, p, hint, "")
	}
	var usage *usageError
	if errors.As(failure, &usage) && usage.usage != "" {
		fmt.Fprint(w, "\n"+usage.usage)
	}
}

// takeAdvice writes the advice of a run that goes on; the end does not repeat
// it.
func (r *report) takeAdvice(w io.Writer, p painter) {
	r.writeAdvice(w, p)
	r.advice = nil
}

func (r *report) writeAdvice(w io.Writer, p painter) {
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
		values := []string{p.bold(clean(m.place.String()))}
		if m.Value != "" {
			values = append(values, quote(m.Value))
		}
		severity := p.cyan(string(m.Severity))
		if m.Severity == cors.Warning {
			severity = p.yellow(string(m.Severity))
		}
		values = append(values, severity, clean(m.Detail)+" ["+m.Code+"]")
		fmt.Fprintln(w, strings.Join(values, ": "))
		writeBelow(w, p, m.Hint, m.Spec)
	}
	for _, code := range codes {
		if n := seen[code] - maxAlike; n > 0 {
			fmt.Fprintf(w, "%d more of [%s]; --json lists them all\n", n, code)
		}
	}
}

func writeBelow(w io.Writer, p painter, hint, spec string) {
	if hint != "" {
		fmt.Fprintln(w, "  "+p.cyan("hint:")+" "+clean(hint))
	}
	if spec != "" {
		fmt.Fprintln(w, "  see: "+spec)
	}
}

// quote shows a value as it was written, unless it is very long.
func quote(s string) string {
	const most = 80
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return strconv.Quote(s)
}

// clean keeps what a file may hold from steering the terminal.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
