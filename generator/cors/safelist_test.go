package cors_test

import (
	"strings"
	"testing"

	"apigw-cors/generator/cors"
)

func TestIsSafelistedRequestHeader(t *testing.T) {
	at128, over128 := strings.Repeat("a", 128), strings.Repeat("a", 129)
	tests := []struct {
		desc, name, value string
		want              bool
	}{
		{"Accept", "Accept", "application/json", true},
		{"Accept of 128 bytes", "accept", at128, true},
		{"Accept of 129 bytes", "accept", over128, false},
		{"Accept with a tab", "accept", "a\tb", true},
		{"Accept with an unsafe byte", "accept", "a:b", false},
		{"Accept with a quote", "accept", `a"b`, false},
		{"Accept with DEL", "accept", "a\x7fb", false},
		{"Accept beyond ASCII", "accept", "a\xffb", true},
		{"Accept-Language", "Accept-Language", "de-DE, en;q=0.5, *", true},
		{"Accept-Language with an underscore", "Accept-Language", "de_DE", false},
		{"Content-Language with a plus", "Content-Language", "a+b", false},
		{"a form", "Content-Type", "application/x-www-form-urlencoded", true},
		{"a multipart form with its boundary", "Content-Type", "multipart/form-data; boundary=----x", true},
		{"text", "content-type", "text/plain;charset=UTF-8", true},
		{"text in upper case", "content-type", "TEXT/PLAIN", true},
		{"blanks before the parameters", "content-type", "text/plain \t;x", true},
		{"JSON", "Content-Type", "application/json", false},
		{"JSON dressed as text", "Content-Type", "text/plain, application/json", false},
		{"JSON in a parameter", "Content-Type", "text/plain; application/json", true},
		{"a quoted parameter has an unsafe byte", "Content-Type", `text/plain; charset="utf-8"`, false},
		{"no MIME type", "Content-Type", "text", false},
		{"empty", "Content-Type", "", false},
		{"Range with start and end", "Range", "bytes=0-499", true},
		{"Range with a start", "Range", "bytes=500-", true},
		{"Range of a suffix", "Range", "bytes=-500", false},
		{"Range that runs backwards", "Range", "bytes=10-9", false},
		{"Range with leading zeros", "Range", "bytes=09-10", true},
		{"several ranges", "Range", "bytes=0-1,5-6", false},
		{"Range with a blank", "Range", "bytes= 0-1", false},
		{"Range in another unit", "Range", "items=0-1", false},
		{"Authorization", "Authorization", "x", false},
		{"a header of one's own", "X-Api-Key", "x", false},
		{"DPR is no longer one", "DPR", "2", false},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			if got := cors.IsSafelistedRequestHeader(cors.Header{Name: tt.name, Value: tt.value}); got != tt.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestNormaliseMethod(t *testing.T) {
	for given, want := range map[string]string{
		"get": "GET", "Delete": "DELETE", "oPtIoNs": "OPTIONS", "put": "PUT", "post": "POST", "head": "HEAD",
		"patch": "patch", "Patch": "Patch", "PATCH": "PATCH", "query": "query", "poſt": "poſt",
	} {
		if got := cors.NormaliseMethod(given); got != want {
			t.Errorf("%s: got %s, want %s", given, got, want)
		}
	}
}

func TestTotalLength(t *testing.T) {
	value := strings.Repeat("a", 128)
	request := func(n int) cors.Request {
		r := cors.Request{Headers: cors.HeaderList{{Name: "X-A", Value: "1"}}}
		for range n {
			r.Headers = append(r.Headers, cors.Header{Name: "Accept", Value: value})
		}
		return r
	}
	for n, want := range map[int]string{8: "x-a", 9: "accept,x-a"} {
		trace := fetch(request(n), respond(204))
		if got, _ := trace.Preflight.Request.Headers.Get("Access-Control-Request-Headers"); got != want {
			t.Errorf("%d values of 128 bytes: got %s, want %s", n, got, want)
		}
	}
}
