package cors_test

import (
	"strings"
	"testing"

	"apigw-cors/generator/cors"
)

const api = "https://api.example.com/orders"

// fetch fills in what the test does not care about.
func fetch(r cors.Request, response cors.Response) cors.Trace {
	if r.Origin == "" {
		r.Origin = page
	}
	if r.Method == "" {
		r.Method = "GET"
	}
	if r.URL == "" {
		r.URL = api
	}
	return cors.Fetch(r, func(cors.Request) cors.Response { return response })
}

func TestFetchNeedsPreflight(t *testing.T) {
	tests := []struct {
		desc    string
		request cors.Request
		cause   cors.Cause // of the preflight, "" where there is none
		names   string     // Access-Control-Request-Headers
	}{
		{"a simple GET", cors.Request{}, "", ""},
		{"a simple POST of a form", cors.Request{Method: "POST", Headers: cors.HeaderList{{"Content-Type", "text/plain"}}}, "", ""},
		{"get is GET", cors.Request{Method: "get"}, "", ""},
		{"PUT", cors.Request{Method: "PUT"}, cors.UnsafeMethod, ""},
		{"patch stays lower case", cors.Request{Method: "patch"}, cors.UnsafeMethod, ""},
		{"a JSON body", cors.Request{Method: "POST", Headers: cors.HeaderList{{"Content-Type", "application/json"}}}, cors.UnsafeContentType, "content-type"},
		{"names are lower case, sorted, once", cors.Request{Headers: cors.HeaderList{{"X-B", ""}, {"x-a", ""}, {"X-A", ""}, {"Accept", "x"}}}, cors.UnsafeHeaderName, "x-a,x-b"},
		{"a header over 128 bytes", cors.Request{Headers: cors.HeaderList{{"Accept", strings.Repeat("a", 129)}}}, cors.UnsafeHeaderLength, "accept"},
		{"blanks around a value do not count", cors.Request{Headers: cors.HeaderList{{"Accept", " " + strings.Repeat("a", 128) + "\t"}}}, "", ""},
		{"an unsafe byte", cors.Request{Headers: cors.HeaderList{{"Accept", "{}"}}}, cors.UnsafeHeaderByte, "accept"},
		{"a suffix range", cors.Request{Headers: cors.HeaderList{{"Range", "bytes=-5"}}}, cors.UnsafeRange, "range"},
		{"a forbidden header is dropped", cors.Request{Headers: cors.HeaderList{{"Cookie", "a=b"}, {"Sec-Fetch-Mode", "x"}, {"Proxy-Y", "x"}}}, "", ""},
		{"a forbidden method in an override header too", cors.Request{Headers: cors.HeaderList{{"X-HTTP-Method-Override", "GET, trace"}}}, "", ""},
		{"another override is a header like others", cors.Request{Headers: cors.HeaderList{{"X-HTTP-Method-Override", "PUT"}}}, cors.UnsafeHeaderName, "x-http-method-override"},
		{"credentials alone do not ask first", cors.Request{Credentials: cors.CredentialsInclude}, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			trace := fetch(tt.request, respond(204))
			if (trace.Preflight != nil) != (tt.cause != "") {
				t.Fatalf("preflight %v, steps %+v", trace.Preflight, trace.Steps)
			}
			if tt.cause == "" {
				return
			}
			found := false
			for _, s := range trace.Steps {
				found = found || s.Cause == tt.cause
			}
			names, _ := trace.Preflight.Request.Headers.Get("Access-Control-Request-Headers")
			if !found || names != tt.names {
				t.Errorf("names %q, steps %+v", names, trace.Steps)
			}
		})
	}
}

func TestFetchForms(t *testing.T) {
	tests := []struct {
		desc    string
		request cors.Request
		refused cors.Cause
	}{
		{"no method", cors.Request{Method: "GET POST"}, cors.InvalidMethod},
		{"a forbidden method", cors.Request{Method: "trace"}, cors.ForbiddenMethod},
		{"no header name", cors.Request{Headers: cors.HeaderList{{"X A", ""}}}, cors.InvalidHeader},
		{"a line break in a value", cors.Request{Headers: cors.HeaderList{{"X-A", "a\r\nb: c"}}}, cors.InvalidHeader},
		{"no URL", cors.Request{URL: "https://"}, cors.InvalidURL},
		{"no HTTP", cors.Request{URL: "ftp://api.example.com"}, cors.InvalidURL},
		{"a password in the URL", cors.Request{URL: "https://a:b@api.example.com"}, cors.InvalidURL},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			trace := fetch(tt.request, respond(200, "Access-Control-Allow-Origin", "*"))
			s, refused := trace.Refusal()
			if !refused || s.Cause != tt.refused || trace.Preflight != nil || trace.Actual != nil {
				t.Errorf("got %+v", trace)
			}
		})
	}
}

func TestFetchSameOrigin(t *testing.T) {
	for _, tt := range []struct {
		desc, origin, url string
		same              bool
	}{
		{"the same", "https://a.example", "https://a.example/x", true},
		{"the default port spelled out", "https://a.example", "https://a.example:443/x", true},
		{"an upper-case host", "https://a.example", "https://A.example/x", true},
		{"another port", "http://localhost:3000", "http://localhost:8080/", false},
		{"another scheme", "http://a.example", "https://a.example/", false},
		{"a subdomain", "https://a.example", "https://b.a.example/", false},
		{"an opaque origin is same origin with nothing", "null", "https://a.example/", false},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			trace := fetch(cors.Request{Origin: tt.origin, URL: tt.url, Method: "PUT"}, respond(200, "Set-Cookie", "a", "X-A", "b"))
			if trace.Allowed() != tt.same || (trace.Preflight == nil) != tt.same {
				t.Errorf("got %+v", trace.Steps)
			}
			if tt.same && sprint(trace.Readable) != "[x-a]" {
				t.Errorf("readable: %v", trace.Readable)
			}
		})
	}
}

func TestFetchSends(t *testing.T) {
	trace := fetch(cors.Request{Method: "PUT", Headers: cors.HeaderList{{"X-A", "1"}}, Credentials: cors.CredentialsInclude},
		respond(204, "Access-Control-Allow-Origin", page, "Access-Control-Allow-Credentials", "true",
			"Access-Control-Allow-Methods", "PUT", "Access-Control-Allow-Headers", "x-a"))
	if !trace.Allowed() || trace.Actual == nil {
		t.Fatalf("got %+v", trace.Steps)
	}
	if origin, _ := trace.Actual.Request.Headers.Get("origin"); origin != page {
		t.Errorf("the actual request is a CORS request: Origin %q", origin)
	}
	if _, ok := trace.Preflight.Request.Headers.Get("x-a"); ok {
		t.Error("the preflight carries no header of the page's")
	}
	same := fetch(cors.Request{Origin: "https://api.example.com"}, respond(200))
	if _, ok := same.Actual.Request.Headers.Get("Origin"); ok {
		t.Error("a same-origin GET carries no Origin")
	}
}

func TestEveryCauseIsWorded(t *testing.T) {
	trace := fetch(cors.Request{Method: "put", Headers: cors.HeaderList{{"X-A", "1"}, {"Cookie", ""}}},
		respond(204, "Access-Control-Allow-Origin", "*", "Access-Control-Allow-Methods", "*", "Access-Control-Allow-Headers", "*", "Access-Control-Max-Age", "x"))
	for _, s := range trace.Steps {
		if s.Detail() == "" || !strings.HasPrefix(s.Spec(), "https://") {
			t.Errorf("%s: %q, %q", s.Cause, s.Detail(), s.Spec())
		}
	}
}
