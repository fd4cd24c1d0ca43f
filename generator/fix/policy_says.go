package fix

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// says reports how the files differ from what they are to say: the policy's, for
// what it is for, and otherwise what they said before; nil where they do not.
// Where conditions decided about CORS alone, they decide nothing any more: what
// they told apart may be one.
func (p *placing) says(after *State) error {
	was, others := p.apart(p.Reading.APIs)
	is, rest := p.apart(after.Reading.APIs)
	if len(others) != len(rest) || len(is) == 0 || len(is) > len(was) {
		return errors.New("the files would tell of other APIs")
	}
	for i := range others {
		if d := gateway.Difference(*others[i], *rest[i]); len(d) > 0 {
			return fmt.Errorf("%s would be told something else, too: %s", others[i].Name, d[0])
		}
	}
	for i, now := range is {
		if err := p.apiSays(now); err != nil {
			return err
		}
		for j, before := range was {
			if len(was) == len(is) && i != j {
				continue
			}
			if f := now.Deploy().Faults(); len(f) > len(before.Deploy().Faults()) {
				return fmt.Errorf("API Gateway would refuse it: %s", f[0].Text)
			}
			if d := gateway.Difference(p.rest(*before, *before), p.rest(*now, *before)); len(d) > 0 {
				return fmt.Errorf("%s would be told something else, too: %s", now.Name, d[0])
			}
		}
	}
	return nil
}

// apart are the facts of the API that the policy is for, and those of others.
func (p *placing) apart(apis []gateway.Facts) (ours, others []*gateway.Facts) {
	for i := range apis {
		if f := &apis[i]; f.Name == p.facts[0].Name && f.Kind == p.facts[0].Kind {
			ours = append(ours, f)
		} else {
			others = append(others, f)
		}
	}
	return ours, others
}

// apiSays compares what the policy is for.
func (p *placing) apiSays(f *gateway.Facts) error {
	if !p.target.IsREST() {
		want := p.target.Facts()
		d := gateway.Difference(gateway.Facts{CORS: folded(want.CORS)}, gateway.Facts{CORS: folded(f.CORS)})
		if len(d) == 0 {
			return nil
		}
		if lacks, ok := strings.CutPrefix(d[0], "- "); ok {
			return fmt.Errorf("edited, it would not say: %s", lacks)
		}
		return fmt.Errorf("edited, it would still say: %s", strings.TrimPrefix(d[0], "+ "))
	}
	for _, r := range p.target.Resources() {
		mock, _ := p.target.Mock(r)
		m := method(f, "OPTIONS", r.Path)
		if m == nil {
			if method(f, "", r.Path) == nil {
				continue // a condition takes the whole path away
			}
			return fmt.Errorf("OPTIONS %s would not be there", r.Path)
		}
		if err := mockSays(m, mock, p.needsText(f)); err != nil {
			return fmt.Errorf("OPTIONS %s: %w", r.Path, err)
		}
	}
	for _, want := range p.target.GatewayResponses() {
		if !slices.ContainsFunc(f.GatewayResponses, func(g gateway.GatewayResponseFacts) bool { return g.Type.String() == want.Type }) {
			return fmt.Errorf("the gateway response %s would not be there", want.Type)
		}
	}
	for _, g := range f.GatewayResponses {
		if !p.target.Governs(g.Type.String()) {
			continue
		}
		if err := headersSay(g.Headers, p.target.GatewayResponses()[0].Headers); err != nil {
			return fmt.Errorf("gateway response %s: %w", g.Type, err)
		}
	}
	return p.responsesSay(f)
}

// folded is a CORS configuration with the names of headers in lower case: their
// case says nothing.
func folded(c *gateway.CORSFacts) *gateway.CORSFacts {
	if c == nil {
		return nil
	}
	out := *c
	for _, list := range []*[]gateway.Text{&out.AllowHeaders.Value, &out.ExposeHeaders.Value} {
		*list = slices.Clone(*list)
		for i, t := range *list {
			if name, known := t.Value(); known {
				(*list)[i] = gateway.Literal(strings.ToLower(name), t.Place)
			}
		}
	}
	return &out
}

// method finds a method of a path; "" stands for any.
func method(f *gateway.Facts, verb, path string) *gateway.MethodFacts {
	for i := range f.Methods {
		if m := &f.Methods[i]; m.Path.String() == path && (verb == "" || m.Method.String() == verb) {
			return m
		}
	}
	return nil
}

// needsText reports whether a mock has to say CONVERT_TO_TEXT: some binary media
// type may cover its template.
func (p *placing) needsText(f *gateway.Facts) bool {
	return len(p.policy.BinaryMediaTypes()) > 0 || len(f.BinaryMediaTypes) > 0
}

