package cors_test

import (
	"slices"
	"strings"
	"testing"

	"apigw-cors/generator/cors"
)

// FuzzFetch holds what must be true of every fetch, whatever page and server
// say.
func FuzzFetch(f *testing.F) {
	f.Add("https://app.example.com", "PATCH", "https://api.example.com/", "Content-Type", "application/json", true, 204, "https://app.example.com", "*", "*", "600")
	f.Add("null", "get", "http://localhost:3000", "Range", "bytes=0-", false, 200, "*", "GET", "range", "")
	f.Add("https://a.example", "PUT", "https://a.example", "Accept", strings.Repeat("a", 129), false, 0, "", ",,", "'x'", "-1")
	f.Add("http://[::1]", "tRaCe", "http://[::1]:80/", "X-HTTP-Method", "a,TRACK", true, 302, "null", "PUT", "authorization", "1e9")
	f.Fuzz(func(t *testing.T, origin, method, url, name, value string, include bool, status int, allowOrigin, allowMethods, allowHeaders, maxAge string) {
		r := cors.Request{Origin: origin, Method: method, URL: url, Headers: cors.HeaderList{{Name: name, Value: value}}}
		if include {
			r.Credentials = cors.CredentialsInclude
		}
		response := respond(status, "Access-Control-Allow-Origin", allowOrigin, "Access-Control-Allow-Credentials", "true",
			"Access-Control-Allow-Methods", allowMethods, "Access-Control-Allow-Headers", allowHeaders, "Access-Control-Max-Age", maxAge)
		var sent []string
		trace := cors.Fetch(r, func(r cors.Request) cors.Response {
			sent = append(sent, r.Method)
			return response
		})
		refusal, refused := trace.Refusal()
		switch {
		case refused == trace.Allowed():
			t.Errorf("refused %v, allowed %v", refused, trace.Allowed())
		case len(sent) > 2 || len(sent) == 2 && sent[0] != "OPTIONS":
			t.Errorf("sent %q", sent)
		case refused && refusal.Stage != cors.StageResponse && trace.Actual != nil:
			t.Errorf("refused by %s, and the actual request was sent", refusal.Cause)
		case refused && refusal.Stage == cors.StageRequest && len(sent) > 0:
			t.Errorf("refused by %s, and yet sent %q", refusal.Cause, sent)
		case !refused && trace.Actual == nil:
			t.Error("allowed, and nothing was sent")
		case refused && trace.Readable != nil:
			t.Errorf("refused, and the page reads %q", trace.Readable)
		}
		if trace.Allowed() && include && allowOrigin == "*" && trace.Steps[0].Cause == cors.CrossOrigin {
			t.Error("* allowed with credentials")
		}
		if !slices.IsSorted(trace.Readable) {
			t.Errorf("readable %q", trace.Readable)
		}
		for _, s := range trace.Steps {
			if s.Detail() == "" || s.Spec() == "" {
				t.Errorf("%s has no words", s.Cause)
			}
		}
		if trace.Preflight != nil {
			names, _ := trace.Preflight.Request.Headers.Get("Access-Control-Request-Headers")
			if names != strings.ToLower(names) {
				t.Errorf("names %q", names)
			}
		}
	})
}
