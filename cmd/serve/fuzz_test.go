package serve

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"apigw-cors/generator/gateway"
)

// FuzzServe sends whatever net/http takes for a request. The handler must
// answer, put no line break into a header, and allow no origin that the policy
// does not, but in gateway responses, which cannot tell.
func FuzzServe(f *testing.F) {
	f.Add("GET /orders/1?a=b HTTP/1.1\r\nHost: x\r\nOrigin: https://app.example.com\r\n\r\n")
	f.Add("OPTIONS /%zz%2f//. HTTP/1.1\r\nHost: x\r\nOrigin: null\r\nAccess-Control-Request-Method: PUT\r\nAccess-Control-Request-Headers: ,a\tb,Apigw-Cors-Fail\r\n\r\n")
	f.Add("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nApigw-Cors-Fail: 401\r\n\r\n5\r\nhello\r\n0\r\n\r\n")
	f.Add("CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\nUpgrade: websocket\r\nConnection: Upgrade, Apigw-Cors-Fail\r\n\r\n")
	f.Add("GET http://[::1]/ HTTP/1.0\r\nOrigin: https://evil.example\r\nOrigin: https://app.example.com\r\n\r\n")
	f.Add("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n")
	var handlers []http.Handler
	for _, edit := range []func(*gateway.Config){
		func(c *gateway.Config) { c.AllowOrigins = append(c.AllowOrigins, "https://*.example.org") },
		func(c *gateway.Config) { c.API = "http" },
		func(c *gateway.Config) { c.Preflight, c.AllowCredentials, c.Auth = "lambda", true, "lambda" },
		func(c *gateway.Config) {
			c.Resources = []gateway.ResourceConfig{{Path: "/a/{b}"}, {Path: "/a/{b}/{c+}", Methods: []string{"ANY"}}}
		},
	} {
		handlers = append(handlers, newServer(testAPI(f, edit), nil, "none", newRequestLog(io.Discard, io.Discard, false)))
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, h := range handlers {
			r, err := http.ReadRequest(bufio.NewReader(strings.NewReader(text)))
			if err != nil {
				return
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code < 200 || w.Code > 599 {
				t.Errorf("status %d", w.Code)
			}
			for name, values := range w.Header() {
				if strings.ContainsAny(strings.Join(append(values, name), ""), "\r\n\x00") {
					t.Errorf("%q: %q", name, values)
				}
			}
			origin := w.Header().Get("Access-Control-Allow-Origin")
			known := origin == "" || origin == "https://app.example.com" || strings.HasSuffix(origin, ".example.org")
			if !known && !bytes.Contains(w.Body.Bytes(), []byte(`{"message":"`)) {
				t.Errorf("allows %q", origin)
			}
		}
	})
}
