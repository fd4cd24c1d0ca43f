package gateway

import (
	"cmp"
	"slices"
	"strings"

	"apigw-cors/generator/cors"
)

// asking is how a field is asked for. Its functions look at the answers so
// far, of which nothing is checked.
type asking struct {
	// place orders the questions: a later one may depend on the answers to
	// those before.
	place int
	title string
	// note says what is wanted; noteOf where that depends on the answers.
	note   string
	noteOf func(Config) string
	more   string
	// informs: no default suits most. informsOf says the same of the answers so
	// far.
	informs   bool
	informsOf func(Config) bool
	// seldom: hardly anyone wants another than the default. quiet says the
	// same of the answers so far.
	seldom bool
	quiet  func(Config) bool
	moot   func(Config) bool
	// propose is what to start with where there is no answer yet.
	propose func(Config) []string
	// implied are the words that hold beside any answer.
	implied func(Config) []string
	// offer chooses from the values that hold for the API type and the
	// credentials.
	offer func(Config, []Value) []Value
	empty []string
}

// Question is how a person is asked for a field, as it stands with the other
// answers so far.
type Question struct {
	Field Field
	// Title names it, Note says what is wanted, in a sentence or two. More is
	// the note where values that are not offered are typed.
	Title, Note, More string
	// Offered are the values worth choosing from.
	Offered []Value
	// Moot: an answer would mean nothing. Informs: no default suits most, so
	// that everybody is asked. Quiet: the default suits nearly all, so that
	// nobody need be asked.
	Moot, Informs, Quiet bool
	// Implied are the words that hold beside any answer.
	Implied []string
	// Default is what no answer means, Proposal what to start with, if there is
	// a better start. Empty is the answer of who wants no value at all, where
	// no answer means the default.
	Default, Proposal, Empty []string
}

// Questions are the questions for every field, in the order of asking. c is
// what is known so far; nothing of it is checked.
func Questions(c Config) []Question {
	all := Fields()
	slices.SortFunc(all, func(a, b Field) int { return cmp.Compare(a.ask.place, b.ask.place) })
	out := make([]Question, len(all))
	for i, f := range all {
		out[i] = f.question(c)
	}
	return out
}

func (f Field) question(c Config) Question {
	a, kind := f.ask, kindOf(c)
	q := Question{
		Field: f, Title: a.title, Note: a.note, More: a.more, Empty: a.empty, Default: f.Default(kind),
		Moot:    f.Only != "" && f.Only != kind || a.moot != nil && a.moot(c),
		Informs: a.informs || a.informsOf != nil && a.informsOf(c),
		Quiet:   a.seldom || a.quiet != nil && a.quiet(c),
		Offered: without(f.Values, func(v Value) bool {
			return v.Only != "" && v.Only != kind || v.Wildcard && c.AllowCredentials
		}),
	}
	if a.implied != nil {
		q.Implied = a.implied(c)
	}
	if a.noteOf != nil {
		q.Note = a.noteOf(c)
	}
	if a.propose != nil {
		q.Proposal = a.propose(c)
	}
	if a.offer != nil {
		q.Offered = a.offer(c, q.Offered)
	}
	return q
}

func without(all []Value, out func(Value) bool) []Value {
	return slices.DeleteFunc(slices.Clone(all), out)
}

// kindOf is the API type, REST while it is not known.
func kindOf(c Config) Kind {
	if c.API == string(HTTP) {
		return HTTP
	}
	return REST
}

// needsMethods reports whether a resource relies on allowMethods.
func needsMethods(c Config) bool {
	return len(c.Resources) == 0 || slices.ContainsFunc(c.Resources, func(r ResourceConfig) bool { return len(r.Methods) == 0 })
}

// staticOrigin is [cors.Policy.StaticOrigin] for what is not parsed yet.
func staticOrigin(c Config) bool {
	p := patterns(c)
	return len(p) == 1 && (p[0].Kind() == cors.Exact || p[0].Kind() == cors.AnyOrigin)
}

// beyondService reports whether an HTTP API has an origin that its CORS
// configuration has no form for.
func beyondService(c Config) bool {
	return kindOf(c) == HTTP && slices.ContainsFunc(patterns(c), func(p cors.OriginPattern) bool { return !serviceTakes(p) })
}

func patterns(c Config) []cors.OriginPattern {
	var out []cors.OriginPattern
	for _, s := range c.AllowOrigins {
		if p, _, err := cors.ParseOriginPattern(s); err == nil {
			out = append(out, p)
		}
	}
	return out
}

// requiredHeaders are allowed whatever a person says; they follow from the
// auth.
func requiredHeaders(c Config) []string {
	names := withRequired(cors.HeaderNames{}, Auth(c.Auth).requestHeaders(identitySource(c))).Strings()
	return slices.DeleteFunc(names, func(name string) bool { return name == "" })
}

// identitySource is the authHeader, Authorization where there is none.
func identitySource(c Config) cors.HeaderName {
	if n, err := cors.ParseHeaderName(c.AuthHeader); err == nil {
		return n
	}
	return authorization()
}

func joined(words []string) string { return strings.Join(words, ", ") }

func containsFold(all []string, s string) bool {
	return slices.ContainsFunc(all, func(other string) bool { return strings.EqualFold(other, s) })
}
