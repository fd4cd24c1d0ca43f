package cors

import (
	"slices"
	"testing"
)

func TestLookAlikes(t *testing.T) {
	for _, tt := range []struct {
		desc    string
		allowed []string
		want    []LookAlike
	}{
		{"one origin", []string{"https://app.example.com"}, []LookAlike{
			{LooksLonger, "https://app.example.com.invalid"}, {LooksPrefixed, "https://evilapp.example.com"},
			{LooksDotted, "https://appxexample.com"}, {LooksElsewhere, "https://app.example.com:8443"},
			{LooksPlain, "http://app.example.com"}, {LooksOpaque, "null"},
		}},
		{"a port", []string{"http://localhost:3000"}, []LookAlike{
			{LooksLonger, "http://localhost.invalid:3000"}, {LooksPrefixed, "http://evillocalhost:3000"},
			{LooksElsewhere, "http://localhost:30000"}, {LooksPlain, "https://localhost:3000"}, {LooksOpaque, "null"},
		}},
		{"subdomains", []string{"https://*.example.com"}, []LookAlike{
			{LooksLonger, "https://app.example.com.invalid"}, {LooksApex, "https://example.com"}, {LooksPrefixed, "https://evilexample.com"},
			{LooksDotted, "https://appxexample.com"}, {LooksElsewhere, "https://app.example.com:8443"},
			{LooksPlain, "http://app.example.com"}, {LooksOpaque, "null"},
		}},
		{"an address with any port", []string{"http://127.0.0.1:*"}, []LookAlike{
			{LooksLonger, "http://127.0.0.1.invalid:3000"}, {LooksPlain, "https://127.0.0.1:3000"}, {LooksOpaque, "null"},
		}},
		{"every https origin", []string{"https://*"}, []LookAlike{{LooksPlain, "http://apigw-cors-probe.example"}, {LooksOpaque, "null"}}},
		{"every origin", []string{"*"}, nil},
		{"what another entry allows does not look alike", []string{"https://app.example.com", "http://app.example.com"}, []LookAlike{
			{LooksLonger, "https://app.example.com.invalid"}, {LooksPrefixed, "https://evilapp.example.com"},
			{LooksDotted, "https://appxexample.com"}, {LooksElsewhere, "https://app.example.com:8443"},
			{LooksLonger, "http://app.example.com.invalid"}, {LooksPrefixed, "http://evilapp.example.com"},
			{LooksDotted, "http://appxexample.com"}, {LooksElsewhere, "http://app.example.com:8443"}, {LooksOpaque, "null"},
		}},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			policy, _, err := Parse(Config{AllowOrigins: tt.allowed, AllowMethods: []string{"GET"}})
			if err != nil {
				t.Fatal(err)
			}
			if got := policy.LookAlikes(); !slices.Equal(got, tt.want) {
				t.Errorf("got %v\nwant %v", got, tt.want)
			}
			for _, p := range policy.AllowOrigins() {
				if !p.Matches(p.Example()) {
					t.Errorf("%s does not stand for %s", p, p.Example())
				}
			}
		})
	}
}
