package policy

import (
	"slices"

	"apigw-cors/cmd/report"
	"apigw-cors/cmd/schema"
	"apigw-cors/generator/gateway"
)

// Key is a key of a document that is not a field of the API: what a person says
// to this program about it. [Keys] is the table of all.
type Key struct {
	// Name is the key, Notation how its value is written, Usage what it is, in a
	// line without capital and full stop.
	Name, Notation, Usage string
	// Example is the key with a value, as YAML.
	Example string

	// atTop: an environment has none of its own.
	atTop  bool
	read   func(*reading, *node)
	schema func() *schema.Schema
}

// Keys is the table of the keys of a document that are not fields, in the order
// in which they are written, behind the fields.
func Keys() []Key { return []Key{keyAllowAdvice(), keyTests(), keyEnvironments()} }

// allowAdvice holds the codes of the advice that is acknowledged.
const allowAdvice = "allowAdvice"

func keyAllowAdvice() Key {
	return Key{
		Name: allowAdvice, Notation: "[...]", Example: "allowAdvice: [any-origin]\n",
		Usage: "codes of advice that is known and wanted: told in a line, and no reason for --strict",
		read:  func(r *reading, n *node) { r.acknowledge(r.list(n, allowAdvice, "")) },
		schema: func() *schema.Schema {
			return &schema.Schema{Type: "array", Items: &schema.Schema{Enum: report.AdviceCodeNames()}}
		},
	}
}

// keys reads those that an API has, each over the value it has so far.
func (r *reading) keys(n *node) {
	fields, others := gateway.Fields(), Keys()
	names := make([]string, 0, len(fields)+len(others))
	for _, f := range fields {
		names = append(names, f.Key)
	}
	for _, k := range others {
		names = append(names, k.Name)
	}
	r.mapping(n, "", names, func(key string, value *node) {
		if i := slices.Index(names, key); i < len(fields) {
			r.field(fields[i], value)
		} else if k := others[i-len(fields)]; k.atTop && r.Environment != "" {
			r.fault(value, key, "it stands at the top of a document", "an environment has none of its own")
		} else {
			k.read(r, value)
		}
	})
}
