package lint_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"apigw-cors/generator/lint"
	"apigw-cors/generator/reader"
)

// BenchmarkLint judges APIs of more and more paths: twice as many take twice as
// long.
func BenchmarkLint(b *testing.B) {
	for _, paths := range []int{25, 50, 100, 200} {
		var text strings.Builder
		text.WriteString("openapi: 3.0.1\ninfo: {title: A, version: '1'}\npaths:\n")
		for i := range paths {
			fmt.Fprintf(&text, `  /items%d/{id}:
    get: {responses: {}, x-amazon-apigateway-integration: {type: aws_proxy}}
    delete: {responses: {}, x-amazon-apigateway-integration: {type: aws_proxy}}
    options:
      responses: {"204": {headers: {Access-Control-Allow-Origin: {}, Access-Control-Allow-Methods: {}}}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 204}'}
        responses: {default: {statusCode: "204", responseParameters: {method.response.header.Access-Control-Allow-Origin: "'*'", method.response.header.Access-Control-Allow-Methods: "'GET'"}}}
`, i)
		}
		r, err := reader.Read(fstest.MapFS{"api.yaml": {Data: []byte(text.String())}}, "api.yaml", reader.Options{})
		if err != nil || len(r.APIs) != 1 {
			b.Fatal(err, r.Faults)
		}
		b.Run(fmt.Sprint(paths), func(b *testing.B) {
			for b.Loop() {
				if n := len(lint.Lint(r, lint.Options{}).Findings); n != paths {
					b.Fatal(n, "findings")
				}
			}
		})
	}
}
