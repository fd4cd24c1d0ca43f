package serve

import (
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
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

func testAPI(t testing.TB, edit func(*gateway.Config)) gateway.API {
	t.Helper()
	c := gateway.Config{API: "rest", Config: cors.Config{
		AllowOrigins: []string{"https://app.example.com"}, AllowMethods: []string{"GET", "POST", "PUT"},
	}}
	if edit != nil {
		edit(&c)
	}
	api, _, err := gateway.Parse(c)
	if err != nil {
		t.Fatal(err)
	}
	return api
}

// testServer serves api in front of backend, nil for the echo, and gives the
// log back.
func testServer(t testing.TB, api gateway.API, backend http.Handler, fail string) (*httptest.Server, func() string) {
	t.Helper()
	var target *url.URL
	if backend != nil {
		b := httptest.NewServer(backend)
		t.Cleanup(b.Close)
		target, _ = url.Parse(b.URL + "/base")
	}
	return startServer(t, api, target, fail, false)
}

// startServer is testServer in front of a URL; logged ends the log and gives
// what it said.
func startServer(t testing.TB, api gateway.API, backend *url.URL, fail string, json bool) (s *httptest.Server, logged func() string) {
	t.Helper()
	var text bytes.Buffer
	requests := newRequestLog(&text, &text, json)
	s = httptest.NewServer(newServer(api, backend, FailStatus(fail), requests))
	t.Cleanup(s.Close)
	return s, func() string {
		requests.close()
		return text.String()
	}
}

// send sends "METHOD /path" with headers "Name: value".
func send(t testing.TB, base, line string, body io.Reader, headers ...string) (*http.Response, string) {
	t.Helper()
	method, path, _ := strings.Cut(line, " ")
	r, err := http.NewRequest(method, base+path, body)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
	}
	response, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(text)
}

const fromApp = "Origin: https://app.example.com"

func TestServeProxy(t *testing.T) {
	var seen http.Header
	var path string
	backend := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen, path = r.Header.Clone(), r.URL.RequestURI()
		w.Header().Set("Access-Control-Allow-Origin", "https://backend.example")
		w.Header().Set("Keep-Alive", "timeout=5")
		w.Header().Set("Connection", "X-Hop")
		w.Header().Set("X-Hop", "1")
		w.Header().Set("X-Served", "1")
		w.WriteHeader(http.StatusTeapot)
		io.WriteString(w, "short and stout")
	})
	tests := []struct {
		desc   string
		config func(*gateway.Config)
		status int
		origin string // Access-Control-Allow-Origin
		served string // X-Served
	}{
		{"a proxy integration passes all but the hop-by-hop headers", nil, 418, "https://backend.example", "1"},
		{"an HTTP API replaces the CORS headers", func(c *gateway.Config) { c.API = "http" }, 418, "https://app.example.com", "1"},
		{"a non-proxy integration maps", func(c *gateway.Config) { c.Integration = "non-proxy" }, 500, "https://app.example.com", ""},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			s, logged := testServer(t, testAPI(t, tt.config), backend, "none")
			response, body := send(t, s.URL, "GET /a%2Fb/c?d=e&f", nil, fromApp, "Connection: X-Mine", "X-Mine: 1", "X-Kept: 1", FailHeader+": no")
			h := response.Header
			if response.StatusCode != tt.status || h.Get("Access-Control-Allow-Origin") != tt.origin || h.Get("X-Served") != tt.served || body != "short and stout" {
				t.Errorf("got %d %v %q", response.StatusCode, h, body)
			}
			if h.Get("Keep-Alive") != "" || h.Get("X-Hop") != "" {
				t.Errorf("hop-by-hop headers came back: %v", h)
			}
			if path != "/base/a%2Fb/c?d=e&f" || seen.Get("X-Kept") != "1" || seen.Get("X-Mine") != "" || seen.Get(FailHeader) != "" || seen.Get("X-Forwarded-For") == "" {
				t.Errorf("the backend saw %s %v", path, seen)
			}
			if text := logged(); !strings.Contains(text, "not one of 401, 403, 429, 500, 504") {
				t.Errorf("logged %s", text)
			}
		})
	}
}

