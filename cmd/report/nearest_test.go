package report

import "testing"

func TestNearest(t *testing.T) {
	keys := []string{"api", "name", "allowOrigins", "allowMethods", "allowHeaders", "exposeHeaders", "allowCredentials", "maxAge", "gatewayResponses", "gatewayResponseOrigin", "terraform", "cloudformation"}
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
		"tf":                               "terraform",
		"cfn":                              "cloudformation",
		"ft":                               "",
		"al":                               "", // all that is allowed
		"x":                                "",
		"":                                 "",
		"colour":                           "",
	} {
		if got := Nearest(word, keys); got != want {
			t.Errorf("nearest(%q) = %q, not %q", word, got, want)
		}
	}
}
