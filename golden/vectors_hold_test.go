package golden_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/golden/tools"
)

// TestVectors holds the published table against the cases, and against itself:
// whoever only reads the file comes to its verdicts.
func TestVectors(t *testing.T) {
	t.Parallel()
	want := string(newVectorTable(t).encode(t))
	if *update {
		tools.WriteFile(t, vectorsFile, want)
	}
	if got := string(tools.ReadFile(t, vectorsFile)); got != want {
		t.Fatalf("%s is not what the cases make; go test ./golden -run TestVectors -update writes it: %s", vectorsFile, firstDifference(got, want))
	}
	for _, v := range readVectors(t).Vectors {
		again := newVector(v.request(), v.fetch())
		again.About, again.Policy, again.Failure = v.About, v.Policy, v.Failure
		if !reflect.DeepEqual(again, v) {
			t.Errorf("%s: the file says\n%+v\nand its answers make\n%+v", v, v, again)
		}
	}
}

// fetch is what a browser by the standard makes of the vector's answers.
func (v vector) fetch() cors.Trace {
	return cors.Fetch(v.request(), func(sent cors.Request) cors.Response {
		switch _, preflight := cors.ReadPreflight(sent); {
		case preflight && v.Preflight != nil:
			return v.Preflight.response()
		case !preflight && v.Actual != nil:
			return v.Actual.response()
		}
		// A request that the vector does not know of gets no answer.
		return cors.Response{}
	})
}

// TestVectorsCoverEveryCause expects every cause that the package cors knows,
// and allowed and refused in balance.
func TestVectorsCoverEveryCause(t *testing.T) {
	t.Parallel()
	steps, verdicts := map[cors.Cause]int{}, map[vectorVerdict]int{}
	for _, v := range readVectors(t).Vectors {
		verdicts[v.Verdict]++
		for _, cause := range v.Steps {
			steps[cause]++
		}
	}
	for _, cause := range causes(t) {
		if steps[cause] == 0 {
			t.Errorf("no vector comes to %s", cause)
		}
	}
	all := verdicts[verdictAllowed] + verdicts[verdictRefused]
	if fewer := min(verdicts[verdictAllowed], verdicts[verdictRefused]); fewer*3 < all {
		t.Errorf("not in balance: %v", verdicts)
	}
	fmt.Printf("golden: %d vectors, %d causes, %v\n", all+verdicts[verdictRedirected], len(steps), verdicts)
}

// causes are those that the package cors declares.
func causes(t testing.TB) (out []cors.Cause) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../generator/cors/fetch_cause.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if kind, ok := spec.Type.(*ast.Ident); !ok || kind.Name != "Cause" {
			return true
		}
		for _, value := range spec.Values {
			text, err := strconv.Unquote(value.(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, cors.Cause(text))
		}
		return true
	})
	if len(out) < 40 || !slices.Equal(out, cors.Causes()) {
		t.Fatalf("causes: %q, and the list has %q", out, cors.Causes())
	}
	return out
}
