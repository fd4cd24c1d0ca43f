package fix

import (
	"strings"

	"apigw-cors/cmd/report"
	"apigw-cors/generator/fix"
)

// place gathers what became of the policy. It is for one API: where more than
// one file has one that it may be for, none is changed.
func (m *Mended) place(p *fix.Policy) {
	if p == nil {
		return
	}
	var found, absent []*whole
	for _, w := range m.whole {
		refusal := w.Result.Placed.Refusal
		switch {
		case w.err != nil, w.Result.Placed.Status == "":
		case refusal != nil && refusal.Absent:
			absent = append(absent, w)
		default:
			found = append(found, w)
		}
	}
	if len(found) > 1 {
		var named []*whole
		for _, w := range found {
			if w.Result.Placed.API == p.API.Name() {
				named = append(named, w)
			}
		}
		if p.In == "" && p.API.APIID().String() == "" && len(named) == 1 {
			for _, w := range found {
				if w != named[0] {
					w.forget()
				}
			}
			found = named
		}
	}
	for _, w := range absent {
		if len(found) > 0 {
			w.forget()
		}
	}
	switch {
	case len(found) > 1:
		var names []string
		for _, w := range found {
			names = append(names, w.Result.Placed.API+" of "+w.Tree.Path(w.Name))
		}
		for _, w := range found {
			w.forget()
			w.Result.Placed.Status, w.Result.Placed.Notes = fix.Refused, nil
			w.Result.Placed.Refusal = &fix.Refusal{
				Why:     "the policy may be for any of " + strings.Join(names, ", "),
				Instead: "name the file, or the API with --api-name or apiId in the policy",
			}
		}
		found = found[:1]
	case len(found) == 0:
		found = absent[:min(1, len(absent))]
	}
	for _, w := range found {
		m.Placed = append(m.Placed, report.PlacedPolicy{Path: w.Tree.Path(w.Name), Placed: w.Result.Placed, PathOf: w.Tree.Path})
	}
}

// forget takes back what was to change.
func (w *whole) forget() {
	w.Result.Files, w.Result.Outcomes = nil, nil
}
