// Package cors holds a server's CORS policy in the words of the [Fetch
// standard], and what a browser makes of it.
//
// [Parse] turns the strings of a [Config] into a [Policy] of typed values, or
// into one [*FieldError] per fault. What it returns needs no second check: an
// [Origin] is a serialised origin, an [OriginPattern] stands for one or a family
// of them, a [Method] is a token that a browser may send, a [HeaderName] a token
// that may stand in a list; such values exist only through their parsers. What
// is legal but seldom wanted is reported as [Advice], whose codes [AdviceCodes]
// explains. [OriginRule] is how a program made from a policy compares an Origin
// header with a pattern.
//
// [Fetch] follows a page's request through the browser, as a [Trace] of steps:
// whether it is preflighted ([Preflight]), what the browser looks at in each
// response ([Check], [Preflight.Check]), and which headers the page may read.
// The header names of the protocol are the constants from [HeaderOrigin] to
// [HeaderVary].
//
// Three words are kept apart. A value is invalid when its syntax is wrong,
// forbidden when Fetch rules it out, and prohibited when Fetch would have it
// but this package does not, because it cannot do what its author means.
//
// CORS lets pages read responses; it does not keep requests from a server. That
// is what the API's authorization is for.
//
// [Fetch standard]: https://fetch.spec.whatwg.org/#http-cors-protocol
package cors
