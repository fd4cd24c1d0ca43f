package golden_test

import (
	"encoding/json"
	"testing"
)

// typeScript parses TypeScript without checking types, fast enough for a fuzz
// target.
type typeScript struct{ *worker }

func startTypeScript(t testing.TB) typeScript {
	t.Helper()
	return typeScript{startWorker(t, requireNode(t, "parse.mjs"))}
}

// property is a property of an object literal whose value is a literal too.
type property struct {
	Name  string
	Value json.RawMessage
}

// parse gives the properties in source order. Source that does not parse fails
// the test.
func (p typeScript) parse(t testing.TB, source string) []property {
	t.Helper()
	var reply struct {
		Errors     []string
		Properties []property
	}
	p.ask(t, map[string]string{"source": source}, &reply)
	for _, e := range reply.Errors {
		t.Errorf("TypeScript: %s\n%s", e, source)
	}
	return reply.Properties
}
