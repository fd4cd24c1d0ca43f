package fix

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

// addRoutes adds OPTIONS routes without authorization where a route for every
// method would ask a preflight for credentials.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html#http-api-cors-default-route
func (p *placing) addRoutes(h *sheet) error {
	for route, paths := range p.guardedRoutes() {
		sibling, err := p.resourceAt(route.Place)
		if err != nil {
			return err
		}
		last := sibling
		for i, path := range paths {
			id := free(h, sibling+"Options"+strings.Repeat("Root", i))
			properties := mappingOf(with("RouteKey", quoted("OPTIONS "+path)), with("AuthorizationType", quoted("NONE")))
			if target := h.at(way{"Resources", sibling, "Properties", "Target"}); !target.IsZero() {
				properties.Fields = append(properties.Fields, with("Target", target.Value))
			}
			if err := p.addBeside(h, sibling, last, id, "AWS::ApiGatewayV2::Route", []string{"ApiId"}, properties); err != nil {
				return err
			}
			last = id
		}
	}
	return nil
}

// guardedRoutes are the routes for every method that ask preflights, too, for
// credentials, with the paths that lack an OPTIONS route.
func (p *placing) guardedRoutes() func(func(gateway.RouteFacts, []string) bool) {
	return func(yield func(gateway.RouteFacts, []string) bool) {
		f := p.facts[0]
		has := func(key string) bool {
			return slices.ContainsFunc(f.Routes, func(r gateway.RouteFacts) bool { return r.Key.String() == key })
		}
		for _, r := range f.Routes {
			key := r.Key.String()
			path, isAny := strings.CutPrefix(key, "ANY ")
			if !isAny && key != gateway.DefaultRoute || !isGuarded(r.Auth) {
				continue
			}
			paths := []string{path}
			if key == gateway.DefaultRoute {
				paths = []string{"/{proxy+}", "/"}
			}
			paths = slices.DeleteFunc(paths, func(path string) bool { return has("OPTIONS " + path) })
			if !p.allPaths && !slices.ContainsFunc(p.policy.Resources(), func(own gateway.Resource) bool { return own.Path == strings.TrimPrefix(key, "ANY ") }) {
				continue
			}
			if len(paths) > 0 && !yield(r, paths) {
				return
			}
		}
	}
}

// configurationNames and documentNames spell the keys of a CORS configuration as
// CloudFormation and OpenAPI have them.
func configurationNames(name string) string { return name }

func documentNames(name string) string { return strings.ToLower(name[:1]) + name[1:] }

// configure makes a CORS configuration the policy's. A key whose value is known
// to be the policy's stays as it is written, a function included.
func (p *placing) configure(h *sheet, w way, spell func(string) string) error {
	want, ok := p.policy.CORSConfiguration()
	if !ok {
		return nil
	}
	facts, policy := folded(p.facts[0].CORS), folded(p.policy.Facts().CORS)
	out := mappingOf()
	add := func(name string, v *reader.Value) {
		out.Fields = append(out.Fields, with(spell(name), v))
	}
	keep := map[string]bool{}
	list := func(name string, values []string, of func(*gateway.CORSFacts) gateway.Fact[[]gateway.Text]) {
		if len(values) > 0 {
			add(name, wordList(values...))
		}
		if facts != nil && len(p.facts) == 1 && sameTexts(of(facts), of(policy)) {
			keep[spell(name)] = true
		}
	}
	list("AllowOrigins", want.AllowOrigins, func(c *gateway.CORSFacts) gateway.Fact[[]gateway.Text] { return c.AllowOrigins })
	list("AllowMethods", want.AllowMethods, func(c *gateway.CORSFacts) gateway.Fact[[]gateway.Text] { return c.AllowMethods })
	list("AllowHeaders", want.AllowHeaders, func(c *gateway.CORSFacts) gateway.Fact[[]gateway.Text] { return c.AllowHeaders })
	list("ExposeHeaders", want.ExposeHeaders, func(c *gateway.CORSFacts) gateway.Fact[[]gateway.Text] { return c.ExposeHeaders })
	if want.AllowCredentials {
		add("AllowCredentials", bare("true"))
	}
	if want.MaxAge != nil {
		add("MaxAge", bare(strconv.Itoa(*want.MaxAge)))
	}
	if facts != nil && len(p.facts) == 1 {
		keep[spell("AllowCredentials")] = want.AllowCredentials && facts.AllowCredentials.Unknown == "" && facts.AllowCredentials.Value
		keep[spell("MaxAge")] = want.MaxAge != nil && facts.MaxAge.Unknown == "" && facts.MaxAge.Value == *want.MaxAge
	}
	s := h.at(w)
	if s.IsZero() || s.Value.Kind != reader.MappingValue || isFunction(s.Value) || len(s.Value.Fields) == 0 {
		return h.put(w, out, nil)
	}
	for _, f := range out.Fields {
		if !keep[f.Key] || !h.has(w.to(f.Key)) {
			if err := h.put(w.to(f.Key), f.Value, nil); err != nil {
				return err
			}
		}
	}
	for _, f := range h.at(w).Value.Fields {
		isOff := f.Key == spell("AllowCredentials") && f.Value.Text == "false"
		if _, i := out.Field(f.Key); i < 0 && !isOff && !keep[f.Key] {
			if err := h.remove(w.to(f.Key)); err != nil {
				return err
			}
		}
	}
	return nil
}

// sameTexts reports whether a list is known to be another, in whatever order.
func sameTexts(have, want gateway.Fact[[]gateway.Text]) bool {
	words := func(f gateway.Fact[[]gateway.Text]) (out []string) {
		for _, t := range f.Value {
			out = append(out, fmt.Sprint(t))
		}
		slices.Sort(out)
		return out
	}
	return have.Unknown == "" && have.IsGiven() == want.IsGiven() && slices.Equal(words(have), words(want))
}
