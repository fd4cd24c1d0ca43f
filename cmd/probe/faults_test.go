package probe

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"apigw-cors/cmd/report"
	"apigw-cors/cmd/story"
	"apigw-cors/generator/cors"
)

const page = "https://app.example.com"

// answer is what a made-up deployment answers.
type answer struct {
	status  int
	headers map[string]string
	body    string
}

func (a answer) with(headers map[string]string) answer {
	all := maps.Clone(headers)
	maps.Copy(all, a.headers)
	return answer{a.status, all, a.body}
}

// The errors of API Gateway's own, as AWS documents them.
// https://repost.aws/knowledge-center/api-gateway-troubleshoot-403-forbidden
func restError(status int, kind, message string) answer {
	return answer{status, map[string]string{"x-amz-apigw-id": "id=", "x-amzn-errortype": kind}, `{"message":"` + message + `"}`}
}

func httpError(status int, message string) answer {
	return answer{status, map[string]string{"apigw-requestid": "id="}, `{"message":"` + message + `"}`}
}

// deployment answers each method; a path that is not there gets missing.
type deployment struct{ options, actual, missing answer }

func (d deployment) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a := d.actual
	switch {
	case strings.HasSuffix(r.URL.Path, "apigw-cors-no-such-path"):
		a = d.missing
	case r.Method == "OPTIONS":
		a = d.options
	}
	for name, value := range a.headers {
		w.Header().Set(name, value)
	}
	w.WriteHeader(a.status)
	w.Write([]byte(a.body))
}

var (
	rest    = map[string]string{"x-amz-apigw-id": "id="}
	http2   = map[string]string{"apigw-requestid": "id="}
	allowed = map[string]string{
		"Access-Control-Allow-Origin": page, "Access-Control-Allow-Methods": "GET,PUT", "Access-Control-Allow-Headers": "Content-Type,Authorization",
	}
	preflight = answer{204, allowed, ""}
	success   = answer{200, map[string]string{"Access-Control-Allow-Origin": page}, "{}"}
)

func but(a answer, name, value string) answer { return a.set(name, value) }

func (a answer) set(name, value string) answer {
	a.headers = maps.Clone(a.headers)
	if a.headers == nil {
		a.headers = map[string]string{}
	}
	a.headers[name] = value
	if value == "" {
		delete(a.headers, name)
	}
	return a
}

