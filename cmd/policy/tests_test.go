package policy

import (
	"reflect"
	"strings"
	"testing"

	"apigw-cors/cmd/report"
	"apigw-cors/generator/gateway"
)

const policyWithTests = `api: rest
allowOrigins: [https://app.example.com]
allowMethods: [GET]
tests:
`

func readOne(t *testing.T, text string) Source {
	t.Helper()
	s, err := newDocuments("cors.yaml", strings.NewReader(text)).next()
	if err != nil {
		t.Fatal(err)
	}
	return s.shared
}

func TestTests(t *testing.T) {
	s := readOne(t, policyWithTests+`  - origin: https://app.example.com
    want: allowed
  - description: nobody else
    origin: "null"
    method: PATCH
    path: /orders/1?x=1
    headers: [Content-Type=application/json, X-A=b]
    credentials: include
    want: refused
    cause: method-not-allowed
    status: 204
`)
	if len(s.Faults) > 0 {
		t.Fatal(s.Faults)
	}
	want := []Test{
		{Origin: "https://app.example.com", Method: "GET", Path: "/", Credentials: "same-origin", Want: TestAllowed, Place: report.Place{File: "cors.yaml", Line: 5, Column: 5, Path: "tests[0]"}},
		{
			Description: "nobody else", Origin: "null", Method: "PATCH", Path: "/orders/1?x=1", Headers: []string{"Content-Type=application/json", "X-A=b"},
			Credentials: "include", Want: TestRefused, Cause: "method-not-allowed", Status: "204",
			Place: report.Place{File: "cors.yaml", Line: 7, Column: 5, Path: "tests[1]"},
		},
	}
	if !reflect.DeepEqual(s.Tests, want) {
		t.Errorf("read %+v\nwant %+v", s.Tests, want)
	}
	// What is saved reads back.
	api, _, err := gateway.Parse(s.Config)
	if err != nil {
		t.Fatal(err)
	}
	text, err := Encode(api, nil, s.Tests...)
	if err != nil {
		t.Fatal(err)
	}
	again := readOne(t, string(text))
	for _, tests := range [][]Test{want, again.Tests} {
		for i := range tests {
			tests[i].Place = report.Place{}
		}
	}
	if len(again.Faults) > 0 || !reflect.DeepEqual(again.Tests, want) {
		t.Errorf("saved as\n%s%v", text, again.Faults)
	}
}

func TestTestsAtFault(t *testing.T) {
	for _, tt := range []struct {
		desc, tests string
		// want are the places and details of the faults.
		want []string
	}{
		{"no list", "  origin: x\n", []string{"cors.yaml:5:3: tests: not a list of {description, origin, method, path, headers, credentials, want, cause, status} but a mapping"}},
		{"an empty list", "  []\n", []string{"cors.yaml:5:3: tests: an empty list"}},
		{"a text", "  - everything works\n", []string{`cors.yaml:5:5: tests[0]: not a mapping`}},
		{"nothing wanted", "  - origin: https://a.example\n", []string{"cors.yaml:5:5: tests[0]: the key want is missing"}},
		{"nothing said", "  - description: x\n", []string{"cors.yaml:5:5: tests[0]: the key origin is missing", "cors.yaml:5:5: tests[0]: the key want is missing"}},
		{"an unknown key", "  - {origin: https://a.example, want: allowed, methd: GET}\n", []string{"cors.yaml:5:48: tests[0].methd: unknown key"}},
		{"a key twice", "  - {origin: https://a.example, want: allowed, want: refused}\n", []string{"cors.yaml:5:48: tests[0].want: given twice, first at cors.yaml:5:33"}},
		{"headers as a mapping", "  - {origin: https://a.example, want: allowed, headers: {Authorization: x}}\n", []string{"cors.yaml:5:57: tests[0].headers: not a list but a mapping"}},
		{"values that are none", `  - origin: https://A.example/
    want: maybe
    path: orders/{id}
    status: 99
    cause: allow-origin-missin
    credentials: yes
    headers: [nothing]
`, []string{
			"cors.yaml:5:13: tests[0].origin: an origin is compared byte by byte, and this is not its serialised form",
			"cors.yaml:6:11: tests[0].want: not one of the values of want",
			"cors.yaml:7:11: tests[0].path: a path starts with a slash",
			"cors.yaml:8:13: tests[0].status: not a status from 200 to 599",
			"cors.yaml:9:12: tests[0].cause: not one of the values of cause",
			"cors.yaml:10:18: tests[0].credentials: not one of the values of credentials",
			"cors.yaml:11:14: tests[0].headers[0]: not NAME=VALUE",
		}},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			var got []string
			for _, f := range readOne(t, policyWithTests+tt.tests).Faults {
				got = append(got, f.Place.String()+": "+f.Detail)
				if f.Hint == "" {
					t.Errorf("%s: no hint", f.Detail)
				}
			}
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
}
