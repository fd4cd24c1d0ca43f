package fix

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// maps reports whether API Gateway maps the responses of a method that the
// policy is for.
func (p *placing) maps(m *gateway.MethodFacts) bool {
	return m.MapsResponses() && slices.ContainsFunc(p.target.Resources(), func(r gateway.Resource) bool {
		return r.Path == m.Path.String() && r.IsFor(m.Method.String())
	})
}

// override is the mapping template that sets the page's origin; "" where the
// origin is one.
func (p *placing) override() string {
	mock, _ := p.target.Mock(p.target.Resources()[0])
	return mock.ResponseTemplate
}

// overrideBlock is such a template at the beginning of one.
func overrideBlock() *regexp.Regexp {
	return regexp.MustCompile(`^#set\(\$origin = \$input\.params\(\)\.header\.get\("origin"\)\)\n(?:.*\n)*?#set\(\$context\.responseOverride\.header\.` + cors.HeaderAllowOrigin + ` = \$origin\)\n#end\n?`)
}

// passes are the templates that pass a body on as it is.
const (
	passesJSON = "$input.json('$')\n"
	passesBody = "$input.body\n"
)

// responseTemplate is the mapping template of an integration response with the
// policy's override before it. error is for one that sets the origin by itself.
func (p *placing) responseTemplate(m *gateway.MethodFacts, have string) (string, error) {
	rest := overrideBlock().ReplaceAllString(have, "")
	if setsOrigin(rest) {
		return "", refuse(m.Place, "take that out of it first", "the mapping template of %s sets %s in its own way", m.Key(), cors.HeaderAllowOrigin)
	}
	before := p.override()
	if before == "" || rest != "" {
		return before + rest, nil
	}
	switch target := m.Integration.Target.String(); {
	case m.Integration.Type.String() == "MOCK":
		return before, nil
	case strings.Contains(target, ":lambda:path"):
		return before + passesJSON, nil
	}
	return before + passesBody, nil
}

// responsesSay compares the responses that API Gateway maps.
func (p *placing) responsesSay(f *gateway.Facts) error {
	want, _ := p.target.ActualHeaders()
	for i := range f.Methods {
		m := &f.Methods[i]
		if !p.maps(m) {
			continue
		}
		for _, r := range m.Integration.Responses {
			if err := headersSay(r.Headers, want); err != nil {
				return fmt.Errorf("%s, status %s: %w", m.Key(), r.Status, err)
			}
			have := templateOf(r.Templates)
			if should, err := p.responseTemplate(m, have); err != nil || strings.TrimSpace(have) != strings.TrimSpace(should) {
				return fmt.Errorf("%s, status %s: its mapping template is another", m.Key(), r.Status)
			}
		}
	}
	return nil
}

// withoutCORS is a method without the headers and the override of a policy.
func withoutCORS(m gateway.MethodFacts) gateway.MethodFacts {
	i := *m.Integration
	i.Responses = slices.Clone(i.Responses)
	for n := range i.Responses {
		r := &i.Responses[n]
		r.Headers = slices.DeleteFunc(slices.Clone(r.Headers), ofPolicy)
		r.Templates = slices.Clone(r.Templates)
		for t := range r.Templates {
			text, known := r.Templates[t].Template.Value()
			if !known {
				continue
			}
			if text = overrideBlock().ReplaceAllString(text, ""); text == passesBody || text == passesJSON {
				text = ""
			}
			r.Templates[t].Template = gateway.Literal(text, r.Templates[t].Template.Place)
		}
	}
	m.Integration = &i
	m.Responses = slices.Clone(m.Responses)
	for n := range m.Responses {
		m.Responses[n].Headers = slices.DeleteFunc(slices.Clone(m.Responses[n].Headers), ofPolicy)
	}
	return m
}
