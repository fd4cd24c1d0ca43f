package reader_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"apigw-cors/generator/reader"
)

// FuzzTerraform reads whatever it is given without a panic and within bounds,
// and places what it read within the file.
func FuzzTerraform(f *testing.F) {
	files, _ := filepath.Glob("testdata/terraform/*/*.tf")
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(source))
	}
	for _, hostile := range hostileModules() {
		if len(hostile) < 10_000 {
			f.Add(hostile)
		}
	}
	f.Fuzz(func(t *testing.T, source string) {
		fsys := fstest.MapFS{"main.tf": &fstest.MapFile{Data: []byte(source)}}
		r, err := reader.Read(fsys, ".", reader.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range places(reflect.ValueOf(r)) {
			if p.File == "main.tf" && (p.Start < 0 || p.Start > p.End || p.End > len(source)) {
				t.Errorf("%+v is not within %d bytes", p, len(source))
			}
		}
	})
}

// hostileModules are short to write and long to compute.
func hostileModules() map[string]string {
	api := "resource \"aws_apigatewayv2_api\" \"a\" {\n  protocol_type = \"HTTP\"\n  cors_configuration {\n    allow_origins = %s\n  }\n}\n"
	doubling := func(format, start string) string {
		var b strings.Builder
		b.WriteString("locals {\n  v0 = " + start + "\n")
		for i := range 60 {
			fmt.Fprintf(&b, "  v%d = "+format+"\n", i+1, i, i)
		}
		b.WriteString("}\n")
		return b.String() + fmt.Sprintf(api, "[local.v60]")
	}
	deep := func(open, middle, close string, n int) string {
		return fmt.Sprintf(api, strings.Repeat(open, n)+middle+strings.Repeat(close, n))
	}
	return map[string]string{
		"a huge count":           "resource \"aws_api_gateway_rest_api\" \"a\" {\n  count = 1000000000\n}\n",
		"a huge range":           "resource \"aws_api_gateway_rest_api\" \"a\" {\n  for_each = toset([for i in range(100000000) : tostring(i)])\n}\n",
		"a product":              fmt.Sprintf(api, "setproduct(range(1000), range(1000), range(1000))"),
		"strings that double":    doubling(`"${local.v%d}${local.v%d}"`, `"https://a.example"`),
		"lists that double":      doubling("concat(local.v%d, local.v%d)", `["https://a.example"]`),
		"trees that double":      doubling("[local.v%d, local.v%d]", `["https://a.example"]`),
		"JSON that doubles":      doubling("jsonencode([local.v%d, local.v%d])", `"a"`),
		"a wide format":          fmt.Sprintf(api, `[format("%0999999999d", 1)]`),
		"a number of a gigabyte": fmt.Sprintf(api, `["${1e999999999}"]`),
		"a large replacement":    fmt.Sprintf(api, `[replace(replace(replace("aaaaaaaaaaaaaaaaaaaa", "a", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), "a", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), "a", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")]`),
		"nested for":             fmt.Sprintf(api, "[for a in range(9999) : [for b in range(9999) : [for c in range(9999) : c]]]"),
		"deep brackets":          deep("[", "", "]", 100_000),
		"deep parentheses":       deep("(", "1", ")", 100_000),
		"deep negation":          deep("!", "true", "", 100_000),
		"deep conditionals":      deep("true ? 1 : ", "1", "", 100_000),
		"a long sum":             deep("1 + ", "1", "", 100_000),
		"deep templates":         deep(`"${`, "1", `}"`, 100_000),
		"deep directives":        fmt.Sprintf(api, "<<EOT\n"+strings.Repeat("%{ if true }", 100_000)+"\nEOT\n"),
		"deep blocks":            strings.Repeat("a {\n", 100_000),
		"a module in itself":     "module \"a\" {\n  source = \"./\"\n  x = module.a.y\n}\noutput \"y\" {\n  value = module.a.y\n}\n" + fmt.Sprintf(api, "[module.a.y]"),
		"values in circles":      "locals {\n  a = [for x in local.b : x]\n  b = { for k, v in local.a : k => v }\n}\nvariable \"v\" {\n  default = [local.a]\n}\n" + fmt.Sprintf(api, "concat(local.a, var.v)"),
		"resources in circles":   "resource \"aws_apigatewayv2_api\" \"b\" {\n  for_each = aws_apigatewayv2_api.c\n  name = each.value.name\n}\nresource \"aws_apigatewayv2_api\" \"c\" {\n  for_each = aws_apigatewayv2_api.b\n  name = aws_apigatewayv2_api.b[each.key].name\n}\n",
		"aliases":                fmt.Sprintf(api, `yamldecode("a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]\nh: [*g,*g,*g,*g,*g,*g,*g,*g,*g]")`),
	}
}

// TestTerraformHostile: a module that was written to exhaust its reader costs
// no more than a large one. What it comes to does not matter.
func TestTerraformHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	for name, source := range hostileModules() {
		t.Run(name, func(t *testing.T) {
			done := make(chan struct{})
			go func() {
				defer close(done)
				fsys := fstest.MapFS{"main.tf": &fstest.MapFile{Data: []byte(source)}}
				if _, err := reader.Read(fsys, ".", reader.Options{}); err != nil {
					t.Error(err)
				}
			}()
			select {
			case <-done:
			case <-time.After(time.Minute):
				t.Fatal("it is still being read after a minute")
			}
		})
	}
}

// BenchmarkTerraform reads modules of a growing number of resources: the time
// for each stays the same.
func BenchmarkTerraform(b *testing.B) {
	source, err := os.ReadFile("testdata/terraform/mock-by-hand/api.tf")
	if err != nil {
		b.Fatal(err)
	}
	for _, n := range []int{1, 10, 100} {
		fsys := fstest.MapFS{}
		for i := range n {
			text := strings.NewReplacer(`"library"`, fmt.Sprintf("\"library%d\"", i), ".library.", fmt.Sprintf(".library%d.", i),
				`"book"`, fmt.Sprintf("\"book%d\"", i), ".book.", fmt.Sprintf(".book%d.", i),
				`"books"`, fmt.Sprintf("\"books%d\"", i), ".books.", fmt.Sprintf(".books%d.", i),
				`"preflight"`, fmt.Sprintf("\"preflight%d\"", i), ".preflight", fmt.Sprintf(".preflight%d", i),
				`"lend"`, fmt.Sprintf("\"lend%d\"", i), ".lend", fmt.Sprintf(".lend%d", i),
				`"readers"`, fmt.Sprintf("\"readers%d\"", i), ".readers.", fmt.Sprintf(".readers%d.", i)).Replace(string(source))
			fsys[fmt.Sprintf("api%d.tf", i)] = &fstest.MapFile{Data: []byte(text)}
		}
		b.Run(fmt.Sprintf("%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r, err := reader.Read(fsys, ".", reader.Options{})
				if err != nil || len(r.APIs) != n || len(r.APIs[0].Methods) != 2 {
					b.Fatal(err, len(r.APIs))
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/api")
		})
	}
}
