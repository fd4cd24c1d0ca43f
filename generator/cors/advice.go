package cors

// Severity says how much an [Advice] weighs.
type Severity string

// The severities. A note is good to know; a warning is about a policy that
// gives more than most authors mean to.
const (
	Note    Severity = "note"
	Warning Severity = "warning"
)

// Advice is a remark on a value that is legal, yet seldom what its author
// wants, or that was brought to its normal form.
type Advice struct {
	// Code is stable: programs may rely on it. See [AdviceCodes].
	Code     string
	Severity Severity
	// Field, Index and Value name the place, as in [FieldError].
	Field string
	Index int
	Value string
	// Detail says why, Hint what to do; both without capital and full stop.
	Detail, Hint string
	// Spec is the URL of a text to read, or "".
	Spec string
	// Chosen: the author gave, in so many words, the one setting whose effect
	// the advice tells of.
	Chosen bool
}

// AdviceCode explains one code of [Advice].
type AdviceCode struct{ Code, Meaning string }
