package policy

import (
	"slices"
	"strconv"
	"strings"

	"apigw-cors/cmd/report"
	"apigw-cors/cmd/schema"
	"apigw-cors/generator/cors"
)

// testsKey is the key of the tests. They are not part of the API: no format
// renders them.
const testsKey = "tests"

func keyTests() Key {
	return Key{
		Name: testsKey, Notation: "[{...}, ...]", Example: "tests: [{origin: https://app.example.com, want: allowed}]\n",
		Usage: "which pages read which responses: apigw-cors test runs them, and no format renders them",
		read:  func(r *reading, n *node) { r.tests(n) },
		schema: func() *schema.Schema {
			entry := &schema.Schema{Type: "object", AdditionalProperties: new(bool), Required: []string{"origin", "want"}}
			for _, f := range TestFields() {
				of := &schema.Schema{Type: "string", Description: f.Usage, Enum: f.words}
				switch {
				case f.text == nil:
					of = &schema.Schema{Type: "array", MinItems: 1, Description: f.Usage, Items: &schema.Schema{Type: "string"}}
				case f.Key == "status":
					of = &schema.Schema{Type: []string{"integer", "string"}, Description: f.Usage, Minimum: 200, Maximum: 599}
				case f.words != nil:
					of.Type = nil
				}
				entry.Properties = append(entry.Properties, schema.Member{Name: f.Key, Schema: of})
			}
			return &schema.Schema{Type: "array", MinItems: 1, Items: entry}
		},
	}
}

// Test is what the author of a policy expects of a fetch by a page.
type Test struct {
	// Description names it; "" leaves that to the rest.
	Description string
	// Origin is the page's, or null.
	Origin string
	// Method is as the page spells it, Path with the query.
	Method, Path string
	// Headers are entries NAME=VALUE.
	Headers     []string
	Credentials string
	// Want is TestAllowed or TestRefused.
	Want string
	// Cause is the code of what decides, "" where it does not matter; Status that
	// of the response to the actual request, "" likewise.
	Cause, Status string
	// Place is where it stands.
	Place report.Place
}

// The values of [Test.Want].
const (
	TestAllowed = "allowed"
	TestRefused = "refused"
)

// Name is the description, or what is fetched by whom.
func (t Test) Name() string {
	if t.Description != "" {
		return t.Description
	}
	return t.Method + " " + t.Path + " from " + t.Origin
}

// TestField is a key of a test.
type TestField struct {
	Key string
	// Value says how its value is written.
	Value string
	// Usage is one line for help.
	Usage string
	// words are its values, where it has few.
	words []string
	// fault says what is wrong with a value, and how to mend it; nil takes every
	// text.
	fault func(value string) (detail, hint string)
	text  func(*Test) *string
}

// TestFields are the keys of a test, in the order in which they are saved.
func TestFields() []TestField {
	return []TestField{
		{Key: "description", Value: "text", Usage: "what the test is about; it names it", text: func(t *Test) *string { return &t.Description }},
		{Key: "origin", Value: "origin", Usage: "origin of the page, or null", fault: originFault, text: func(t *Test) *string { return &t.Origin }},
		{Key: "method", Value: "method", Usage: "method, as the page spells it (default GET)", text: func(t *Test) *string { return &t.Method }},
		{Key: "path", Value: "path", Usage: "path of the API, as in /orders/1 (default /)", fault: pathFault, text: func(t *Test) *string { return &t.Path }},
		{Key: "headers", Value: "[NAME=VALUE, ...]", Usage: "request headers that the page sets"},
		{Key: "credentials", Value: "same-origin, omit, include", Usage: "credentials mode of the fetch (default same-origin)", words: []string{string(cors.CredentialsSameOrigin), string(cors.CredentialsOmit), string(cors.CredentialsInclude)}, text: func(t *Test) *string { return &t.Credentials }},
		{Key: "want", Value: "allowed, refused", Usage: "whether the page reads the response", words: []string{TestAllowed, TestRefused}, text: func(t *Test) *string { return &t.Want }},
		{Key: "cause", Value: "code", Usage: "why: the code that explain --json calls cause, as in method-not-allowed", words: causeNames(), text: func(t *Test) *string { return &t.Cause }},
		{Key: "status", Value: "number", Usage: "status of the response to the actual request; without it an error is noted", fault: statusFault, text: func(t *Test) *string { return &t.Status }},
	}
}

func causeNames() (names []string) {
	for _, c := range cors.Causes() {
		names = append(names, string(c))
	}
	return names
}

func originFault(value string) (detail, hint string) {
	if value == "null" {
		return "", ""
	}
	_, err := cors.ParseOrigin(value)
	if err == nil {
		return "", ""
	}
	f := cors.Faults(err)[0]
	if f.Fix != "" {
		return f.Detail, "use " + f.Fix
	}
	return f.Detail, f.Hint
}

