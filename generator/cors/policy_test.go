package cors_test

import (
	"reflect"
	"slices"
	"testing"

	"apigw-cors/generator/cors"
)

// policies are accepted configs with their normal form.
func policies() []struct {
	desc         string
	config, want cors.Config
} {
	return []struct {
		desc         string
		config, want cors.Config
	}{
		{"one origin", plain(nil), plain(nil)},
		{"no methods", cors.Config{AllowOrigins: []string{"*"}}, cors.Config{AllowOrigins: []string{"*"}}},
		{"everything", cors.Config{
			AllowOrigins:     []string{"https://App.example.com/", "https://*.example.com:443", "http://localhost:*", "https://*"},
			AllowMethods:     []string{"get", "OPTIONS", "PUT", "GET", "PROPFIND"},
			AllowHeaders:     []string{"X-Api-Key", "content-type", "x-api-key", "Authorization "},
			ExposeHeaders:    []string{"ETag", "etag", "X-Amzn-RequestId"},
			AllowCredentials: true,
			MaxAge:           "1h30m",
		}, cors.Config{
			AllowOrigins:     []string{"https://app.example.com", "https://*.example.com", "http://localhost:*", "https://*"},
			AllowMethods:     []string{"GET", "OPTIONS", "PUT", "PROPFIND"},
			AllowHeaders:     []string{"X-Api-Key", "content-type", "Authorization"},
			ExposeHeaders:    []string{"ETag", "X-Amzn-RequestId"},
			AllowCredentials: true,
			MaxAge:           "5400",
		}},
		{"wildcards", cors.Config{
			AllowOrigins: []string{" * "}, AllowMethods: []string{"*"}, AllowHeaders: []string{"Authorization", "*"}, ExposeHeaders: []string{"*"}, MaxAge: "0",
		}, cors.Config{
			AllowOrigins: []string{"*"}, AllowMethods: []string{"*"}, AllowHeaders: []string{"*", "Authorization"}, ExposeHeaders: []string{"*"}, MaxAge: "0",
		}},
	}
}

func TestNormalForm(t *testing.T) {
	for _, tt := range policies() {
		t.Run(tt.desc, func(t *testing.T) {
			p, _, err := cors.Parse(tt.config)
			if err != nil {
				t.Fatal(err)
			}
			if got := p.Config(); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
			checkNormalForm(t, p)
		})
	}
}

// checkNormalForm holds a policy to its promise: its Config parses to it, and
// has nothing left to normalise.
func checkNormalForm(t *testing.T, p cors.Policy) {
	t.Helper()
	again, advice, err := cors.Parse(p.Config())
	if err != nil || !reflect.DeepEqual(again, p) {
		t.Errorf("%+v parses to %+v, %v", p.Config(), again.Config(), err)
	}
	for _, a := range advice {
		switch a.Code {
		case "origin-normalised", "method-normalised", "header-normalised", "duplicate":
			t.Errorf("%s on the normal form: %+v", a.Code, a)
		}
	}
}

func TestStaticOrigin(t *testing.T) {
	tests := []struct {
		origins []string
		want    string
		any     bool
	}{
		{[]string{"*"}, "*", true},
		{[]string{"https://Example.com"}, "https://example.com", false},
		{[]string{"https://example.com", "https://EXAMPLE.com"}, "https://example.com", false},
		{[]string{"https://a.com", "https://b.com"}, "", false},
		{[]string{"https://*"}, "", false},
		{[]string{"https://*.example.com"}, "", false},
		{[]string{"http://localhost:*"}, "", false},
	}
	for _, tt := range tests {
		p, _, err := cors.Parse(cors.Config{AllowOrigins: tt.origins})
		if err != nil {
			t.Fatal(err)
		}
		got, ok := p.StaticOrigin()
		if got != tt.want || ok != (tt.want != "") || p.AnyOrigin() != tt.any {
			t.Errorf("%q: got %q, %t, any %t", tt.origins, got, ok, p.AnyOrigin())
		}
	}
}

func TestZeroPolicyAllowsNothing(t *testing.T) {
	var p cors.Policy
	_, static := p.StaticOrigin()
	_, aged := p.MaxAge()
	if len(p.AllowOrigins()) > 0 || static || p.AnyOrigin() || !p.AllowMethods().Empty() || !p.AllowHeaders().Empty() ||
		!p.ExposeHeaders().Empty() || p.AllowCredentials() || aged || !reflect.DeepEqual(p.Config(), cors.Config{}) {
		t.Errorf("the zero policy is %+v", p.Config())
	}
}

func TestPolicyDoesNotChange(t *testing.T) {
	c := policies()[2].config
	c.AllowOrigins = slices.Clone(c.AllowOrigins)
	p, _, err := cors.Parse(c)
	if err != nil {
		t.Fatal(err)
	}
	before := p.Config()
	c.AllowOrigins[0] = "https://evil.example"
	clear(p.AllowOrigins())
	clear(p.AllowMethods().List())
	clear(p.AllowHeaders().List())
	clear(p.AllowHeaders().Strings())
	other, _ := cors.ParseHeaderName("X-Other")
	p.AllowHeaders().With(other)
	method, _ := cors.ParseMethod("MKCOL")
	p.AllowMethods().Union(cors.NewMethods(false, method))
	if after := p.Config(); !reflect.DeepEqual(after, before) {
		t.Errorf("got %+v, want %+v", after, before)
	}
}

func TestMaxAge(t *testing.T) {
	for raw, want := range map[string]int{"0": 0, "600": 600, " 600 ": 600, "0600": 600, "10m": 600, "1.5h": 5400, "24h": 86400, "86400": 86400, "0s": 0, "1000ms": 1} {
		p, _, err := cors.Parse(plain(func(c *cors.Config) { c.MaxAge = raw }))
		if got, ok := p.MaxAge(); err != nil || got != want || !ok {
			t.Errorf("%q: got %d, %t, %v; want %d", raw, got, ok, err, want)
		}
	}
	p, _, _ := cors.Parse(plain(nil))
	if got, ok := p.MaxAge(); got != 0 || ok {
		t.Errorf("not set: got %d, %t", got, ok)
	}
}
