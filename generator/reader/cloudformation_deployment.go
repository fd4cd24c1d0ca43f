package reader

import (
	"strings"

	"apigw-cors/generator/gateway"
)

// deployment reads a snapshot: what it waits for, and whether a change of the
// API takes a new one.
func (s *scope) deployment(res *resource, keys map[string]string) gateway.DeploymentFacts {
	d := gateway.DeploymentFacts{Name: s.name(res), Place: res.place}
	if f, ok := res.node.field("DependsOn"); ok {
		d.After = f.place()
	}
	before := s.before(res)
	for _, other := range s.resources {
		if key, ok := keys[other.id]; ok && !before[other.id] {
			d.Misses = append(d.Misses, key)
		}
	}
	if (s.kind == CloudFormation || s.kind == SAM) && !isHashed(res.id) {
		d.Renews = gateway.Fact[bool]{Value: false, Place: res.place}
	}
	return d
}

// isHashed reports whether a logical id ends in a hash, or in a time: whoever
// writes it changes it with what is deployed.
func isHashed(id string) bool {
	tail := id[len(strings.TrimRight(id, "0123456789abcdefABCDEF")):]
	return len(tail) >= 8 && strings.ContainsAny(tail, "0123456789")
}

// before are the resources that are made before another one: those it depends
// on or refers to, and those that they do.
func (t *template) before(res *resource) map[string]bool {
	done := map[string]bool{}
	next := []*resource{res}
	for len(next) > 0 {
		r := next[len(next)-1]
		next = next[:len(next)-1]
		found := map[string]bool{}
		t.refersTo(r.props, found)
		depends := r.node.get("DependsOn")
		if id, ok := depends.literal(); ok {
			found[id] = true
		} else if depends.isKind(list) {
			for _, item := range depends.items {
				id, _ := item.literal()
				found[id] = true
			}
		}
		for id := range found {
			if other := t.byID[id]; other != nil && !done[id] {
				done[id] = true
				next = append(next, other)
			}
		}
	}
	return done
}

// others notes who else may add to an API: nested stacks that get its id, and
// stacks that import it.
func (s *scope) others(f *gateway.Facts, res *resource) {
	open := func(why string, at gateway.Place) {
		parts := []gateway.Part{gateway.OpenMethods, gateway.OpenResponses}
		if f.Kind == gateway.HTTP {
			parts = parts[:1]
		}
		for _, part := range parts {
			f.Open = append(f.Open, gateway.Open{Part: part, Why: why, Place: at})
		}
	}
	for _, stack := range s.resources {
		if stack.typ != "AWS::CloudFormation::Stack" && stack.typ != "AWS::Serverless::Application" {
			continue
		}
		for _, p := range s.fields(stack.props.get("Parameters")) {
			if id, attribute, ok := s.reference(p.value); ok && id == res.id && (attribute == "" || attribute == "RestApiId" || attribute == "RootResourceId") {
				open("the nested stack "+stack.id+" gets the API", p.place())
				break
			}
		}
	}
	for _, out := range s.outputs.fieldsOf() {
		export, ok := out.value.field("Export")
		if !ok {
			continue
		}
		if id, attribute, ok := s.reference(out.value.get("Value")); ok && id == res.id && (attribute == "" || attribute == "RestApiId" || attribute == "RootResourceId") {
			open("other stacks may import the API", export.place())
			return
		}
	}
}

// fieldsOf are a mapping's fields; none of what is not a mapping.
func (n *node) fieldsOf() []field {
	if !n.isKind(mapping) {
		return nil
	}
	return n.fields
}
