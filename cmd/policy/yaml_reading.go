package policy

import (
	"slices"
	"strconv"
	"strings"

	"apigw-cors/cmd/report"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// reading is a document on its way to a source.
type reading struct {
	Source
	// values counts what was read: by aliases, a short text can hold far more
	// than its length.
	values int
	// environments is the value of that key, nil without one.
	environments *node
}

// maxValues is beyond what any API Gateway API can have.
const maxValues = 20_000

func read(file string, root *node) document {
	r := reading{Source: Source{Places: places{
		file: file, start: position{root.Line, root.Column}, at: map[string]position{},
	}}}
	r.keys(root)
	var environments []Source
	if r.environments != nil {
		environments = r.readEnvironments(r.environments)
		// Without them, what is missing at the top may stand in them.
		r.unreadable = len(environments) == 0
	}
	if r.values > maxValues {
		r.Faults = nil
		r.fault(root, "", "over "+strconv.Itoa(maxValues)+" values", "split it into several documents")
		r.unreadable = true
	}
	if len(environments) > 0 {
		environments[0].Faults = r.Faults
	}
	return document{r.Source, environments}
}

func (r *reading) field(f gateway.Field, value *node) {
	before := len(r.Faults)
	// What could not be read of a shared value does not count where there is another.
	r.doubtful = slices.DeleteFunc(r.doubtful, func(d string) bool { return d == f.Key })
	switch to := f.In(&r.Config).(type) {
	case *string:
		*to = r.text(value, f)
	case *bool:
		*to = r.boolean(value, f.Key)
	case *[]string:
		*to = r.list(value, f.Key, f.InsteadOfEmpty)
	case *[]gateway.ResourceConfig:
		*to = r.resources(value, f)
	}
	if len(r.Faults) > before {
		r.doubtful = append(r.doubtful, f.Key)
		if f.Key == "resources" {
			r.doubtful = append(r.doubtful, "allowMethods")
		}
	}
}

func (r *reading) unknown(key *node, path string, keys []string) {
	hint := "the keys are " + strings.Join(keys, ", ")
	near := report.Nearest(key.Value, keys)
	if near != "" {
		hint = "did you mean " + near + "?"
		r.doubtful = append(r.doubtful, strings.TrimPrefix(path+"."+near, "."))
	}
	name := key.Value
	if !isScalar(key) {
		name = "?"
	}
	r.fault(key, strings.TrimPrefix(path+"."+name, "."), "unknown key", hint)
	r.Faults[len(r.Faults)-1].Fix = near
}

func (r *reading) text(at *node, f gateway.Field) string {
	n := r.here(at, f.Key)
	switch {
	case !f.Number || n.Tag != "!!int":
		return r.scalar(at, f.Key)
	case decimal(n.Value):
		return n.Value
	}
	r.fault(at, f.Key, "a number in a form that tools read differently", "write it in decimal, without leading zeros")
	return ""
}

func (r *reading) resources(at *node, f gateway.Field) []gateway.ResourceConfig {
	keys := entryKeys(f)
	var out []gateway.ResourceConfig
	r.mappings(at, f.Key, keys, f.InsteadOfEmpty, "path", func(string) func(path, key string, value *node) {
		out = append(out, gateway.ResourceConfig{})
		c := &out[len(out)-1]
		return func(path, key string, value *node) {
			e := f.Entries[slices.Index(keys, key)]
			switch to := e.InEntry(c).(type) {
			case *string:
				*to = r.scalar(value, path)
			case *[]string:
				*to = r.list(value, path, e.InsteadOfEmpty)
			}
		}
	})
	return out
}

// here notes where a value stands, and follows its alias. The place of an
// aliased value is that of the alias.
func (r *reading) here(n *node, path string) *node {
	r.Places.at[path] = position{n.Line, n.Column}
	return r.resolve(n)
}

// spend reports whether another value may be read.
func (r *reading) spend() bool {
	r.values++
	return r.values <= maxValues
}

func (r *reading) fault(n *node, path, detail, hint string) {
	at := report.Place{File: r.Places.file, Line: n.Line, Column: n.Column, Path: r.Places.path(path)}
	r.Faults = append(r.Faults, report.Fault{Place: at, FieldError: cors.FieldError{
		Field: path, Index: -1, Reason: cors.Invalid, Detail: detail, Hint: hint,
	}})
}
