package policy

import (
	"os"
	"path/filepath"
	"strings"

	"apigw-cors/generator/gateway"
)

// SchemaFile is the name of the schema beside a policy, SchemaLine the line by
// which the YAML language server of an editor finds it.
// https://github.com/redhat-developer/yaml-language-server#using-inlined-schema
const (
	SchemaFile = "cors.schema.json"
	SchemaLine = "# yaml-language-server: $schema=" + SchemaFile + "\n"
)

// HasSchema reports whether the schema stands in a folder, so that a policy
// that is written into it may name it.
func HasSchema(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, SchemaFile))
	return err == nil && info.Mode().IsRegular()
}

// Draft is a policy to begin with: what an API of the type has to have, and the
// other keys as comments, at their defaults or at an example. comment makes
// lines of a comment out of each line of a text.
func Draft(k gateway.Kind, comment func(string) string) []byte {
	var b strings.Builder
	b.WriteString(comment("The CORS policy of an API of Amazon API Gateway. Take the # from a key to set it; what stands behind it is its default, or an example. More: apigw-cors help cors.yaml."))
	for _, f := range gateway.Fields() {
		if f.Only != "" && f.Only != k {
			continue
		}
		b.WriteString("\n" + comment(f.Key+": "+f.Usage()))
		if f.Help != "" {
			b.WriteString(comment(f.Help))
		}
		for _, v := range f.Values {
			if v.Detail != "" && (v.Only == "" || v.Only == k) {
				b.WriteString(comment("- " + v.Name + ": " + v.Detail))
			}
		}
		for _, e := range f.Entries {
			b.WriteString(comment("- " + e.Key + ": " + e.Usage()))
		}
		text := drafted(f, k)
		if f.Required == "" {
			text = asleep(text)
		}
		b.WriteString(text)
	}
	for _, key := range Keys() {
		b.WriteString("\n" + comment(key.Name+": "+key.Usage) + asleep(key.Example))
	}
	return []byte(b.String())
}

// asleep puts a # before each line.
func asleep(text string) string {
	return "#" + strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "\n#") + "\n"
}

// drafted is a field with a value, as YAML.
func drafted(f gateway.Field, k gateway.Kind) string {
	var c gateway.Config
	words := f.Default(k)
	switch {
	case f.Key == "api":
		words = []string{string(k)}
	case f.Entries != nil:
		// An id has a meaning beside another key only.
		words = []string{gateway.ResourceConfig{Path: f.Entries[0].Examples[0], Methods: f.Entries[1].Examples}.String()}
	case words != nil:
	case f.Examples == nil:
		words = []string{gateway.Yes}
	case f.Values != nil && !f.Open:
		words = f.Examples
	default:
		words = f.Examples[:1]
	}
	f.SetWords(&c, words)
	entries := saved(f, f.In(&c))
	// A key that is asleep has one line, so that one # brings it to life.
	entries[0].lines = f.Required != ""
	text, err := encodeYAML(entries)
	if err != nil {
		panic(err) // the table holds words that YAML has
	}
	return string(text)
}
