package probe

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"apigw-cors/cmd/report"
	"apigw-cors/cmd/story"
	"apigw-cors/generator/cors"
	"apigw-cors/golden/faults"
)

const page = faults.Page

// TestFaults puts one fault each into a deployment that is right, and asks who
// is to blame.
func TestFaults(t *testing.T) {
	for _, test := range faults.All() {
		t.Run(test.About, func(t *testing.T) {
			server := httptest.NewServer(test.Deployment)
			defer server.Close()
			c := Config{URL: server.URL + "/prod/orders", AllowUnsafeMethods: true, Connection: Connection{Timeout: 5 * time.Second}}
			c.Fetch = story.Fetch{Origin: page, Method: "PUT", Headers: []string{"Authorization=secret"}, Credentials: test.Credentials}
			r, err := probeOnce(t, c)
			if err != nil {
				t.Fatal(err)
			}
			if test.Layer == "" {
				if !r.Allowed || r.Fault != nil {
					t.Fatalf("allowed %t, fault %+v", r.Allowed, r.Fault)
				}
				return
			}
			if r.Allowed || r.Fault == nil {
				t.Fatalf("allowed %t, no fault; want %s", r.Allowed, test.Layer)
			}
			if r.Fault.Layer != test.Layer || !strings.Contains(r.Fault.Change, test.Change) {
				t.Errorf("fault %+v, want %s and %q", r.Fault, test.Layer, test.Change)
			}
			var text bytes.Buffer
			r.writeText(&text)
			told, err := json.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			if all := text.String() + string(told); strings.Contains(all, "secret") {
				t.Errorf("the secret is told:\n%s", all)
			}
		})
	}
}

// TestNullIsNotAdvised: a page of the origin null is nobody's, so that no API is to
// allow it.
func TestNullIsNotAdvised(t *testing.T) {
	for _, test := range faults.All() {
		server := httptest.NewServer(test.Deployment)
		c := Config{URL: server.URL + "/prod/orders", AllowUnsafeMethods: true, Connection: Connection{Timeout: 5 * time.Second}}
		c.Fetch = story.Fetch{Origin: "null", Method: "PUT"}
		r, err := probeOnce(t, c)
		server.Close()
		if err != nil {
			t.Fatal(err)
		}
		if r.Fault != nil && regexp.MustCompile(`(allow|lists|that of the page if it is allowed,) null`).MatchString(r.Fault.Change) {
			t.Errorf("%s: %s", test.About, r.Fault.Change)
		}
	}
}

func probeOnce(t *testing.T, c Config) (result, error) {
	t.Helper()
	target, err := parseTarget(c.URL)
	if err != nil {
		t.Fatal(err)
	}
	c.Fetch.Endpoint, c.Fetch.Path = target.origin, target.path
	request, err := c.Fetch.Parse()
	if err != nil {
		t.Fatal(err)
	}
	client, err := newClient(context.Background(), c.Connection)
	if err != nil {
		t.Fatal(err)
	}
	return c.probe(client, target, request)
}

// TestSends is what goes over the wire: what a browser sends, in its order, and
// nothing that may change something.
func TestSends(t *testing.T) {
	for _, test := range []struct {
		desc   string
		method string
		unsafe bool
		want   []string
	}{
		{"a GET that needs a preflight", "GET", false, []string{"OPTIONS /orders", "GET /orders", "GET /orders", "GET /orders/apigw-cors-no-such-path"}},
		{"a DELETE is not sent", "DELETE", false, []string{"OPTIONS /orders", "GET /orders", "GET /orders/apigw-cors-no-such-path"}},
		{"a DELETE is sent", "DELETE", true, []string{"OPTIONS /orders", "DELETE /orders", "GET /orders", "GET /orders/apigw-cors-no-such-path"}},
	} {
		t.Run(test.desc, func(t *testing.T) {
			var got []string
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				got = append(got, r.Method+" "+r.URL.Path)
				if r.Method == "OPTIONS" && (r.Header.Get("Cookie") != "" || r.Header.Get("Authorization") != "") {
					t.Errorf("a preflight with credentials: %v", r.Header)
				}
				if r.Header.Get("Origin") != page {
					t.Errorf("Origin %q", r.Header.Get("Origin"))
				}
				w.Header().Set("Access-Control-Allow-Origin", page)
				w.Header().Set("Access-Control-Allow-Credentials", "true")
				w.Header().Set("Access-Control-Allow-Methods", "DELETE")
				w.Header().Set("Access-Control-Allow-Headers", "Authorization")
			}))
			defer server.Close()
			c := Config{URL: server.URL + "/orders", AllowUnsafeMethods: test.unsafe, Cookie: "session=1", Connection: Connection{Timeout: 5 * time.Second}}
			c.Fetch = story.Fetch{Origin: page, Method: test.method, Headers: []string{"Authorization=x"}, Credentials: cors.CredentialsInclude}
			r, err := probeOnce(t, c)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("sent %q, want %q", got, test.want)
			}
			if wantUnsent := test.method == "DELETE" && !test.unsafe; (r.Unsent != "") != wantUnsent || !r.Allowed {
				t.Errorf("allowed %t, unsent %q", r.Allowed, r.Unsent)
			}
		})
	}
}

