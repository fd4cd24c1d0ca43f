package generator_test

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"testing"

	"apigw-cors/generator"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

func TestRecognise(t *testing.T) {
	head := []byte("#!/usr/bin/env bash\n# Rendered by\n#   apigw-cors generate --format aws-cli\n")
	object := []byte("{}\n")
	aws, _ := generator.ParseFormat("aws-cli")
	cdk, _ := generator.ParseFormat("cdk")
	for _, tt := range []struct {
		desc   string
		format generator.Format
		files  []generator.File
		want   []string
	}{
		{"nothing there", aws, nil, nil},
		{"a script and its documents", aws, []generator.File{
			{Path: "apply.sh", Content: head}, {Path: "gateway-response.json", Content: object}, {Path: "preflight-get.json", Content: object},
		}, []string{"apply.sh", "gateway-response.json", "preflight-get.json"}},
		{"documents without a script are somebody's", aws, []generator.File{{Path: "gateway-response.json", Content: object}}, nil},
		{"documents beside a script without the head are somebody's", aws, []generator.File{
			{Path: "apply.sh", Content: []byte("#!/bin/sh\n")}, {Path: "gateway-response.json", Content: object},
		}, nil},
		{"other files are somebody's", aws, []generator.File{
			{Path: "apply.sh", Content: head}, {Path: "notes.md", Content: []byte("Rendered by apigw-cors, says the script")}, {Path: "policy.json", Content: object},
		}, []string{"apply.sh"}},
		{"a project around the stack may be somebody's", cdk, []generator.File{
			{Path: "cors-stack.ts", Content: []byte("// Rendered by\n//   apigw-cors generate\n")}, {Path: "package.json", Content: object},
		}, []string{"cors-stack.ts"}},
	} {
		var got []string
		for _, f := range tt.format.Recognise(tt.files) {
			got = append(got, path.Base(f.Path))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, not %q", tt.desc, got, tt.want)
		}
	}
}

// TestVersionOfTheProgram stands in the head of every file that has one, and
// makes no other difference: two versions of it are the same file.
func TestVersionOfTheProgram(t *testing.T) {
	for _, kind := range []string{"rest", "http"} {
		api, _, err := gateway.Parse(gateway.Config{API: kind, Config: cors.Config{
			AllowOrigins: []string{"https://a.example"}, AllowMethods: []string{"GET"},
		}})
		if err != nil {
			t.Fatal(err)
		}
		for _, standalone := range []bool{false, true} {
			render := func(version string) []generator.File {
				files, _, err := generator.New(generator.Formats(), generator.Options{Standalone: standalone, Version: version}).Render(api)
				if err != nil {
					t.Fatal(err)
				}
				return files
			}
			plain, first, second := render(""), render("v1.2.3"), render("v10.0.0-rc.1")
			heads := 0
			for i, f := range first {
				named := strings.Contains(string(f.Content), "Rendered by apigw-cors v1.2.3\n")
				if named != strings.Contains(string(plain[i].Content), "Rendered by\n") {
					t.Errorf("%s: names its version: %v", f.Path, named)
				}
				if named {
					heads++
				}
				for _, other := range []generator.File{plain[i], second[i]} {
					if !bytes.Equal(generator.Unversioned(f.Content), generator.Unversioned(other.Content)) {
						t.Errorf("%s differs by more than its version", f.Path)
					}
				}
			}
			if heads < len(generator.Formats()) {
				t.Errorf("%d files name the version", heads)
			}
		}
	}
}

func TestUnversioned(t *testing.T) {
	const rendered = "# x\n# Rendered by apigw-cors v1.2.3\n#   apigw-cors generate --api rest\na: b\n"
	for _, tt := range []struct{ desc, text, want string }{
		{"a rendered file", rendered, "# x\n# Rendered by\n#   apigw-cors generate --api rest\na: b\n"},
		{"one of no version", "# Rendered by\n#   apigw-cors generate\n", "# Rendered by\n#   apigw-cors generate\n"},
		{"the words without a command", "# Rendered by apigw-cors v1\n# by hand\n", "# Rendered by apigw-cors v1\n# by hand\n"},
		{"the words in the text", "x: |\n  # Rendered by apigw-cors v1\n  #   apigw-cors generate\n", "x: |\n  # Rendered by apigw-cors v1\n  #   apigw-cors generate\n"},
		{"a second head stays", rendered + rendered, "# x\n# Rendered by\n#   apigw-cors generate --api rest\na: b\n" + rendered},
		{"nothing", "", ""},
	} {
		if got := string(generator.Unversioned([]byte(tt.text))); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.desc, got, tt.want)
		}
	}
}
