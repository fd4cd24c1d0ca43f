package fix

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// pickInSAM lets mapping templates pick the page's origin where SAM's Cors names
// several, which it has no room for: what Cors says becomes OPTIONS mocks in the
// body of the API, as a policy of several origins does.
func (t *task) pickInSAM(origins []string) Edit {
	policy, err := t.samPolicy(origins)
	if err != nil {
		return not(err.Error())
	}
	_, changes, err := t.put(policy)
	if refusal := (&Refusal{}); errors.As(err, &refusal) && refusal.Instead != "" {
		return not(refusal.Why + ": " + refusal.Instead)
	}
	if err != nil {
		return not(err.Error())
	}
	return Edit{Changes: changes, Check: func(before, after *State) error {
		p, _, err := before.put(policy)
		if err == nil {
			err = p.proves(after, &policy)
		}
		if err == nil {
			err = samePreflights(before, after, t.f.API)
		}
		if why := news(before, after, changes); err == nil && why != "" {
			err = errors.New(why)
		}
		return err
	}}
}

// samPolicy is the policy that an API's Cors says, with its origins one by one.
func (t *task) samPolicy(origins []string) (Policy, error) {
	c := gateway.Config{API: string(gateway.REST), GatewayResponses: []string{gateway.NoResponses}, Config: cors.Config{AllowOrigins: origins}}
	for i, m := range t.preflights(t.f.API) {
		if m.MadeBy != samCORS || m.Integration == nil || len(m.Integration.Responses) != 1 {
			return Policy{}, errors.New("not all preflights of the API are those of its Cors: `apigw-cors import` makes a policy of it, and `apigw-cors fix --file` puts that in")
		}
		headers := m.Integration.Responses[0].Headers
		says := map[string][]string{}
		for _, h := range headers {
			value, known := h.Value.Value()
			list, quoted := inner(value)
			if !known || !quoted && value != "" {
				return Policy{}, fmt.Errorf("%s cannot be known: give the parameters their values with --parameter", h.Name)
			}
			if spot := t.d.Find(h.Value.Place.Start, h.Value.Place.End); !spot.IsZero() && isFunction(spot.Value) {
				return Policy{}, fmt.Errorf("a function makes %s, and a policy has only what it says today: write the list out", h.Name)
			}
			says[strings.ToLower(h.Name.String())] = words(list)
		}
		of := func(name string) []string { return says[strings.ToLower(name)] }
		methods := slices.DeleteFunc(slices.Clone(of(cors.HeaderAllowMethods)), func(m string) bool { return m == "OPTIONS" })
		c.Resources = append(c.Resources, gateway.ResourceConfig{Path: m.Path.String(), Methods: methods})
		if i == 0 {
			c.AllowHeaders, c.MaxAge = of(cors.HeaderAllowHeaders), strings.Join(of(cors.HeaderMaxAge), ",")
			c.AllowCredentials = slices.Equal(of(cors.HeaderAllowCredentials), []string{"true"})
		}
	}
	api, _, err := gateway.Parse(c)
	if err != nil {
		return Policy{}, errors.New("what Cors says is not a policy: " + cors.Faults(err)[0].Detail)
	}
	return Policy{API: api, In: t.f.API}, nil
}

// preflights are the OPTIONS methods of an API.
func (s *State) preflights(api string) (out []*gateway.MethodFacts) {
	for i := range s.Reading.APIs {
		for j := range s.Reading.APIs[i].Methods {
			if m := &s.Reading.APIs[i].Methods[j]; s.Reading.APIs[i].Name == api && m.Method.String() == "OPTIONS" {
				out = append(out, m)
			}
		}
	}
	return out
}

// samePreflights reports what the preflights of an API say otherwise than
// before, but for the origin.
func samePreflights(before, after *State, api string) error {
	was, is := before.preflights(api), after.preflights(api)
	for _, m := range was {
		i := slices.IndexFunc(is, func(n *gateway.MethodFacts) bool { return n.Key() == m.Key() })
		if i < 0 {
			return fmt.Errorf("%s would not be there", m.Key())
		}
		for _, name := range []string{cors.HeaderAllowMethods, cors.HeaderAllowHeaders, cors.HeaderAllowCredentials, cors.HeaderMaxAge} {
			have, want := valueOf(is[i], name), valueOf(m, name)
			// SAM lists OPTIONS, which no page calls; a policy always has Content-Type.
			want = slices.DeleteFunc(want, func(w string) bool { return w == "OPTIONS" || w == "Content-Type" })
			have = slices.DeleteFunc(have, func(h string) bool { return h == "Content-Type" })
			if !slices.Equal(have, want) {
				return fmt.Errorf("%s of %s would be %q, not %q", name, m.Key(), have, want)
			}
		}
	}
	return nil
}

// valueOf are the words of a header that a mock sends, in order.
func valueOf(m *gateway.MethodFacts, name string) []string {
	if m.Integration == nil || len(m.Integration.Responses) != 1 {
		return nil
	}
	h, _ := header(m.Integration.Responses[0].Headers, name)
	list, _ := inner(h.Value.String())
	all := words(list)
	slices.Sort(all)
	return all
}
