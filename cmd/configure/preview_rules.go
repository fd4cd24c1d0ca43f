package configure

import (
	"strings"

	"github.com/alecthomas/chroma/v2"
)

// languageRules tells comments, strings, numbers, keys and keywords apart: as
// much as a preview is worth. Chroma's own lexers know more, and take 10 ms of
// every start of the program to register.
func languageRules(extension string) (chroma.Rules, bool) {
	const (
		double = `"(?:\\.|[^"\\\n])*"`
		single = `'(?:\\.|[^'\\\n])*'`
		number = `\b\d+(?:\.\d+)?\b`
	)
	comment, text, key, words := `#[^\n]*`, double+`|`+single, "", ""
	switch extension {
	case ".yaml":
		// In YAML a quote inside a word does not begin a text, nor a hash
		// a comment.
		comment, key, words = `(?<=^|\s)#[^\n]*`, `[\w$./{}+-]+(?=:(?:\s|$))`, `true false null`
		text = `(?<=^|[\s\[{,])(?:"(?:\\.|[^"\\])*"|'(?:''|[^'])*')`
	case ".tf":
		comment, key = `(?:#|//)[^\n]*`, `[\w-]+(?=\s*=[^=>])`
		words = `resource data variable output locals provider terraform module for in if true false null`
	case ".ts", ".mjs", ".cjs":
		comment, key = `//[^\n]*|/\*[\s\S]*?\*/`, `[\w$]+(?=:)`
		words = `import from export default const let new class extends constructor function async await return if else for of in typeof this super true false null undefined`
	case ".py":
		text, words = `"""[\s\S]*?"""|`+text, `import from def return if elif else for in not and or is None True False lambda class try except raise with as`
	case ".sh":
		comment, words = `(?<=^|\s)#[^\n]*`, `if then else elif fi for in do done case esac while function set local exit echo`
	case ".json":
		comment, key, words = `(?!)`, double+`(?=\s*:)`, `true false null`
	default:
		return nil, false
	}
	rules := []chroma.Rule{{Pattern: comment, Type: chroma.Comment}}
	if key != "" {
		rules = append(rules, chroma.Rule{Pattern: key, Type: chroma.NameTag})
	}
	rules = append(rules,
		chroma.Rule{Pattern: text, Type: chroma.LiteralString},
		chroma.Rule{Pattern: `\b(?:` + strings.Join(strings.Fields(words), "|") + `)\b`, Type: chroma.Keyword},
		chroma.Rule{Pattern: number, Type: chroma.LiteralNumber},
		chroma.Rule{Pattern: `\w+|\s+|.`, Type: chroma.Text},
	)
	return chroma.Rules{"root": rules}, true
}
