package policy

import (
	"cmp"
	"slices"
	"strings"

	"apigw-cors/cmd/report"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// Source is one API as its author wrote it, where its values stand, and what
// is wrong with the way it is written.
type Source struct {
	Config gateway.Config
	// Environment is the one that the API is for, "" where the document has none.
	Environment string
	// EachEnvironment: it is one of all of its document, of which LastEnvironment is
	// the end.
	EachEnvironment, LastEnvironment bool
	Places                           places
	Faults                           []report.Fault
	// AllowAdvice are the codes of the advice that is acknowledged.
	AllowAdvice []string
	// Tests are the expectations beside the policy.
	Tests []Test
	// unreadable: the text ended in a syntax error, config means nothing.
	unreadable bool
	// doubtful holds keys that may have been meant by what could not be read,
	// so that they are not missing for certain.
	doubtful []string
	// ignored is a file that is there, but is not read beside policy flags.
	ignored string
	// Several: the input holds more APIs than this one.
	Several bool
}

// Parse makes an API of the source, and adds what there is to say to the
// report. It reports whether nothing is at fault.
func (s Source) Parse(r *report.Report) (gateway.API, bool) {
	if s.unreadable {
		r.Add(s.Faults...)
		return gateway.API{}, false
	}
	found := slices.Clone(s.Faults)
	api, advice, err := gateway.Parse(s.Config)
	for _, f := range cors.Faults(err) {
		if f.Reason == cors.Missing && s.doubts(f.Field) {
			continue
		}
		found = append(found, report.Fault{Place: s.Places.Find(f.Path()), FieldError: Suggested(*f)})
	}
	slices.SortStableFunc(found, func(a, b report.Fault) int {
		return cmp.Or(a.Place.Line-b.Place.Line, a.Place.Column-b.Place.Column)
	})
	if n := len(found); n > 0 && s.ignored != "" && found[n-1].Reason == cors.Missing {
		found[n-1].Hint += "; " + s.ignored + " is not read beside policy flags unless -f names it"
	}
	r.Add(found...)
	for _, a := range advice {
		s.Advise(r, a)
	}
	return api, len(found) == 0
}

// Shared is the source with the places of what its environments share.
func (s Source) Shared() Source {
	if s.Places.shared != nil {
		s.Places = *s.Places.shared
	}
	return s
}

// doubts reports whether a field may be there after all.
func (s Source) doubts(field string) bool {
	return slices.ContainsFunc(s.doubtful, func(d string) bool {
		return field == d || strings.HasPrefix(field, d+"[") || strings.HasPrefix(field, d+".")
	})
}

// Suggested adds the nearest value of the field's set, where the parser offers
// no correction of its own.
func Suggested(f cors.FieldError) cors.FieldError {
	known, ok := gateway.FieldOf(f.Field)
	if !ok || known.Open || f.Fix != "" || f.Reason != cors.Invalid {
		return f
	}
	if near := report.Nearest(f.Value, known.Names()); near != "" {
		f.Fix, f.Hint = near, "did you mean "+near+"?"
	}
	return f
}

// emptyList refuses a list without entries where that would be taken for the
// default.
func emptyList(at report.Place, f gateway.Field) report.Fault {
	return report.Fault{Place: at, FieldError: cors.FieldError{
		Field: f.Key, Index: -1, Reason: cors.Invalid, Detail: "an empty list", Hint: f.InsteadOfEmpty,
	}}
}

// TakenNames holds the APIs of a run by their names in lower case: folders are
// named after them, and some file systems fold case.
type TakenNames map[string]report.Place

// Take refuses a name that is taken.
func (n TakenNames) Take(s Source, r *report.Report) {
	if s.unreadable {
		return
	}
	name := s.Config.Name
	if name == "" {
		name = gateway.DefaultName
	}
	at, key := s.Places.Find("name"), s.Environment+"/"+strings.ToLower(name)
	first, taken := n[key]
	if !taken {
		n[key] = at
		return
	}
	e := cors.FieldError{
		Field: "name", Index: -1, Value: name, Reason: cors.Prohibited,
		Detail: "the API at " + first.Where() + " has this name, too, and files are kept apart by it",
		Hint:   "give each API a name of its own; upper and lower case count as the same",
	}
	if at.Flag != "" {
		e.Detail, e.Hint = "it names every API of the file alike", "leave "+at.Flag+" out, and name each API in the file"
	}
	r.Add(report.Fault{Place: at, FieldError: e})
}
