package terraform

import (
	"slices"
	"strings"

	"apigw-cors/generator/gateway"
	tfjson "github.com/hashicorp/terraform-json"
)

// planIndex finds the resources of a plan, those that the files have among
// them.
type planIndex struct {
	*plan
	evaluator *evaluator
	byAddress map[string]*Resource
	byBlock   map[string][]*Resource
	// ids are what the literal ids of a state stand for.
	ids map[string]Reference
	// walked is what each resource refers to, as far as it was asked.
	walked map[*Resource]*planWalker
}

// addPlanned adds the resources that only the plan has: those of modules whose
// files are not at hand, or all where none are.
func (e *evaluator) addPlanned(c *Configuration) {
	p := &planIndex{plan: e.plan, evaluator: e, byAddress: map[string]*Resource{}, byBlock: map[string][]*Resource{}, ids: map[string]Reference{}}
	e.index = p
	for _, r := range c.Resources {
		p.byAddress[r.Address] = r
	}
	for _, found := range p.resources {
		r := p.byAddress[found.Address]
		if r == nil {
			r = &Resource{
				Type: found.Type, Name: found.Name, IsData: found.Mode == tfjson.DataResourceMode, Address: found.Address,
				Place: gateway.Place{File: found.Address}, static: found.static(),
				body: &body{}, env: environment{scope: newScope(&module{})}, evaluator: e,
			}
			c.Resources = append(c.Resources, r)
			p.byAddress[r.Address] = r
		}
		r.planned = found
		p.byBlock[found.block()] = append(p.byBlock[found.block()], r)
		p.note(r)
	}
	// The plan shows what modules make.
	if p.configuration != nil {
		c.Elsewhere = nil
	}
}

// note remembers the ids of a state.
func (p *planIndex) note(r *Resource) {
	names := []string{"id"}
	switch r.Type {
	case "aws_api_gateway_rest_api":
		names = append(names, "root_resource_id")
	case "aws_api_gateway_resource", "aws_api_gateway_authorizer", "aws_apigatewayv2_api", "aws_apigatewayv2_authorizer", "aws_apigatewayv2_integration":
	default:
		return
	}
	for _, name := range names {
		if id, ok := r.planned.AttributeValues[name].(string); ok && id != "" {
			p.ids[idKind(r.Type)+id] = Reference{r, name}
		}
	}
}

// idKind keeps the ids of different things apart: they are short.
func idKind(of string) string {
	switch of {
	case "aws_api_gateway_rest_api", "aws_api_gateway_resource", "resource_id", "parent_id", "rest_api_id":
		return "rest "
	case "aws_apigatewayv2_api", "api_id":
		return "http "
	case "aws_apigatewayv2_integration", "target":
		return "integration "
	}
	return "authorizer "
}

// value is what the plan has for an argument, or for an attribute that it
// computes.
func (p *planIndex) value(r *Resource, name string) Value {
	at := gateway.Place{File: r.Address}
	found, known := r.planned.AttributeValues[name]
	if !known {
		if c := r.planned.configuration; c != nil {
			if x := c.Expressions[name]; x != nil {
				return p.expression(x, planContext{
					module: r.planned.module, key: r.planned.Index, each: c.ForEachExpression, attribute: name,
				}, 0).placed(at)
			}
		}
		return Value{}
	}
	switch name {
	case "rest_api_id", "resource_id", "parent_id", "api_id", "authorizer_id":
		if id, ok := found.(string); ok {
			if ref, ok := p.ids[idKind(name)+id]; ok {
				return referenceValue(ref.Resource, ref.Attribute, at)
			}
		}
	case "target":
		if target, ok := found.(string); ok {
			if id, ok := strings.CutPrefix(target, "integrations/"); ok {
				if ref, ok := p.ids["integration "+id]; ok {
					return Value{kind: text, at: at, parts: []part{{literal: "integrations/"}, {ref: &ref}}}
				}
			}
		}
	}
	return fromJSON(found, at)
}

// planContext is where an expression of a plan's configuration stands.
type planContext struct {
	module string
	key    any
	each   *tfjson.Expression
	// attribute is the argument whose value is looked for.
	attribute string
}

