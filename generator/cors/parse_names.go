package cors

import (
	"cmp"
	"slices"
	"strings"
)

func (p *parser) methods(raw []string) Methods {
	var out Methods
	first := make(map[string]int, len(raw))
	for i, s := range raw {
		e := entry{fieldAllowMethods, i, s}
		m, f := p.method(s)
		if f != nil {
			p.refuse(e, f)
			continue
		}
		if j, ok := first[m]; ok {
			p.duplicate(e, j)
			continue
		}
		first[m] = i
		p.adviseMethod(e, m)
		if m == "*" {
			out.any = true
		} else {
			out.list = append(out.list, Method{m})
		}
	}
	if i, ok := first["*"]; ok {
		e := entry{fieldAllowMethods, i, raw[i]}
		p.literalWildcard(e, "methods")
		if len(out.list) > 0 && !p.credentials {
			p.refuse(e, fault(Prohibited, "`*` allows every method, so the others would say nothing", specMethod).
				hint("give `*` alone, or leave it out"))
		}
	}
	return out
}

// method is the normal form of a method, or "*". Upper case is for the common
// methods only, as a custom one may be meant as it is.
func (p *parser) method(raw string) (string, *FieldError) {
	s := trimWhitespace(raw)
	if f := cmp.Or(severalFault(s, repairMethod), wrapFault(s)); f != nil {
		return "", f.fixed(repairMethod(s))
	}
	upper := UpperMethod(s)
	switch {
	case s == "*":
		return s, nil
	case slices.Contains(commonMethods(), upper):
		return upper, nil
	case upper == "ANY" && p.credentials:
		return "", fault(Prohibited, "no request has the method ANY", specMethod).hint("name the methods")
	case upper == "ANY":
		return "", fault(Prohibited, "no request has the method ANY", specMethod).fixed("*")
	}
	return s, checkMethod(s)
}

// repairMethod has no opinion on methods it does not know.
func repairMethod(s string) string {
	if upper := strings.ToUpper(unwrap(s)); upper == "*" || slices.Contains(commonMethods(), upper) {
		return upper
	}
	return ""
}

func (p *parser) adviseMethod(e entry, m string) {
	if m != e.raw {
		p.advise(e, Advice{
			Code: codeMethodNormalised, Severity: Note, Detail: "methods are compared byte by byte; taken as " + m,
			Hint: "write " + m, Spec: "https://fetch.spec.whatwg.org/#concept-method-normalize",
		})
	}
	if similar, ok := SimilarMethod(m); ok {
		p.advise(e, Advice{
			Code: codeMethodMisspelt, Severity: Warning, Detail: "not a common method; did you mean " + similar.s + "?",
			Hint: "write " + similar.s, Spec: specMethod,
		})
	}
}

// headerNames parses header names that check lets pass. It also returns the
// index of each in raw, by its lower-case name.
func (p *parser) headerNames(field string, raw []string, check func(string) *FieldError) (HeaderNames, map[string]int) {
	var out HeaderNames
	first := make(map[string]int, len(raw))
	for i, given := range raw {
		e := entry{field, i, given}
		s, f := headerName(given, check)
		if f != nil {
			p.refuse(e, f)
			continue
		}
		lower := asciiLower(s)
		if j, ok := first[lower]; ok {
			p.duplicate(e, j)
			continue
		}
		first[lower] = i
		if s != given {
			p.advise(e, Advice{Code: codeHeaderNormalised, Severity: Note, Detail: "taken as " + s, Hint: "write " + s, Spec: specHeaderName})
		}
		if s == "*" {
			out.any = true
			p.literalWildcard(e, "headers")
		} else {
			out.list = append(out.list, HeaderName{s})
		}
	}
	return out, first
}

// headerName is a header name without the blanks around it, or "*".
func headerName(raw string, check func(string) *FieldError) (string, *FieldError) {
	s := trimWhitespace(raw)
	if s == "*" {
		return s, nil
	}
	if strings.Contains(s, ":") {
		return "", fault(Invalid, "a header name has no colon, and its value is not part of it", specHeaderName).
			hint("name the header alone").fixed(repairHeaderName(s))
	}
	if f := cmp.Or(severalFault(s, repairHeaderName), wrapFault(s)); f != nil {
		return "", f.fixed(repairHeaderName(s))
	}
	if f := checkHeaderName(s); f != nil {
		return "", f
	}
	return s, check(s)
}

func (p *parser) allowHeaders(raw []string) HeaderNames {
	out, first := p.headerNames(fieldAllowHeaders, raw, checkRequestHeader)
	i, ok := first["*"]
	if !ok || p.credentials {
		return out
	}
	if _, ok := first["authorization"]; !ok {
		p.advise(entry{fieldAllowHeaders, i, raw[i]}, Advice{
			Code: CodeWildcardNotAuthorization, Severity: Note,
			Detail: "by the standard `*` does not cover Authorization, though Chromium, Firefox and WebKit let it",
			Hint:   "name Authorization too if pages send it",
			Spec:   "https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name",
		})
	}
	for _, n := range out.list {
		if lower := asciiLower(n.s); lower != "authorization" {
			p.covered(entry{fieldAllowHeaders, first[lower], raw[first[lower]]}, "*")
		}
	}
	return out
}

func (p *parser) exposeHeaders(raw []string) HeaderNames {
	out, first := p.headerNames(fieldExposeHeaders, raw, checkResponseHeader)
	for _, n := range out.list {
		lower := asciiLower(n.s)
		e := entry{fieldExposeHeaders, first[lower], raw[first[lower]]}
		switch {
		case isSafelistedResponseHeader(lower):
			p.advise(e, Advice{
				Code: codeAlreadyExposed, Severity: Note, Detail: "pages can read it anyway", Hint: "leave it out",
				Spec: "https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name",
			})
		case out.any && !p.credentials:
			p.covered(e, "*")
		}
	}
	return out
}
