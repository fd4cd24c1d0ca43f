package cors

import (
	"cmp"
	"errors"
	"slices"
)

// Parse makes a [Policy] of c. The error joins one [*FieldError] per fault in
// the order of Config's fields; advice comes in the same order, and with an
// error too.
func Parse(c Config) (Policy, []Advice, error) {
	p := parser{credentials: c.AllowCredentials}
	policy := Policy{
		origins:       p.origins(c.AllowOrigins),
		methods:       p.methods(c.AllowMethods),
		allowHeaders:  p.allowHeaders(c.AllowHeaders),
		exposeHeaders: p.exposeHeaders(c.ExposeHeaders),
		credentials:   c.AllowCredentials,
		maxAge:        p.maxAge(c.MaxAge),
	}
	slices.SortStableFunc(p.advice, func(a, b Advice) int {
		return cmp.Or(cmp.Compare(rank(a.Field), rank(b.Field)), cmp.Compare(a.Index, b.Index))
	})
	if len(p.faults) == 0 {
		return policy, p.advice, nil
	}
	slices.SortStableFunc(p.faults, func(a, b *FieldError) int {
		return cmp.Or(cmp.Compare(rank(a.Field), rank(b.Field)), cmp.Compare(a.Index, b.Index))
	})
	errs := make([]error, len(p.faults))
	for i, f := range p.faults {
		errs[i] = f
	}
	return Policy{}, p.advice, errors.Join(errs...)
}

// The keys of a Config.
const (
	fieldAllowOrigins  = "allowOrigins"
	fieldAllowMethods  = "allowMethods"
	fieldAllowHeaders  = "allowHeaders"
	fieldExposeHeaders = "exposeHeaders"
	fieldMaxAge        = "maxAge"
)

// rank is the place of a field in Config.
func rank(field string) int {
	return slices.Index([]string{fieldAllowOrigins, fieldAllowMethods, fieldAllowHeaders, fieldExposeHeaders, fieldMaxAge}, field)
}

// parser gathers what is to be said of a Config.
type parser struct {
	credentials bool
	faults      []*FieldError
	advice      []Advice
}

// entry is one value of a Config: its place, and how it is written.
type entry struct {
	field string
	index int
	raw   string
}

func (p *parser) refuse(e entry, f *FieldError) {
	f.Field, f.Index, f.Value = e.field, e.index, e.raw
	p.faults = append(p.faults, f)
}

func (p *parser) advise(e entry, a Advice) {
	a.Field, a.Index, a.Value = e.field, e.index, e.raw
	p.advice = append(p.advice, a)
}

// duplicate advises on the entry if its value is at index first already.
func (p *parser) duplicate(e entry, first int) {
	p.advise(e, Advice{
		Code: codeDuplicate, Severity: Note,
		Detail: "the same as " + (&FieldError{Field: e.field, Index: first}).Path() + ", and dropped", Hint: "leave it out",
	})
}

func (p *parser) covered(e entry, by string) {
	p.advise(e, Advice{
		Code: codeCovered, Severity: Note, Detail: "covered by " + by + " already", Hint: "leave one of the two out",
	})
}

// literalWildcard refuses `*` where a browser takes it for a name.
func (p *parser) literalWildcard(e entry, what string) {
	if p.credentials {
		p.refuse(e, fault(Forbidden, "with credentials, a browser takes `*` for a name", specCredentials).
			hint("name the "+what+", or leave allowCredentials out"))
	}
}

func (p *parser) maxAge(raw string) maxAge {
	age, f := parseMaxAge(raw)
	e := entry{fieldMaxAge, -1, raw}
	if f != nil {
		p.refuse(e, f)
	}
	if age.seconds > maxAgeChromium {
		p.advise(e, Advice{
			Code: codeMaxAgeCapped, Severity: Note,
			Detail: "Chromium caps it at 7200 seconds, Firefox at 86400", Hint: "use 7200, or do not count on more",
			Spec: "https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Access-Control-Max-Age",
		})
	}
	return age
}
