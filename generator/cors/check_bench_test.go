package cors_test

import (
	"testing"

	"apigw-cors/generator/cors"
)

func BenchmarkCheck(b *testing.B) {
	r := cors.Request{Origin: page, Credentials: cors.CredentialsInclude}
	response := respond(200, "Content-Type", "application/json", "Access-Control-Allow-Origin", page, "Access-Control-Allow-Credentials", "true", "Vary", "Origin")
	b.ReportAllocs()
	for b.Loop() {
		if cors.Check(r, response).Decision != cors.Passed {
			b.Fatal("refused")
		}
	}
}

func BenchmarkPreflightCheck(b *testing.B) {
	p := cors.Preflight{Origin: page, Method: "PUT", Headers: []string{"authorization", "content-type"}}
	response := respond(204, "Access-Control-Allow-Origin", page, "Access-Control-Allow-Methods", "GET,POST,PUT",
		"Access-Control-Allow-Headers", "Content-Type,Authorization", "Access-Control-Max-Age", "600", "Vary", "Origin")
	b.ReportAllocs()
	for b.Loop() {
		if steps := p.Check(response); steps[len(steps)-1].Decision == cors.Refused {
			b.Fatal("refused")
		}
	}
}

func BenchmarkFetch(b *testing.B) {
	r := cors.Request{Origin: page, Method: "PUT", URL: api, Headers: cors.HeaderList{{"Content-Type", "application/json"}}}
	response := respond(204, "Access-Control-Allow-Origin", page, "Access-Control-Allow-Methods", "PUT", "Access-Control-Allow-Headers", "Content-Type")
	send := func(cors.Request) cors.Response { return response }
	b.ReportAllocs()
	for b.Loop() {
		if !cors.Fetch(r, send).Allowed() {
			b.Fatal("refused")
		}
	}
}
