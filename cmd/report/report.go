package report

import (
	"strings"

	"apigw-cors/generator/cors"
)

// Fault is what is wrong, and where.
type Fault struct {
	Place Place
	cors.FieldError
}

// Remark is a piece of advice, and where it belongs.
type Remark struct {
	Place Place
	cors.Advice
	// Acknowledged: what it tells is known and wanted. It is told in few words,
	// and --strict lets it pass.
	Acknowledged bool
}

// Report gathers what a run has to say about the policy, in input order.
type Report struct {
	// Faults are the first [MaxFaults], omitted counts those beyond.
	Faults  []Fault
	omitted int
	advice  []Remark
	// said holds all of advice.
	said map[Remark]bool
	// closing is what a run that is done says last.
	closing []string
	// Files are the files of the run and their states, in the order rendered.
	Files []File
}

// MaxFaults bounds the faults of a run that are told one by one: nobody reads
// thousands, and a short text can have them.
const MaxFaults = 100

// Add adds what is wrong.
func (r *Report) Add(all ...Fault) {
	kept := all[:min(len(all), MaxFaults-len(r.Faults))]
	for _, f := range kept {
		for _, s := range []*string{&f.Place.Path, &f.Value, &f.Detail, &f.Hint, &f.Fix} {
			*s = cut(*s)
		}
		r.Faults = append(r.Faults, f)
	}
	r.omitted += len(all) - len(kept)
}

// maxMessage bounds each part of what is told, in bytes: a file may hold a key
// of megabytes.
const maxMessage = 4096

func cut(s string) string {
	if len(s) <= maxMessage {
		return s
	}
	return strings.ToValidUTF8(s[:maxMessage], "") + "…"
}

// Advise adds a remark, but none that was made before: each format may say the
// same of one API.
func (r *Report) Advise(m Remark) {
	if r.said[m] {
		return
	}
	if r.said == nil {
		r.said = map[Remark]bool{}
	}
	r.said[m] = true
	r.advice = append(r.advice, m)
}

// Conclude keeps lines for a run that is done to say last, after the advice.
func (r *Report) Conclude(lines ...string) { r.closing = append(r.closing, lines...) }

// Verdict is nil, or the error of a run that is rejected: for a fault, or with
// strict for a piece of advice that is not acknowledged.
func (r *Report) Verdict(strict bool) error {
	if len(r.Faults) > 0 || strict && r.unacknowledged() > 0 {
		return rejection{strict}
	}
	return nil
}

// unacknowledged counts the advice that strict refuses.
func (r *Report) unacknowledged() int {
	n := 0
	for _, m := range r.advice {
		if !m.Acknowledged {
			n++
		}
	}
	return n
}
