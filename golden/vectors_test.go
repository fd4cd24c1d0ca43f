package golden_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/golden/tools"
)

// The published vectors, and the URL that their requests go to.
const (
	vectorsFile    = "vectors/vectors.json"
	vectorsVersion = 1
	vectorsAPI     = "https://api.example.net"
)

// vectorTable is the file: see vectors/README.md.
type vectorTable struct {
	Version int `json:"version"`
	// Causes gives the clause behind each.
	Causes   map[cors.Cause]string     `json:"causes"`
	Policies map[string]map[string]any `json:"policies"`
	Vectors  []vector                  `json:"vectors"`
}

// vector is a fetch by a page, what a server answers, and what a browser makes
// of that.
type vector struct {
	// About says what an answer that no policy gives is about, Policy whose
	// answers they are.
	About     string           `json:"about,omitempty"`
	Policy    string           `json:"policy,omitempty"`
	Request   vectorRequest    `json:"request"`
	Failure   string           `json:"failure,omitempty"`
	Preflight *vectorPreflight `json:"preflight,omitempty"`
	Actual    *vectorAnswer    `json:"actual,omitempty"`
	Verdict   vectorVerdict    `json:"verdict"`
	Cause     cors.Cause       `json:"cause"`
	Steps     []cors.Cause     `json:"steps"`
	Readable  []string         `json:"readable,omitempty"`
}

type vectorRequest struct {
	Origin      string               `json:"origin"`
	Method      string               `json:"method"`
	URL         string               `json:"url"`
	Headers     [][2]string          `json:"headers,omitempty"`
	Credentials cors.CredentialsMode `json:"credentials"`
}

// vectorPreflight is what a preflight asks for, and its answer.
type vectorPreflight struct {
	RequestMethod  string `json:"requestMethod"`
	RequestHeaders string `json:"requestHeaders,omitempty"`
	vectorAnswer
}

type vectorAnswer struct {
	// Status 0 is a connection that breaks.
	Status  int         `json:"status"`
	Headers [][2]string `json:"headers,omitempty"`
}

// vectorVerdict is what the page gets to see in the end.
type vectorVerdict string

const (
	verdictAllowed    vectorVerdict = "allowed"
	verdictRefused    vectorVerdict = "refused"
	verdictRedirected vectorVerdict = "redirected"
)

func (v vector) String() string {
	return fmt.Sprintf("%s%s: %s %s from %s, credentials %s, %q, %s", v.Policy, v.About,
		v.Request.Method, v.Request.URL, v.Request.Origin, v.Request.Credentials, v.Request.Headers, v.Failure)
}

// request is the fetch in the words of the Fetch standard.
func (v vector) request() cors.Request {
	return cors.Request{
		Origin: v.Request.Origin, Method: v.Request.Method, URL: v.Request.URL,
		Headers: headerList(v.Request.Headers), Credentials: v.Request.Credentials,
	}
}

func (a vectorAnswer) response() cors.Response {
	return cors.Response{Status: a.Status, Headers: headerList(a.Headers)}
}

func headerList(pairs [][2]string) (out cors.HeaderList) {
	for _, p := range pairs {
		out = append(out, cors.Header{Name: p[0], Value: p[1]})
	}
	return out
}

func headerPairs(list cors.HeaderList) (out [][2]string) {
	for _, h := range list {
		out = append(out, [2]string{h.Name, h.Value})
	}
	return out
}

// newVector is the record of a fetch.
func newVector(r cors.Request, trace cors.Trace) vector {
	v := vector{
		Request:  vectorRequest{r.Origin, r.Method, r.URL, headerPairs(r.Headers), r.Credentials},
		Verdict:  verdictAllowed,
		Readable: trace.Readable,
	}
	if x := trace.Preflight; x != nil {
		method, _ := x.Request.Headers.Get(cors.HeaderRequestMethod)
		names, _ := x.Request.Headers.Get(cors.HeaderRequestHeaders)
		v.Preflight = &vectorPreflight{method, names, vectorAnswer{x.Response.Status, headerPairs(x.Response.Headers)}}
	}
	if x := trace.Actual; x != nil {
		v.Actual = &vectorAnswer{x.Response.Status, headerPairs(x.Response.Headers)}
	}
	var decided cors.Step
	for _, s := range trace.Steps {
		v.Steps = append(v.Steps, s.Cause)
		if s.Decision != cors.Noted || s.Cause == cors.SameOrigin {
			decided = s
		}
	}
	v.Cause = decided.Cause
	switch {
	case !trace.Allowed():
		v.Verdict = verdictRefused
	case slices.Contains(v.Steps, cors.Redirect):
		v.Verdict = verdictRedirected
	}
	return v
}

// vectorsOf are the fetches that the browser tests make from a case's API: every
// one, or one of those that go the same way.
func (c goldenCase) vectorsOf(t testing.TB, every bool) (out []vector) {
	t.Helper()
	api := c.api(t)
	seen := map[string]bool{}
	for _, cell := range cells(target{name: c.name, url: vectorsAPI, model: model{api: api, deployment: api.Deploy()}}) {
		v := newVector(cell.request, cell.target.model.fetch(cell))
		v.Policy, v.Failure = c.name, cell.failure
		way := fmt.Sprint(v.Steps, v.Failure)
		if every || !seen[way] {
			seen[way] = true
			out = append(out, v)
		}
	}
	return out
}

// newVectorTable makes the table of the cases, and of the answers that no
// policy gives.
func newVectorTable(t testing.TB) vectorTable {
	t.Helper()
	table := vectorTable{Version: vectorsVersion, Causes: map[cors.Cause]string{}, Policies: map[string]map[string]any{}}
	for _, cause := range causes(t) {
		table.Causes[cause] = cors.Step{Cause: cause}.Spec()
	}
	for _, c := range cases(t) {
		table.Policies[c.name] = c.keys(t)
		table.Vectors = append(table.Vectors, c.vectorsOf(t, false)...)
	}
	for _, a := range givenAnswers() {
		trace := cors.Fetch(a.request, func(sent cors.Request) cors.Response {
			if _, ok := cors.ReadPreflight(sent); ok {
				return a.preflight
			}
			return a.actual
		})
		v := newVector(a.request, trace)
		v.About = a.about
		table.Vectors = append(table.Vectors, v)
	}
	return table
}

// encode writes one thing a line, so that a difference reads as one.
func (table vectorTable) encode(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	line := func(v any, end string) {
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(v); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "%s%s", bytes.TrimSpace(b.Bytes()), end)
	}
	end := func(i, n int) string {
		if i == n-1 {
			return "\n"
		}
		return ",\n"
	}
	fmt.Fprintf(&out, "{\n\"version\": %d,\n\"causes\": {\n", table.Version)
	for i, cause := range slices.Sorted(maps.Keys(table.Causes)) {
		line(cause, ": ")
		line(table.Causes[cause], end(i, len(table.Causes)))
	}
	fmt.Fprint(&out, "},\n\"policies\": {\n")
	for i, name := range slices.Sorted(maps.Keys(table.Policies)) {
		line(name, ": ")
		line(table.Policies[name], end(i, len(table.Policies)))
	}
	fmt.Fprint(&out, "},\n\"vectors\": [\n")
	for i, v := range table.Vectors {
		line(v, end(i, len(table.Vectors)))
	}
	fmt.Fprint(&out, "]\n}\n")
	return out.Bytes()
}

// readVectors is the table as it is published.
func readVectors(t testing.TB) vectorTable {
	t.Helper()
	return tools.Decode[vectorTable](t, tools.ReadFile(t, vectorsFile))
}
