// Package cors holds a server's CORS policy in the words of the [Fetch
// standard]: origins, methods, header names, credentials and max age.
//
// [Parse] turns the strings of a [Config] into a [Policy] of typed values, or
// into one [*FieldError] per fault. What it returns needs no second check: an
// [Origin] is a serialised origin, a [Method] a token that a browser may send,
// and so on; such values exist only through their parsers. What is legal but
// seldom wanted is reported as [Advice].
//
// Three words are kept apart. A value is invalid when its syntax is wrong,
// forbidden when Fetch rules it out, and prohibited when Fetch would have it
// but this package does not, because it cannot do what its author means.
//
// CORS lets pages read responses; it keeps no request from a server. Access
// control is the business of the API's authorization.
//
// [Fetch standard]: https://fetch.spec.whatwg.org/#http-cors-protocol
package cors
