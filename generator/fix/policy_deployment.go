package fix

import (
	"slices"

	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

// deploy lets the deployments of the API wait for what was added, and for what
// the policy speaks for and they may miss; and tells of those that take no new
// snapshot.
func (p *placing) deploy(h *sheet, added []string) error {
	done := map[string]bool{}
	for _, f := range p.facts {
		for _, d := range f.Deployments {
			id, err := p.resourceAt(d.Place)
			if err != nil || done[id] {
				continue
			}
			done[id] = true
			if err := depend(h, id, append(p.missed(h, f, d), added...)); err != nil {
				return err
			}
			if string(h.before) != string(h.text) {
				p.note(d.Place, "give it another logical id, there and where it is referred to, so that CloudFormation takes a new one", "%s is a snapshot of the API as it was", id)
			}
		}
	}
	return nil
}

// missed are the ids of the resources of a template that a deployment may miss.
func (p *placing) missed(h *sheet, f *gateway.Facts, d gateway.DeploymentFacts) (out []string) {
	add := func(at gateway.Place) {
		if id, err := p.resourceAt(at); err == nil && at.File == h.name {
			out = append(out, id)
		}
	}
	for _, m := range f.Methods {
		if m.Method.String() == "OPTIONS" && p.covers(m.Path.String()) && slices.Contains(d.Misses, m.Key()) {
			add(m.Place)
		}
	}
	for _, g := range f.GatewayResponses {
		if p.target.Governs(g.Type.String()) && slices.Contains(d.Misses, g.Type.String()) {
			add(g.Place)
		}
	}
	return out
}

// depend adds to a resource's DependsOn.
func depend(h *sheet, id string, on []string) error {
	w := way{"Resources", id, "DependsOn"}
	for _, other := range on {
		s := h.at(w)
		switch {
		case s.IsZero():
			if err := h.set(w[:2], "Type", "DependsOn", edit.List(edit.String(other))); err != nil {
				return err
			}
			continue
		case s.Value.Kind == reader.ScalarValue:
			if err := h.make(h.Wrap(s), w); err != nil {
				return err
			}
		}
		if err := h.make(h.Append(h.at(w), edit.String(other)), w); err != nil {
			return err
		}
	}
	return nil
}
