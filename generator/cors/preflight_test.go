package cors_test

import (
	"fmt"
	"strings"
	"testing"

	"apigw-cors/generator/cors"
)

func sprint(names []string) string { return fmt.Sprint(names) }

func without(names []string, prefix string) []string {
	var out []string
	for _, n := range names {
		if !strings.HasPrefix(n, prefix) {
			out = append(out, n)
		}
	}
	return out
}

func TestPreflightCheck(t *testing.T) {
	const origin, methods, headers = "Access-Control-Allow-Origin", "Access-Control-Allow-Methods", "Access-Control-Allow-Headers"
	allow := func(status int, more ...string) cors.Response {
		return respond(status, append([]string{origin, page, "Access-Control-Allow-Credentials", "true"}, more...)...)
	}
	put := cors.Preflight{Method: "PUT"}
	get := func(names ...string) cors.Preflight { return cors.Preflight{Method: "GET", Headers: names} }
	include := func(p cors.Preflight) cors.Preflight { p.Credentials = cors.CredentialsInclude; return p }
	tests := []struct {
		desc      string
		preflight cors.Preflight
		response  cors.Response
		refused   cors.Cause // "" where the actual request goes out
	}{
		{"the CORS check comes first", put, respond(204, methods, "PUT"), cors.AllowOriginMissing},
		{"even before the status", put, respond(403), cors.AllowOriginMissing},
		{"it is made with the actual request's credentials mode", include(put), respond(204, origin, "*", methods, "PUT"), cors.AllowOriginAnyWithCredentials},
		{"ok status 200", put, allow(200, methods, "PUT"), ""},
		{"ok status 204", put, allow(204, methods, "PUT"), ""},
		{"ok status 299", put, allow(299, methods, "PUT"), ""},
		{"199 is none", put, allow(199, methods, "PUT"), cors.StatusNotOK},
		{"304 is none", put, allow(304, methods, "PUT"), cors.StatusNotOK},
		{"403 is none, with every header right", put, allow(403, methods, "PUT"), cors.StatusNotOK},
		{"a redirect is refused", put, allow(302, methods, "PUT", "Location", "/"), cors.StatusRedirect},
		{"a list that is none", put, allow(204, methods, "PUT POST"), cors.InvalidAllowMethods},
		{"a list with empty elements is one", put, allow(204, methods, " ,PUT,, "), ""},
		{"a list over two headers", put, allow(204, methods, "DELETE", methods, "PUT"), ""},
		{"method not listed", put, allow(204, methods, "GET,DELETE"), cors.MethodNotAllowed},
		{"no list", put, allow(204), cors.MethodNotAllowed},
		{"a method is case-sensitive", cors.Preflight{Method: "patch"}, allow(204, methods, "PATCH"), cors.MethodCase},
		{"and so is the list", put, allow(204, methods, "put"), cors.MethodCase},
		{"any method", put, allow(204, methods, "*"), ""},
		{"* is literal with credentials", include(put), allow(204, methods, "*"), cors.MethodAnyWithCredentials},
		{"by name with credentials", include(put), allow(204, methods, "PUT"), ""},
		{"a CORS-safelisted method need not be listed", get("x-a"), allow(204, methods, "PUT", headers, "x-a"), ""},
		{"nor with credentials", include(get("x-a")), allow(204, headers, "x-a"), ""},
		{"header names are case-insensitive", get("x-a"), allow(204, headers, "X-A"), ""},
		{"header not listed", get("content-type", "x-a"), allow(204, headers, "Content-Type"), cors.HeaderNotAllowed},
		{"any header", get("x-a"), allow(204, headers, "*"), ""},
		{"* is literal with credentials", include(get("x-a")), allow(204, headers, "*"), cors.HeaderAnyWithCredentials},
		{"* does not cover Authorization", get("authorization"), allow(204, headers, "*"), cors.AuthorizationNotAny},
		{"Authorization beside *", get("authorization", "x-a"), allow(204, headers, "*, Authorization"), ""},
		{"a header list that is none", get("x-a"), allow(204, headers, "X-A;X-B"), cors.InvalidAllowHeaders},
		{"and it is checked though no header asks", put, allow(204, methods, "PUT", headers, "'X-A' b"), cors.InvalidAllowHeaders},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			tt.preflight.Origin = page
			steps := tt.preflight.Check(tt.response)
			last := steps[len(steps)-1]
			if tt.refused == "" {
				if last.Decision == cors.Refused || last.Cause != cors.MaxAgeMissing {
					t.Errorf("got %s: %s", last.Cause, last.Detail())
				}
				return
			}
			if last.Decision != cors.Refused || last.Cause != tt.refused {
				t.Errorf("got %s %s: %s", last.Decision, last.Cause, last.Detail())
			}
		})
	}
}

func TestMaxAgeOfResponse(t *testing.T) {
	tests := []struct {
		desc    string
		values  []string
		seconds int
		given   bool
	}{
		{"missing", nil, 5, false},
		{"seconds", []string{"600"}, 600, true},
		{"zero", []string{"0"}, 0, true},
		{"negative is no delta-seconds", []string{"-1"}, 5, false},
		{"a duration is none", []string{"10m"}, 5, false},
		{"empty", []string{""}, 5, false},
		{"a header for one value, given twice", []string{"600", "600"}, 5, false},
		{"larger than any cap", []string{"99999999999999999999"}, 1<<31 - 1, true},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			var headers cors.HeaderList
			for _, v := range tt.values {
				headers = append(headers, cors.Header{Name: "access-control-max-age", Value: v})
			}
			if seconds, given := cors.MaxAge(headers); seconds != tt.seconds || given != tt.given {
				t.Errorf("got %d, %v", seconds, given)
			}
		})
	}
}

func TestPreflightRequest(t *testing.T) {
	p := cors.Preflight{Origin: page, Method: "PUT", Headers: []string{"content-type", "x-a"}, Credentials: cors.CredentialsInclude}
	r := p.Request("https://api.example.com/orders")
	if r.Method != "OPTIONS" || r.Credentials != cors.CredentialsOmit {
		t.Errorf("got %s with credentials mode %s", r.Method, r.Credentials)
	}
	if v, _ := r.Headers.Get("access-control-request-headers"); v != "content-type,x-a" {
		t.Errorf("no blank after the comma: got %q", v)
	}
	back, ok := cors.ReadPreflight(r)
	p.Credentials = cors.CredentialsOmit
	if !ok || fmt.Sprint(back) != fmt.Sprint(p) {
		t.Errorf("read back: got %+v", back)
	}
	if _, ok := cors.ReadPreflight(cors.Request{Method: "OPTIONS", Headers: r.Headers[:1]}); ok {
		t.Error("an OPTIONS request without Origin is no preflight")
	}
}
