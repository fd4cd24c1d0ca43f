package golden_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"apigw-cors/golden/emulator"
)

// What the readings of templates, states and control planes have in common.

// The key prefixes of the two kinds of response parameters.
const (
	methodHeader  = "method.response.header."
	gatewayHeader = "gatewayresponse.header."
)

// declare records a method response.
func declare[V any](r *emulator.Response, parameters map[string]V) {
	for key := range parameters {
		r.Declared = append(r.Declared, unprefixed(key, methodHeader))
	}
	slices.Sort(r.Declared)
}

func unprefixedKeys(parameters map[string]text, prefix string) map[string]string {
	out := map[string]string{}
	for key, value := range parameters {
		out[unprefixed(key, prefix)] = string(value)
	}
	return out
}

// unprefixed keeps a key that lacks its prefix apart from a header's name:
// API Gateway would refuse it, and no linter does.
func unprefixed(key, prefix string) string {
	name, ok := strings.CutPrefix(key, prefix)
	if !ok {
		return "without " + prefix + ": " + key
	}
	return name
}

// theOnly gives the one API that was extracted.
func theOnly(t testing.TB, apis map[string]*emulator.API) *emulator.API {
	t.Helper()
	if len(apis) != 1 {
		t.Fatalf("%d APIs: %s", len(apis), strings.Join(slices.Sorted(maps.Keys(apis)), ", "))
	}
	for _, s := range apis {
		return s
	}
	return nil
}

// at gives the API of a key, a new one where there is none yet.
func at(apis map[string]*emulator.API, key string) *emulator.API {
	if apis[key] == nil {
		apis[key] = emulator.New()
	}
	return apis[key]
}

// text is a JSON string; a number or an intrinsic function stands as its JSON.
type text string

func (s *text) UnmarshalJSON(data []byte) error {
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	switch v := v.(type) {
	case nil:
		*s = ""
	case string:
		*s = text(v)
	default:
		*s = text(data)
	}
	return nil
}

// applicationJSON gives the one template a browser's request ever selects.
func applicationJSON(templates map[string]text) string {
	return string(templates["application/json"])
}

// mediaTypes undoes the JSON pointer spelling that SAM takes for a slash.
func mediaTypes(types []string) []string {
	var out []string
	for _, m := range types {
		out = append(out, strings.ReplaceAll(m, "~1", "/"))
	}
	slices.Sort(out)
	return slices.Compact(out)
}
