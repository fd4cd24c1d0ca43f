package cmd

import (
	"cmp"
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// source is one API as its author wrote it, where its values stand, and what
// is wrong with the way it is written.
type source struct {
	config gateway.Config
	places places
	faults []fault
	// unreadable: the text ended in a syntax error, config means nothing.
	unreadable bool
	// doubtful holds keys that may have been meant by what could not be read,
	// so that they are not missing for certain.
	doubtful []string
	// ignored is a file that is there, but is not read beside policy flags.
	ignored string
	// several: the input holds more APIs than this one.
	several bool
}

// parse makes an API of the source, and adds what there is to say to the
// report. It reports whether nothing is at fault.
func (s source) parse(r *report) (gateway.API, bool) {
	if s.unreadable {
		r.addFaults(s.faults...)
		return gateway.API{}, false
	}
	found := slices.Clone(s.faults)
	api, advice, err := gateway.Parse(s.config)
	for _, f := range cors.Faults(err) {
		if f.Reason == cors.Missing && s.doubts(f.Field) {
			continue
		}
		found = append(found, fault{s.places.of(f.Path()), suggested(*f)})
	}
	slices.SortStableFunc(found, func(a, b fault) int {
		return cmp.Or(a.place.line-b.place.line, a.place.column-b.place.column)
	})
	if n := len(found); n > 0 && s.ignored != "" && found[n-1].Reason == cors.Missing {
		found[n-1].Hint += "; " + s.ignored + " is not read beside policy flags unless -f names it"
	}
	r.addFaults(found...)
	for _, a := range advice {
		r.advise(remark{s.places.of(pathOf(a.Field, a.Index)), a})
	}
	return api, len(found) == 0
}

// doubts reports whether a field may be there after all.
func (s source) doubts(field string) bool {
	return slices.ContainsFunc(s.doubtful, func(d string) bool {
		return field == d || strings.HasPrefix(field, d+"[") || strings.HasPrefix(field, d+".")
	})
}

// suggested adds the nearest value of the field's set, where the parser offers
// no correction of its own.
func suggested(f cors.FieldError) cors.FieldError {
	known, ok := fieldOf(f.Field)
	if !ok || f.Fix != "" || f.Reason != cors.Invalid {
		return f
	}
	set := known.values
	if f.Field == "gatewayResponses" {
		set = known.common
	}
	if near := nearest(f.Value, set); near != "" {
		f.Fix, f.Hint = near, "did you mean "+near+"?"
	}
	return f
}

// emptyList refuses a list without entries where that would be taken for the
// default.
func emptyList(at place, f field) fault {
	return fault{at, cors.FieldError{
		Field: f.key, Index: -1, Reason: cors.Invalid, Detail: "an empty list", Hint: f.never,
	}}
}

// names holds the APIs of a run by their names in lower case: folders are
// named after them, and some file systems fold case.
type names map[string]place

// take refuses a name that is taken.
func (n names) take(s source, r *report) {
	if s.unreadable {
		return
	}
	name := s.config.Name
	if name == "" {
		name = gateway.DefaultName
	}
	at, key := s.places.of("name"), strings.ToLower(name)
	first, taken := n[key]
	if !taken {
		n[key] = at
		return
	}
	e := cors.FieldError{
		Field: "name", Index: -1, Value: name, Reason: cors.Prohibited,
		Detail: "the API at " + first.where() + " has this name, too, and files are kept apart by it",
		Hint:   "give each API a name of its own; upper and lower case count as the same",
	}
	if at.flag != "" {
		e.Detail, e.Hint = "it names every API of the file alike", "leave "+at.flag+" out, and name each API in the file"
	}
	r.addFaults(fault{at, e})
}
