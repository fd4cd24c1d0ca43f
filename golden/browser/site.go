package browser

import (
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"

	"apigw-cors/golden/tools"
)

// CellParameter is the parameter of a URL that numbers a fetch: so the site
// knows which traffic is whose, and no cache answers for another.
const CellParameter = "cell"

// AnyPort is the port of a page that may have any.
const AnyPort = 5173

// Site answers for every name on loopback: APIs on hosts of their own, over
// HTTPS and HTTP/2, and an empty page on any other.
type Site struct {
	t testing.TB
	// apis by host name, backends by the first segment of the path.
	apis, backends map[string]http.Handler
	secure, plain  *httptest.Server

	desk *desk
	// script is what an origin's page does.
	script string

	mu   sync.Mutex
	wire map[int]*Traffic
}

// Traffic is what was sent for a fetch.
type Traffic struct {
	// Preflights and Actuals count the requests.
	Preflights, Actuals int
	// RequestMethod and RequestHeaders are the last preflight's
	// Access-Control-Request-Method and -Headers.
	RequestMethod, RequestHeaders string
}

// NewSite starts a site; it ends with the test.
func NewSite(t testing.TB) *Site {
	s := &Site{t: t, apis: map[string]http.Handler{}, backends: map[string]http.Handler{}, desk: newDesk(t), wire: map[int]*Traffic{},
		script: string(tools.ReadFile(t, tools.File(t, "fetch.js")))}
	s.secure = httptest.NewUnstartedServer(s)
	s.secure.EnableHTTP2 = true
	// Chromium drops connections it opened for nothing.
	s.secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.secure.StartTLS()
	s.plain = httptest.NewUnstartedServer(s)
	s.plain.Config.ErrorLog = s.secure.Config.ErrorLog
	s.plain.Start()
	t.Cleanup(s.secure.Close)
	t.Cleanup(s.plain.Close)
	return s
}

// proxy is the address of a proxy for which every host is the site.
func (s *Site) proxy() string { return s.plain.Listener.Addr().String() }

// opaqueHost has the page of the origin null.
const opaqueHost = "opaque.test"

// page is the URL of an origin's page. That of "null" is in a sandbox.
func (s *Site) page(origin string) string {
	if origin == "null" {
		return "https://" + opaqueHost + "/"
	}
	return origin + "/"
}

// Deploy gives the URL that an API answers on. A request to it carries a
// [CellParameter], or gets a page. All are deployed before the first fetch.
func (s *Site) Deploy(name string, api http.Handler) string {
	return s.DeployAt(strings.ReplaceAll(name, "/", ".")+".execute-api.test", api)
}

// DeployAt is Deploy on a host.
func (s *Site) DeployAt(host string, api http.Handler) string {
	s.apis[host] = api
	return "https://" + host
}

// Front is Deploy for an API that a server of its own answers.
func (s *Site) Front(name, server string) string {
	target, err := url.Parse(server)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.Deploy(name, &httputil.ReverseProxy{
		Rewrite:  func(p *httputil.ProxyRequest) { p.SetURL(target) },
		ErrorLog: s.plain.Config.ErrorLog,
	})
}

// Backend gives the URL of a backend, to stand behind a server that is not of
// this site.
func (s *Site) Backend(name string, backend http.Handler) string {
	name = strings.ReplaceAll(name, "/", ".")
	s.backends[name] = backend
	return s.plain.URL + "/" + name
}

// ServeHTTP answers as the host that the request names.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodConnect {
		s.tunnel(w)
		return
	}
	if r.Host == deskHost {
		s.desk.ServeHTTP(w, r)
		return
	}
	if api, ok := s.apis[r.Host]; ok && s.record(r) {
		api.ServeHTTP(w, r)
		return
	}
	name, path, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if backend, ok := s.backends[name]; ok {
		r.URL = &url.URL{Path: "/" + path, RawQuery: r.URL.RawQuery}
		backend.ServeHTTP(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/html")
	if r.Host == opaqueHost {
		w.Header().Set("Content-Security-Policy", "sandbox allow-scripts")
	}
	fmt.Fprintf(w, "<!doctype html><title>page</title><script>%s</script>", s.script)
}

// tunnel leads a connection through the proxy to the site.
func (s *Site) tunnel(w http.ResponseWriter) {
	inside, err := net.Dial("tcp", s.secure.Listener.Addr().String())
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer inside.Close()
	outside, early, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	defer outside.Close()
	fmt.Fprint(outside, "HTTP/1.1 200 Connection established\r\n\r\n")
	go func() {
		// Either end closes both.
		_, _ = io.Copy(inside, early)
		inside.Close()
	}()
	_, _ = io.Copy(outside, inside)
}

// record notes a fetch's request, and reports whether it is one.
func (s *Site) record(r *http.Request) bool {
	cell, ok := Cell(r.URL)
	if !ok {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	seen := s.wire[cell]
	if seen == nil {
		seen = &Traffic{}
		s.wire[cell] = seen
	}
	method := r.Header.Get("Access-Control-Request-Method")
	if r.Method != http.MethodOptions || r.Header.Get("Origin") == "" || method == "" {
		seen.Actuals++
		return true
	}
	seen.Preflights++
	seen.RequestMethod = method
	seen.RequestHeaders = strings.Join(r.Header.Values("Access-Control-Request-Headers"), ", ")
	return true
}

// Cell is the number of the fetch that a URL is of.
func Cell(u *url.URL) (n int, ok bool) {
	n, err := strconv.Atoi(u.Query().Get(CellParameter))
	return n, err == nil
}

// Sent is what was sent for a fetch.
func (s *Site) Sent(cell int) Traffic {
	s.mu.Lock()
	defer s.mu.Unlock()
	if sent := s.wire[cell]; sent != nil {
		return *sent
	}
	return Traffic{}
}

// Forget drops what was sent for fetches, before they are made again.
func (s *Site) Forget(cells []int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, n := range cells {
		delete(s.wire, n)
	}
}