// TestFaults puts one fault each into a deployment that is right, and asks who
// is to blame.
func TestFaults(t *testing.T) {
	noRoute := restError(403, "MissingAuthenticationTokenException", "Missing Authentication Token")
	good := deployment{preflight.with(rest), success.with(rest), noRoute}
	overHTTP := deployment{preflight.with(http2), success.with(http2), httpError(404, "Not Found")}
	cloudFrontError := answer{403, map[string]string{"Server": "CloudFront", "X-Cache": "Error from cloudfront"}, "<html>"}
	for _, test := range []struct {
		desc        string
		deployment  deployment
		credentials cors.CredentialsMode
		layer       story.Layer
		// change is a part of what is advised.
		change string
	}{
		{"nothing is wrong", good, "", "", ""},
		{"no OPTIONS method", deployment{noRoute, success.with(rest), noRoute}, "", story.LayerOptions, "deploy the stage again"},
		{"no such path", deployment{noRoute, noRoute, noRoute}, "", story.LayerRoute, "check stage and path"},
		{"OPTIONS behind a Cognito authorizer", deployment{restError(401, "UnauthorizedException", "Unauthorized"), success.with(rest), noRoute}, "", story.LayerOptionsAuth, "authorization NONE"},
		{"OPTIONS behind IAM", deployment{restError(403, "AccessDeniedException", "User: anonymous is not authorized"), success.with(rest), noRoute}, "", story.LayerOptionsAuth, "authorization NONE"},
		{"OPTIONS asks for an API key", deployment{restError(403, "ForbiddenException", "Forbidden"), success.with(rest), noRoute}, "", story.LayerAccess, "no API key"},
		{"the mock integration fails", deployment{restError(500, "InternalServerErrorException", "Internal server error"), success.with(rest), noRoute}, "", story.LayerOptions, "CONVERT_TO_TEXT"},
		{"the preflight is throttled", deployment{restError(429, "TooManyRequestsException", "Too Many Requests"), success.with(rest), noRoute}, "", story.LayerAccess, "raise the limit"},
		{"the function does not know OPTIONS", deployment{answer{405, rest, ""}, success.with(rest), noRoute}, "", story.LayerOptions, "answer OPTIONS with 204"},
		{"the function fails at OPTIONS", deployment{answer{502, allowed, ""}, success.with(rest), noRoute}, "", story.LayerOptions, "answer OPTIONS with 204"},
		{"the URL redirects to https", deployment{answer{301, map[string]string{"Location": "https://api.example.com/orders?token=secret#access_token=secret"}, ""}, success, noRoute}, "", story.LayerURL, "final URL"},
		{"CloudFront lets no OPTIONS through", deployment{cloudFrontError, success.with(rest), noRoute}, "", story.LayerCloudFront, "allow OPTIONS"},
		{"a proxy drops the headers of API Gateway's error", deployment{answer{403, nil, `{"message":"Missing Authentication Token"}`}, success, noRoute}, "", story.LayerOptions, "deploy the stage again"},
		{"the authorizer of OPTIONS is broken", deployment{restError(500, "AuthorizerConfigurationException", "Internal server error"), success.with(rest), noRoute}, "", story.LayerOptionsAuth, "authorization NONE"},
		{"no such stage", deployment{restError(403, "ForbiddenException", "Forbidden"), restError(403, "ForbiddenException", "Forbidden"), noRoute}, "", story.LayerAccess, "check the stage in the URL"},
		{"CloudFront redirects to https", deployment{answer{301, map[string]string{"Server": "CloudFront", "X-Cache": "Redirect from cloudfront", "Location": "https://api.example.com/orders"}, ""}, success, noRoute}, "", story.LayerURL, "final URL"},
		{"a behaviour of GET and HEAD alone", deployment{answer{403, cloudFrontError.headers, "This distribution is not configured to allow the HTTP request method that was used for this request."}, success.with(rest), noRoute}, "", story.LayerCloudFront, "allow OPTIONS in the behaviour"},
		{"the WAF of CloudFront", deployment{answer{403, cloudFrontError.headers, "Request blocked. We can't connect to the server"}, success.with(rest), noRoute}, "", story.LayerCloudFront, "let the WAF"},
		{"a function of CloudFront answers", deployment{answer{204, map[string]string{"Server": "CloudFront", "X-Cache": "FunctionGeneratedResponse from cloudfront"}, ""}, success.with(rest), noRoute}, "", story.LayerCloudFront, "let the function answer"},
		{"CloudFront does not tell the origin", deployment{preflight.with(rest), but(answer{200, rest, "{}"}, "Via", "1.1 id.cloudfront.net (CloudFront)"), noRoute}, "", story.LayerBackend, "let it forward Origin"},
		{"OPTIONS without Access-Control-Allow-Origin", deployment{answer{200, rest, ""}, success.with(rest), noRoute}, "", story.LayerOptions, "allow " + page},
		{"another origin", deployment{but(preflight.with(rest), "Access-Control-Allow-Origin", "https://other.example.com"), success.with(rest), noRoute}, "", story.LayerOptions, "allow " + page},
		{"a list of origins", deployment{but(preflight.with(rest), "Access-Control-Allow-Origin", page+",https://b.example"), success.with(rest), noRoute}, "", story.LayerOptions, "never a list"},
		{"quotes that arrive", deployment{but(preflight.with(rest), "Access-Control-Allow-Origin", "'"+page+"'"), success.with(rest), noRoute}, "", story.LayerOptions, "without quotes"},
		{"a slash at the end", deployment{but(preflight.with(rest), "Access-Control-Allow-Origin", page+"/"), success.with(rest), noRoute}, "", story.LayerOptions, "spell the origin as browsers do"},
		{"* with credentials", deployment{but(preflight.with(rest), "Access-Control-Allow-Origin", "*"), success.with(rest), noRoute}, cors.CredentialsInclude, story.LayerOptions, "name the origin instead of *"},
		{"no Allow-Credentials", good, cors.CredentialsInclude, story.LayerOptions, "Access-Control-Allow-Credentials to true"},
		{"the method is not listed", deployment{but(preflight.with(rest), "Access-Control-Allow-Methods", "GET,POST"), success.with(rest), noRoute}, "", story.LayerOptions, "add PUT to Access-Control-Allow-Methods"},
		{"the header is not listed", deployment{but(preflight.with(rest), "Access-Control-Allow-Headers", "Content-Type"), success.with(rest), noRoute}, "", story.LayerOptions, "add authorization to Access-Control-Allow-Headers"},
		{"the function sends no header", deployment{preflight.with(rest), answer{200, rest, "{}"}, noRoute}, "", story.LayerBackend, "the function sends"},
		{"the function names another origin", deployment{preflight.with(rest), but(success.with(rest), "Access-Control-Allow-Origin", "http://localhost:3000"), noRoute}, "", story.LayerBackend, "allow " + page},
		{"the header stands there twice", deployment{preflight.with(rest), but(success.with(rest), "Access-Control-Allow-Origin", "*, "+page), noRoute}, "", story.LayerBackend, "never a list"},
		{"CloudFront keeps another page's answer", deployment{preflight.with(rest), but(but(success.with(rest), "Access-Control-Allow-Origin", "https://other.example.com"), "X-Cache", "Hit from cloudfront"), noRoute}, "", story.LayerCache, "Vary: Origin"},
		{"a cache keeps the answer to no page", deployment{preflight.with(rest), but(but(success.with(rest), "Access-Control-Allow-Origin", ""), "Age", "31"), noRoute}, "", story.LayerCache, "Vary: Origin"},
		{"a redirect without CORS headers", deployment{preflight.with(rest), answer{302, map[string]string{"Location": "https://sso.example.com/?token=secret#secret", "Set-Cookie": "secret"}, ""}, noRoute}, "", story.LayerURL, "final URL"},
		{"a 401 without CORS headers", deployment{preflight.with(rest), restError(401, "UnauthorizedException", "Unauthorized"), noRoute}, "", story.LayerGatewayResponses, "DEFAULT_4XX"},
		{"a 504 without CORS headers", deployment{preflight.with(rest), restError(504, "InternalServerErrorException", "Endpoint request timed out"), noRoute}, "", story.LayerGatewayResponses, "DEFAULT_5XX"},
		{"CloudFront answers the actual request", deployment{preflight.with(rest), cloudFrontError, noRoute}, "", story.LayerCloudFront, "WAF"},
		{"HTTP API: nothing is wrong", overHTTP, "", "", ""},
		{"HTTP API without a CORS configuration", deployment{httpError(404, "Not Found"), success.with(http2), httpError(404, "Not Found")}, "", story.LayerConfiguration, "give the HTTP API a CORS configuration"},
		{"HTTP API that does not list the origin", deployment{answer{204, http2, ""}, success.with(http2), httpError(404, "Not Found")}, "", story.LayerConfiguration, "allow " + page},
		{"HTTP API whose $default authorizer takes the preflight", deployment{httpError(401, "Unauthorized"), success.with(http2), httpError(404, "Not Found")}, "", story.LayerOptionsAuth, "OPTIONS /{proxy+}"},
		{"HTTP API whose answer lacks the header", deployment{preflight.with(http2), answer{200, http2, "{}"}, httpError(404, "Not Found")}, "", story.LayerConfiguration, "does not count there"},
	} {
		t.Run(test.desc, func(t *testing.T) {
			server := httptest.NewServer(test.deployment)
			defer server.Close()
			c := Config{URL: server.URL + "/prod/orders", AllowUnsafeMethods: true, Connection: Connection{Timeout: 5 * time.Second}}
			c.Fetch = story.Fetch{Origin: page, Method: "PUT", Headers: []string{"Authorization=secret"}, Credentials: test.credentials}
			r, err := probeOnce(t, c)
			if err != nil {
				t.Fatal(err)
			}
			if test.layer == "" {
				if !r.Allowed || r.Fault != nil {
					t.Fatalf("allowed %t, fault %+v", r.Allowed, r.Fault)
				}
				return
			}
			if r.Allowed || r.Fault == nil {
				t.Fatalf("allowed %t, no fault; want %s", r.Allowed, test.layer)
			}
			if r.Fault.Layer != test.layer || !strings.Contains(r.Fault.Change, test.change) {
				t.Errorf("fault %+v, want %s and %q", r.Fault, test.layer, test.change)
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
	c.Connection.Insecure = false
	_, err := probeOnce(t, c)
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
