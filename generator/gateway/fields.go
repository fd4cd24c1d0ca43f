package gateway

import (
	"slices"
	"strings"
	"sync"
)

// Field is a field of a [Config]: what it is called wherever a person meets
// it, what it takes, and how it is asked for. [Fields] is the table of all.
type Field struct {
	// Key is the key in cors.yaml, Flag the flag of the command line, without
	// its dashes.
	Key, Flag string
	// Summary says what it is in a line without capital and full stop.
	Summary string
	// Help is what a person has to know to give a value: a few paragraphs of
	// ASCII, each on a line.
	Help string
	// Required says when it must be given; "" means never.
	Required string
	// Only is the API type that has it, "" if both have.
	Only Kind
	// Values are all the values it takes, or, if Open, some worth offering.
	Values []Value
	Open   bool
	// Noun is what usage calls a value that is not one of a closed set.
	Noun string
	// Number: a document may write the value as a number, too, from Least to
	// Most.
	Number      bool
	Least, Most int
	// Pattern is a regular expression that each value matches that parses
	// (ECMA-262, as JSON Schema has it), and some that do not; "" where none says
	// more than Values. Examples are values that parse.
	Pattern  string
	Examples []string
	// Lines: a file has each entry of the list on a line of its own.
	Lines bool
	// InsteadOfEmpty says what to give in place of an empty list, where the
	// default would take its place; "" where an empty list is what it looks
	// like.
	InsteadOfEmpty string
	// Entries are the fields of an entry, where the entries are not plain words.
	Entries []Field

	defaults func(Kind) []string
	ask      asking
	of       func(*Config) any
	ofEntry  func(*ResourceConfig) any
}

// Value is a value of a field.
type Value struct {
	// Name is how it is written. Detail says what it does, "" where the name
	// does.
	Name, Detail string
	// Only is the API type that has it, "" if both have; Instead says what the
	// other type has in its place.
	Only    Kind
	Instead string
	// Wildcard: a browser takes it literally for a request with credentials.
	Wildcard bool
	// Alone: a list that has it has no other.
	Alone bool
}

// Fields is the table of the fields of a Config, in the order in which they are
// read, written and judged.
func Fields() []Field { return slices.Clone(table()) }

// table is made once, as a short run reads it some ten times. Nothing changes
// it: [Fields] hands out copies.
var table = sync.OnceValue(func() []Field {
	return []Field{
		fieldAPI(), fieldName(),
		fieldAllowOrigins(), fieldAllowMethods(), fieldAllowHeaders(), fieldExposeHeaders(), fieldAllowCredentials(), fieldMaxAge(),
		fieldAuth(), fieldAuthHeader(), fieldIntegration(), fieldBackendType(), fieldPayloadFormat(), fieldPreflight(), fieldAPIID(), fieldResources(), fieldBinaryMediaTypes(),
		fieldGatewayResponses(), fieldGatewayResponseOrigin(),
	}
})

// FieldOf finds a field by its key.
func FieldOf(key string) (f Field, ok bool) {
	all := table()
	i := slices.IndexFunc(all, func(f Field) bool { return f.Key == key })
	if i < 0 {
		return Field{}, false
	}
	return all[i], true
}

// In is a pointer to the field of c: a *string, *bool, *[]string or
// *[]ResourceConfig. f must be of [Fields], as for all methods that take a
// Config.
func (f Field) In(c *Config) any { return f.of(c) }

// InEntry is a pointer to the field of an entry, for a field of
// [Field.Entries]: a *string or *[]string.
func (f Field) InEntry(r *ResourceConfig) any { return f.ofEntry(r) }

// Default is what an API of the type has that gives no value: nothing, a word,
// or the entries of a list.
func (f Field) Default(k Kind) []string {
	if f.defaults == nil {
		return nil
	}
	return f.defaults(k)
}

func always(words ...string) func(Kind) []string {
	return func(Kind) []string { return words }
}

// Names are the values' names, without details.
func (f Field) Names() []string {
	names := make([]string, len(f.Values))
	for i, v := range f.Values {
		names[i] = v.Name
	}
	return names
}

// Usage is the summary with what holds for the field as a whole: when it is
// required, its default, the API type that has it.
func (f Field) Usage() string {
	var notes []string
	if f.Required != "" {
		notes = append(notes, f.Required)
	}
	onREST, onHTTP := f.Default(REST), f.Default(HTTP)
	switch {
	case onREST == nil:
	case slices.Equal(onREST, onHTTP):
		notes = append(notes, "default "+strings.Join(onREST, ","))
	default:
		notes = append(notes, "default "+strings.Join(onREST, " and ")+", or "+strings.Join(onHTTP, " and ")+" for an HTTP API")
	}
	if f.Only != "" {
		notes = append(notes, f.Only.word()+" API only")
	}
	if notes == nil {
		return f.Summary
	}
	return f.Summary + " (" + strings.Join(notes, "; ") + ")"
}

// word is the type as it stands before "API".
func (k Kind) word() string { return strings.ToUpper(string(k)) }

// Yes is the word for a bool that is true.
const Yes = "yes"

// Words is what c has for the field, as the words a person types: a text is
// one, a true bool is [Yes], a list has one for each entry.
func (f Field) Words(c Config) []string {
	switch v := f.of(&c).(type) {
	case *string:
		if *v != "" {
			return []string{*v}
		}
	case *bool:
		if *v {
			return []string{Yes}
		}
	case *[]string:
		return *v
	case *[]ResourceConfig:
		var out []string
		for _, r := range *v {
			out = append(out, r.String())
		}
		return out
	}
	return nil
}

// SetWords is the inverse of [Field.Words]. Nothing is checked.
func (f Field) SetWords(c *Config, words []string) {
	switch v := f.of(c).(type) {
	case *string:
		*v = strings.Join(words, " ")
	case *bool:
		*v = len(words) > 0
	case *[]string:
		*v = words
	case *[]ResourceConfig:
		*v = nil
		for _, word := range words {
			*v = append(*v, ReadResource(word))
		}
	}
}

// String is the resource as the command line has it: PATH, PATH=GET,POST,
// PATH=GET,POST=ID or PATH==ID.
func (r ResourceConfig) String() string {
	s := r.Path
	if len(r.Methods) > 0 || r.ID != "" {
		s += "=" + strings.Join(r.Methods, ",")
	}
	if r.ID != "" {
		s += "=" + r.ID
	}
	return s
}

// ReadResource is the inverse of [ResourceConfig.String]. Nothing is checked.
func ReadResource(s string) ResourceConfig {
	path, rest, named := strings.Cut(s, "=")
	methods, id, _ := strings.Cut(rest, "=")
	if id == "" {
		methods = rest
	}
	r := ResourceConfig{Path: path, ID: id}
	if named && (methods != "" || id == "") {
		r.Methods = strings.Split(methods, ",")
	}
	return r
}
