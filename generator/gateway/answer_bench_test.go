package gateway_test

import (
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

func BenchmarkAnswer(b *testing.B) {
	paths := func(c *gateway.Config) {
		c.Resources = []gateway.ResourceConfig{{Path: "/"}, {Path: "/orders"}, {Path: "/orders/{id}"}, {Path: "/{proxy+}"}}
	}
	for _, bench := range []struct {
		name, request string
		config        gateway.Config
	}{
		{"rest-preflight-static", "OPTIONS /orders/17 Access-Control-Request-Method=PUT", rest(paths)},
		{"rest-preflight-template", "OPTIONS /orders/17 Access-Control-Request-Method=PUT", rest(func(c *gateway.Config) { paths(c); several(c) })},
		{"rest-proxy", "GET /orders/17", rest(paths)},
		{"rest-gateway-response", "DELETE /orders/17", rest(paths)},
		{"http-preflight", "OPTIONS /orders/17 Access-Control-Request-Method=PUT", http(paths)},
		{"http-proxy", "GET /orders/17", http(paths)},
	} {
		b.Run(bench.name, func(b *testing.B) {
			api, _, err := gateway.Parse(bench.config)
			if err != nil {
				b.Fatal(err)
			}
			d, r := api.Deploy(), request(bench.request)
			response := backend()
			answer := func() cors.Response { return response }
			b.ReportAllocs()
			for b.Loop() {
				if d.Answer(r, answer).Status == 0 {
					b.Fatal("no answer")
				}
			}
		})
	}
}
