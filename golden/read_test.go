package golden_test

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
	"apigw-cors/golden/emulator"
)

// read is what the product reads at a path, and all of it: nothing that it does
// not know may be left.
func read(t testing.TB, files fs.FS, path string) []gateway.Facts {
	t.Helper()
	reading, err := reader.Read(files, path, reader.Options{})
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
	return theOne(t, read(t, oneFile(content), "file"))
}

// oneFile is a file system with one file, called file.
func oneFile(content []byte) fs.FS { return fstest.MapFS{"file": &fstest.MapFile{Data: content}} }

func theOne(t testing.TB, apis []gateway.Facts) gateway.Facts {
	t.Helper()
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
	for _, f := range read(t, oneFile(content), "file") {
		out[f.Name] = told(f)
	}
	return out
}
