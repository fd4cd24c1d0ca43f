package prompt

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Keys that survey takes letters back with, and one that it ignores but for
// showing the list again.
const (
	ctrlW     = 0x17
	ctrlX     = 0x18
	backspace = 0x08
	del       = 0x7f
	ignored   = 0x00
)

// narrowing is what was typed to narrow a list down. A letter that would leave
// nothing of the list is not taken, and the message says so: survey would show
// an empty list, which answers to no key.
type narrowing struct {
	names []string
	typed string
	// spaceMarks: a space marks an option, and ends the narrowing.
	spaceMarks, hasHelp bool
	// message is what survey shows, plain what it is without a refusal.
	message *string
	plain   string
}

// key is the key that survey gets.
func (n *narrowing) key(key []byte) []byte {
	*n.message = n.plain
	switch c := key[0]; {
	case len(key) > 1, string(key) == wordHelp && n.hasHelp:
	case c == ' ' && n.spaceMarks, c == ctrlW, c == ctrlX:
		n.typed = ""
	case c == backspace || c == del:
		n.typed = n.typed[:max(0, len(n.typed)-1)]
	case c >= ' ':
		// No name has more than ASCII.
		letter := "?"
		if c < utf8.RuneSelf {
			letter = string(rune(c))
		}
		typed := n.typed + letter
		if !n.some(typed) {
			*n.message = n.plain + "  Nothing has " + strconv.Quote(typed) + " in its name.\n"
			return []byte{ignored}
		}
		n.typed = typed
	}
	return key
}

func (n *narrowing) some(typed string) bool {
	return slices.ContainsFunc(n.names, func(name string) bool {
		return strings.Contains(strings.ToLower(name), strings.ToLower(typed))
	})
}
