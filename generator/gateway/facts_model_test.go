package gateway_test

import (
	"strings"
	"testing"

	"apigw-cors/generator/gateway"
)

func TestFactsOfAPolicy(t *testing.T) {
	at := gateway.Place{File: "template.yaml", Line: 3, Column: 5}
	for _, tt := range []struct {
		desc   string
		config gateway.Config
		edit   func(*gateway.Facts)
		want   string
	}{
		{"the same facts", rest(several), func(*gateway.Facts) {}, ""},
		{"places do not count", rest(several), func(f *gateway.Facts) { f.Methods[0].Place, f.Place = at, at }, ""},
		{"nor does the order", rest(nil), func(f *gateway.Facts) { f.Methods[0], f.Methods[1] = f.Methods[1], f.Methods[0] }, ""},
		{"a default that is left out", rest(nil), func(f *gateway.Facts) {
			for i := range f.Methods {
				f.Methods[i].Integration.Passthrough = gateway.Text{}
				f.Methods[i].Auth.Type = gateway.Literal("NONE", at)
			}
		}, ""},
		{"a quote lost", rest(nil), func(f *gateway.Facts) { f.GatewayResponses[0].Headers[0].Value = gateway.Literal(app, at) },
			"- gateway response DEFAULT_4XX: Access-Control-Allow-Origin: 'https://app.example.com'\n" +
				"+ gateway response DEFAULT_4XX: Access-Control-Allow-Origin: https://app.example.com"},
		{"something unknown", rest(nil), func(f *gateway.Facts) {
			f.GatewayResponses[0].Headers[0].Value = gateway.Unknown("Origin has no default", at)
		},
			"- gateway response DEFAULT_4XX: Access-Control-Allow-Origin: 'https://app.example.com'\n" +
				"+ gateway response DEFAULT_4XX: Access-Control-Allow-Origin: {unknown: Origin has no default}"},
		{"an origin more", http(nil), func(f *gateway.Facts) {
			f.CORS.AllowOrigins.Value = append(f.CORS.AllowOrigins.Value, gateway.Literal("*", at))
		}, "+ CORS configuration: AllowOrigins: *"},
		{"max-age -1 is none", http(func(c *gateway.Config) { c.MaxAge = "-1" }), func(f *gateway.Facts) { f.CORS.MaxAge = gateway.Fact[int]{} }, ""},
		{"a route less", http(auth("jwt")), func(f *gateway.Facts) { f.Routes = f.Routes[1:] }, "- route $default: auth JWT"},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			api := mustParse(t, tt.config)
			got := api.Facts()
			tt.edit(&got)
			if d := strings.Join(gateway.Difference(api.Facts(), got), "\n"); d != tt.want {
				t.Errorf("got\n%s\nwant\n%s", d, tt.want)
			}
		})
	}
}