func TestServeFailures(t *testing.T) {
	down := httptest.NewServer(nil)
	down.Close()
	cognito := func(c *gateway.Config) { c.Auth = "cognito" }
	tests := []struct {
		desc    string
		config  func(*gateway.Config)
		fail    string
		line    string
		headers []string
		status  int
		body    string
		logged  string
	}{
		{"a missing route", func(c *gateway.Config) { c.Resources = []gateway.ResourceConfig{{Path: "/a"}} }, "none", "GET /b", nil,
			403, `{"message":"Missing Authentication Token"}`, "GET /b 403 gateway response MISSING_AUTHENTICATION_TOKEN, page on https://app.example.com: the page can read it"},
		{"a missing token", cognito, "none", "GET /", nil, 401, `{"message":"Unauthorized"}`, "GET / 401 gateway response UNAUTHORIZED (GET /)"},
		{"--fail", cognito, "429", "GET /", nil, 429, `{"message":"Too Many Requests"}`, "THROTTLED (GET /)"},
		{"the header", cognito, "none", "GET /", []string{FailHeader + ": 504"}, 504, `{"message":"Endpoint request timed out"}`, "INTEGRATION_TIMEOUT"},
		{"the header goes before --fail", cognito, "429", "GET /", []string{FailHeader + ": 500"}, 500, `{"message":"Internal server error"}`, "AUTHORIZER_FAILURE"},
		{"a preflight does not fail", cognito, "401", "OPTIONS /", []string{"Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: apigw-cors-fail"},
			204, "", "the browser sends the PUT, if the request is without credentials"},
		{"a backend that is down", nil, "none", "GET /", nil, 504, `{"message":"Network error communicating with endpoint"}`, "INTEGRATION_FAILURE"},
		{"why it gave no answer", nil, "none", "GET /", nil, 504, `{"message":"Network error communicating with endpoint"}`, "warning: the backend gave no answer: dial tcp"},
		{"and that of an HTTP API", func(c *gateway.Config) { c.API = "http" }, "none", "GET /", nil, 503, `{"message":"Service Unavailable"}`, "service error INTEGRATION_FAILURE ($default)"},
		{"gateway responses without CORS headers", func(c *gateway.Config) { cognito(c); c.GatewayResponses = []string{"none"} }, "none", "GET /", nil,
			401, `{"message":"Unauthorized"}`, "refused: no Access-Control-Allow-Origin"},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			target, _ := url.Parse(down.URL)
			s, logged := startServer(t, testAPI(t, tt.config), target, tt.fail, false)
			response, body := send(t, s.URL, tt.line, nil, append(tt.headers, fromApp)...)
			if text := logged(); response.StatusCode != tt.status || body != tt.body || !strings.Contains(text, tt.logged) {
				t.Errorf("got %d %s\nlogged %s", response.StatusCode, body, text)
			}
			if tt.line[:3] == "OPT" && !strings.HasSuffix(response.Header.Get("Access-Control-Allow-Headers"), FailHeader) {
				t.Errorf("the preflight keeps %s from being sent: %v", FailHeader, response.Header)
			}
		})
	}
}

// TestServeFailPreflight lets a page send failHeader where its backend answers
// the preflight.
func TestServeFailPreflight(t *testing.T) {
	backend := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Headers", "X-Mine")
	})
	s, _ := testServer(t, testAPI(t, func(c *gateway.Config) { c.Preflight = "lambda" }), backend, "none")
	for asked, want := range map[string]string{"apigw-cors-fail,x-mine": "X-Mine," + FailHeader, "x-mine": "X-Mine"} {
		response, _ := send(t, s.URL, "OPTIONS /", nil, fromApp, "Access-Control-Request-Method: GET", "Access-Control-Request-Headers: "+asked)
		if got := response.Header.Get("Access-Control-Allow-Headers"); got != want {
			t.Errorf("%s: got %q, want %q", asked, got, want)
		}
	}
}

