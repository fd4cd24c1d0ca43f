package report

import (
	"slices"
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
	// said holds all of advice, by what it says wherever it holds.
	said map[Remark]int
	// closing is what a run that is done says last.
	closing []string
	// Files are the files of the run and their states, in the order rendered.
	Files []File
}

// MaxFaults bounds the faults of a run that are told one by one: nobody reads
// thousands, and a short text can have them.
const MaxFaults = 100

// Add adds what is wrong, but nothing twice: environments share values.
func (r *Report) Add(all ...Fault) {
	for _, f := range all {
		for _, s := range []*string{&f.Place.Path, &f.Value, &f.Detail, &f.Hint, &f.Fix} {
			*s = cut(*s)
		}
		if i := slices.IndexFunc(r.Faults, f.isLike); i >= 0 {
			r.Faults[i].Place = r.Faults[i].Place.and(f.Place)
		} else if len(r.Faults) < MaxFaults {
			r.Faults = append(r.Faults, f)
		} else {
			r.omitted++
		}
	}
}

// isLike reports whether two faults are one, maybe in two environments.
func (f Fault) isLike(other Fault) bool {
	return f.FieldError == other.FieldError && f.Place.anywhere() == other.Place.anywhere()
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
// same of one API, and environments share values.
func (r *Report) Advise(m Remark) {
	anywhere := m
	anywhere.Place = m.Place.anywhere()
	if i, ok := r.said[anywhere]; ok {
		r.advice[i].Place = r.advice[i].Place.and(m.Place)
		return
	}
	if r.said == nil {
		r.said = map[Remark]int{}
	}
	r.said[anywhere] = len(r.advice)
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
