package reader_test

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

var update = flag.Bool("update", false, "write what was read to testdata")

// TestTerraform reads modules that are written as people write them. What each
// comes to is in its facts.txt, one fact a line with its place: update, and
// read the difference.
func TestTerraform(t *testing.T) {
	modules, err := filepath.Glob("testdata/terraform/*")
	if err != nil || len(modules) < 15 {
		t.Fatalf("%d modules: %v", len(modules), err)
	}
	for _, module := range modules {
		t.Run(filepath.Base(module), func(t *testing.T) {
			fsys := os.DirFS(module)
			r, err := reader.Read(fsys, ".", reader.Options{})
			if err != nil {
				t.Fatal(err)
			}
			got := printReading(r)
			want, _ := os.ReadFile(filepath.Join(module, "facts.txt"))
			if *update {
				if err := os.WriteFile(filepath.Join(module, "facts.txt"), []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got != string(want) {
				t.Errorf("want:\n%s\ngot:\n%s", want, got)
			}
			for _, p := range places(reflect.ValueOf(r)) {
				holdsPlace(t, fsys, p)
			}
		})
	}
}

// printReading says everything in lines.
func printReading(r reader.Reading) string {
	var b strings.Builder
	fmt.Fprintf(&b, "files: %s\n", strings.Join(r.Files, ", "))
	for _, f := range r.Faults {
		fmt.Fprintf(&b, "fault: %v\n", f)
	}
	for _, api := range r.APIs {
		b.WriteString("\n")
		printFacts(&b, "", reflect.ValueOf(api))
	}
	return b.String()
}

// printFacts prints what is given: "Methods[0].Auth.Type: NONE  api.tf:3:4".
func printFacts(b *strings.Builder, path string, v reflect.Value) {
	line := func(value any, at gateway.Place, unknown string) {
		if unknown != "" {
			value = "unknown: " + unknown
		}
		fmt.Fprintf(b, "%s: %v", path, value)
		if at.File != "" {
			fmt.Fprintf(b, "  (%s:%d:%d)", at.File, at.Line, at.Column)
		}
		b.WriteString("\n")
	}
	switch x := v.Interface().(type) {
	case gateway.Text:
		if x.IsGiven() {
			line(fmt.Sprintf("%q", x.String()), x.Place, "")
		}
		return
	case gateway.Place:
		if !x.IsZero() {
			fmt.Fprintf(b, "%s: %s:%d:%d\n", path, x.File, x.Line, x.Column)
		}
		return
	case gateway.Fact[bool]:
		if x.IsGiven() {
			line(x.Value, x.Place, x.Unknown)
		}
		return
	case gateway.Fact[int]:
		if x.IsGiven() {
			line(x.Value, x.Place, x.Unknown)
		}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			printFacts(b, strings.TrimPrefix(path+"."+name, "."), v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			printFacts(b, fmt.Sprintf("%s[%d]", path, i), v.Index(i))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			printFacts(b, path, v.Elem())
		}
	default:
		if !v.IsZero() {
			fmt.Fprintf(b, "%s: %v\n", path, v)
		}
	}
}

// places are all the places in a value.
func places(v reflect.Value) (out []gateway.Place) {
	if p, ok := v.Interface().(gateway.Place); ok {
		return []gateway.Place{p}
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			out = append(out, places(v.Field(i))...)
		}
	case reflect.Slice:
		for i := range v.Len() {
			out = append(out, places(v.Index(i))...)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			out = places(v.Elem())
		}
	}
	return out
}

// holdsPlace checks that a place is in its file, and its line and column are
// those of its offset.
func holdsPlace(t *testing.T, fsys fs.FS, p gateway.Place) {
	t.Helper()
	if p.End == 0 {
		return
	}
	src, err := fs.ReadFile(fsys, p.File)
	if err != nil {
		t.Errorf("%+v: %v", p, err)
		return
	}
	if p.Start < 0 || p.Start >= p.End || p.End > len(src) {
		t.Errorf("%+v is not within %d bytes", p, len(src))
		return
	}
	before := src[:p.Start]
	line := 1 + bytes.Count(before, []byte{'\n'})
	column := 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	if line != p.Line || column != p.Column {
		t.Errorf("%+v: the offset is at %d:%d", p, line, column)
	}
}

// TestFileBesideRoot reads a file as terraform does, which runs in the folder
// of the root module, though more than that folder is read.
func TestFileBesideRoot(t *testing.T) {
	fsys := fstest.MapFS{
		"infra/main.tf":    {Data: []byte("resource \"aws_api_gateway_rest_api\" \"a\" {\n  name = \"a\"\n  body = file(\"./api.json\")\n}\n")},
		"infra/api.json":   {Data: []byte(`{"openapi": "3.0.1", "paths": {"/inside": {"get": {}}}}`)},
		"api.json":         {Data: []byte(`{"openapi": "3.0.1", "paths": {"/outside": {"get": {}}}}`)},
		"lib/m/main.tf":    {Data: []byte("resource \"aws_api_gateway_rest_api\" \"b\" {\n  name = \"b\"\n  body = file(\"${path.module}/api.json\")\n}\n")},
		"lib/m/api.json":   {Data: []byte(`{"openapi": "3.0.1", "paths": {"/module": {"get": {}}}}`)},
		"infra/modules.tf": {Data: []byte("module \"m\" {\n  source = \"../lib/m\"\n}\n")},
	}
	r, err := reader.Read(fsys, "infra", reader.Options{})
	if err != nil || len(r.APIs) != 2 {
		t.Fatalf("%v %+v", err, r)
	}
	for i, want := range []string{"infra/api.json GET /inside", "lib/m/api.json GET /module"} {
		if m := r.APIs[i].Methods; len(m) != 1 || m[0].Place.File+" "+m[0].Key() != want {
			t.Errorf("got %+v, want %s", m, want)
		}
	}
}

// TestModuleNotThere leaves open what a module adds whose folder is a submodule
// that is not checked out: the rest is read.
func TestModuleNotThere(t *testing.T) {
	fsys := fstest.MapFS{"main.tf": {Data: []byte(`resource "aws_api_gateway_rest_api" "a" {
  name = "a"
}
module "cors" {
  source = "./modules/cors"
  api    = aws_api_gateway_rest_api.a.id
}
`)}}
	r, err := reader.Read(fsys, ".", reader.Options{})
	if err != nil || len(r.Faults) > 0 || len(r.APIs) != 1 || len(r.APIs[0].Open) == 0 || !strings.Contains(r.APIs[0].Open[0].Why, "modules/cors") {
		t.Errorf("%v %+v", err, r)
	}
}
