package cors

import (
	"strconv"
	"strings"
)

// Reason is the kind of a fault.
type Reason string

// The reasons. A value is invalid by its syntax, forbidden by the Fetch
// standard, and prohibited by this package, alone or in its combination.
const (
	Missing    Reason = "missing"
	Invalid    Reason = "invalid"
	Forbidden  Reason = "forbidden"
	Prohibited Reason = "prohibited"
)

// FieldError is one fault of a [Config].
type FieldError struct {
	// Field is the key, such as "allowOrigins".
	Field string
	// Index is the position in the field's list, or -1 where it is not a list or
	// the fault is the whole list's.
	Index int
	// Value is the value as written.
	Value string
	// Reason is the kind of the fault.
	Reason Reason
	// Detail says why in one clause, without capital and full stop.
	Detail string
	// Hint says what to do, with the corrected value where there is one.
	Hint string
	// Fix is the corrected value alone, or "" where there is none.
	Fix string
	// Spec is the URL of the clause the fault goes against, or "".
	Spec string
}

// Path is the place of the fault, such as "allowOrigins[1]".
func (e *FieldError) Path() string {
	if e.Index < 0 {
		return e.Field
	}
	return e.Field + "[" + strconv.Itoa(e.Index) + "]"
}

// maxQuoted bounds what a message repeats of a value, in bytes.
const maxQuoted = 80

// Error names place, reason, value and detail in one line.
func (e *FieldError) Error() string {
	var b strings.Builder
	if e.Field != "" {
		b.WriteString(e.Path() + ": ")
	}
	b.WriteString(string(e.Reason))
	if e.Reason != Missing {
		value := e.Value
		if len(value) > maxQuoted {
			value = strings.ToValidUTF8(value[:maxQuoted], "") + "…"
		}
		b.WriteString(" " + strconv.Quote(value))
	}
	return b.String() + ": " + e.Detail
}

func fault(reason Reason, detail, spec string) *FieldError {
	return &FieldError{Index: -1, Reason: reason, Detail: detail, Spec: spec}
}

// of says which value has the fault.
func (e *FieldError) of(value string) *FieldError {
	e.Value = value
	return e
}

// hint says what to do where there is no corrected value.
func (e *FieldError) hint(s string) *FieldError {
	e.Hint = s
	return e
}

// fixed offers a corrected value, which says more than any other hint.
func (e *FieldError) fixed(fix string) *FieldError {
	if fix != "" {
		e.Fix, e.Hint = fix, "use "+fix
	}
	return e
}

// Faults lists the field errors in err, which may be one, or join several at
// any depth. Other errors are left out.
func Faults(err error) []*FieldError {
	switch e := err.(type) {
	case nil:
		return nil
	case *FieldError:
		return []*FieldError{e}
	case interface{ Unwrap() []error }:
		var out []*FieldError
		for _, inner := range e.Unwrap() {
			out = append(out, Faults(inner)...)
		}
		return out
	case interface{ Unwrap() error }:
		return Faults(e.Unwrap())
	}
	return nil
}
