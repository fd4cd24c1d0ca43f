package golden_test

import (
	"testing"
	"testing/fstest"

	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
	"apigw-cors/golden/emulator"
)

// TestReader reads every case in the formats that need no tool to be read, and
// expects the policy.
func TestReader(t *testing.T) {
	for _, c := range cases(t) {
		t.Run("cloudformation/"+c.name, func(t *testing.T) {
			same(t, want(c.api(t)), told(readOne(t, c.read(t, "cloudformation/template.yaml"))))
		})
	}
}

// read is what the product reads in a file that is whole in itself.
func read(t testing.TB, content []byte) []gateway.Facts {
	t.Helper()
	const name = "file"
	reading, err := reader.Read(fstest.MapFS{name: &fstest.MapFile{Data: content}}, name, reader.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range append(reading.Faults, reading.Refused...) {
		t.Errorf("%s: %v", reading.Kind, f)
	}
	for _, api := range reading.APIs {
		for _, open := range api.Open {
			t.Errorf("%s: the reader leaves its %s open: %s", api.Name, open.Part, open.Why)
		}
	}
	return reading.APIs
}

// readOne is read for a file that tells of one API.
func readOne(t testing.TB, content []byte) gateway.Facts {
	t.Helper()
	apis := read(t, content)
	if len(apis) != 1 {
		t.Fatalf("%d APIs", len(apis))
	}
	return apis[0]
}

// readTemplate is what a tool made of a template, as the product reads it.
func readTemplate(t testing.TB, template []byte) product {
	t.Helper()
	f := readOne(t, template)
	return product{api: told(f), identity: identityOf(f), template: template}
}

// readAll is read in the common form.
func readAll(t testing.TB, content []byte) map[string]*emulator.API {
	t.Helper()
	out := map[string]*emulator.API{}
	for _, f := range read(t, content) {
		out[f.Name] = told(f)
	}
	return out
}
