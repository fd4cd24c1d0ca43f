package generator

import (
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// BenchmarkRender is the time a format takes once its templates are parsed;
// BenchmarkFirstRender includes parsing them, as a single run of the command
// does.
func BenchmarkRender(b *testing.B) {
	for _, f := range Formats() {
		b.Run(f.Name, func(b *testing.B) {
			api, r := benchmarkAPI(b), New([]Format{f}, Options{Standalone: true})
			for b.Loop() {
				if _, _, err := r.Render(api); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkFirstRender(b *testing.B) {
	for _, f := range Formats() {
		b.Run(f.Name, func(b *testing.B) {
			api := benchmarkAPI(b)
			for b.Loop() {
				if _, _, err := New([]Format{f}, Options{Standalone: true}).Render(api); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func benchmarkAPI(b *testing.B) gateway.API {
	api, _, err := gateway.Parse(gateway.Config{
		API: "rest", Auth: "cognito",
		Config: cors.Config{
			AllowOrigins: []string{"https://app.example.com", "https://*.example.com"}, AllowMethods: []string{"GET", "POST"},
			AllowCredentials: true, MaxAge: "600",
		},
		Resources: []gateway.ResourceConfig{{Path: "/orders"}, {Path: "/orders/{id}", Methods: []string{"GET", "DELETE"}}},
	})
	if err != nil {
		b.Fatal(err)
	}
	return api
}