func TestServeBodyLimit(t *testing.T) {
	swallow := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.Copy(io.Discard, r.Body) })
	zeros := func(n int64) io.Reader { return io.LimitReader(zeroReader{}, n) }
	for name, backend := range map[string]http.Handler{"proxy": swallow, "echo": nil} {
		s, _ := testServer(t, testAPI(t, nil), backend, "none")
		for _, tt := range []struct {
			desc   string
			body   io.Reader
			status int
		}{
			{"as large as can be", zeros(gateway.MaxPayload), 200},
			{"a byte too large, of unknown length", zeros(gateway.MaxPayload + 1), 413},
			{"a byte too large, of known length", bytes.NewReader(make([]byte, gateway.MaxPayload+1)), 413},
		} {
			r, _ := http.NewRequest("POST", s.URL+"/", tt.body)
			response, err := http.DefaultTransport.RoundTrip(r)
			if err != nil {
				// The server hangs up on a sender that does not stop.
				if tt.status == 413 && (strings.Contains(err.Error(), "reset") || strings.Contains(err.Error(), "broken pipe")) {
					continue
				}
				t.Fatal(err)
			}
			response.Body.Close()
			if response.StatusCode != tt.status {
				t.Errorf("%s, %s: got %d", name, tt.desc, response.StatusCode)
			}
		}
	}
}

type zeroReader struct{}

func (zeroReader) Read(b []byte) (int, error) { clear(b); return len(b), nil }

// TestServeRun runs the command itself, under load, until it is told to stop.
func TestServeRun(t *testing.T) {
	for _, listen := range []string{"127.0.0.1:0", "0.0.0.0:0"} {
		ctx, stop := context.WithCancel(context.Background())
		stderr := &lockedBuffer{}
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
		ended := make(chan error, 1)
		go func() {
			ended <- Run(ctx, Config{Input: in, Listen: listen, Fail: "none", Report: &report.Report{}, Out: io.Discard, Err: stderr})
		}()
		var address string
		for start := time.Now(); address == "" && time.Since(start) < 5*time.Second; time.Sleep(5 * time.Millisecond) {
			if _, rest, ok := strings.Cut(stderr.String(), "answers on "); ok {
				address, _, _ = strings.Cut(rest, ",")
			}
		}
		u, err := url.Parse(address)
		if err != nil || u.Port() == "" {
			t.Fatalf("no address in %q", stderr)
		}
		warned := strings.Contains(stderr.String(), "warning: whoever can reach this machine")
		if loopback := net.ParseIP(u.Hostname()).IsLoopback(); warned == loopback {
			t.Errorf("%s: warned %v", listen, warned)
		}
		var clients sync.WaitGroup
		for i := range 4 {
			clients.Go(func() {
				for j := range 10 {
					response, _ := send(t, "http://127.0.0.1:"+u.Port(), fmt.Sprintf("GET /%d/%d", i, j), nil, "Origin: https://any.example")
					if response.StatusCode != 200 || response.Header.Get("Access-Control-Allow-Origin") != "https://any.example" {
						t.Errorf("got %d %v", response.StatusCode, response.Header)
					}
				}
			})
		}
		clients.Wait()
		stop()
		select {
		case err := <-ended:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(2 * shutdownTimeout):
			t.Fatal("does not stop")
		}
		if n := strings.Count(stderr.String(), "the page can read it"); n != 40 {
			t.Errorf("%d requests logged", n)
		}
	}
}

// lockedBuffer can be read while it is written.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

func TestFailureOf(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want gateway.Failure
	}{
		{&url.Error{Err: context.DeadlineExceeded}, gateway.IntegrationTimeout},
		{fmt.Errorf("read: %w", &http.MaxBytesError{}), gateway.RequestTooLarge},
		{io.ErrUnexpectedEOF, gateway.IntegrationFailure},
	} {
		if got := failureOf(tt.err); got != tt.want {
			t.Errorf("%v: got %s, want %s", tt.err, got, tt.want)
		}
	}
}

