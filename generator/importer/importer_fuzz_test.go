package importer_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"apigw-cors/generator/importer"
	"apigw-cors/generator/reader"
)

// FuzzFrom makes policies of whatever is read: what is complete parses, with and
// without ids, and what is not is open.
func FuzzFrom(f *testing.F) {
	seed := func(folder string) {
		err := fs.WalkDir(os.DirFS(folder), ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasSuffix(name, ".txt") {
				return err
			}
			text, err := os.ReadFile(folder + "/" + name)
			f.Add(string(text), strings.HasSuffix(name, ".tf"))
			return err
		})
		if err != nil {
			f.Fatal(err)
		}
	}
	seed("../reader/testdata")
	f.Add(routes+"integrations/abc}\n", false)
	f.Add(shop+module("aws_api_gateway_rest_api.shop.id", `aws_api_gateway_resource.this["a"].id`), true)
	f.Add(rest(`Access-Control-Allow-Origin: "'https://a.example,null'"`, `Access-Control-Allow-Methods: "'get,PUT,TRACE'"`), false)
	f.Fuzz(func(t *testing.T, text string, terraform bool) {
		name := "api.yaml"
		if terraform {
			name = "main.tf"
		}
		r, err := reader.Read(fstest.MapFS{name: {Data: []byte(text)}}, name, reader.Options{})
		if err != nil {
			return
		}
		for _, facts := range r.APIs {
			i := importer.From(facts)
			holds(t, i)
			i.AddIDs(facts)
			holds(t, i)
		}
	})
}
