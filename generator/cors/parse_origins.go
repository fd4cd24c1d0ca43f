package cors

import "slices"

func (p *parser) origins(raw []string) []OriginPattern {
	if len(raw) == 0 {
		p.refuse(entry{fieldAllowOrigins, -1, ""}, fault(Missing, "required", specAllowOrigin).
			hint("name the origins whose pages may read the responses, such as https://example.com"))
	}
	var list []OriginPattern
	first := make(map[OriginPattern]int, len(raw))
	for i, s := range raw {
		e := entry{fieldAllowOrigins, i, s}
		o, f := parsePattern(s)
		if f != nil {
			p.refuse(e, f)
			continue
		}
		if j, ok := first[o]; ok {
			p.duplicate(e, j)
			continue
		}
		list, first[o] = append(list, o), i
		for _, a := range o.advice(s, p.credentials) {
			p.advise(e, a)
		}
	}
	if i, ok := first[OriginPattern{kind: AnyOrigin}]; ok {
		p.anyOrigin(entry{fieldAllowOrigins, i, raw[i]}, len(list) == 1)
	}
	wide := slices.DeleteFunc(slices.Clone(list), func(o OriginPattern) bool { return o.kind == Exact || o.kind == AnyOrigin })
	for _, o := range list {
		if i := slices.IndexFunc(wide, o.coveredBy); i >= 0 {
			p.covered(entry{fieldAllowOrigins, first[o], raw[first[o]]}, wide[i].String())
		}
	}
	return list
}

// anyOrigin refuses `*` where it cannot stand. With credentials it goes, and
// then what stands beside it does not matter.
func (p *parser) anyOrigin(e entry, alone bool) {
	switch {
	case p.credentials:
		p.refuse(e, fault(Forbidden, "a browser refuses `*` for a request with credentials", specCredentials).
			hint("name the origins, or leave allowCredentials out"))
	case !alone:
		p.refuse(e, fault(Prohibited, "`*` allows every origin, so the others would say nothing", specAllowOrigin).
			hint("give `*` alone, or leave it out"))
	}
}
