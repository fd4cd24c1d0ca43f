package terraform

import (
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// after is [Configuration.After] for a resource that only the plan has: by the
// names that its configuration refers to, or by what a state remembers.
func (p *planIndex) after(r, other *Resource) (after bool, why string) {
	if p.configuration == nil {
		if len(r.planned.DependsOn) == 0 {
			return false, "the state does not show what " + r.Address + " depends on"
		}
		for _, name := range r.planned.DependsOn {
			if stateName(name) == other.static {
				return true, ""
			}
		}
		return false, ""
	}
	w := p.walked[r]
	if w == nil {
		w = &planWalker{planIndex: p, seen: map[string]bool{}}
		w.resource(staticModule(r.planned.module), r.planned.configuration)
		if p.walked == nil {
			p.walked = map[*Resource]*planWalker{}
		}
		p.walked[r] = w
	}
	if w.seen[other.static] {
		return true, ""
	}
	return false, w.hidden
}

// stateName turns module.a.aws_x.y into module.a/aws_x.y.
func stateName(address string) string {
	i := strings.LastIndex(address, "module.")
	if i < 0 {
		return address
	}
	parts := strings.SplitN(address[i:], ".", 3)
	if len(parts) < 3 {
		return address
	}
	return joined(staticModule(address[:i]+parts[0]+"."+parts[1]), parts[2])
}

// planWalker collects what a resource refers to.
type planWalker struct {
	*planIndex
	seen map[string]bool
	// hidden is why there may be more: a plan does not show locals.
	hidden string
}

func (w *planWalker) resource(module string, c *tfjson.ConfigResource) {
	if c == nil {
		w.hidden = "the plan does not show it"
		return
	}
	for _, x := range c.Expressions {
		w.expression(module, x)
	}
	w.expression(module, c.ForEachExpression)
	w.expression(module, c.CountExpression)
	for _, name := range c.DependsOn {
		w.name(module, name)
	}
	if call := w.callIn(module); call != nil {
		caller, _ := splitLast(module)
		w.expression(caller, call.ForEachExpression)
		for _, name := range call.DependsOn {
			w.name(caller, name)
		}
	}
}

// splitLast takes the last module from a static address.
func splitLast(module string) (caller, last string) {
	i := strings.LastIndex(module, "/")
	if i < 0 {
		return "", module
	}
	return module[:i], module[i+1:]
}

func (w *planWalker) callIn(module string) *tfjson.ModuleCall {
	if module == "" {
		return nil
	}
	caller, last := splitLast(module)
	return callOf(w.module(dotted(caller)), last)
}

// dotted turns a static address back into one of Terraform's.
func dotted(static string) string { return strings.ReplaceAll(static, "/", ".") }

func (w *planWalker) expression(module string, x *tfjson.Expression) {
	if x == nil || x.ExpressionData == nil {
		return
	}
	for _, name := range x.References {
		w.name(module, name)
	}
	for _, nested := range x.NestedBlocks {
		for _, inner := range nested {
			w.expression(module, inner)
		}
	}
}

func (w *planWalker) name(module, name string) {
	parts := strings.Split(name, ".")
	node := joined(module, strings.Join(parts[:min(2, len(parts))], "."))
	switch {
	case parts[0] == "each" || parts[0] == "count" || parts[0] == "path" || len(parts) < 2:
		return
	case parts[0] == "local":
		w.hidden = "a plan does not show " + name
		return
	case parts[0] == "data" && len(parts) > 2:
		node = joined(module, strings.Join(parts[:3], "."))
	case parts[0] == "module" && len(parts) > 2:
		node = joined(module, strings.Join(parts[:3], "."))
	}
	node, _ = cutKey(node)
	if w.seen[node] {
		return
	}
	w.seen[node] = true
	m := w.module(dotted(module))
	switch {
	case m == nil:
	case parts[0] == "var":
		if call := w.callIn(module); call != nil {
			caller, _ := splitLast(module)
			w.expression(caller, call.Expressions[parts[1]])
		}
	case parts[0] == "module":
		child, _ := cutKey(parts[1])
		w.child(joined(module, "module."+child), m.ModuleCalls[child], parts[2:])
	default:
		for _, c := range m.Resources {
			if joined(module, c.Address) == node {
				w.resource(module, c)
			}
		}
	}
}

// child waits for an output of a module, or for all of it.
func (w *planWalker) child(module string, call *tfjson.ModuleCall, output []string) {
	if call == nil || call.Module == nil {
		return
	}
	if len(output) > 0 {
		if declared := call.Module.Outputs[output[0]]; declared != nil {
			w.expression(module, declared.Expression)
		}
		return
	}
	for _, c := range call.Module.Resources {
		w.name(module, c.Address)
	}
	for name := range call.Module.ModuleCalls {
		w.name(module, "module."+name)
	}
}