// expression resolves what a plan says of an expression: a constant, or the
// names it refers to.
func (p *planIndex) expression(x *tfjson.Expression, in planContext, depth int) Value {
	var at gateway.Place
	if x == nil || x.ExpressionData == nil || depth > 50 {
		return unknownValue("the plan does not show it", at)
	}
	if x.ConstantValue != nil && x.ConstantValue != tfjson.UnknownConstantValue {
		return fromJSON(x.ConstantValue, at)
	}
	var leaves, each []string
	for _, name := range x.References {
		longer := slices.ContainsFunc(x.References, func(other string) bool {
			return strings.HasPrefix(other, name+".") || strings.HasPrefix(other, name+"[")
		})
		switch {
		case longer:
		case strings.HasPrefix(name, "each.") || name == "count.index":
			each = append(each, name)
		default:
			leaves = append(leaves, name)
		}
	}
	switch {
	case len(leaves) == 0 && len(each) == 1 && strings.HasPrefix(each[0], "each.value") && in.each != nil:
		attribute := strings.TrimPrefix(strings.TrimPrefix(each[0], "each.value"), ".")
		chained := in
		if attribute != "" {
			chained.attribute = attribute
		}
		chained.each = nil
		return p.expression(in.each, chained, depth+1)
	case len(leaves) != 1:
		return unknownValue("the plan does not show how it is put together of "+strings.Join(x.References, ", "), at)
	}
	return p.name(leaves[0], in, depth)
}

func (p *planIndex) name(name string, in planContext, depth int) Value {
	var at gateway.Place
	root, rest, _ := strings.Cut(name, ".")
	switch root {
	case "local":
		return unknownValue("a plan does not show "+name, at)
	case "var":
		if in.module == "" {
			if v := p.variables[rest]; v != nil {
				return fromJSON(v.Value, at)
			}
			return unknownValue("the plan does not show "+name, at)
		}
		call, key, caller := p.caller(in.module)
		if call == nil {
			return unknownValue("the plan does not show "+name, at)
		}
		return p.expression(call.Expressions[rest], planContext{caller, key, call.ForEachExpression, in.attribute}, depth+1)
	case "module":
		child, output, _ := strings.Cut(rest, ".")
		m := p.module(in.module)
		if m == nil || m.ModuleCalls[child] == nil || m.ModuleCalls[child].Module == nil || m.ModuleCalls[child].Module.Outputs[output] == nil {
			return unknownValue("the plan does not show "+name, at)
		}
		address := joinedAddress(in.module, "module."+child)
		if len(p.keys[address]) > 0 {
			return unknownValue("the plan does not show which "+name, at)
		}
		return p.expression(m.ModuleCalls[child].Module.Outputs[output].Expression, planContext{module: address, attribute: in.attribute}, depth+1)
	}
	return p.resourceNamed(name, in)
}

// resourceNamed is an attribute of a resource of the same module:
// aws_api_gateway_resource.x["a"].id. Where the reference leaves out the key
// and the attribute, the instance is that of the same key, and the attribute
// the one that such an argument is given.
func (p *planIndex) resourceNamed(name string, in planContext) Value {
	parts := strings.SplitN(name, ".", 3)
	if parts[0] == "data" && len(parts) > 1 {
		parts = strings.SplitN(name, ".", 4)
		parts = append([]string{parts[0] + "." + parts[1]}, parts[2:]...)
	}
	if len(parts) < 2 {
		return unknownValue("the plan does not show "+name, gateway.Place{})
	}
	block, key := cutKey(joinedAddress(in.module, parts[0]+"."+parts[1]))
	candidates := p.byBlock[block]
	var target *Resource
	for _, c := range candidates {
		if len(candidates) == 1 || key != nil && c.planned.Index == key || key == nil && c.planned.Index == in.key {
			target = c
		}
	}
	if target == nil {
		return unknownValue("the plan does not show which "+name, gateway.Place{})
	}
	attribute := impliedAttribute(target.Type, in.attribute)
	if len(parts) == 3 {
		attribute = parts[2]
	}
	return target.attribute(attribute, gateway.Place{File: target.Address})
}

// impliedAttribute is the attribute of a resource that an argument is given.
func impliedAttribute(of, argument string) string {
	switch of {
	case "aws_api_gateway_rest_api":
		if argument == "resource_id" || argument == "parent_id" {
			return "root_resource_id"
		}
		return "id"
	case "aws_api_gateway_resource":
		if argument == "rest_api_id" {
			return argument
		}
		return "id"
	case "aws_api_gateway_authorizer", "aws_apigatewayv2_api", "aws_apigatewayv2_authorizer", "aws_apigatewayv2_integration":
		return "id"
	}
	return argument
}

// module is the configuration of a module instance.
func (p *planIndex) module(address string) *tfjson.ConfigModule {
	m := p.configuration
	for name := range strings.SplitSeq(staticModule(address), "/") {
		if name == "" {
			return m
		}
		call := callOf(m, name)
		if call == nil {
			return nil
		}
		m = call.Module
	}
	return m
}

// caller is the call that made a module instance, the instance's key, and the
// address of the module it is in.
func (p *planIndex) caller(address string) (call *tfjson.ModuleCall, key any, caller string) {
	base, key := cutKey(address)
	i := max(0, strings.LastIndex(base, "module."))
	caller = strings.TrimSuffix(base[:i], ".")
	return callOf(p.module(caller), base[i:]), key, caller
}
