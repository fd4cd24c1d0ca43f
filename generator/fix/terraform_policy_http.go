package fix

import (
	"slices"
	"strconv"
	"strings"

	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// http gives the HTTP API of the module the CORS configuration of the policy, in
// its own block, and routes for the preflights that would meet an authorizer.
func (p *modulePolicy) http() error {
	want, _ := p.placing.policy.CORSConfiguration()
	b := p.block
	if edit.Nested(b.node(), "cors_configuration") == nil {
		if slices.ContainsFunc(b.node().Body.Blocks, func(inner *hclsyntax.Block) bool { return inner.Type == "dynamic" }) {
			return refuse(p.api.Place, "write it out", "cors_configuration of %s is made by a dynamic block", p.api.Name)
		}
		b.AddBlock(b.node(), "cors_configuration {\n}")
	}
	have, policy := gateway.CORSFacts{}, folded(p.placing.policy.Facts().CORS)
	if p.api.CORS != nil {
		have = *folded(p.api.CORS)
	}
	previous := ""
	for _, list := range []struct {
		name         string
		have, policy gateway.Fact[[]gateway.Text]
		want         []string
	}{
		{"allow_origins", have.AllowOrigins, policy.AllowOrigins, want.AllowOrigins},
		{"allow_methods", have.AllowMethods, policy.AllowMethods, want.AllowMethods},
		{"allow_headers", have.AllowHeaders, policy.AllowHeaders, want.AllowHeaders},
		{"expose_headers", have.ExposeHeaders, policy.ExposeHeaders, want.ExposeHeaders},
	} {
		p.setting(list.name, sameTexts(list.have, list.policy), quotedList(list.want), &previous)
	}
	credentials := ""
	if want.AllowCredentials {
		credentials = "true"
	}
	c := have.AllowCredentials
	p.setting("allow_credentials", c.Unknown == "" && c.Value == want.AllowCredentials, credentials, &previous)
	// Left out, the provider would send 0, and no browser would cache.
	age := -1
	if want.MaxAge != nil {
		age = *want.MaxAge
	}
	m := have.MaxAge
	same := p.api.CORS != nil && m.Unknown == "" && (m.Value == age || m.Value < 0 && age < 0)
	p.setting("max_age", same, strconv.Itoa(age), &previous)
	for route, paths := range p.placing.guardedRoutes() {
		for _, path := range paths {
			if err := p.addOptionsRoute(route, "OPTIONS "+path); err != nil {
				return refuse(route.Place, "add a route "+"OPTIONS "+path+" without an authorizer", "%s takes preflights, too: %v", route.Key, err)
			}
		}
	}
	return nil
}

// setting gives cors_configuration an argument, or takes it out where there is no
// expression for it.
func (p *modulePolicy) setting(name string, same bool, expression string, previous *string) {
	block := edit.Nested(p.block.node(), "cors_configuration")
	given := block.Body.Attributes[name] != nil
	switch {
	case same:
	case expression == "":
		p.block.Remove(block, name)
		given = false
	default:
		p.block.Set(block, name, expression, *previous)
		given = true
	}
	if given {
		*previous = name
	}
}

// quotedList is a list in HCL's syntax, in a line where it is short; "" of none.
func quotedList(words []string) string {
	var items []string
	for _, w := range words {
		items = append(items, edit.Quoted(w))
	}
	text := "[" + strings.Join(items, ", ") + "]"
	switch {
	case len(items) == 0:
		return ""
	case len(text) > 100:
		return listOf(items)
	}
	return text
}
