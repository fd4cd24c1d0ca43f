package cors

// Origin is a serialised tuple origin, as a browser sends it in the Origin
// header: lower-case scheme and host, default port left out, no trailing
// slash. Its zero value is none.
//
// https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin
type Origin struct{ s string }

// ParseOrigin parses a serialised origin. It normalises nothing.
func ParseOrigin(s string) (Origin, error) { return Origin{s}, nil }

// String is the origin as it is sent.
func (o Origin) String() string { return o.s }