// TestRedirected: of an answer that redirects, and that the page may read, probe
// tells where a browser goes on, as whom, and goes nowhere.
func TestRedirected(t *testing.T) {
	for _, test := range []struct{ desc, location, redirect, next string }{
		{"to the same host", "/v2/orders", "{}/v2/orders", "apigw-cors probe {}/v2/orders --origin https://app.example.com --header 'Authorization=(hidden)'"},
		{"to another host", "http://127.0.0.1:1/orders", "http://127.0.0.1:1/orders", "apigw-cors probe http://127.0.0.1:1/orders --origin null"},
		{"with a secret", "https://sso.example.com/?token=hush#hush", "https://sso.example.com/?token=(hidden)#(hidden)", ""},
	} {
		t.Run(test.desc, func(t *testing.T) {
			asked := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				asked++
				w.Header().Set("Access-Control-Allow-Origin", page)
				w.Header().Set("Access-Control-Allow-Headers", "Authorization")
				if r.Method != "OPTIONS" {
					w.Header().Set("Location", test.location)
					w.WriteHeader(http.StatusFound)
				}
			}))
			defer server.Close()
			c := Config{URL: server.URL + "/orders", Connection: Connection{Timeout: 5 * time.Second}}
			c.Fetch = story.Fetch{Origin: page, Method: "GET", Headers: []string{"Authorization=hush"}}
			r, err := probeOnce(t, c)
			if err != nil {
				t.Fatal(err)
			}
			at := func(s string) string { return strings.ReplaceAll(s, "{}", server.URL) }
			if r.Redirect != at(test.redirect) || r.Next != at(test.next) {
				t.Errorf("redirect %s, next %s", r.Redirect, r.Next)
			}
			var text bytes.Buffer
			r.writeText(&text)
			if !strings.Contains(text.String(), "A browser goes on to "+r.Redirect) || strings.Contains(text.String(), "hush") {
				t.Error(text.String())
			}
			if asked != 4 { // The preflight, the request, and the two error paths.
				t.Errorf("%d requests", asked)
			}
		})
	}
}

// TestOverTLS reaches a server by another address than its name says, with
// HTTP/2 and without, and only with --insecure.
func TestOverTLS(t *testing.T) {
	var protocol string
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		protocol = r.Proto
		w.Header().Set("Access-Control-Allow-Origin", "*")
	}))
	server.EnableHTTP2 = true
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	host, port, _ := strings.Cut(server.Listener.Addr().String(), ":")
	c := Config{URL: "https://api.example.com:" + port + "/orders", Fetch: story.Fetch{Origin: page, Method: "GET"}}
	c.Connection = Connection{Timeout: 5 * time.Second, Resolve: []string{"api.example.com:" + port + ":" + host}, Insecure: true}
	for _, http1 := range []bool{false, true} {
		c.Connection.HTTP1 = http1
		r, err := probeOnce(t, c)
		if want := map[bool]string{false: "HTTP/2.0", true: "HTTP/1.1"}[http1]; err != nil || !r.Allowed || protocol != want {
			t.Errorf("http1 %t: %s, allowed %t, %v; want %s", http1, protocol, r.Allowed, err, want)
		}
	}
	server.TLS.ClientAuth = tls.RequireAnyClientCert
	_, err := probeOnce(t, c)
	server.TLS.ClientAuth = tls.NoClientCert
	if err == nil || !strings.Contains(strings.Join(report.HintsOf(err), ""), "mutual TLS") {
		t.Errorf("a certificate is asked for: %v", err)
	}
	c.Connection.Insecure = false
	_, err = probeOnce(t, c)
	var hinted *report.HintedError
	if !errors.As(err, &hinted) || !strings.Contains(hinted.Hint, "--insecure") {
		t.Errorf("a certificate nobody signed: %v", err)
	}
}

