package golden_test

import (
	"fmt"
	"io"
	"iter"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// arrived is a request as a gateway sees it: header names come in lower case
// over HTTP/2.
type arrived struct {
	*http.Request
	headers map[string]string
	// failure is what goes wrong with the actual request: functionFailure, or
	// the name of a gateway response. "" where nothing does.
	failure string
}

// functionFailure stands for a function that fails.
const functionFailure = "FUNCTION"

// The parameters of a cell's URL.
const (
	cellParameter    = "cell"
	failureParameter = "failure"
)

func arrive(r *http.Request) arrived {
	out := arrived{Request: r, headers: map[string]string{}}
	for name, values := range r.Header {
		out.headers[strings.ToLower(name)] = strings.Join(values, ", ")
	}
	if !out.isPreflight() {
		out.failure = r.URL.Query().Get(failureParameter)
	}
	return out
}

func (a arrived) isPreflight() bool {
	return a.Method == http.MethodOptions && a.headers["origin"] != "" && a.headers["access-control-request-method"] != ""
}

// site answers for every name on loopback: the APIs, and the pages on any other.
type site struct {
	t testing.TB
	// apis by host name, backends by the first segment of the path.
	apis, backends map[string]*deployed
	secure, plain  *httptest.Server

	mu   sync.Mutex
	wire map[int]*traffic
}

// traffic is what was sent for a cell.
type traffic struct {
	preflights, actuals           int
	requestMethod, requestHeaders string
}

func newSite(t testing.TB) *site {
	s := &site{t: t, apis: map[string]*deployed{}, backends: map[string]*deployed{}, wire: map[int]*traffic{}}
	s.secure = httptest.NewUnstartedServer(s)
	s.secure.EnableHTTP2 = true
	// Chromium drops connections it opened for nothing.
	s.secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.secure.StartTLS()
	s.plain = httptest.NewServer(s)
	t.Cleanup(s.secure.Close)
	t.Cleanup(s.plain.Close)
	return s
}

// resolverRules lead every name to the site, on the ports of the origins; the
// other ports of loopback stay what they are.
func (s *site) resolverRules(t testing.TB, origins iter.Seq[string]) string {
	rules := []string{"MAP *:443 " + s.secure.Listener.Addr().String()}
	for origin := range origins {
		u, err := url.Parse(origin)
		if err != nil {
			t.Fatal(err)
		}
		port := u.Port()
		if port == "" {
			port = "80"
		}
		if u.Scheme == "http" {
			rules = append(rules, "MAP *:"+port+" "+s.plain.Listener.Addr().String())
		}
	}
	slices.Sort(rules)
	return strings.Join(slices.Compact(rules), ",")
}

// anyPort is the port of a page that may have any.
const anyPort = 5173

// deploy gives the URL that an API answers on.
func (s *site) deploy(name string, d *deployed) string {
	host := strings.ReplaceAll(name, "/", ".") + ".execute-api.test"
	s.apis[host] = d
	return "https://" + host
}

// backend gives the URL that an API's function answers on by itself.
func (s *site) backend(name string, d *deployed) string {
	name = strings.ReplaceAll(name, "/", ".")
	s.backends[name] = d
	return s.plain.URL + "/" + name
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if d, ok := s.apis[r.Host]; ok {
		a := arrive(r)
		s.record(a)
		if len(d.methods) > 0 {
			send(w, d.answerREST(s.t, a))
		} else {
			send(w, d.answerHTTP(s.t, a))
		}
		return
	}
	name, path, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if d, ok := s.backends[name]; ok {
		r.URL = &url.URL{Path: "/" + path, RawQuery: r.URL.RawQuery}
		send(w, d.answerBackend(s.t, arrive(r)))
		return
	}
	w.Header().Set("Content-Type", "text/html")
	fmt.Fprint(w, "<!doctype html><title>page</title>")
}

func send(w http.ResponseWriter, a reply) {
	for name, value := range a.headers {
		w.Header().Set(name, value)
	}
	w.WriteHeader(a.status)
	if a.status != http.StatusNoContent {
		// A browser that has left needs no body.
		_, _ = io.WriteString(w, a.body)
	}
}

func (s *site) record(r arrived) {
	cell, err := strconv.Atoi(r.URL.Query().Get(cellParameter))
	if err != nil {
		s.t.Errorf("%s %s comes from no cell", r.Method, r.URL)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	seen := s.wire[cell]
	if seen == nil {
		seen = &traffic{}
		s.wire[cell] = seen
	}
	if !r.isPreflight() {
		seen.actuals++
		return
	}
	seen.preflights++
	seen.requestMethod = r.headers["access-control-request-method"]
	seen.requestHeaders = r.headers["access-control-request-headers"]
}

// forget drops what was sent for cells.
func (s *site) forget(cells []int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, n := range cells {
		delete(s.wire, n)
	}
}