func pathFault(value string) (detail, hint string) {
	switch {
	case !strings.HasPrefix(value, "/"):
		return "a path starts with a slash", "use /" + value
	case strings.ContainsAny(value, "{}"):
		return "a path that a page fetches has no variables", "put a value in the place of each, as in /orders/1"
	case strings.Contains(value, "#"):
		return "a browser keeps the fragment to itself", "write %23 for a # that is sent"
	}
	return "", ""
}

func statusFault(value string) (detail, hint string) {
	if n, err := strconv.Atoi(value); err != nil || n < 200 || n > 599 {
		return "not a status from 200 to 599", "as in status: 200"
	}
	return "", ""
}

// tests reads the tests of a document.
func (r *reading) tests(at *node) {
	fields := TestFields()
	var keys []string
	for _, f := range fields {
		keys = append(keys, f.Key)
	}
	type entry struct {
		path string
		has  map[string]bool
	}
	var given []entry
	// Those of an environment take the place of the shared ones.
	r.Tests = nil
	r.mappings(at, testsKey, keys, "leave the key out, or write {origin: https://app.example.com, want: allowed}", "description",
		func(path string) func(path, key string, value *node) {
			r.Tests = append(r.Tests, Test{Method: "GET", Path: "/", Credentials: string(cors.CredentialsSameOrigin)})
			t, has := &r.Tests[len(r.Tests)-1], map[string]bool{}
			given = append(given, entry{path, has})
			return func(path, key string, value *node) {
				has[key] = true
				r.testField(t, fields[slices.Index(keys, key)], path, value)
			}
		})
	for i, g := range given {
		r.Tests[i].Place = r.Places.Find(g.path)
		for _, missing := range []struct{ key, hint string }{
			{"origin", "as in origin: https://app.example.com"}, {"want", "write want: allowed, or want: refused"},
		} {
			if !g.has[missing.key] {
				r.Faults = append(r.Faults, report.Fault{Place: r.Places.Find(g.path), FieldError: cors.FieldError{
					Field: g.path + "." + missing.key, Index: -1, Reason: cors.Missing, Detail: "the key " + missing.key + " is missing", Hint: missing.hint,
				}})
			}
		}
	}
}

func (r *reading) testField(t *Test, f TestField, path string, at *node) {
	if f.text == nil {
		if n := r.resolve(at); isMapping(n) && len(n.Content) > 0 {
			r.wrongType(at, path, "a list", "write ["+n.Content[0].Value+"=VALUE]")
			return
		}
		t.Headers = r.list(at, path, "leave the key out")
		for i, entry := range t.Headers {
			if strings.IndexAny(entry, "=:") < 1 && entry != "" {
				r.refuse(at, report.PathOf(path, i), entry, "not NAME=VALUE", "as in Content-Type=application/json")
			}
		}
		return
	}
	before := len(r.Faults)
	value := ""
	if n := r.here(at, path); f.Key == "status" && n.Tag == "!!int" {
		value = n.Value
	} else {
		value = r.scalar(at, path)
	}
	switch {
	case len(r.Faults) > before:
		return
	case f.words != nil && !slices.Contains(f.words, value):
		list := "the values are " + strings.Join(f.words, ", ")
		if len(f.words) > 10 {
			list = "explain --json tells the cause of a fetch"
		}
		r.refuse(at, path, value, "not one of the values of "+f.Key, report.DidYouMean(value, f.words, list)[0])
	case f.fault != nil:
		if detail, hint := f.fault(value); detail != "" {
			r.refuse(at, path, value, detail, hint)
		}
	}
	*f.text(t) = value
}

// refuse is a fault of a value.
func (r *reading) refuse(at *node, path, value, detail, hint string) {
	r.fault(at, path, detail, hint)
	r.Faults[len(r.Faults)-1].Value = value
}

// savedTests is the entry of the tests, with what is not left at its default.
func savedTests(tests []Test) []keyValue {
	var list [][]keyValue
	for _, t := range tests {
		var entry []keyValue
		for _, f := range TestFields() {
			switch {
			case f.text == nil:
				if len(t.Headers) > 0 {
					entry = append(entry, keyValue{key: f.Key, value: t.Headers})
				}
			case f.Key == "method" && t.Method == "GET", f.Key == "path" && t.Path == "/",
				f.Key == "credentials" && t.Credentials == string(cors.CredentialsSameOrigin), *f.text(&t) == "":
			case f.Key == "status":
				n, _ := strconv.Atoi(t.Status)
				entry = append(entry, keyValue{key: f.Key, value: n})
			default:
				entry = append(entry, keyValue{key: f.Key, value: *f.text(&t)})
			}
		}
		list = append(list, entry)
	}
	if list == nil {
		return nil
	}
	return []keyValue{{key: testsKey, value: list, lines: true}}
}
