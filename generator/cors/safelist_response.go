package cors

import "slices"

// read decides which response headers a page gets to see.
//
// https://fetch.spec.whatwg.org/#concept-filtered-response-cors
func (t *Trace) read(response Response, mode CredentialsMode) {
	const name = HeaderExposeHeaders
	if location, ok := response.Headers.Get("Location"); ok && isRedirect(response.Status) {
		t.add(Step{StageResponse, Noted, Redirect, "Location", location})
		return
	}
	list, _ := response.Headers.Get(name)
	s := Step{StageResponse, Noted, ExposedNames, name, list}
	var exposed []string
	any := false
	switch wildcard := response.Headers.listsToken(name, "*", sameBytes); {
	case !response.Headers.isTokenList(name):
		s.Cause = InvalidExposeHeaders
	case wildcard && mode != CredentialsInclude:
		s.Cause, any = ExposedAny, true
	default:
		for n := range response.Headers.tokens(name) {
			exposed = append(exposed, asciiLower(n))
		}
		switch {
		case wildcard:
			s.Cause = ExposeAnyWithCredentials
		case len(exposed) == 0:
			s.Cause = ExposedNone
		}
	}
	t.add(s)
	t.Readable = response.Headers.names(func(lower string) bool {
		return !isForbiddenResponseHeader(lower) &&
			(any || isSafelistedResponseHeader(lower) || slices.Contains(exposed, lower))
	})
}

// https://fetch.spec.whatwg.org/#forbidden-response-header-name
func isForbiddenResponseHeader(lower string) bool {
	return lower == "set-cookie" || lower == "set-cookie2"
}

// names are the names in l that keep takes, lower case, sorted, each once.
func (l HeaderList) names(keep func(lower string) bool) []string {
	var out []string
	for _, h := range l {
		if lower := asciiLower(h.Name); keep(lower) {
			out = append(out, lower)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