// TestSecretsInWhatIsWrong: no mistake of a command line is told with the secret
// in it.
func TestSecretsInWhatIsWrong(t *testing.T) {
	for _, test := range []struct{ desc, url, header string }{
		{"no scheme", "api.example.com/orders?token=secret", ""},
		{"no scheme, and a password", "user:secret@api.example.com/orders", ""},
		{"a user", "https://user:secret@api.example.com/orders?token=secret", ""},
		{"another scheme", "ftp://user:secret@api.example.com/", ""},
		{"a header of two lines", "https://api.example.com/orders", "Authorization=sec\nsecret"},
		{"a blank after the name", "https://api.example.com/orders", "Authorization Bearer secret"},
		{"no name", "https://api.example.com/orders", "secretsecretsecretsecret"},
	} {
		var out bytes.Buffer
		c := Config{URL: test.url, Connection: Connection{Timeout: time.Second}, Out: &out, DryRun: true}
		c.Fetch = story.Fetch{Origin: page, Method: "GET"}
		if test.header != "" {
			c.Fetch.Headers = []string{test.header}
		}
		err := Run(context.Background(), c)
		all := out.String()
		if err != nil {
			all += err.Error() + strings.Join(report.HintsOf(err), " ")
		}
		if all == "" || strings.Contains(all, "secret") {
			t.Errorf("%s: %s", test.desc, all)
		}
	}
}

// TestDryRunTellsAllThatIsSent: the cookie and the body, too, and of neither what
// it holds.
func TestDryRunTellsAllThatIsSent(t *testing.T) {
	var out bytes.Buffer
	c := Config{URL: "https://api.example.com/", Connection: Connection{Timeout: time.Second}, Out: &out, DryRun: true, AllowUnsafeMethods: true, Cookie: "a=secret", Data: "secret"}
	c.Fetch = story.Fetch{Origin: page, Method: "PUT", Credentials: "include"}
	if err := Run(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	preflight, actual, _ := strings.Cut(out.String(), "PUT https://")
	if strings.Contains(preflight, "Cookie") || !strings.Contains(actual, "  Cookie: (hidden)\n  and a body of 6 bytes\n") || strings.Contains(out.String(), "secret") {
		t.Error(out.String())
	}
}

// TestSourceIsKnown: what several failures look like is given no name.
func TestSourceIsKnown(t *testing.T) {
	for _, tt := range []struct {
		name, value, source, failure string
	}{
		{"X-Amzn-Errortype", "ForbiddenException", "gateway response", ""},
		{"X-Amzn-Errortype", "InternalServerErrorException", "gateway response", ""},
		{"X-Amzn-Errortype", "UnauthorizedException", "gateway response", "UNAUTHORIZED"},
		{"Server", "CloudFront", "CloudFront", ""},
	} {
		x := exchangeOf(&cors.Exchange{Response: cors.Response{Status: 403, Headers: cors.HeaderList{{Name: tt.name, Value: tt.value}}}})
		if x.Source != tt.source || x.Failure != tt.failure {
			t.Errorf("%s: %q, %q", tt.value, x.Source, x.Failure)
		}
	}
}

// TestWhatFails: where nothing answers, CORS is not to blame.
func TestWhatFails(t *testing.T) {
	from := cors.HeaderList{{Name: "Server", Value: "CloudFront"}, {Name: "X-Cache", Value: "Error from cloudfront"}}
	for _, tt := range []struct {
		desc      string
		preflight cors.Response
		plain     int
		layer     story.Layer
		change    string
	}{
		{"a load balancer without targets", cors.Response{Status: 503}, 503, story.LayerBackend, "mend what makes it answer 503"},
		{"OPTIONS alone fails", cors.Response{Status: 500}, 200, story.LayerOptions, "let the function answer OPTIONS"},
		{"a distribution without its origin", cors.Response{Status: 502, Headers: from}, 502, story.LayerCloudFront, "check the origin of the distribution"},
		{"a distribution that does not let OPTIONS through", cors.Response{Status: 403, Headers: from}, 200, story.LayerCloudFront, "allow OPTIONS in the behaviour"},
	} {
		request := cors.Request{Origin: page, Method: "PUT", URL: "https://api.example.com/"}
		e := evidence{request: request, trace: cors.Fetch(request, func(cors.Request) cors.Response { return tt.preflight }), plain: cors.Response{Status: tt.plain}}
		if f := e.diagnose(); f == nil || f.Layer != tt.layer || !strings.HasPrefix(f.Change, tt.change) {
			t.Errorf("%s: %+v", tt.desc, f)
		}
	}
}
