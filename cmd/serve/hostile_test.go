package serve

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/spf13/pflag"

	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/report"
)

// running is serve as its command runs it.
type running struct {
	address string
	stop    context.CancelFunc
	ended   chan error
}

// run starts serve; its log goes to log, and is JSON.
func run(t *testing.T, listen, backend string, log io.Writer, address func() string) (*running, error) {
	t.Helper()
	var given policy.Flags
	flags := pflag.NewFlagSet("serve", pflag.ContinueOnError)
	given.Register(flags)
	if err := flags.Parse([]string{"--api", "http", "--allow-origins", "https://*", "--allow-methods", "GET"}); err != nil {
		t.Fatal(err)
	}
	in, err := given.Input(nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	r := &running{stop: stop, ended: make(chan error, 1)}
	go func() {
		r.ended <- Run(ctx, Config{Input: in, Listen: listen, Backend: backend, Fail: "none", Report: &report.Report{}, JSON: true, Out: log, Err: io.Discard})
	}()
	for r.address == "" {
		select {
		case err := <-r.ended:
			stop()
			return nil, err
		case <-time.After(5 * time.Millisecond):
			r.address = address()
		}
	}
	return r, nil
}

// addressIn finds the address in the first line of a JSON log.
func addressIn(log string) string {
	var e listening
	line, _, _ := strings.Cut(log, "\n")
	if json.Unmarshal([]byte(line), &e) != nil {
		return ""
	}
	return e.Address
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

// TestServeRefusesToLoop guards against a backend that is serve itself, by
// whatever name: it used to take every descriptor in a second.
func TestServeRefusesToLoop(t *testing.T) {
	for _, tt := range []struct{ listen, backend string }{
		{"127.0.0.1", "http://localhost"},
		{"127.0.0.1", "http://127.0.0.1"},
		{"127.0.0.1", "http://[::ffff:127.0.0.1]"},
		{"localhost", "http://LOCALHOST"},
		{"", "http://127.0.0.1"},
		{"", "http://[::1]"},
		{"0.0.0.0", "http://0.0.0.0"},
	} {
		port := freePort(t)
		log := &lockedBuffer{}
		r, err := run(t, tt.listen+":"+port, tt.backend+":"+port, log, func() string { return addressIn(log.String()) })
		if err == nil {
			r.stop()
			t.Errorf("--listen %s:%s --backend %s:%s: no error", tt.listen, port, tt.backend, port)
			continue
		}
		if !strings.Contains(err.Error(), "each request would come back") {
			t.Errorf("%v: %v", tt, err)
		}
	}
}

// TestServeStopsAtItsOwnVia is the same behind a proxy, which hides the
// address.
func TestServeStopsAtItsOwnVia(t *testing.T) {
	var front *httptest.Server
	requests := 0
	middle := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if requests++; requests > 3 {
			t.Error("a loop")
			return
		}
		q, _ := http.NewRequest(r.Method, front.URL+r.URL.Path, nil)
		q.Header = r.Header.Clone()
		response, err := http.DefaultTransport.RoundTrip(q)
		if err != nil {
			t.Error(err)
			return
		}
		defer response.Body.Close()
		w.WriteHeader(response.StatusCode)
	}))
	defer middle.Close()
	target, _ := url.Parse(middle.URL)
	front, logged := startServer(t, testAPI(t, nil), target, "none", false)
	response, _ := send(t, front.URL, "GET /", nil)
	if text := logged(); response.StatusCode != http.StatusLoopDetected || requests != 1 || !strings.Contains(text, "that came from here") {
		t.Errorf("got %d after %d requests\n%s", response.StatusCode, requests, text)
	}
}

// TestServeRefusesForeignHosts guards the backend from a page whose own name
// was made to resolve to this machine: its requests would be same-origin.
func TestServeRefusesForeignHosts(t *testing.T) {
	s, logged := startServer(t, testAPI(t, nil), nil, "none", false)
	s.Config.Handler.(*server).hosts = newHostCheck([]string{"Mine.Test"})
	for _, tt := range []struct {
		host   string
		status int
	}{
		{"rebound.example", 403}, {"rebound.example:8080", 403}, {"localhost.evil.example", 403}, {"127.0.0.1.evil.example", 403},
		{"localhost:8080", 200}, {"LOCALHOST", 200}, {"api.localhost", 200}, {"127.0.0.1:1", 200}, {"[::1]:8080", 200}, {"10.0.0.7", 200}, {"mine.test:80", 200},
	} {
		r, _ := http.NewRequest("GET", s.URL+"/", nil)
		r.Host = tt.host
		response, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != tt.status {
			t.Errorf("Host %s: got %d, want %d", tt.host, response.StatusCode, tt.status)
		}
	}
	if text := logged(); !strings.Contains(text, "--allow-host rebound.example lets it in") {
		t.Errorf("logged %s", text)
	}
}

// TestServeOutlivesItsLogsReader guards against a log that nobody reads: the
// 705th request used to wait for ever, and so did SIGTERM.
func TestServeOutlivesItsLogsReader(t *testing.T) {
	read, write := io.Pipe()
	defer read.Close()
	first := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(io.LimitReader(read, 64<<10)).ReadString('\n')
		first <- addressIn(line)
	}()
	address := func() string {
		select {
		case a := <-first:
			return a
		default:
			return ""
		}
	}
	r, err := run(t, "127.0.0.1:0", "", write, address)
	if err != nil {
		t.Fatal(err)
	}
	var clients sync.WaitGroup
	for i := range 4 {
		clients.Go(func() {
			for j := range (maxWaitingLines + 400) / 4 {
				if response, _ := send(t, r.address, fmt.Sprintf("GET /%d/%d", i, j), nil, "Origin: https://any.example"); response.StatusCode != 200 {
					t.Errorf("got %d", response.StatusCode)
				}
			}
		})
	}
	clients.Wait()
	r.stop()
	select {
	case err := <-r.ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("does not end")
	}
}

