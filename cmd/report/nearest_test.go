package report

import "testing"

func TestNearest(t *testing.T) {
	keys := []string{"api", "name", "allowOrigins", "allowMethods", "allowHeaders", "exposeHeaders", "allowCredentials", "maxAge", "gatewayResponses", "gatewayResponseOrigin"}
	for word, want := range map[string]string{
		"allowOrigin":                      "allowOrigins",
		"allow_origins":                    "allowOrigins",
		"allow-methods":                    "allowMethods",
		"Access-Control-Allow-Credentials": "allowCredentials",
		"Access-Control-Max-Age":           "maxAge",
		"credentials":                      "allowCredentials",
		"methods":                          "allowMethods",
		"maxage":                           "maxAge",
		"nmae":                             "name",
		"headers":                          "", // allow or expose?
		"x":                                "",
		"":                                 "",
		"colour":                           "",
	} {
		if got := Nearest(word, keys); got != want {
			t.Errorf("nearest(%q) = %q, not %q", word, got, want)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "abc", 3}, {"sam", "sma", 1}, {"rest", "rset", 1}, {"http", "htp", 1}, {"sam", "cdk", 3}} {
		if got := distance(tt.a, tt.b); got != tt.want {
			t.Errorf("distance(%q, %q) = %d, not %d", tt.a, tt.b, got, tt.want)
		}
	}
}
