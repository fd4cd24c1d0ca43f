package policy

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"apigw-cors/generator/gateway"
)

// keyValue is an entry of a document: a string, an int, a bool, a []string or,
// for a list of mappings, a [][]keyValue; nil for one without a value. lines puts
// each entry of a list on a line of its own.
type keyValue struct {
	key   string
	value any
	lines bool
	// comments stand above the entry, comments[""], or above what is in it, by
	// the rest of the path: "[1]", "[0].methods".
	comments map[string][]string
}

// Incomplete is a policy that a person has yet to complete.
type Incomplete struct {
	Config gateway.Config
	// Head are lines of comment above the document, Comments those above the
	// value at a path, as in "allowOrigins[1]".
	Head     []string
	Comments map[string][]string
	// Open are the paths that are written without a value, for generate to name
	// them. An entry of a list is open where it is empty.
	Open map[string]bool
}

// EncodeIncomplete is the cors.yaml of such a policy: the keys that have a value, and those
// that are to get one.
func EncodeIncomplete(d Incomplete) ([]byte, error) {
	var out []keyValue
	var waiting []string
	for _, f := range gateway.Fields() {
		entries := saved(f, f.In(&d.Config))
		if d.Open[f.Key] {
			entries = []keyValue{{key: f.Key}}
		}
		comments := map[string][]string{}
		for path, lines := range d.Comments {
			if rest, ok := strings.CutPrefix(path, f.Key); ok && (rest == "" || rest[0] == '[' || rest[0] == '.') {
				comments[rest] = lines
			}
		}
		if len(entries) == 0 {
			// There is nothing to say it above, but the key that follows.
			for _, rest := range slices.Sorted(maps.Keys(comments)) {
				waiting = append(waiting, comments[rest]...)
			}
			continue
		}
		if comments[""] = slices.Concat(waiting, comments[""]); len(comments[""]) == 0 {
			delete(comments, "")
		}
		waiting, entries[0].comments = nil, comments
		if list, ok := entries[0].value.([][]keyValue); ok {
			for i := range list {
				for _, e := range f.Entries {
					if path := fmt.Sprintf("%s[%d].%s", f.Key, i, e.Key); d.Open[path] {
						list[i] = append(list[i], keyValue{key: e.Key})
					}
				}
			}
		}
		out = append(out, entries[0])
	}
	return encodeCommented(out, d.Head, waiting)
}

// Encode is the cors.yaml of an API: the keys that are not left at their
// default, in the order of the fields, the codes of the advice that is
// acknowledged, and the tests.
func Encode(api gateway.API, acknowledged []string, tests ...Test) ([]byte, error) {
	c := api.Config()
	var out []keyValue
	for _, f := range gateway.Fields() {
		out = append(out, saved(f, f.In(&c))...)
	}
	if len(acknowledged) > 0 {
		out = append(out, keyValue{key: allowAdvice, value: acknowledged})
	}
	out = append(out, savedTests(tests)...)
	return encodeYAML(out)
}

// saved is the entry of a field, none where the field is empty.
func saved(f gateway.Field, value any) []keyValue {
	switch v := value.(type) {
	case *string:
		if seconds, err := strconv.Atoi(*v); err == nil && f.Number {
			return []keyValue{{key: f.Key, value: seconds}}
		}
		if *v != "" {
			return []keyValue{{key: f.Key, value: *v}}
		}
	case *bool:
		if *v {
			return []keyValue{{key: f.Key, value: true}}
		}
	case *[]string:
		if len(*v) > 0 {
			return []keyValue{{key: f.Key, value: *v, lines: f.Lines}}
		}
	case *[]gateway.ResourceConfig:
		var list [][]keyValue
		for i := range *v {
			var entry []keyValue
			for _, e := range f.Entries {
				entry = append(entry, saved(e, e.InEntry(&(*v)[i]))...)
			}
			list = append(list, entry)
		}
		if list != nil {
			return []keyValue{{key: f.Key, value: list, lines: true}}
		}
	}
	return nil
}
