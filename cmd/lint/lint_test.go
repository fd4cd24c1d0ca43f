package lint

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"apigw-cors/cmd/files"
	"apigw-cors/cmd/report"
)

const template = `Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Cors:
        AllowOrigin: https://app.example.com
        AllowMethods: "'GET'"
  List:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      CodeUri: .
      Events:
        Get: {Type: Api, Properties: {RestApiId: !Ref Api, Path: /orders, Method: GET}}
`

func run(t *testing.T, ctx context.Context, o Options) (*report.Findings, error) {
	t.Helper()
	trees, err := files.OpenTrees()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(trees.Close)
	return Run(ctx, trees, o, &report.Report{})
}

// TestManyFiles: they are judged several at a time, and told in one order, with
// the number that is done.
func TestManyFiles(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	const n = 60
	for i := range n {
		write(t, dir, fmt.Sprintf("%02d/template.yaml", i), template)
	}
	var first string
	for range 3 {
		done := 0
		found, err := run(t, t.Context(), Options{Progress: func(d, total int) {
			if total == n {
				done = max(done, d)
			}
		}})
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := found.WriteText(&b, report.Painter{}, false, false); err != nil {
			t.Fatal(err)
		}
		if found.Files != n || done != n || strings.Count(b.String(), "unquoted-value") != n {
			t.Errorf("%d files, %d done:\n%s", found.Files, done, &b)
		}
		if first == "" {
			first = b.String()
		}
		if b.String() != first {
			t.Error("another order, or other findings")
		}
	}
}

func TestInterrupted(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	write(t, dir, "template.yaml", template)
	for desc, paths := range map[string][]string{"while files are looked for": {"."}, "while they are judged": {"template.yaml"}} {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := run(t, ctx, Options{Paths: paths}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", desc, err)
		}
	}
}

// TestPartsAreJudgedOnce: of documents that include each other, one is left.
func TestPartsAreJudgedOnce(t *testing.T) {
	tree := &files.Tree{}
	make := func(name string, parts ...string) *judged {
		j := &judged{Target: Target{Tree: tree, Name: name}}
		j.reading.Files = append([]string{name}, parts...)
		return j
	}
	for _, tt := range []struct {
		desc string
		all  []*judged
		want string
	}{
		{"two files", []*judged{make("a"), make("b")}, "a b"},
		{"a body", []*judged{make("a", "body"), make("body")}, "a"},
		{"the other order", []*judged{make("body"), make("a", "body")}, "a"},
		{"each other", []*judged{make("a", "b"), make("b", "a")}, "a"},
		{"a body of two", []*judged{make("a", "body"), make("b", "body"), make("body")}, "a b"},
		{"a part with a part of its own", []*judged{make("a", "b"), make("b", "c", "d", "e"), make("e")}, "a e"},
	} {
		var got []string
		for _, j := range own(tt.all) {
			got = append(got, j.Name)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: %q, not %q", tt.desc, got, tt.want)
		}
	}
}
