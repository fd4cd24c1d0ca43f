// Package fix mends files that people have, by edits of their own text that are
// proved before anybody sees them.
//
// What to edit is proposed: by the rules of package lint ([Rules]), or by
// another [Proposer]. Whether an edit stays is decided here, for all of them
// alike: the edited files are read and judged again, and an edit after which
// what it is for is not mended, something new is at fault or open, or API
// Gateway is told something that the edit does not state, is dropped with the
// reason. Nothing is written; see [Result.Files].
//
// What a file of it begins with says what it edits and why: document_ mends a
// finding in YAML or JSON, terraform_ one in a module, each with its table in
// _mends.go; policy_ puts a whole policy into YAML or JSON, terraform_policy_ into
// a module, cdk_ beside the sources of an app. The rest is common to them: a
// [State] is what the files say, a run goes from one to the next, prove.go decides
// about an edit and policy_says.go about a policy.
package fix
