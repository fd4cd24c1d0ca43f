package probe

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	rscors "github.com/rs/cors"

	"apigw-cors/cmd/check"
	"apigw-cors/cmd/report"
	"apigw-cors/generator/cors"
)

// TestMatrixAgainstRSCORS: a server that nobody here wrote, configured to say
// what a policy says, says it; with one option otherwise it does not.
func TestMatrixAgainstRSCORS(t *testing.T) {
	several := rscors.Options{
		AllowedOrigins: []string{page, "https://*.staging.example.com"}, AllowedMethods: []string{"GET", "PUT", "DELETE"},
		AllowedHeaders: []string{"Content-Type"}, ExposedHeaders: []string{"ETag", "X-Total-Count"}, MaxAge: 600,
	}
	with := func(change func(*rscors.Options)) rscors.Options {
		o := several
		change(&o)
		return o
	}
	cookies := strings.Replace(severalOrigins, "{api", "{allowCredentials: true, api", 1)
	for _, tt := range []struct {
		desc, policy string
		options      rscors.Options
		want         []check.Code
	}{
		{"several origins", severalOrigins, several, nil},
		{"cookies", cookies, with(func(o *rscors.Options) { o.AllowCredentials = true }), nil},
		{"every origin", `{api: rest, allowOrigins: ["*"], allowMethods: [GET, PUT]}`, rscors.Options{AllowedMethods: []string{"GET", "PUT"}, AllowedHeaders: []string{"*"}}, nil},
		{"cookies that the policy says nothing of", severalOrigins, with(func(o *rscors.Options) { o.AllowCredentials = true }), []check.Code{check.CodeCredentials}},
		{"no cookies", cookies, several, []check.Code{check.CodeRefused}},
		{"every origin, where some are to be", severalOrigins, with(func(o *rscors.Options) { o.AllowedOrigins = nil }), []check.Code{check.CodeAllowed}},
		{"every origin, given back", severalOrigins, with(func(o *rscors.Options) { o.AllowOriginFunc = func(string) bool { return true } }), []check.Code{check.CodeReflected}},
		{"every subdomain", severalOrigins, with(func(o *rscors.Options) { o.AllowedOrigins = []string{"https://*.example.com"} }), []check.Code{check.CodeReflected}},
		{"a method that is missing", severalOrigins, with(func(o *rscors.Options) { o.AllowedMethods = []string{"GET", "PUT"} }), []check.Code{check.CodeRefused}},
		{"a header that is missing", severalOrigins, with(func(o *rscors.Options) { o.AllowedHeaders = []string{"X-A"} }), []check.Code{check.CodeRefused}},
		{"nothing exposed", severalOrigins, with(func(o *rscors.Options) { o.ExposedHeaders = nil }), []check.Code{check.CodeUnexposed}},
		{"another time", severalOrigins, with(func(o *rscors.Options) { o.MaxAge = 5 }), []check.Code{check.CodeMaxAge}},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			server := httptest.NewServer(rscors.New(tt.options).Handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})))
			defer server.Close()
			p, err := Matrix(t.Context(), MatrixConfig{URL: server.URL, API: apiOf(t, tt.policy), MaxRequests: 1000, Concurrency: 4, Connection: Connection{Timeout: 20 * time.Second}})
			if err != nil {
				t.Fatal(err)
			}
			var got []check.Code
			for _, g := range p.Groups() {
				if !slices.Contains(got, g.Code) {
					got = append(got, g.Code)
				}
			}
			if !slices.Equal(got, tt.want) {
				var b strings.Builder
				p.WriteDifferences(&b, report.Painter{})
				t.Errorf("found %q, want %q:\n%s", got, tt.want, b.String())
			}
		})
	}
}

// TestVectorsGiven: probe comes to the verdicts of the vectors whose answers no
// policy gives, most of them faulty, over the wire. Pages in three real engines
// come to the same, from the same file.
func TestVectorsGiven(t *testing.T) {
	type answer struct {
		Status  int
		Headers [][2]string
	}
	type vector struct {
		Policy, Verdict, About string
		Request                struct {
			Origin, Method, URL string
			Headers             [][2]string
			Credentials         cors.CredentialsMode
		}
		Steps             []cors.Cause
		Preflight, Actual *answer
	}
	var table struct{ Vectors []vector }
	text, err := os.ReadFile("../../golden/vectors/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &table); err != nil {
		t.Fatal(err)
	}
	const parameter = "vector"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n, _ := strconv.Atoi(r.URL.Query().Get(parameter))
		a := table.Vectors[n].Actual
		if r.Method == "OPTIONS" && r.Header.Get(cors.HeaderRequestMethod) != "" {
			a = table.Vectors[n].Preflight
		}
		if a == nil || a.Status == 0 {
			panic(http.ErrAbortHandler)
		}
		for _, h := range a.Headers {
			w.Header().Add(h[0], h[1])
		}
		w.WriteHeader(a.Status)
	}))
	defer server.Close()
	asker := dialling(t, "http://"+vectorsHost, server.Listener.Addr())
	causes, asked := map[cors.Cause]bool{}, 0
	var all sync.WaitGroup
	room := make(chan struct{}, 8)
	for n, v := range table.Vectors {
		// A request that is broken off is no answer to probe.
		broken := v.Preflight != nil && v.Preflight.Status == 0 || v.Actual != nil && v.Actual.Status == 0
		if v.Policy != "" || broken || strings.HasSuffix(v.Request.Origin, "://"+vectorsHost) {
			continue
		}
		path, ok := strings.CutPrefix(v.Request.URL, "https://"+vectorsHost)
		if !ok || strings.Contains(path, "?") {
			continue
		}
		asked++
		for _, c := range v.Steps {
			causes[c] = true
		}
		f := check.Fetch{Request: cors.Request{Origin: v.Request.Origin, Method: v.Request.Method, URL: fmt.Sprintf("%s?%s=%d", path, parameter, n), Credentials: v.Request.Credentials}}
		for _, h := range v.Request.Headers {
			f.Headers = append(f.Headers, cors.Header{Name: h[0], Value: h[1]})
		}
		room <- struct{}{}
		all.Go(func() {
			defer func() { <-room }()
			got := asker.Ask(t.Context(), f)
			var steps []cors.Cause
			for _, s := range got.Steps {
				steps = append(steps, s.Cause)
			}
			want := v.Verdict
			if want == "redirected" {
				want = string(check.Allowed)
			}
			if string(got.Verdict) != want || !slices.Equal(steps, v.Steps) {
				t.Errorf("%s: %s %v %v; want %s %v", v.About, got.Verdict, got.Err, steps, v.Verdict, v.Steps)
			}
		})
	}
	all.Wait()
	if asked < 150 || len(causes) < 45 {
		t.Errorf("%d vectors with %d causes", asked, len(causes))
	}
	t.Logf("%d vectors with %d causes", asked, len(causes))
}
