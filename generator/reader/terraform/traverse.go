package terraform

import (
	"cmp"
	"strings"

	"apigw-cors/generator/gateway"
	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// traversal looks up a name such as var.x, local.x or aws_api_gateway_method.x,
// and walks on from there.
func (e *evaluator) traversal(t hcl.Traversal, env environment, at gateway.Place) Value {
	root := t.RootName()
	for b := env.names; b != nil; b = b.next {
		if b.name == root {
			return e.walk(b.value, t[1:], at)
		}
	}
	name := attributeName(t, 1)
	switch root {
	case "var":
		return e.walk(e.variable(env.scope, name, at), rest(t, 2), at)
	case "local":
		return e.walk(e.local(env.scope, name, at), rest(t, 2), at)
	case "each":
		v := env.value
		if name == "key" {
			v = env.key
		}
		if v.kind == absent {
			return wrongValue("each is not known here", at)
		}
		return e.walk(v, rest(t, 2), at)
	case "count":
		if env.index.kind == absent {
			return wrongValue("count is not known here", at)
		}
		return env.index
	case "path":
		switch name {
		case "module":
			return textValue(env.scope.module.folder, at)
		case "root", "cwd":
			return textValue(e.options.root, at)
		}
	case "terraform":
		return unknownValue("terraform."+name+" is known where it runs", at)
	case "self":
		return unknownValue("self", at)
	case "module":
		return e.walk(e.moduleValue(env.scope, name, at), rest(t, 2), at)
	case "data":
		return e.walk(e.resourceValue(env.scope, "data."+name+"."+attributeName(t, 2), at), rest(t, 3), at)
	}
	return e.walk(e.resourceValue(env.scope, root+"."+name, at), rest(t, 2), at)
}

func attributeName(t hcl.Traversal, i int) string {
	if i < len(t) {
		if a, ok := t[i].(hcl.TraverseAttr); ok {
			return a.Name
		}
	}
	return ""
}

func rest(t hcl.Traversal, from int) hcl.Traversal {
	return t[min(from, len(t)):]
}

// walk follows attributes and indexes.
func (e *evaluator) walk(v Value, t hcl.Traversal, at gateway.Place) Value {
	for _, s := range t {
		if !e.step() {
			return unknownValue(tooLarge, at)
		}
		switch s := s.(type) {
		case hcl.TraverseAttr:
			v = e.attribute(v, s.Name, at)
		case hcl.TraverseIndex:
			v = e.at(v, fromCty(s.Key, at), at)
		default:
			return unknownValue("this expression is not understood", at)
		}
	}
	return v
}

func (e *evaluator) attribute(v Value, name string, at gateway.Place) Value {
	switch v.kind {
	case unknown:
		return Value{kind: unknown, why: v.why, wrong: v.wrong, at: at}
	case lazy:
		return v.attributes(name).elsePlaced(at)
	case text:
		if ref, ok := v.Reference(); ok {
			return referenceValue(ref.Resource, ref.Attribute+"."+name, at)
		}
	case object:
		if found, ok := v.get(name); ok {
			return found
		}
		if v.open != "" {
			return v.other()
		}
	}
	return wrongValue("there is no attribute "+name, at)
}

func (e *evaluator) at(v, key Value, at gateway.Place) Value {
	switch v.kind {
	case unknown:
		return Value{kind: unknown, why: v.why, wrong: v.wrong, at: at}
	case object:
		name, known := key.identity()
		if known {
			if found, ok := v.get(name); ok {
				return found
			}
		} else if key.resource == nil && len(v.entries) == 1 && v.open == "" {
			return v.entries[0].Value
		}
		if v.open != "" {
			return v.other()
		}
		if !known {
			return unknownValue(whyUnknown(key), at)
		}
		return wrongValue("there is no key "+name, at)
	case lazy:
		if name, known := key.known(); known {
			return v.attributes(name).elsePlaced(at)
		}
		return unknownValue(whyUnknown(key), at)
	case text:
		if ref, ok := v.Reference(); ok {
			return referenceValue(ref.Resource, ref.Attribute+"["+key.Text().String()+"]", at)
		}
	case list, set:
		i, why := key.Int()
		switch {
		case why == "" && i >= 0 && i < len(v.items):
			return v.items[i]
		case v.open != "":
			return v.other()
		case why != "" && len(v.items) == 1:
			return v.items[0]
		case why != "":
			return unknownValue(why, at)
		}
		return wrongValue("there is no such element", at)
	}
	return wrongValue(notCollection, at)
}

func whyUnknown(v Value) string {
	if why := v.Text().Unknown(); why != "" {
		return why
	}
	return "it is not a key"
}

// moduleValue is module.name: what looks into the outputs of a module.
func (e *evaluator) moduleValue(s *scope, name string, at gateway.Place) Value {
	found, why := e.child(s, name)
	if why != "" {
		return unknownValue(why, at)
	}
	return found.value(func(c *scope) Value {
		return Value{kind: lazy, at: at, attributes: func(output string) Value {
			declared := c.module.outputs[output]
			if declared == nil {
				return wrongValue("there is no output "+output, at)
			}
			if !c.enter("output." + output) {
				return wrongValue("output "+output+" refers to itself", at)
			}
			defer c.leave("output." + output)
			return e.eval(declared.expression("value"), environment{scope: c})
		}}
	}, at)
}

// resourceValue is a resource or data source, or its instances.
func (e *evaluator) resourceValue(s *scope, name string, at gateway.Place) Value {
	found := e.resource(s, name)
	if found == nil {
		return e.undeclared(s, name, at)
	}
	return found.value(func(r *Resource) Value {
		return Value{kind: lazy, resource: r, at: at, attributes: func(attribute string) Value {
			return r.attribute(attribute, at)
		}}
	}, at)
}

// undeclared is a resource that is not in the files at hand, as in a snippet
// that is to be put beside others.
func (e *evaluator) undeclared(s *scope, name string, at gateway.Place) Value {
	kind, label, _ := strings.Cut(strings.TrimPrefix(name, "data."), ".")
	if !strings.Contains(kind, "_") || label == "" {
		return wrongValue(name+" is not declared", at)
	}
	r := &Resource{
		Type: kind, Name: label, IsData: strings.HasPrefix(name, "data."), Address: s.within(name), Undeclared: true,
		Place: at, static: joined(s.static, name), body: &body{}, env: environment{scope: s}, evaluator: e,
	}
	s.resources[name] = &instances[*Resource]{single: true, items: []*Resource{r}}
	return e.resourceValue(s, name, at)
}

// resource gives the instances of a resource by the name that refers to it;
// nil where it is not declared.
func (e *evaluator) resource(s *scope, name string) *instances[*Resource] {
	if found, done := s.resources[name]; done {
		return found
	}
	declared := s.module.resource(name)
	if declared == nil {
		return nil
	}
	out := &instances[*Resource]{open: name + " refers to itself"}
	s.resources[name] = out
	*out = expand(e, s, declared.body, s.within(name), func(address string, env environment) *Resource {
		return &Resource{
			Type: declared.labels[0], Name: declared.labels[1], IsData: declared.kind == "data", Address: address,
			Place: place(declared.at), Open: cmp.Or(env.unknownKey(), s.open), static: joined(s.static, name), body: declared.body, env: env, evaluator: e,
		}
	})
	return out
}

// reference is how expressions name a resource.
func (b *block) reference() string {
	name := b.labels[0] + "." + b.labels[1]
	if b.kind == "data" {
		return "data." + name
	}
	return name
}

// apply runs a function of Terraform's language on known values.
func (e *evaluator) apply(f callable, args []cty.Value, at gateway.Place) Value {
	v, err := f.Call(args)
	if err != nil {
		return wrongValue(err.Error(), at)
	}
	return fromCty(v, at)
}
