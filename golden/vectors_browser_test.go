package golden_test

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"apigw-cors/generator/cors"
	"apigw-cors/golden/browser"
	"apigw-cors/golden/faults"
)

// Each engine makes so many fetches at least: the vectors, and of the cells of
// the browser test one in seven, which takes both credentials modes in turn.
const (
	minVectorFetches = 2000
	cellStride       = 7
)

// shows is how a departure of an engine shows in what is compared: see
// [vector.differsFromSeen]. What caches keep for how long is not measured.
func shows(d cors.Departure) string {
	return map[cors.Cause]string{
		cors.AuthorizationNotAny: "the browser allows it",
		cors.UnsafeTotalLength:   "the browser sends 0 preflights",
	}[d.Cause]
}

// TestVectorsBrowsers lets pages in each engine make the fetches of the vectors,
// and of cells of the cases besides, from a server that gives the vectors'
// answers, whatever it is asked. That servers give these answers is for
// [TestVectorsServe] and [TestVectorsEmulator] to say.
func TestVectorsBrowsers(t *testing.T) {
	if testing.Short() {
		t.Skip("real tools are left out of -short")
	}
	t.Parallel()
	vectors := readVectors(t).Vectors
	for _, c := range cases(t) {
		for i, v := range c.vectorsOf(t, true) {
			if i%cellStride == 0 {
				vectors = append(vectors, v)
			}
		}
	}
	for _, f := range faults.All() {
		vectors = append(vectors, faultVector(t, f))
	}
	if len(vectors) < minVectorFetches {
		t.Fatalf("%d fetches", len(vectors))
	}
	told := newRefusals(vectors)
	for _, engine := range browser.Engines() {
		t.Run(engine.Name, func(t *testing.T) {
			began := time.Now()
			site := browser.NewSite(t)
			wire := &wireRecord{sent: map[int][]sentRequest{}}
			site.DeployAt(strings.TrimPrefix(vectorsAPI, "https://"), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				n, _ := browser.Cell(r.URL)
				wire.add(n, r)
				vectors[n%len(vectors)].answer(w, r)
			}))
			deployBarred(site)
			b := engine.Start(t, site)
			departed := testVectorsBrowser(t, engine, b, site, vectors)
			var counts []string
			for _, why := range slices.Sorted(maps.Keys(departed)) {
				counts = append(counts, fmt.Sprintf("%d where it %s", departed[why], why))
			}
			fmt.Printf("golden: %d cells in %s, but for %s, in %s\n", len(vectors), engine.Name, strings.Join(counts, ", "), time.Since(began).Round(time.Second/10))
			for _, d := range cors.Departures() {
				if string(d.Engine) == engine.Name && shows(d) != "" && departed[d.Does] == 0 {
					t.Errorf("%s follows the standard now: %s, %q", engine.Name, d.Cause, d.Does)
				}
			}
			if engine.Name == "Chromium" {
				wire.compare(t, vectors)
			}
			told.listen(t, engine.Name, b, vectors)
			testBarriers(t, engine.Name, b, site, 3*len(vectors))
		})
	}
	told.compare(t)
}

// faultVector is the fetch with which probe is held against a faulty deployment,
// so that pages in a browser come to the same.
func faultVector(t *testing.T, f faults.Fault) vector {
	t.Helper()
	respond := func(a faults.Answer) cors.Response {
		r := cors.Response{Status: a.Status}
		for _, name := range slices.Sorted(maps.Keys(a.Headers)) {
			r.Headers = append(r.Headers, cors.Header{Name: name, Value: a.Headers[name]})
		}
		return r
	}
	request := cors.Request{
		Origin: faults.Page, Method: "PUT", URL: vectorsAPI + "/prod/orders", Credentials: cmp.Or(f.Credentials, cors.CredentialsSameOrigin),
		Headers: cors.HeaderList{{Name: "Authorization", Value: "secret"}},
	}
	v := newVector(request, cors.Fetch(request, func(sent cors.Request) cors.Response {
		if _, ok := cors.ReadPreflight(sent); ok {
			return respond(f.Deployment.Options)
		}
		return respond(f.Deployment.Actual)
	}))
	v.Policy = "a deployment: " + f.About
	if (v.Verdict == verdictRefused) != (f.Layer != "") {
		t.Errorf("%s: %s, and the layer to blame is %q", f.About, v.Verdict, f.Layer)
	}
	return v
}

