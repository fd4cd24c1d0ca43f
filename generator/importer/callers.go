package importer

import (
	"strings"

	"apigw-cors/generator/gateway"
)

// caller is what a method or a route asks of whoever calls it.
type caller struct {
	of    string
	auth  gateway.AuthFacts
	place gateway.Place
}

func (t *taking) methodCallers(paths []*served) (out []caller) {
	for _, p := range paths {
		for _, m := range p.methods {
			out = append(out, caller{m.Key(), m.Auth, m.Place})
		}
	}
	return out
}

// auth takes what all that ask for something ask for. A policy has one auth:
// where some methods ask for nothing, that is said.
func (t *taking) auth(callers []caller) {
	var asked []said
	var open []caller
	for _, c := range callers {
		s := authOf(c)
		switch {
		case s.unknown != "":
			t.open("auth", s.place, s.unknown)
		case s.words[0] == string(gateway.NoAuth):
			open = append(open, c)
		default:
			asked = append(asked, s)
		}
	}
	words := t.agree("auth", asked, false)
	if t.isOpen("auth") || len(words) == 0 {
		return
	}
	t.Config.Auth = words[0]
	if len(open) > 0 {
		at := first(open[0].auth.Type.Place, open[0].place)
		t.note("auth", at, open[0].of+andOthers(len(open)-1)+" asks for nothing; a policy has one auth for all paths")
	}
	switch gateway.Auth(words[0]) {
	case gateway.Cognito, gateway.Lambda, gateway.JWT:
		t.authHeader(callers)
	}
}

func andOthers(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return ", as one other,"
	}
	return ", as others,"
}

// authOf is the policy's word for what a caller is asked.
func authOf(c caller) said {
	s := said{of: c.of, place: first(c.auth.Type.Place, c.auth.APIKeyRequired.Place, c.place)}
	kind, known := c.auth.Type.Value()
	key := c.auth.APIKeyRequired
	word := map[string]gateway.Auth{
		"": gateway.NoAuth, "NONE": gateway.NoAuth, "AWS_IAM": gateway.IAM, "CUSTOM": gateway.Lambda, "COGNITO_USER_POOLS": gateway.Cognito, "JWT": gateway.JWT,
	}[strings.ToUpper(kind)]
	switch {
	case !known:
		s.unknown = c.auth.Type.Unknown()
	case word == "":
		s.unknown = kind + " is not an authorization type"
	case word == gateway.NoAuth && key.Unknown != "":
		s.unknown = key.Unknown
	case word == gateway.NoAuth && key.Value:
		word = gateway.APIKey
	case key.Value:
		s.notes = append(s.notes, Note{Place: first(key.Place, s.place), Text: "an API key is asked for besides, and a policy has one auth"})
	}
	s.words = []string{string(word)}
	return s
}

// authHeader takes the header that the authorizer reads.
func (t *taking) authHeader(callers []caller) {
	var all []said
	for _, c := range callers {
		var s said
		for _, h := range c.auth.Headers {
			s.of, s.place = c.of, first(h.Place, c.auth.Type.Place, c.place)
			if name, known := h.Value(); known {
				s.words = append(s.words, name)
			} else {
				s.unknown = h.Unknown()
			}
		}
		if len(s.words) > 0 || s.unknown != "" {
			all = append(all, s)
		}
	}
	words := t.agree("authHeader", all, true)
	if len(words) == 0 {
		return
	}
	if words[0] != "Authorization" {
		t.Config.AuthHeader = words[0]
	}
	if len(words) > 1 {
		t.note("authHeader", t.Places["authHeader"], "the authorizer reads "+strings.Join(words, ", ")+"; allow the others under allowHeaders")
	}
}

// backend takes how requests reach what answers them.
func (t *taking) backend(paths []*served) {
	kinds := map[string][]said{}
	var order []string
	for _, p := range paths {
		for _, m := range p.methods {
			word, unknown := backendOf(m)
			s := said{words: []string{word}, of: m.Key(), place: m.Place, unknown: unknown}
			if m.Integration != nil {
				s.place = first(m.Integration.Type.Place, m.Integration.Place, m.Place)
			}
			if unknown != "" {
				t.note("integration", s.place, "of "+s.of+" it is not known: "+unknown)
				continue
			}
			if kinds[word] == nil {
				order = append(order, word)
			}
			kinds[word] = append(kinds[word], s)
		}
	}
	switch {
	case len(order) == 0:
		return
	case len(order) > 1:
		for _, word := range order {
			t.open("integration", kinds[word][0].place, kinds[word][0].of+andOthers(len(kinds[word])-1)+" has "+backendText(word)+", and a policy has one integration for all")
		}
		return
	case order[0] == "":
		return
	}
	t.Config.Integration = string(gateway.NonProxy)
	at := kinds[order[0]][0].place
	t.Places["integration"], t.Places["backendType"] = at, at
	switch order[0] {
	case string(gateway.LambdaBackend):
	case someService:
		t.open("backendType", at, "the file does not show whether a function or another AWS service answers "+kinds[someService][0].of)
	default:
		t.Config.BackendType = order[0]
	}
}

// someService stands for a function or another AWS service: the file does not
// show which.
const someService = "function or service"

// backendOf is the backend type behind a method, "" for a proxy.
func backendOf(m *gateway.MethodFacts) (word, unknown string) {
	if m.Integration == nil {
		return "", "it has no integration"
	}
	i := m.Integration
	switch kind := integrationType(m); kind {
	case "AWS_PROXY", "HTTP_PROXY":
		return "", ""
	case "HTTP":
		return string(gateway.HTTPBackend), ""
	case "MOCK":
		return string(gateway.MockBackend), ""
	case "AWS":
		target := i.Target.String()
		switch {
		case !i.InvokesFunction():
			return string(gateway.ServiceBackend), ""
		case strings.Contains(target, ":lambda:") || strings.Contains(target, "/invocations") || strings.Contains(target, "invoke_arn"):
			return string(gateway.LambdaBackend), ""
		}
		return someService, ""
	case "":
		return "", i.Type.Unknown()
	default:
		return "", kind + " is not an integration type"
	}
}

func backendText(word string) string {
	if word == "" {
		return "a proxy integration"
	}
	return "a non-proxy integration with " + map[string]string{"lambda": "a function", "http": "a URL", "aws": "an AWS service", "mock": "a mock", someService: "a function or an AWS service"}[word]
}
