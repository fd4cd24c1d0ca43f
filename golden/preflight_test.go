package golden_test

import (
	"slices"
	"strings"
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
	"apigw-cors/golden/emulator"
	"apigw-cors/golden/tools"
)

// preflight gives the Access-Control-Allow-Origin that a mock integration
// answers, "" for none: the static header unless the template overrides it.
func preflight(t testing.TB, engine tools.Velocity, m *emulator.Method, headers map[string]string, absent string) string {
	t.Helper()
	if len(m.Responses) != 1 {
		t.Fatalf("a mock with %d integration responses", len(m.Responses))
	}
	for _, r := range m.Responses {
		result := engine.Run(t, tools.MappingTemplate{
			Template: r.Template,
			Headers:  headers,
			// Read by $input.params('origin'), which looks here first.
			Query:  map[string]string{"origin": "https://spoofed.example", "Origin": "https://spoofed.example"},
			Absent: absent,
		})
		if body := strings.TrimSpace(result.Body); body != "" && body != "{}" {
			t.Errorf("the preflight has a body: %q", body)
		}
		for name := range result.Headers {
			if name != cors.HeaderAllowOrigin {
				t.Errorf("the template sets %s", name)
			}
		}
		if origin, ok := result.Headers[cors.HeaderAllowOrigin]; ok {
			return origin
		}
		return strings.Trim(r.Headers[cors.HeaderAllowOrigin], "'")
	}
	return ""
}

// allowsOrigins runs every preflight of an API with origins that are allowed,
// look alike, or are missing, and expects what the policy says. absents are
// the ways in which an absent header may reach the template.
func allowsOrigins(t *testing.T, engine tools.Velocity, api gateway.API, got *emulator.API, absents ...string) {
	t.Helper()
	policy := api.Policy()
	for key, m := range got.Methods {
		if !strings.HasPrefix(key, "OPTIONS ") || m.Integration != "MOCK" {
			continue
		}
		for _, absent := range absents {
			for _, origin := range probes(policy) {
				if t.Failed() {
					return // the rest would say the same
				}
				for _, spelling := range []string{"origin", "Origin"} {
					answer := preflight(t, engine, m, map[string]string{spelling: origin}, absent)
					passes := answer == "*" || answer == origin
					if passes != allows(policy, origin) {
						t.Errorf("%s: %s: %s, absent as %s: Access-Control-Allow-Origin %q", key, spelling, origin, absent, answer)
					}
				}
			}
			answer := preflight(t, engine, m, map[string]string{}, absent)
			if answer == "https://spoofed.example" || answer == "null" {
				t.Errorf("%s: no origin, absent as %s: Access-Control-Allow-Origin %q", key, absent, answer)
			}
		}
	}
}

func allows(policy cors.Policy, origin string) bool {
	return slices.ContainsFunc(policy.AllowOrigins(), func(p cors.OriginPattern) bool { return p.Matches(origin) })
}

// probes are origins that the policy allows, and those that a careless
// comparison would allow as well, whether or not a browser could send them.
func probes(policy cors.Policy) []string {
	out := []string{
		"https://unlisted.example", "http://unlisted.example", "null", "https://spoofed.example",
		"https://app.example.com", "https://example.com", "https://example.com.evil.net",
		"https://appXexample.com", "https://a.b.example.com", "https://evilexample.com",
		"https://evil.net/.example.com", "https://evil.net@x.example.com", "https://.example.com",
		"http://localhost", "http://localhost:5173", "http://localhost:", "http://localhost:1/x",
		"http://localhost:5173.evil.net", "http://localhost.evil.net:80", "https://localhost:5173",
	}
	for _, l := range policy.LookAlikes() {
		out = append(out, l.Origin)
	}
	for _, p := range policy.AllowOrigins() {
		rule := p.Rule()
		for _, origin := range []string{rule.Equals, rule.Prefix + "x" + rule.Suffix} {
			if origin == "" || origin == "x" {
				continue
			}
			out = append(out, origin, origin+".evil.net", origin+"/", origin+":8443", origin+"x", " "+origin, strings.ToUpper(origin),
				strings.Replace(origin, ".", "X", 1), strings.Replace(origin, "://", "://evil-", 1),
				strings.Replace(origin, "://", "://evil.net@", 1))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// sound holds an API against what no tool and no linter checks: API Gateway
// or a browser would refuse it.
func sound(t *testing.T, s *emulator.API) {
	t.Helper()
	for key, m := range s.Methods {
		if strings.HasPrefix(key, "OPTIONS ") && (m.Auth != "NONE" || m.APIKey) {
			t.Errorf("%s: the preflight is behind %s, api key required %t", key, m.Auth, m.APIKey)
		}
		for status, r := range m.Responses {
			for name := range r.Headers {
				if !slices.Contains(r.Declared, name) {
					t.Errorf("%s: %s: %s is mapped and not declared", key, status, name)
				}
			}
			soundHeaders(t, key+" "+status, r.Headers)
			if strings.Contains(r.Template, ".matches(") || strings.Contains(r.Template, "$input.params('") {
				t.Errorf("%s: the template uses a regular expression or reads the query string:\n%s", key, r.Template)
			}
		}
	}
	for kind, headers := range s.GatewayResponses {
		if !slices.Contains(gateway.ResponseTypes(), kind) {
			t.Errorf("%s is not a gateway response type", kind)
		}
		soundHeaders(t, kind, headers)
	}
	if c := s.CORS; c != nil && c.AllowCredentials {
		for _, list := range [][]string{c.AllowOrigins, c.AllowMethods, c.AllowHeaders, c.ExposeHeaders} {
			if slices.Contains(list, "*") {
				t.Errorf("* with credentials: %v", list)
			}
		}
	}
	for key, auth := range s.Routes {
		if strings.HasPrefix(key, "OPTIONS ") && auth != "NONE" {
			t.Errorf("%s: the preflight is behind %s", key, auth)
		}
	}
}

// soundHeaders checks the mapping expressions of a response's headers.
func soundHeaders(t *testing.T, where string, headers map[string]string) {
	t.Helper()
	for name, value := range headers {
		literal, quoted := strings.CutPrefix(value, "'")
		literal, closed := strings.CutSuffix(literal, "'")
		switch {
		case value == gateway.EchoOrigin:
		case !quoted || !closed || strings.Contains(literal, "'"):
			t.Errorf("%s: %s: %s is not a mapping expression", where, name, value)
		case name == cors.HeaderAllowOrigin && strings.Contains(literal, ","):
			t.Errorf("%s: %s: a list is not an origin: %s", where, name, value)
		case literal == "*" && headers[cors.HeaderAllowCredentials] != "":
			t.Errorf("%s: %s: * with credentials", where, name)
		}
	}
}
