package generator_test

import (
	"path"
	"slices"
	"testing"

	"apigw-cors/generator"
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
