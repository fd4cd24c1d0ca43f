package policy

import (
	"apigw-cors/cmd/report"
	"apigw-cors/cmd/schema"
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
