package generator_test

import (
	"fmt"
	"testing"

	"apigw-cors/generator"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// BenchmarkBounds parses, and renders every format, at an eighth, a quarter,
// half and the whole of what a Config may have: time per resource, and per
// origin, must not grow.
func BenchmarkBounds(b *testing.B) {
	for _, n := range []int{gateway.MaxEntries / 8, gateway.MaxEntries / 4, gateway.MaxEntries / 2, gateway.MaxEntries} {
		resources := gateway.Config{API: "rest", Config: cors.Config{AllowOrigins: []string{"https://a.example"}}}
		origins := gateway.Config{API: "rest", Config: cors.Config{AllowMethods: []string{"GET"}}}
		for i := range n {
			resources.Resources = append(resources.Resources, gateway.ResourceConfig{
				Path: fmt.Sprintf("/a%d/{b}", i), Methods: []string{"GET", "POST", "PUT"},
			})
			// Half of them are covered by the other half.
			origins.AllowOrigins = append(origins.AllowOrigins, fmt.Sprintf("https://%s.a%d.example", []string{"*", "b"}[i%2], i/2))
		}
		for name, c := range map[string]gateway.Config{"resources": resources, "origins": origins} {
			perEntry := func(b *testing.B, do func()) {
				for b.Loop() {
					do()
				}
				b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "µs/entry")
			}
			api, _, err := gateway.Parse(c)
			if err != nil {
				b.Fatal(err)
			}
			b.Run(fmt.Sprintf("parse %s/%d", name, n), func(b *testing.B) {
				perEntry(b, func() { _, _, _ = gateway.Parse(c) })
			})
			b.Run(fmt.Sprintf("render %s/%d", name, n), func(b *testing.B) {
				// A format may refuse what is over a tool's own bound.
				perEntry(b, func() {
					_, _, _ = generator.New(generator.Formats(), generator.Options{Standalone: true}).Render(api)
				})
			})
		}
	}
}