func TestServeFlags(t *testing.T) {
	for backend, want := range map[string]string{
		"127.0.0.1:3000": "use http://127.0.0.1:3000", "localhost": "use http://localhost", "ftp://a": "http://127.0.0.1:3000",
		"http://a@b": "use http://b", "http://a/?q": "use http://a/", "http://%zz": "http://127.0.0.1:3000",
	} {
		_, err := parseBackend(backend)
		if hints := report.HintsOf(err); len(hints) != 1 || !strings.Contains(hints[0], want) {
			t.Errorf("%s: %v %q", backend, err, hints)
		}
	}
}

func TestServeEcho(t *testing.T) {
	api := testAPI(t, func(c *gateway.Config) { c.Preflight, c.AllowMethods = "lambda", []string{"GET", "PUT"} })
	s, logged := startServer(t, api, nil, "none", true)

	_, body := send(t, s.URL, "PUT /orders/1?x=y", strings.NewReader("hello"), fromApp)
	var e echoed
	if err := json.Unmarshal([]byte(body), &e); err != nil {
		t.Fatal(err)
	}
	if e.Route != "PUT /{proxy+}" || e.Path != "/orders/1" || e.Query != "x=y" || e.Body != 5 || e.Headers["origin"] != "https://app.example.com" {
		t.Errorf("got %s", body)
	}
	response, body := send(t, s.URL, "OPTIONS /orders/1", nil, fromApp, "Access-Control-Request-Method: PUT")
	if h := response.Header; response.StatusCode != 204 || body != "" || h.Get("Access-Control-Allow-Methods") != "GET,PUT" {
		t.Errorf("got %d %v %s", response.StatusCode, h, body)
	}
	want := `{"event":"request","method":"PUT","path":"/orders/1","origin":"https://app.example.com","status":200,"source":"backend","route":"PUT /{proxy+}","allowed":true,"cause":"allow-origin-same","allowedWithCredentials":false,"causeWithCredentials":"allow-credentials-missing","verdict":"the page can read it, if the request is without credentials"}
{"event":"request","method":"OPTIONS","path":"/orders/1","origin":"https://app.example.com","status":204,"source":"backend","route":"OPTIONS /{proxy+}","allowed":true,"cause":"allow-origin-same","allowedWithCredentials":false,"causeWithCredentials":"allow-credentials-missing","verdict":"the browser sends the PUT, if the request is without credentials"}
`
	if got := logged(); got != want {
		t.Errorf("logged\n%swant\n%s", got, want)
	}
}

// TestServeSaysWhatTheBrowserSays: a refusal is told in the words of the browser
// that asks, below the request; without the query, which may hold a secret.
func TestServeSaysWhatTheBrowserSays(t *testing.T) {
	api := testAPI(t, func(c *gateway.Config) { c.Preflight, c.AllowMethods = "lambda", []string{"GET"} })
	for agent, want := range map[string]string{
		"Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0": "  Firefox says: Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at URL/orders. (Reason: CORS header ‘Access-Control-Allow-Origin’ does not match ‘https://app.example.com’).\n",
		"curl/8.0": "  Chromium says: Access to fetch at 'URL/orders' from origin 'https://other.example' has been blocked by CORS policy: The 'Access-Control-Allow-Origin' header has a value 'https://app.example.com' that is not equal to the supplied origin. Have the server send the header with a valid value.\n",
	} {
		s, logged := startServer(t, api, nil, "none", false)
		send(t, s.URL, "GET /orders?token=secret", nil, "Origin: https://other.example", "User-Agent: "+agent)
		want = strings.ReplaceAll(want, "URL", s.URL)
		if got := logged(); !strings.HasSuffix(got, want) || strings.Contains(got, "secret") {
			t.Errorf("%s: logged\n%swant\n%s", agent, got, want)
		}
	}
}
