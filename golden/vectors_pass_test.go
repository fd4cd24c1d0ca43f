package golden_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
	"apigw-cors/golden/emulator"
	"apigw-cors/golden/tools"
)

// TestVectorsExplain gives every vector of a policy to "apigw-cors explain",
// which knows nothing of a backend that fails.
func TestVectorsExplain(t *testing.T) {
	t.Parallel()
	table := readVectors(t)
	told := 0
	for _, v := range table.Vectors {
		if v.Policy == "" || v.Failure == emulator.FunctionFailure {
			continue
		}
		if d, ok := v.differsFromExplained(explained(t, table.Policies[v.Policy], v)); d != "" {
			t.Errorf("%s: explain says %s", v, d)
		} else if ok {
			told++
		}
	}
	// The rest fail in a way that their API does not have.
	if told < 900 {
		t.Errorf("explain tells of %d vectors", told)
	}
}

// explanation is what the JSON of explain says that a vector says, too.
type explanation struct {
	Allowed bool
	Cause   cors.Cause
	Steps   []struct{ Cause cors.Cause }
	// Preflight and Actual are the answers.
	Preflight, Actual *struct {
		Status  int
		Headers []cors.Header
	}
	Failures []struct {
		Failure  string
		Readable bool
	}
}

func explained(t *testing.T, policy map[string]any, v vector) explanation {
	t.Helper()
	// cors.yaml may be JSON.
	document, err := json.Marshal(policy)
	if err != nil {
		t.Fatal(err)
	}
	path, ok := strings.CutPrefix(v.Request.URL, vectorsAPI)
	if !ok {
		t.Fatalf("%s: not of the API", v)
	}
	arguments := []string{
		"explain", "--json", "--file", "-", "--endpoint", vectorsAPI, "--path", path,
		"--origin", v.Request.Origin, "--method", v.Request.Method, "--credentials", string(v.Request.Credentials),
	}
	for _, h := range v.Request.Headers {
		arguments = append(arguments, "--header", h[0]+"="+h[1])
	}
	stdout := command(t, string(document), arguments, 5)
	all := tools.Decode[struct{ APIs []explanation }](t, []byte(stdout)).APIs
	if len(all) != 1 {
		t.Fatalf("%s: %d explanations", v, len(all))
	}
	return all[0]
}

// differsFromExplained compares a vector with what explain says, and reports
// whether explain says anything of it: a failure is told of for itself.
func (v vector) differsFromExplained(e explanation) (difference string, told bool) {
	if v.Preflight != nil {
		if e.Preflight == nil {
			return "that no preflight is sent", true
		}
		if d := v.Preflight.differs(e.Preflight.Status, e.Preflight.Headers); d != "" {
			return "of the preflight: " + d, true
		}
	}
	if v.Failure != "" && v.Actual != nil {
		for _, f := range e.Failures {
			if f.Failure == v.Failure {
				if f.Readable != (v.Verdict == verdictAllowed) {
					return fmt.Sprintf("that the page can read the failure: %t", f.Readable), true
				}
				return "", true
			}
		}
		return "", false
	}
	var steps []cors.Cause
	for _, s := range e.Steps {
		// The rendered function sends fewer headers than the vectors' backend.
		steps = append(steps, s.Cause)
	}
	switch {
	case e.Allowed != (v.Verdict == verdictAllowed):
		return fmt.Sprintf("allowed: %t", e.Allowed), true
	case !e.Allowed && e.Cause != v.Cause:
		return string(e.Cause), true
	case !slices.Equal(steps, v.Steps):
		return fmt.Sprint(steps), true
	case (e.Actual != nil) != (v.Actual != nil):
		return "otherwise whether the request is sent", true
	case e.Actual != nil:
		return v.Actual.differs(e.Actual.Status, e.Actual.Headers), true
	}
	return "", true
}

// differs compares an answer where CORS is concerned.
func (a vectorAnswer) differs(status int, headers []cors.Header) string {
	if status != a.Status {
		return fmt.Sprintf("status %d, not %d", status, a.Status)
	}
	want, got := corsHeaders(headerList(a.Headers)), corsHeaders(headers)
	if !maps.Equal(want, got) {
		return fmt.Sprintf("%v, not %v", got, want)
	}
	return ""
}

