package cors

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
	for _, o := range list {
		if by, ok := earliest(first, o.wider()); ok {
			p.covered(entry{fieldAllowOrigins, first[o], raw[first[o]]}, by.String())
		}
	}
	return list
}

// earliest is the one of some patterns that stands first in the list, if one
// does.
func earliest(first map[OriginPattern]int, some []OriginPattern) (found OriginPattern, ok bool) {
	for _, o := range some {
		if i, listed := first[o]; listed && (!ok || i < first[found]) {
			found, ok = o, true
		}
	}
	return found, ok
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
