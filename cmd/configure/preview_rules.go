package configure

import (
	"regexp"
	"strings"

	"apigw-cors/cmd/report"
)

// rule colours what its pattern matches at a place, if one of the bytes of
// after (or nothing) stands before it. Of a pattern with a group, the group is
// coloured and the rest is only looked at.
type rule struct {
	pattern *regexp.Regexp
	after   string
	paint   func(report.Painter, string) string
}

func (r rule) match(text string, at int) (end int, ok bool) {
	if r.after != "" && at > 0 && strings.IndexByte(r.after, text[at-1]) < 0 {
		return 0, false
	}
	m := r.pattern.FindStringSubmatchIndex(text[at:])
	if m == nil {
		return 0, false
	}
	return at + m[len(m)-1], true
}

// languageRules tells comments, strings, numbers, keys and keywords apart: as
// much as a preview is worth. A library of lexers knows more, and takes its time
// at every start of the program.
func languageRules(extension string) []rule {
	const (
		double = `"(?:\\.|[^"\\\n])*"`
		single = `'(?:\\.|[^'\\\n])*'`
		blank  = "\n\t "
	)
	comment, text, key, words := `#[^\n]*`, double+`|`+single, "", ""
	afterComment, afterText := "", ""
	switch extension {
	case ".yaml":
		// In YAML a quote inside a word does not begin a text, nor a hash
		// a comment.
		afterComment, key, words = blank, `([\w$./{}+-]+):(?:\s|$)`, `true false null`
		afterText, text = blank+"[{,", `"(?:\\.|[^"\\])*"|'(?:''|[^'])*'`
	case ".tf":
		comment, key = `(?:#|//)[^\n]*`, `([\w-]+)\s*=[^=>]`
		words = `resource data variable output locals provider terraform module for in if true false null`
	case ".ts", ".mjs", ".cjs":
		comment, key = `//[^\n]*|/\*(?s:.*?)\*/`, `([\w$]+):`
		words = `import from export default const let new class extends constructor function async await return if else for of in typeof this super true false null undefined`
	case ".py":
		text, words = `"""(?s:.*?)"""|`+text, `import from def return if elif else for in not and or is None True False lambda class try except raise with as`
	case ".sh":
		afterComment, words = blank, `if then else elif fi for in do done case esac while function set local exit echo`
	case ".json":
		comment, key, words = "", `(`+double+`)\s*:`, `true false null`
	default:
		return nil
	}
	var rules []rule
	add := func(pattern, after string, paint func(report.Painter, string) string) {
		if pattern != "" {
			rules = append(rules, rule{regexp.MustCompile(`^(?:` + pattern + `)`), after, paint})
		}
	}
	add(comment, afterComment, report.Painter.Dim)
	add(key, "", report.Painter.Cyan)
	add(text, afterText, report.Painter.Green)
	add(`(?:`+strings.Join(strings.Fields(words), "|")+`)\b`, "", report.Painter.Bold)
	add(`\d+(?:\.\d+)?\b`, "", report.Painter.Yellow)
	add(`\w+|\s+|(?s:.)`, "", func(_ report.Painter, s string) string { return s })
	return rules
}
