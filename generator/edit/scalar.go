package edit

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"

	"apigw-cors/generator/reader"
)

// isPlainText reports whether YAML takes a text for itself without quotes, in
// brackets or not: with letters and signs that mean nothing there, and no
// number, boolean, null or date in any version of YAML.
func isPlainText(s string, flow bool) bool {
	plain := regexp.MustCompile(`^[A-Za-z/_$.][A-Za-z0-9/_$.+{}@*()-]*(::?[A-Za-z0-9/_.-]+)*( [A-Za-z0-9/_.+-]+)*$`)
	word := regexp.MustCompile(`(?i)^(true|false|yes|no|on|off|null|y|n|~|\.inf|\.nan|\.[0-9].*)$`)
	return plain.MatchString(s) && !word.MatchString(s) && !(flow && strings.ContainsAny(s, "{}[],"))
}

// scalar writes a text or a bare word.
func (d *Document) scalar(t Tree, flow bool) string {
	switch {
	case t.bare:
		return t.text
	case d.IsJSON:
		return quoteJSON(t.text)
	case t.tag != "!Sub" && isPlainText(t.text, flow):
		return t.text
	}
	return d.quoted(t.text, d.quote)
}

// quoted puts a text into quotes: into others than the usual ones where it has
// those in it.
func (d *Document) quoted(s string, style reader.ScalarStyle) string {
	isPrintable := !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f })
	if style == reader.SingleQuoted && !strings.Contains(s, "'") && isPrintable || isPrintable && strings.Contains(s, `"`) && !strings.Contains(s, "'") {
		return "'" + s + "'"
	}
	return quoteJSON(s)
}

// quoteJSON is a text as JSON has it, which is also one of YAML.
func quoteJSON(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.Encode(s)
	return strings.TrimSuffix(b.String(), "\n")
}

// SetText replaces the text of a scalar. Its tag, its anchor and, where they can
// hold it, its quotes stay.
func (d *Document) SetText(s Spot, text string) []Change {
	v := s.Value
	var out string
	switch {
	case d.IsJSON || v.Style == reader.DoubleQuoted:
		out = quoteJSON(text)
	case v.Style == reader.SingleQuoted && !strings.Contains(text, "'"):
		out = "'" + text + "'"
	case v.Style == reader.SingleQuoted && strings.Contains(v.Text, "'"):
		// It has doubled quotes in it already.
		out = "'" + strings.ReplaceAll(text, "'", "''") + "'"
	case v.Style == reader.Plain && isPlainText(text, s.inFlow()):
		out = text
	default:
		out = d.quoted(text, d.quote)
	}
	return []Change{{d.Name, v.Content, v.End, out}}
}

// SetBare replaces a scalar by a number, a boolean or null.
func (d *Document) SetBare(s Spot, word string) []Change {
	return []Change{{d.Name, s.Value.Content, s.Value.End, word}}
}

// SetKey renames a key; its quotes stay.
func (d *Document) SetKey(s Spot, key string) []Change {
	f := s.field()
	out := key
	switch quote := d.text[f.Start]; {
	case quote == '\'' && !strings.Contains(key, "'"):
		out = "'" + key + "'"
	case quote == '"' || d.IsJSON:
		out = quoteJSON(key)
	case !isPlainText(key, s.inFlow()):
		out = d.quoted(key, d.quote)
	}
	return []Change{{d.Name, f.Start, f.End, out}}
}

// ReplaceIn replaces part of a text as it stands in the file, escapes and all,
// every time that it stands there; none where it does not.
func (d *Document) ReplaceIn(s Spot, old *regexp.Regexp, replacement string) (out []Change) {
	v := s.Value
	for _, m := range old.FindAllSubmatchIndex(d.text[v.Content:v.End], -1) {
		text := old.Expand(nil, []byte(replacement), d.text[v.Content:v.End], m)
		out = append(out, Change{d.Name, v.Content + m[0], v.Content + m[1], string(text)})
	}
	return out
}

// inFlow reports whether a value stands inside of brackets.
func (s Spot) inFlow() bool {
	for _, step := range s.way {
		if step.in.Flow {
			return true
		}
	}
	return false
}