// TestServeEndsUnderLoad ends while requests that never finish are under way.
func TestServeEndsUnderLoad(t *testing.T) {
	held := make(chan struct{})
	backend := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-held:
		case <-r.Context().Done():
		}
	}))
	defer backend.Close()
	defer close(held)
	log := &lockedBuffer{}
	r, err := run(t, "127.0.0.1:0", backend.URL, log, func() string { return addressIn(log.String()) })
	if err != nil {
		t.Fatal(err)
	}
	for range 8 {
		go http.Get(r.address + "/slow")
	}
	r.stop()
	select {
	case err := <-r.ended:
		if err != nil || !strings.Contains(log.String(), `"event":"stopped"`) {
			t.Errorf("%v\n%s", err, log)
		}
	case <-time.After(integrationTimeout / 2):
		t.Fatal("waits for its backend")
	}
}

// TestServeKeepsTheQuery passes the query on as it came, what Go cannot parse
// included.
func TestServeKeepsTheQuery(t *testing.T) {
	var got string
	s, _ := testServer(t, testAPI(t, nil), http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r.URL.RawQuery }), "none")
	for _, query := range []string{"a=1;b=2", "%zz", "a=%&&b==", "", "q=1&q=2"} {
		address, err := url.Parse(s.URL)
		if err != nil {
			t.Fatal(err)
		}
		address.RawQuery = query
		response, err := http.DefaultTransport.RoundTrip(&http.Request{Method: "GET", URL: address, Header: http.Header{}})
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if got != query {
			t.Errorf("%q became %q", query, got)
		}
	}
}

// TestServeStatusThatIsNone answers for a backend whose status is below 100,
// which net/http panics on.
func TestServeStatusThatIsNone(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			bufio.NewReader(c).ReadString('\n')
			io.WriteString(c, "HTTP/1.1 099 Low\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
			c.Close()
		}
	}()
	s, logged := startServer(t, testAPI(t, nil), &url.URL{Scheme: "http", Host: l.Addr().String()}, "none", false)
	response, _ := send(t, s.URL, "GET /", nil)
	if text := logged(); response.StatusCode != 504 || strings.Contains(text, "goroutine") || strings.Contains(text, "panic") {
		t.Errorf("got %d\n%s", response.StatusCode, text)
	}
}

// TestServeBoundsRequestsInFlight throttles what comes beyond the bound.
func TestServeBoundsRequestsInFlight(t *testing.T) {
	s, logged := startServer(t, testAPI(t, nil), nil, "none", false)
	inFlight := s.Config.Handler.(*server).inFlight
	for range MaxInFlight {
		inFlight <- struct{}{}
	}
	response, _ := send(t, s.URL, "GET /", nil, fromApp)
	if response.StatusCode != 429 || response.Header.Get("Access-Control-Allow-Origin") == "" {
		t.Errorf("got %d %v", response.StatusCode, response.Header)
	}
	<-inFlight
	if response, _ := send(t, s.URL, "GET /", nil, fromApp); response.StatusCode != 200 {
		t.Errorf("got %d", response.StatusCode)
	}
	if text := logged(); !strings.Contains(text, "THROTTLED") {
		t.Errorf("logged %s", text)
	}
}

// TestServeJSONSaysWhere: with --json a program learns the port and the
// warnings.
func TestServeJSONSaysWhere(t *testing.T) {
	log := &lockedBuffer{}
	r, err := run(t, "0.0.0.0:0", "", log, func() string { return addressIn(log.String()) })
	if err != nil {
		t.Fatal(err)
	}
	r.stop()
	if err := <-r.ended; err != nil {
		t.Fatal(err)
	}
	var events []string
	for line := range strings.Lines(log.String()) {
		var e struct{ Event string }
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		events = append(events, e.Event)
	}
	if got := strings.Join(events, " "); got != "listening warning stopped" {
		t.Errorf("got %s", got)
	}
	if u, err := url.Parse(r.address); err != nil || u.Port() == "" || u.Port() == "0" {
		t.Errorf("address %s", r.address)
	}
}

// TestServeListenEmpty: an empty address used to take every interface.
func TestServeListenEmpty(t *testing.T) {
	if _, err := run(t, "", "", io.Discard, func() string { return "" }); report.OutcomeOf(err) != report.Misused {
		t.Errorf("got %v", err)
	}
}

// TestServeLogIsClean keeps what a request holds from steering a terminal.
func TestServeLogIsClean(t *testing.T) {
	for _, asJSON := range []bool{false, true} {
		var text bytes.Buffer
		l := newRequestLog(&text, &text, asJSON)
		s := newServer(testAPI(t, nil), nil, "none", l)
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Origin", "https://a\u202e\u009b31m.example")
		r.Header.Set(FailHeader, "\u202e\u001b[2J")
		s.ServeHTTP(httptest.NewRecorder(), r)
		l.close()
		if strings.ContainsAny(text.String(), "\u202e\u009b\u001b") {
			t.Errorf("JSON %t: %q", asJSON, &text)
		}
	}
}