// mockSays compares an OPTIONS method with the policy's mock, apart from what
// each tool writes in its own way: the ok status, and the request template that
// gives it.
func mockSays(m *gateway.MethodFacts, want gateway.Mock, text bool) error {
	if isGuarded(m.Auth) {
		return fmt.Errorf("it asks for credentials")
	}
	i := m.Integration
	if i == nil || i.Type.String() != "MOCK" {
		return fmt.Errorf("it is not a mock")
	}
	if len(i.Responses) != 1 {
		return fmt.Errorf("it has %d responses", len(i.Responses))
	}
	if r := i.Responses[0]; r.Pattern.String() != "" || !strings.HasPrefix(r.Status.String(), "2") {
		return fmt.Errorf("status %s is not an ok status", r.Status)
	}
	if t := templateOf(i.RequestTemplates); !strings.Contains(t, "statusCode") {
		return fmt.Errorf("no request template gives its status")
	}
	if text && (i.ContentHandling.String() != gateway.ContentHandling || i.Responses[0].ContentHandling.String() != gateway.ContentHandling) {
		return fmt.Errorf("a binary media type may cover its template")
	}
	if have := templateOf(i.Responses[0].Templates); setsOrigin(have) || want.ResponseTemplate != "" {
		if strings.TrimSpace(have) != strings.TrimSpace(want.ResponseTemplate) {
			return fmt.Errorf("its mapping template is another")
		}
	}
	return headersSay(i.Responses[0].Headers, want.Headers)
}

// templateOf is the template that a browser's request selects.
func templateOf(templates []gateway.TemplateFacts) string {
	for _, t := range templates {
		if t.MediaType.String() == "application/json" {
			return t.Template.String()
		}
	}
	return ""
}

// setsOrigin reports whether a mapping template sets the page's origin.
func setsOrigin(template string) bool {
	return strings.Contains(strings.ToLower(template), "responseoverride.header."+strings.ToLower(cors.HeaderAllowOrigin))
}

// isCORS reports whether a header is one that a policy decides.
func isCORS(name string) bool {
	return strings.HasPrefix(strings.ToLower(name), "access-control-")
}

// headersSay compares mapped headers with those of the policy. Others, that have
// nothing to do with CORS, are left aside.
func headersSay(have []gateway.HeaderFacts, want []gateway.Mapping) error {
	for _, h := range want {
		i := slices.IndexFunc(have, func(f gateway.HeaderFacts) bool { return strings.EqualFold(f.Name.String(), h.Header) })
		if i < 0 {
			return fmt.Errorf("%s would not be there", h.Header)
		}
		if !hasValue(have[i], h) {
			return fmt.Errorf("%s would be %s, not %s", h.Header, have[i].Value, h)
		}
	}
	for _, f := range have {
		if name := f.Name.String(); isCORS(name) && !wants(want, name) {
			return fmt.Errorf("%s would still be there", name)
		}
	}
	return nil
}

func wants(headers []gateway.Mapping, name string) bool {
	return slices.ContainsFunc(headers, func(h gateway.Mapping) bool { return strings.EqualFold(h.Header, name) })
}

// rest are the facts without what the policy decides. What is new has nothing to
// be compared with.
func (p *placing) rest(f, before gateway.Facts) gateway.Facts {
	methods, responses, routes := f.Methods, f.GatewayResponses, f.Routes
	f.CORS, f.Methods, f.GatewayResponses, f.Routes = nil, nil, nil, nil
	for _, m := range methods {
		switch {
		case m.Method.String() == "OPTIONS" && p.covers(m.Path.String()):
			continue
		case p.maps(&m):
			m = withoutCORS(m)
		}
		f.Methods = append(f.Methods, m)
	}
	for _, g := range responses {
		if kind := g.Type.String(); p.target.Governs(kind) {
			if !slices.ContainsFunc(before.GatewayResponses, func(b gateway.GatewayResponseFacts) bool { return b.Type.String() == kind }) {
				continue
			}
			g.Headers = slices.DeleteFunc(slices.Clone(g.Headers), ofPolicy)
		}
		f.GatewayResponses = append(f.GatewayResponses, g)
	}
	for _, r := range routes {
		isNew := !slices.ContainsFunc(before.Routes, func(b gateway.RouteFacts) bool { return b.Key.String() == r.Key.String() })
		if !isNew || !strings.HasPrefix(r.Key.String(), "OPTIONS ") || isGuarded(r.Auth) {
			f.Routes = append(f.Routes, r)
		}
	}
	return f
}

func isGuarded(a gateway.AuthFacts) bool {
	return a.Type.String() != "" && a.Type.String() != "NONE" || a.APIKeyRequired.Value || a.APIKeyRequired.Unknown != ""
}

// ofPolicy reports whether a policy decides a header.
func ofPolicy(h gateway.HeaderFacts) bool {
	name := h.Name.String()
	return isCORS(name) || strings.EqualFold(name, cors.HeaderVary)
}
