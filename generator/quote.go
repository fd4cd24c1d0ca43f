package generator

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"apigw-cors/generator/gateway"
)

// language is a file format and the only ways to print a value in it.
type language struct{ quote template.FuncMap }

// languageOf tells a template's language by its extension, and whether there
// is one.
func languageOf(pattern string) (language, bool) {
	switch path.Ext(strings.TrimSuffix(pattern, ".tmpl")) {
	case ".yaml":
		return language{quote: template.FuncMap{"yaml": quoteYAML, "literal": literalYAML, "lines": linesYAML}}, true
	case ".tf":
		return language{quote: template.FuncMap{"hcl": quoteHCL, "ref": referenceHCL, "list": listHCL, "heredoc": heredocHCL}}, true
	case ".ts", ".js":
		return language{quote: template.FuncMap{"js": quoteJS, "array": arrayJS}}, true
	case ".py":
		return language{quote: template.FuncMap{"py": quotePython}}, true
	case ".sh":
		return language{quote: template.FuncMap{"sh": quoteShell}}, true
	case ".json":
		return language{}, true
	}
	return language{}, false
}

// common quoters serve every language.
func (l language) common() template.FuncMap {
	return template.FuncMap{"comment": comment, "id": identifier, "int": strconv.Itoa}
}

func (l language) funcs() template.FuncMap {
	f := template.FuncMap{"join": strings.Join}
	maps.Copy(f, l.common())
	maps.Copy(f, l.quote)
	return f
}

// quoters are what an action may end in.
func (l language) quoters() []string {
	all := l.funcs()
	delete(all, "join")
	return slices.Sorted(maps.Keys(all))
}

// printable refuses what a value cannot hold: values are ASCII, as their parsers
// see to, and only a mapping template has line feeds.
func printable(s string, lineFeeds bool) error {
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < 0x20 || c > 0x7e) && (c != '\n' || !lineFeeds) {
			return fmt.Errorf("cannot carry byte %#02x of %q", c, s)
		}
	}
	return nil
}

// comment is the text of a line comment.
func comment(s string) (string, error) { return s, printable(s, false) }

// identifier is a name that needs no quotes anywhere.
func identifier(s string) (string, error) {
	for i := 0; i < len(s); i++ {
		c := s[i]
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return "", fmt.Errorf("%q is not an identifier", s)
		}
	}
	if s == "" {
		return "", fmt.Errorf("an identifier is empty")
	}
	return s, nil
}

// quoteYAML is a YAML string: plain where every YAML version reads a string,
// else between quotes, single ones where they save escapes.
func quoteYAML(s string) (string, error) {
	if err := printable(s, true); err != nil {
		return "", err
	}
	switch {
	case plainYAML(s):
		return s, nil
	case strings.ContainsAny(s, `"\\`) && !strings.ContainsAny(s, "'\n"):
		return "'" + s + "'", nil
	}
	return escape(s, '"'), nil
}

func plainYAML(s string) bool {
	switch strings.ToLower(s) {
	case "", "y", "n", "yes", "no", "on", "off", "true", "false", "null":
		return false
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (i == 0 || !('0' <= c && c <= '9' || c == '-' || c == '_' || c == '.')) {
			return false
		}
	}
	return true
}

// literalYAML is a literal block scalar whose lines stand at the given number of
// spaces.
func literalYAML(spaces int, s string) (string, error) {
	if err := printable(s, true); err != nil {
		return "", err
	}
	if s == "" || s[0] == ' ' || s[0] == '\n' || !strings.HasSuffix(s, "\n") || strings.HasSuffix(s, "\n\n") {
		return "", fmt.Errorf("a block cannot carry %q", s)
	}
	return "|\n" + indentLines(s, spaces), nil
}

// yamlLines is finished YAML, from a template of its own, without a line feed
// at its end.
type yamlLines string

// linesYAML is lines that stand at the given number of spaces.
func linesYAML(spaces int, l yamlLines) string { return indentLines(string(l), spaces) }

func indentLines(s string, spaces int) string {
	pad := strings.Repeat(" ", spaces)
	return pad + strings.ReplaceAll(strings.TrimSuffix(s, "\n"), "\n", "\n"+pad)
}

// quoteHCL is a quoted HCL string; only ${ and %{ are special in it.
// https://developer.hashicorp.com/terraform/language/expressions/strings
func quoteHCL(s string) (string, error) {
	if err := printable(s, true); err != nil {
		return "", err
	}
	return escape(literalHCL(s), '"'), nil
}

func literalHCL(s string) string {
	return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(s)
}

// referenceHCL is an expression that refers to something: see
// [gateway.Reference].
func referenceHCL(s string) (string, error) {
	if r, ok := gateway.ParseReference(s); !ok || r.IsLogicalID() {
		return "", fmt.Errorf("%q is not a reference", s)
	}
	return s, nil
}

// listHCL is a list of strings: on one line, or one a line at the given number
// of spaces where that would get too wide.
func listHCL(spaces int, all []string) (string, error) {
	const wide = 80
	quoted, err := quoteAll(all, quoteHCL)
	width := 0
	for _, s := range all {
		width += len(s) + len(`"", `)
	}
	if width <= wide || err != nil {
		return "[" + strings.Join(quoted, ", ") + "]", err
	}
	pad := "\n" + strings.Repeat(" ", spaces)
	return "[" + pad + strings.Join(quoted, ","+pad) + "," + strings.TrimSuffix(pad, "  ") + "]", nil
}

// heredocHCL is an indented heredoc whose lines stand at the given number of
// spaces and whose end stands two less.
func heredocHCL(spaces int, s string) (string, error) {
	if err := printable(s, true); err != nil {
		return "", err
	}
	if !strings.HasSuffix(s, "\n") || s[0] == ' ' || strings.Contains("\n"+s, "\nEOT\n") {
		return "", fmt.Errorf("a heredoc cannot carry %q", s)
	}
	return "<<-EOT\n" + indentLines(literalHCL(s), spaces) + "\n" + strings.Repeat(" ", spaces-2) + "EOT", nil
}

// quoteJS is a JavaScript or TypeScript string.
func quoteJS(s string) (string, error) {
	if err := printable(s, true); err != nil {
		return "", err
	}
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		return escape(s, '"'), nil
	}
	return escape(s, '\''), nil
}

// arrayJS is an array of strings, on one line.
func arrayJS(all []string) (string, error) {
	quoted, err := quoteAll(all, quoteJS)
	return "[" + strings.Join(quoted, ", ") + "]", err
}

func quoteAll(all []string, quote func(string) (string, error)) ([]string, error) {
	out := make([]string, len(all))
	for i, s := range all {
		var err error
		if out[i], err = quote(s); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// quotePython is a Python string.
func quotePython(s string) (string, error) {
	return escape(s, '"'), printable(s, true)
}

// escape writes s between quotes, with the three escapes that YAML, HCL,
// JavaScript and Python share.
func escape(s string, quote byte) string {
	var b strings.Builder
	b.WriteByte(quote)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '\n':
			b.WriteString(`\n`)
		case quote, '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte(quote)
	return b.String()
}

// quoteShell is a word of a POSIX shell.
func quoteShell(s string) (string, error) {
	return ShellWord(s), printable(s, true)
}

// ShellWord quotes s as one word for a POSIX shell, as [Command] does. It leaves
// alone what no shell touches, and takes any bytes but NUL.
// https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02
func ShellWord(s string) string {
	plain := s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("_-./:,=@%+", r))
	})
	if plain {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
