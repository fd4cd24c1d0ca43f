package reader

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// TestCostIsBounded reads files made to cost much: what is beyond the limits is
// a fault or unknown, and the rest is read.
func TestCostIsBounded(t *testing.T) {
	doubling := "Resources:\n  Api: { Type: AWS::ApiGateway::RestApi }\n  G:\n    Type: AWS::ApiGateway::GatewayResponse\n    Properties:\n      RestApiId: !Ref Api\n      ResponseType: X\n      ResponseParameters:\n        gatewayresponse.header.A: "
	sub := "x"
	for range 60 {
		sub = `!Sub ["${a}${a}", {a: ` + sub + `}]`
	}
	conditions := "Conditions:\n  C0: !Equals [!Ref AWS::Region, x]\n"
	for i := range 150 {
		conditions += fmt.Sprintf("  C%d: !And [!Condition C%d, !Condition C%d]\n", i+1, i, i)
	}
	shared := "Body: &body\n  swagger: '2.0'\n  paths:\n"
	shared += numbered(2000, "    /p%d: { get: { x-amazon-apigateway-integration: { type: mock } } }\n") + "Resources:\n" +
		numbered(300, "  A%d: { Type: AWS::Serverless::Api, Properties: { Cors: x, DefinitionBody: *body } }\n")
	many := "Resources:\n" + numbered(maxResources+1, "  A%d: { Type: AWS::ApiGateway::RestApi }\n")
	references := "swagger: '2.0'\nx-amazon-apigateway-request-validators: {}\nresponses:\n  many:\n    headers:\n"
	references += numbered(1000, "      H%d: {}\n") + "paths:\n" + numbered(10000, "  /p%d: { get: { responses: { 200: { $ref: '#/responses/many' } } } }\n")
	variables := "service: x\nprovider: { name: aws }\ncustom:\n  v0: x\n"
	for i := range 30 {
		variables += fmt.Sprintf("  v%d: ['${self:custom.v%d}', '${self:custom.v%d}']\n", i+1, i, i)
	}
	variables += "functions: { f: { events: [{ http: { path: a, method: get, cors: { origins: '${self:custom.v30}' } } }] } }\n"
	for _, c := range []struct{ desc, src, want string }{
		{"texts that double", doubling + sub + "\n", "it is longer than 1 MiB"},
		{"conditions that double", conditions + "Resources:\n  Api: { Type: AWS::ApiGateway::RestApi, Condition: C150 }\n", "when C150 is true"},
		{"a condition of itself", "Conditions: { C: !Not [!Condition C] }\nResources:\n  Api: { Type: AWS::ApiGateway::RestApi, Condition: C }\n", "rest API Api"},
		{"a body for hundreds of APIs", shared, "more than 262144 values"},
		{"too many resources", many, "more than 1000 resources"},
		{"a response for thousands of paths", references, "there is too much in the file to look at"},
		{"variables that double", variables, "rest API ApiGatewayRestApi"},
	} {
		t.Run(c.desc, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			began := time.Now()
			got := dump(read(t, map[string]string{"f.yaml": c.src}, "f.yaml", Options{}))
			took := time.Since(began)
			runtime.ReadMemStats(&after)
			if all := strings.Join(got, "\n"); !strings.Contains(all, c.want) {
				t.Errorf("no %q in %.2000s", c.want, all)
			}
			t.Logf("%v, %d MiB allocated", took, (after.TotalAlloc-before.TotalAlloc)>>20)
		})
	}
}

// numbered are as many lines, each with its number.
func numbered(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// FuzzRead holds that reading ends without a panic, and that whatever a place
// names is in the file.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/*/*.yaml")
	if err != nil || len(files) == 0 {
		f.Fatal(err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(src))
	}
	for _, src := range []string{
		"service: x\nprovider: {name: aws, httpApi: {cors: true}}\nfunctions: {f: {events: [{http: 'GET a'}, {httpApi: '*'}]}}\n",
		`{"Resources": {"A": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Body": {"Fn::Transform": {"Name": "AWS::Include", "Parameters": {"Location": "f.yaml"}}}}}}}`,
		"openapi: 3.0.1\npaths: {/a: {$ref: '#/paths/~1a'}, /b: {get: {security: [{x: []}]}}}\n",
		"Resources: {A: {Type: AWS::Serverless::Api, Properties: {DefinitionUri: f.yaml, Cors: {AllowOrigin: !If [C, a]}}}}\n",
	} {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		fsys := fstest.MapFS{}
		for _, name := range []string{"f.yaml", "f.json"} {
			fsys[name] = &fstest.MapFile{Data: []byte(src)}
			began := time.Now()
			r, err := Read(fsys, name, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if took := time.Since(began); took > 10*time.Second {
				t.Fatalf("%v for %d bytes", took, len(src))
			}
			for _, api := range r.APIs {
				for _, m := range api.Methods {
					for _, p := range []struct {
						file       string
						start, end int
					}{
						{m.Place.File, m.Place.Start, m.Place.End}, {m.Path.Place.File, m.Path.Place.Start, m.Path.Place.End},
					} {
						if p.file == name && (p.start < 0 || p.end < p.start || p.end > len(src)) {
							t.Fatalf("%q: %s at %d to %d", src, m.Key(), p.start, p.end)
						}
					}
				}
			}
		}
	})
}

// BenchmarkRead reads templates of growing size: the rate in MB/s stays the
// same where reading is linear.
func BenchmarkRead(b *testing.B) {
	for _, paths := range []int{10, 100, 1000, 10000} {
		src := "Transform: AWS::Serverless-2016-10-31\nResources:\n  Api:\n    Type: AWS::Serverless::Api\n    Properties:\n      StageName: prod\n      Cors: \"'*'\"\n" +
			"  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Events:\n"
		src += numbered(paths, "        E%[1]d: { Type: Api, Properties: { RestApiId: !Ref Api, Path: /p%[1]d, Method: get } }\n")
		b.Run(fmt.Sprintf("%d paths", paths), func(b *testing.B) {
			fsys := fstest.MapFS{"t.yaml": {Data: []byte(src)}}
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				if r, err := Read(fsys, "t.yaml", Options{}); err != nil || len(r.APIs) != 1 {
					b.Fatal(err, r.Faults)
				}
			}
		})
	}
}
