package golden_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"apigw-cors/golden/emulator"
	"apigw-cors/golden/tools"
)

// TestSeenInSamples reads what each tool made of one REST API and one HTTP API
// and expects the same of all. The samples are the tools' own output, cut down
// to what API Gateway is told; only the binary media types of the last two
// were put back, which moto loses. Which payload format a function gets is none
// of it.
func TestSeenInSamples(t *testing.T) {
	const rest, http = "rest", "http"
	plane := replay(t, "controlplane.json")
	for tool, apis := range map[string]map[string]*emulator.API{
		"CloudFormation": byKind(readAll(t, sampleBytes(t, "cloudformation.json"))),
		"SAM":            byKind(readAll(t, sampleBytes(t, "sam.json"))),
		"CDK":            byKind(readAll(t, sampleBytes(t, "cdk.json"))),

		"CloudFormation, second reading": byKind(seenInTemplate(t, sampleBytes(t, "cloudformation.json"))),
		"SAM, second reading":            byKind(seenInTemplate(t, sampleBytes(t, "sam.json"))),
		"CDK, second reading":            byKind(seenInTemplate(t, sampleBytes(t, "cdk.json"))),
		"control plane":                  {rest: seenREST(t, plane, "rest"), http: seenHTTP(t, plane, "http")},
	} {
		for _, kind := range []string{rest, http} {
			t.Run(tool+" "+kind, func(t *testing.T) {
				api, ok := apis[kind]
				if !ok {
					t.Fatal("no such API")
				}
				got := strings.Join(api.Lines(), "\n") + "\n"
				if want := string(sampleBytes(t, kind+".txt")); got != want {
					t.Errorf("got:\n%s\nwant:\n%s", got, want)
				}
			})
		}
	}
}

// byKind names the APIs for what they are.
func byKind(apis map[string]*emulator.API) map[string]*emulator.API {
	out := map[string]*emulator.API{}
	for _, api := range apis {
		if len(api.Routes) > 0 {
			out["http"] = api
		} else {
			out["rest"] = api
		}
	}
	return out
}

// replay is a control plane that answers from a sample.
func replay(t *testing.T, name string) tools.ControlPlane {
	t.Helper()
	var answers map[string]json.RawMessage
	sample(t, name, &answers)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer, ok := answers[r.URL.RequestURI()]
		if !ok {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write(answer)
	}))
	t.Cleanup(server.Close)
	return tools.ControlPlane{URL: server.URL}
}

func sample(t *testing.T, name string, v any) {
	t.Helper()
	if err := json.Unmarshal(sampleBytes(t, name), v); err != nil {
		t.Fatal(err)
	}
}

func sampleBytes(t *testing.T, name string) []byte {
	t.Helper()
	return tools.ReadFile(t, filepath.Join("testdata", "samples", name))
}

// TestDifference sees a changed header, and a key that lacks its prefix.
func TestDifference(t *testing.T) {
	read := func(from, to string) *emulator.API {
		template := strings.Replace(string(sampleBytes(t, "cloudformation.json")), from, to, 1)
		return byKind(readAll(t, []byte(template)))["rest"]
	}
	same := read("", "")
	if d := emulator.Difference(same, read("", "")); d != "" {
		t.Errorf("a difference from itself:\n%s", d)
	}
	for _, change := range [][2]string{
		{`"'GET'"`, `"'GET,PUT'"`},
		{`"'Origin'"`, `"Origin"`},
		{`"gatewayresponse.header.Vary"`, `"method.response.header.Vary"`},
		{`"NONE"`, `"AWS_IAM"`},
		{`"CONVERT_TO_TEXT"`, `"CONVERT_TO_BINARY"`},
		{`a.example`, `b.example`},
	} {
		if emulator.Difference(same, read(change[0], change[1])) == "" {
			t.Errorf("%s for %s makes no difference", change[1], change[0])
		}
	}
}
