package golden_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
	"apigw-cors/golden/emulator"
)

// same compares what a tool made of a rendered file with the model, word for
// word.
func same(t *testing.T, want, got *emulator.API) {
	t.Helper()
	if d := emulator.Difference(want, got); d != "" {
		t.Errorf("the tool makes something else of it (- model, + tool):\n%s", d)
	}
}

// sameInOwnForm compares where a tool's own construct for CORS may have been
// used: it chooses the status code and the template of the mock by itself. What
// a browser gets to see must be the same, and is compared by running it: see
// [allowsOrigins].
func sameInOwnForm(t *testing.T, want, got *emulator.API) {
	t.Helper()
	same(t, withoutForm(want, want), withoutForm(got, want))
}

// withoutForm is s without what a browser does not see of a preflight.
// Access-Control-Allow-Origin is left to the run of the template, as is a
// Vary header beyond the model's, which the CDK adds to a constant origin.
// Binary media types make content handling count.
func withoutForm(s, model *emulator.API) *emulator.API {
	out := *s
	out.Methods = maps.Clone(s.Methods)
	for key, m := range s.Methods {
		// SAM cannot merge an ANY method, so it gets the methods it stands for.
		if path, ok := strings.CutPrefix(key, "ANY "); ok {
			delete(out.Methods, key)
			for _, verb := range (gateway.Resource{Any: true}).Expanded() {
				out.Methods[verb+" "+path] = m
			}
		}
		if !strings.HasPrefix(key, "OPTIONS ") || m.Integration != "MOCK" {
			continue
		}
		plain := *m
		plain.RequestTemplate = okStatus.ReplaceAllString(m.RequestTemplate, "an ok status")
		plain.Responses = map[string]*emulator.Response{}
		for status, r := range m.Responses {
			visible := *r
			visible.Template = ""
			visible.Headers = maps.Clone(r.Headers)
			maps.DeleteFunc(visible.Headers, func(name, _ string) bool {
				return name == cors.HeaderAllowOrigin || name == cors.HeaderVary && !varies(model, key)
			})
			visible.Declared = slices.Sorted(maps.Keys(visible.Headers))
			if len(model.BinaryMediaTypes) == 0 {
				visible.ContentHandling = ""
			}
			plain.Responses[status[:1]+"XX"] = &visible
		}
		if len(model.BinaryMediaTypes) == 0 {
			plain.ContentHandling = ""
		}
		out.Methods[key] = &plain
	}
	return &out
}

// okStatus is the request template of a mock, strict JSON or not: the service
// takes the CDK's unquoted key, too.
var okStatus = regexp.MustCompile(`^\s*\{\s*"?statusCode"?\s*:\s*20[04]\s*\}\s*$`)

// varies reports whether the preflight has the header Vary.
func varies(s *emulator.API, key string) bool {
	m := s.Methods[key]
	if m == nil {
		return false
	}
	for _, r := range m.Responses {
		if _, ok := r.Headers[cors.HeaderVary]; ok {
			return true
		}
	}
	return false
}