// testVectorsBrowser counts the known departures by what the engine does, and
// complains of others.
func testVectorsBrowser(t *testing.T, engine browser.Engine, b browser.Browser, site *browser.Site, vectors []vector) map[string]int {
	departed := map[string]int{}
	var complaints []string
	var numbers []int
	for n := range vectors {
		numbers = append(numbers, n)
	}
	// A connection that breaks is no verdict, so what disagrees is asked once
	// more.
	for range 2 {
		var fetches []browser.Fetch
		for _, n := range numbers {
			fetches = append(fetches, vectors[n].browserFetch(n))
		}
		var again []int
		complaints = nil
		for i, saw := range b.Fetch(t, fetches) {
			n := numbers[i]
			difference := vectors[n].differsFromSeen(saw, site.Sent(n))
			if difference == "" {
				continue
			}
			if why := engineDoes(engine, vectors[n], difference); why != "" {
				departed[why]++
				continue
			}
			again = append(again, n)
			complaints = append(complaints, fmt.Sprintf("%s: %s comes to %s: %s", engine.Name, vectors[n], vectors[n].Cause, difference))
		}
		numbers = again
		site.Forget(numbers)
	}
	for _, c := range complaints {
		t.Error(c)
	}
	return departed
}

// engineDoes is what a known departure does, "" where none is known.
func engineDoes(engine browser.Engine, v vector, difference string) string {
	for _, d := range cors.Departures() {
		if string(d.Engine) == engine.Name && slices.Contains(v.Steps, d.Cause) && shows(d) != "" && strings.Contains(difference, shows(d)) {
			return d.Does
		}
	}
	return ""
}

// answer gives the vector's answer to either request.
func (v vector) answer(w http.ResponseWriter, r *http.Request) {
	answer := v.Actual
	if r.Method == http.MethodOptions && r.Header.Get(cors.HeaderRequestMethod) != "" {
		answer = nil
		if v.Preflight != nil {
			answer = &v.Preflight.vectorAnswer
		}
	}
	switch {
	case answer == nil:
		// The request should not be sent. Where it is, the page gets to see it.
		answer = &vectorAnswer{http.StatusOK, [][2]string{
			{cors.HeaderAllowOrigin, v.Request.Origin}, {cors.HeaderAllowCredentials, "true"},
		}}
	case answer.Status == 0:
		panic(http.ErrAbortHandler)
	}
	for _, h := range answer.Headers {
		w.Header().Add(h[0], h[1])
	}
	w.WriteHeader(answer.Status)
}

// browserFetch is the vector as a page calls it, numbered.
func (v vector) browserFetch(n int) browser.Fetch {
	f := browser.Fetch{
		Origin: v.Request.Origin, URL: fmt.Sprintf("%s?%s=%d", v.Request.URL, browser.CellParameter, n),
		Method: v.Request.Method, Headers: v.Request.Headers, Credentials: string(v.Request.Credentials),
	}
	if f.Headers == nil {
		f.Headers = [][2]string{}
	}
	return f
}

// differsFromSeen compares a vector with what the page saw, and with what was
// sent for it.
func (v vector) differsFromSeen(saw browser.Saw, sent browser.Traffic) string {
	switch {
	case v.Verdict == verdictRedirected:
		return ""
	case v.Verdict == verdictAllowed && saw.Error != "":
		return "the browser refuses: " + saw.Error
	case v.Verdict == verdictRefused && saw.Error == "":
		return fmt.Sprintf("the browser allows it: %d", saw.Status)
	case v.Verdict == verdictAllowed && saw.Status != v.Actual.Status:
		return fmt.Sprintf("status %d", saw.Status)
	case (v.Preflight != nil) != (sent.Preflights > 0) || (v.Actual != nil) != (sent.Actuals > 0):
		return fmt.Sprintf("the browser sends %d preflights and %d actual requests", sent.Preflights, sent.Actuals)
	case v.Preflight != nil && (sent.RequestMethod != v.Preflight.RequestMethod || sent.RequestHeaders != v.Preflight.RequestHeaders):
		return fmt.Sprintf("the browser asks for %s with %s", sent.RequestMethod, sent.RequestHeaders)
	case v.Verdict == verdictRefused:
		return ""
	}
	if !slices.Equal(saw.Readable, v.Readable) {
		return "the page reads " + strings.Join(saw.Readable, ", ")
	}
	return ""
}
