package generator_test

import (
	"fmt"
	"testing"

	"apigw-cors/generator"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// BenchmarkBounds renders every format at an eighth, a quarter, half and the
// whole of what a Config may have: time per resource, and per origin, must not
// grow.
func BenchmarkBounds(b *testing.B) {
	for _, n := range []int{gateway.MaxEntries / 8, gateway.MaxEntries / 4, gateway.MaxEntries / 2, gateway.MaxEntries} {
		resources := gateway.Config{API: "rest", Config: cors.Config{AllowOrigins: []string{"https://a.example"}}}
		origins := gateway.Config{API: "rest", Config: cors.Config{AllowMethods: []string{"GET"}}}
		for i := range n {
			resources.Resources = append(resources.Resources, gateway.ResourceConfig{
				Path: fmt.Sprintf("/a%d/{b}", i), Methods: []string{"GET", "POST", "PUT"},
			})
			origins.AllowOrigins = append(origins.AllowOrigins, fmt.Sprintf("https://*.a%d.example", i))
		}
		for name, c := range map[string]gateway.Config{"resources": resources, "origins": origins} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					api, _, err := gateway.Parse(c)
					if err != nil {
						b.Fatal(err)
					}
					// A format may refuse what is over a tool's own bound.
					_, _, _ = generator.New(generator.Formats(), generator.Options{Standalone: true}).Render(api)
				}
				b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "µs/entry")
			})
		}
	}
}
