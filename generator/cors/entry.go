package cors

import (
	"fmt"
	"strings"
)

// quotes are what shells, YAML and word processors leave around a value.
const quotes = "'\"`“”‘’"

func isSeparator(r rune) bool { return strings.ContainsRune(",; \t\r\n", r) }

// severalFault refuses one entry that holds several. repair corrects one
// value, or returns "".
func severalFault(s string, repair func(string) string) *FieldError {
	parts := strings.FieldsFunc(s, isSeparator)
	if len(parts) < 2 {
		return nil
	}
	f := fault(Invalid, fmt.Sprintf("one entry holds %d values", len(parts)), "").
		hint(fmt.Sprintf("give %d entries", len(parts)))
	if len(s) > 2*maxQuoted {
		return f
	}
	for i, part := range parts {
		if parts[i] = repair(part); parts[i] == "" {
			return f
		}
	}
	return f.hint(f.Hint + ": " + strings.Join(parts, " and "))
}

// wrapFault refuses what stands around a value by mistake.
func wrapFault(s string) *FieldError {
	if unwrap(s) == s {
		return nil
	}
	return fault(Invalid, "quotes and separators are not part of the value", "").hint("leave them out")
}

// unwrap takes off what wrapFault refuses.
func unwrap(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return isSeparator(r) || strings.ContainsRune(quotes, r) })
}
