package cors

import (
	"net/url"
	"strings"
)

// Request is a request that a page makes with fetch, or what a browser sends
// for it.
//
// https://fetch.spec.whatwg.org/#concept-request
type Request struct {
	// Origin is the serialised origin of the page. Empty stands for "null",
	// an opaque origin's.
	Origin string
	Method string
	URL    string
	// Headers are those the page sets; on the way to the server also those
	// that the browser adds and that matter here.
	Headers     HeaderList
	Credentials CredentialsMode
}

// Fetch records what a browser does when a page calls fetch for r in cors mode:
// whether it asks with a CORS-preflight request first, whether it then sends the
// actual one, and whether the page gets to read the response. Requests go to
// send; its response to a preflight decides whether it is called again.
//
// The preflight cache is taken to be empty. A redirect is not followed: what
// comes then is a fetch of its own.
//
// https://fetch.spec.whatwg.org/#main-fetch
func Fetch(r Request, send func(Request) Response) Trace {
	var t Trace
	r, ok := t.form(r)
	if !ok {
		return t
	}
	target, ok := originOf(r.URL)
	if !ok {
		t.add(Step{StageRequest, Refused, InvalidURL, r.Origin, r.URL})
		return t
	}
	if r.Origin == target {
		t.add(Step{StageRequest, Noted, SameOrigin, r.Origin, target})
		t.Actual = exchange(r.onWire(), send)
		if t.Actual.Response.Status == 0 {
			t.add(Step{StageResponse, Refused, NetworkError, r.Origin, ""})
			return t
		}
		t.Readable = t.Actual.Response.Headers.names(func(lower string) bool { return !isForbiddenResponseHeader(lower) })
		return t
	}
	t.add(Step{StageRequest, Noted, CrossOrigin, r.Origin, target})
	if p, needed := t.preflight(r); needed {
		t.Preflight = exchange(p.Request(r.URL), send)
		t.add(p.Check(t.Preflight.Response)...)
		if !t.Allowed() {
			return t
		}
	}
	t.Actual = exchange(r.onWire(), send)
	s := Check(r, t.Actual.Response)
	t.add(s)
	if s.Decision == Passed {
		t.read(t.Actual.Response, r.Credentials)
	}
	return t
}

func exchange(r Request, send func(Request) Response) *Exchange {
	return &Exchange{r, send(r)}
}

// form makes of r what the Request constructor does: it throws, drops or
// normalises.
//
// https://fetch.spec.whatwg.org/#dom-request
func (t *Trace) form(r Request) (Request, bool) {
	if r.Origin == "" {
		r.Origin = "null"
	}
	step := Step{Stage: StageRequest, Decision: Refused, Subject: r.Method}
	switch normal := NormaliseMethod(r.Method); {
	case !IsToken(r.Method):
		step.Cause = InvalidMethod
		t.add(step)
	case isForbiddenMethod(r.Method):
		step.Cause = ForbiddenMethod
		t.add(step)
	case normal != r.Method:
		r.Method, step.Value = normal, normal
		step.Decision, step.Cause = Noted, NormalisedMethod
		t.add(step)
	}
	page := r.Headers
	r.Headers = nil
	for _, h := range page {
		h.Value = trimWhitespace(h.Value)
		switch {
		case !IsToken(h.Name) || strings.ContainsAny(h.Value, "\x00\r\n"):
			t.add(Step{StageRequest, Refused, InvalidHeader, h.Name, h.Value})
		case isForbiddenRequestHeader(asciiLower(h.Name)) || hasForbiddenOverride(h):
			t.add(Step{StageRequest, Noted, ForbiddenHeader, h.Name, h.Value})
		default:
			r.Headers = append(r.Headers, h)
		}
	}
	return r, t.Allowed()
}

// hasForbiddenOverride finds a forbidden method that would slip in through a
// header.
//
// https://fetch.spec.whatwg.org/#forbidden-request-header
func hasForbiddenOverride(h Header) bool {
	switch asciiLower(h.Name) {
	case "x-http-method", "x-http-method-override", "x-method-override":
		for method := range strings.SplitSeq(h.Value, ",") {
			if isForbiddenMethod(trimBlanks(method)) {
				return true
			}
		}
	}
	return false
}

// originOf is the serialised origin of an HTTP(S) URL. fetch refuses a user
// name or password in one.
func originOf(rawURL string) (string, bool) {
	u, err := url.Parse(rawURL)
	if err != nil || u.User != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", false
	}
	p, f := parsePattern(u.Scheme + "://" + u.Host)
	return p.String(), f == nil && p.Kind() == Exact
}

// IsLoopback reports whether p is on the machine of the browser itself.
func (p OriginPattern) IsLoopback() bool { return isLoopback(p.host) }

// preflight decides whether r needs a CORS-preflight request.
func (t *Trace) preflight(r Request) (p Preflight, needed bool) {
	method := Step{StagePreflight, Passed, SafelistedMethod, r.Method, ""}
	if !IsSafelistedMethod(r.Method) {
		method.Decision, method.Cause = Noted, UnsafeMethod
	}
	names, steps := r.Headers.unsafeNames()
	t.add(method)
	t.add(steps...)
	return Preflight{r.Origin, r.Method, names, r.Credentials}, method.Cause == UnsafeMethod || len(names) > 0
}

// onWire adds the headers of the browser's own that a server may look at. A
// same-origin GET or HEAD carries no Origin.
//
// https://fetch.spec.whatwg.org/#append-a-request-origin-header
func (r Request) onWire() Request {
	headers := append(HeaderList{}, r.Headers...)
	if _, ok := headers.Get("Accept"); !ok {
		headers = append(headers, Header{"Accept", "*/*"})
	}
	target, _ := originOf(r.URL)
	if r.Origin != target || r.Method != "GET" && r.Method != "HEAD" {
		headers = append(headers, Header{HeaderOrigin, r.Origin})
	}
	r.Headers = headers
	return r
}
