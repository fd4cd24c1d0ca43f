package report

import "apigw-cors/generator/cors"

// Fault is what is wrong, and where.
type Fault struct {
	Place Place
	cors.FieldError
}

// Remark is a piece of advice, and where it belongs.
type Remark struct {
	Place Place
	cors.Advice
}

// Report gathers what a run has to say about the policy, in input order.
type Report struct {
	Faults []Fault
	advice []Remark
	// said holds all of advice.
	said map[Remark]bool
	// closing is what a run that is done says last.
	closing []string
	// Files are the files of the run and their states, in the order rendered.
	Files []File
}

// Add adds what is wrong.
func (r *Report) Add(all ...Fault) { r.Faults = append(r.Faults, all...) }

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
// strict for a piece of advice.
func (r *Report) Verdict(strict bool) error {
	if len(r.Faults) > 0 || strict && len(r.advice) > 0 {
		return rejection{strict}
	}
	return nil
}
