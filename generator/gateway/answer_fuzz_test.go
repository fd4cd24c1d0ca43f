package gateway_test

import (
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// FuzzAnswer holds that no request makes the gateway allow an origin that the
// policy does not, but for gateway responses, which cannot tell.
func FuzzAnswer(f *testing.F) {
	f.Add(false, "OPTIONS", "/orders/%2e", "https://a.example.org", "PUT")
	f.Add(true, "GET", "//", "https://app.example.com.evil.net", "")
	f.Add(true, "", "", "null", "GET")
	f.Add(false, "ANY", "/{proxy+}", "https://x@a.example.org", "ANY")
	edit := func(c *gateway.Config) { several(c); c.AllowCredentials = true }
	apis := map[bool]*gateway.Deployment{}
	for isHTTP, c := range map[bool]gateway.Config{false: rest(edit), true: http(func(c *gateway.Config) {
		c.AllowOrigins = []string{app, "https://b.example"}
	})} {
		api, _, err := gateway.Parse(c)
		if err != nil {
			f.Fatal(err)
		}
		apis[isHTTP] = api.Deploy()
	}
	allowed := func(isHTTP bool, origin string) bool {
		if isHTTP {
			return origin == app || origin == "https://b.example"
		}
		for _, p := range []string{app, "https://*.example.org", "http://localhost:*"} {
			if o, _, _ := cors.ParseOriginPattern(p); o.Matches(origin) {
				return true
			}
		}
		return false
	}
	f.Fuzz(func(t *testing.T, isHTTP bool, method, url, origin, asked string) {
		r := gateway.NewRequest(cors.Request{Method: method, URL: url, Headers: cors.HeaderList{
			{Name: "Origin", Value: origin}, {Name: "Access-Control-Request-Method", Value: asked},
		}})
		d := apis[isHTTP]
		a := d.Answer(r, func() cors.Response { return d.Lambda(r) })
		value, sent := a.Headers.Get(cors.HeaderAllowOrigin)
		if sent && a.Source != gateway.FromGatewayResponse && (value != origin || !allowed(isHTTP, origin)) {
			t.Errorf("%s %s from %q: %s", method, url, origin, value)
		}
		if a.Status < 200 || a.Status > 599 {
			t.Errorf("status %d", a.Status)
		}
	})
}
