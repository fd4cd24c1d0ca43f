package golden_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"apigw-cors/generator/cors"
)

// wireRecord is what a browser has sent for each vector.
type wireRecord struct {
	mu   sync.Mutex
	sent map[int][]sentRequest
}

type sentRequest struct {
	method string
	header http.Header
}

func (w *wireRecord) add(n int, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sent[n] = append(w.sent[n], sentRequest{r.Method, r.Header.Clone()})
}

// ofTheBrowser are request headers that depend on the browser, its user, or the
// connection, and that no CORS decision looks at. Sec-Fetch-* tell a server what
// kind of page asks; probe sends none of them, as a server that decides by them
// decides for pages alone.
func ofTheBrowser(name string) bool {
	for _, prefix := range []string{"Sec-Fetch-", "Sec-Ch-"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return slices.Contains([]string{
		"Accept-Encoding", "Accept-Language", "Cache-Control", "Connection", "Content-Length", "Cookie", "Pragma", "Priority", "Referer", "User-Agent",
	}, name)
}

// compare holds the headers of every request that Chromium has sent to those that
// the model of a browser sends for the vector, and probe with it.
func (w *wireRecord) compare(t *testing.T, vectors []vector) {
	w.mu.Lock()
	defer w.mu.Unlock()
	compared, names := 0, map[string]bool{}
	for n, v := range vectors {
		var want []sentRequest
		answered := v.fetch()
		for _, x := range []*cors.Exchange{answered.Preflight, answered.Actual} {
			if x == nil {
				continue
			}
			header := http.Header{}
			for _, h := range x.Request.Headers {
				header.Add(h.Name, h.Value)
			}
			want = append(want, sentRequest{x.Request.Method, header})
		}
		got := w.sent[n]
		if len(got) != len(want) {
			// That is for [vector.differsFromSeen] to say.
			continue
		}
		for i := range want {
			if d := want[i].differs(got[i], names); d != "" {
				t.Errorf("%s: %s: Chromium sends %s", v, want[i].method, d)
			}
			compared++
		}
	}
	if compared < minVectorFetches {
		t.Errorf("%d requests compared", compared)
	}
	fmt.Printf("golden: %d requests of Chromium are, but for %s, header for header what probe sends\n", compared, strings.Join(slices.Sorted(maps.Keys(names)), ", "))
}

// differs compares all headers but those of the browser's own, whose names it
// collects.
func (want sentRequest) differs(got sentRequest, own map[string]bool) string {
	if want.method != got.method {
		return got.method
	}
	all := map[string]bool{}
	for _, h := range []http.Header{want.header, got.header} {
		for name := range h {
			all[name] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		w, g := strings.Join(want.header.Values(name), ", "), strings.Join(got.header.Values(name), ", ")
		_, isWanted := want.header[http.CanonicalHeaderKey(name)]
		switch {
		case w == g:
		case ofTheBrowser(name) && !isWanted:
			own[name] = true
		default:
			return fmt.Sprintf("%s: %q, and not %q", name, g, w)
		}
	}
	return ""
}
