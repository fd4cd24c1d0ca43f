// Package fix mends files that people have, by edits of their own text that are
// proved before anybody sees them.
//
// What to edit is proposed: by the rules of package lint ([Rules]), or by
// another [Proposer]. Whether an edit stays is decided here, for all of them
// alike: the edited files are read and judged again, and an edit after which
// what it is for is not mended, something new is at fault or open, or API
// Gateway is told something that the edit does not state, is dropped with the
// reason. Nothing is written; see [Result.Files].
package fix
