package golden_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// same compares what a tool made of a rendered file with the model, word for
// word.
func same(t *testing.T, want, got *seen) {
	t.Helper()
	if d := difference(want, got); d != "" {
		t.Errorf("the tool makes something else of it (- model, + tool):\n%s", d)
	}
}

// sameInOwnForm compares where a tool's own construct for CORS may have been
// used: it chooses the status code and the template of the mock by itself. What
// a browser gets to see must be the same, and is compared by running it: see
// [velocity.preflight].
func sameInOwnForm(t *testing.T, want, got *seen) {
	t.Helper()
	same(t, want.withoutForm(want), got.withoutForm(want))
}

// withoutForm is s without what a browser does not see of a preflight.
// Access-Control-Allow-Origin is left to the run of the template, as is a
// Vary header beyond the model's, which the CDK adds to a constant origin.
// Binary media types make content handling count.
func (s *seen) withoutForm(model *seen) *seen {
	out := *s
	out.methods = maps.Clone(s.methods)
	for key, m := range s.methods {
		// SAM cannot merge an ANY method, so it gets the methods it stands for.
		if path, ok := strings.CutPrefix(key, "ANY "); ok {
			delete(out.methods, key)
			for _, verb := range (gateway.Resource{Any: true}).Expanded() {
				out.methods[verb+" "+path] = m
			}
		}
		if !strings.HasPrefix(key, "OPTIONS ") || m.integration != "MOCK" {
			continue
		}
		plain := *m
		plain.requestTemplate = okStatus.ReplaceAllString(m.requestTemplate, "an ok status")
		plain.responses = map[string]*seenResponse{}
		for status, r := range m.responses {
			visible := *r
			visible.template = ""
			visible.headers = maps.Clone(r.headers)
			maps.DeleteFunc(visible.headers, func(name, _ string) bool {
				return name == cors.HeaderAllowOrigin || name == cors.HeaderVary && !model.varies(key)
			})
			visible.declared = slices.Sorted(maps.Keys(visible.headers))
			if len(model.binaryMediaTypes) == 0 {
				visible.contentHandling = ""
			}
			plain.responses[status[:1]+"XX"] = &visible
		}
		if len(model.binaryMediaTypes) == 0 {
			plain.contentHandling = ""
		}
		out.methods[key] = &plain
	}
	return &out
}

// okStatus is the request template of a mock, strict JSON or not: the service
// takes the CDK's unquoted key, too.
var okStatus = regexp.MustCompile(`^\s*\{\s*"?statusCode"?\s*:\s*20[04]\s*\}\s*$`)

// varies reports whether the preflight has the header Vary.
func (s *seen) varies(key string) bool {
	m := s.methods[key]
	if m == nil {
		return false
	}
	for _, r := range m.responses {
		if _, ok := r.headers[cors.HeaderVary]; ok {
			return true
		}
	}
	return false
}