// corsHeaders are those of CORS, and Vary.
func corsHeaders(list cors.HeaderList) map[string]string {
	out := map[string]string{}
	for _, h := range list {
		if name := strings.ToLower(h.Name); name == "vary" || strings.HasPrefix(name, "access-control-") {
			out[name], _ = list.Get(name)
		}
	}
	return out
}

// TestVectorsServe sends every vector of a policy to "apigw-cors serve".
func TestVectorsServe(t *testing.T) {
	t.Parallel()
	command := buildCommand(t)
	testVectorsServer(t, func(c goldenCase) string {
		backend := httptest.NewServer(ownBackend(c.api(t)))
		t.Cleanup(backend.Close)
		return c.serve(t, command, backend.URL)
	}, func(v vector, r *http.Request) {
		if h, ok := (model{served: true}).failHeader(v.Failure); ok {
			r.Header.Set(h.Name, h.Value)
		}
	})
}

// TestVectorsEmulator sends them to the tests' own second opinion, with the
// rendered function behind it.
func TestVectorsEmulator(t *testing.T) {
	t.Parallel()
	r := startRuntimes(t)
	testVectorsServer(t, func(c goldenCase) string {
		api := c.api(t)
		server := httptest.NewServer(emulator.Deploy(t, want(api), identityOf(api.Facts()), functionNodeJS(t, r, c, product{}), r.engine))
		t.Cleanup(server.Close)
		return server.URL
	}, func(v vector, r *http.Request) {})
}

// ownBackend is the backend that the vectors speak of.
func ownBackend(api gateway.API) http.Handler {
	d := api.Deploy()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		response := d.Lambda(gateway.Request{Method: r.Method, Path: r.URL.EscapedPath(), Header: r.Header.Get})
		for name, value := range emulator.FunctionHeaders() {
			w.Header().Set(name, value)
		}
		for _, h := range response.Headers {
			w.Header().Set(h.Name, h.Value)
		}
		if r.URL.Query().Get(emulator.FailureParameter) == emulator.FunctionFailure && r.Header.Get(cors.HeaderRequestMethod) == "" {
			response.Status = http.StatusInternalServerError
		}
		w.WriteHeader(response.Status)
	})
}

// testVectorsServer sends the vectors' requests to a server for each policy and
// compares the answers. prepare adds to the actual request what makes it fail.
func testVectorsServer(t *testing.T, start func(goldenCase) string, prepare func(vector, *http.Request)) {
	servers := map[string]string{}
	for _, c := range cases(t) {
		servers[c.name] = start(c)
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	send := func(v vector, method string, headers [][2]string, wanted vectorAnswer, prepare func(vector, *http.Request)) {
		address := servers[v.Policy] + strings.TrimPrefix(v.Request.URL, vectorsAPI)
		if v.Failure != "" {
			address += "?" + url.Values{emulator.FailureParameter: {v.Failure}}.Encode()
		}
		r, err := http.NewRequestWithContext(t.Context(), method, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set(cors.HeaderOrigin, v.Request.Origin)
		for _, h := range headers {
			r.Header.Set(h[0], h[1])
		}
		prepare(v, r)
		response, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		var got cors.HeaderList
		for name, values := range response.Header {
			for _, value := range values {
				got = append(got, cors.Header{Name: name, Value: value})
			}
		}
		if d := wanted.differs(response.StatusCode, got); d != "" {
			t.Errorf("%s: the answer to %s: %s", v, method, d)
		}
	}
	for _, v := range readVectors(t).Vectors {
		if v.Policy == "" {
			continue
		}
		if p := v.Preflight; p != nil {
			asked := [][2]string{{cors.HeaderRequestMethod, p.RequestMethod}}
			if p.RequestHeaders != "" {
				asked = append(asked, [2]string{cors.HeaderRequestHeaders, p.RequestHeaders})
			}
			send(v, http.MethodOptions, asked, p.vectorAnswer, func(vector, *http.Request) {})
		}
		if v.Actual != nil {
			send(v, v.Request.Method, v.Request.Headers, *v.Actual, prepare)
		}
	}
}
