package policy

import (
	"strconv"

	"apigw-cors/generator/gateway"
)

// keyValue is an entry of a document: a string, an int, a bool, a []string or,
// for a list of mappings, a [][]keyValue. lines puts each entry of a list on a
// line of its own.
type keyValue struct {
	key   string
	value any
	lines bool
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
		out = append(out, keyValue{allowAdvice, acknowledged, false})
	}
	out = append(out, savedTests(tests)...)
	return encodeYAML(out)
}

// saved is the entry of a field, none where the field is empty.
func saved(f gateway.Field, value any) []keyValue {
	switch v := value.(type) {
	case *string:
		if seconds, err := strconv.Atoi(*v); err == nil && f.Number {
			return []keyValue{{f.Key, seconds, false}}
		}
		if *v != "" {
			return []keyValue{{f.Key, *v, false}}
		}
	case *bool:
		if *v {
			return []keyValue{{f.Key, true, false}}
		}
	case *[]string:
		if len(*v) > 0 {
			return []keyValue{{f.Key, *v, f.Lines}}
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
			return []keyValue{{f.Key, list, true}}
		}
	}
	return nil
}
