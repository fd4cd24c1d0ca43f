package fix

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// replaced is a block that the rendered file takes the place of.
type replaced struct {
	*terraformBlock
	// moved are the addresses that its instances had and have, for Terraform to
	// know them again: without that it would make the new OPTIONS method while
	// the old one is there, which API Gateway refuses.
	moved [][2]string
}

// replace takes out the OPTIONS methods in whose place the rendered file puts
// its own.
func (p *modulePolicy) replace(rendered *edit.HCL) error {
	name := renderedName(rendered)
	var all []*replaced
	for _, method := range p.api.Methods {
		url, known := method.Path.Value()
		if method.Method.String() != "OPTIONS" || !known || !p.placing.covers(url) {
			continue
		}
		if i := method.Integration; i != nil && !strings.EqualFold(i.Type.String(), "MOCK") {
			return refuse(i.Place, "take it out, or give the policy the preflight lambda", "OPTIONS %s is answered by its backend", url)
		}
		parts, err := p.blocks(partsOf(method)...)
		if err != nil {
			return fmt.Errorf("OPTIONS %s: %w", url, err)
		}
		if err := p.keepFrom(method, parts); err != nil {
			return err
		}
		for _, part := range parts {
			if err := p.isOnlyCORS(part); err != nil {
				return err
			}
			i := slices.IndexFunc(all, func(r *replaced) bool { return r.place == part.place })
			if i < 0 {
				all, i = append(all, &replaced{terraformBlock: part}), len(all)
			}
			if !p.isOfStatus(method, part.place) {
				continue
			}
			for _, r := range part.instances {
				from := strings.TrimPrefix(strings.TrimPrefix(r.Address, p.block.module), ".")
				to := fmt.Sprintf("%s.%s[%q]", part.kind, name, url)
				if p.makes(method, r.Address, part) && !slices.ContainsFunc(all, func(r *replaced) bool {
					return slices.ContainsFunc(r.moved, func(m [2]string) bool { return m[0] == from || m[1] == to })
				}) {
					all[i].moved = append(all[i].moved, [2]string{from, to})
				}
			}
		}
	}
	calls := map[string][]*replaced{}
	for _, r := range all {
		if r.module == p.block.module {
			p.remove(r.HCL, r.node(), r.moved)
		} else {
			calls[r.module] = append(calls[r.module], r)
		}
	}
	for module, parts := range calls {
		if err := p.removeModule(module, parts); err != nil {
			return err
		}
	}
	if err := p.removeElsewhere(); err != nil {
		return err
	}
	var gone []string
	for _, r := range all {
		if r.module == p.block.module {
			gone = append(gone, r.address())
		} else {
			gone = append(gone, r.module)
		}
	}
	return p.forget(gone)
}

// renderedName is what the resources of the rendered file are called.
func renderedName(rendered *edit.HCL) string {
	for _, b := range rendered.Blocks() {
		if b.Type == "resource" && b.Labels[0] == "aws_api_gateway_method" {
			return b.Labels[1]
		}
	}
	return ""
}

func partsOf(m gateway.MethodFacts) []gateway.Place {
	out := []gateway.Place{m.Place}
	if m.Integration != nil {
		out = append(out, m.Integration.Place)
		for _, r := range m.Integration.Responses {
			out = append(out, r.Place)
		}
	}
	for _, r := range m.Responses {
		out = append(out, r.Place)
	}
	return out
}

// isOnlyCORS refuses a block that makes something for others, too.
func (p *modulePolicy) isOnlyCORS(part *terraformBlock) error {
	for _, m := range p.api.Methods {
		if !slices.Contains(partsOf(m), part.place) {
			continue
		}
		if url, known := m.Path.Value(); m.Method.String() != "OPTIONS" || !known || !p.placing.covers(url) {
			return refuse(part.place, "name its path in the policy, too", "%s makes %s, too, which the policy does not name", part.address(), m.Key())
		}
	}
	return nil
}

// makes reports whether an instance of a block is part of a method, and not of
// that of another path.
func (p *modulePolicy) makes(method gateway.MethodFacts, address string, part *terraformBlock) bool {
	if len(part.instances) == 1 {
		return true
	}
	url, _ := method.Path.Value()
	for _, r := range part.instances {
		if r.Address != address {
			continue
		}
		ref, ok := r.Get("resource_id").Reference()
		if !ok {
			return false
		}
		if ref.Attribute == "root_resource_id" {
			return url == "/"
		}
		path, ok := p.pathOf(ref.Resource, 0)
		return ok && path == url
	}
	return false
}

// remove takes a block out, and says where what it made is now.
func (p *modulePolicy) remove(h *edit.HCL, b *hclsyntax.Block, moved [][2]string) {
	file := b.TypeRange.Filename
	p.last[file] = max(p.last[file], lateness(b.Labels[0]))
	var text []string
	for _, m := range moved {
		text = append(text, fmt.Sprintf("moved {\n  from = %s\n  to   = %s\n}", m[0], m[1]))
	}
	if len(text) > 0 {
		if strings.Contains(text[0], "aws_api_gateway_method.") {
			text[0] = "# In " + path.Base(p.file) + " now. These keep what is there from being made anew, and can go once applied.\n" + text[0]
		}
		h.Append(b, strings.Join(text, "\n\n"))
		b = h.Block(b.Type, b.Labels...)
	}
	if b != nil {
		h.RemoveBlock(b)
	}
}

// lateness is in which turn a file with a block of a kind may lose it: not before
// the files with those that refer to it. A run that dies in between leaves a
// module of which the next one still knows what is part of which OPTIONS method.
// That fails where each of two files has a method, and a part of the other's.
func lateness(kind string) int {
	switch kind {
	case "aws_api_gateway_integration_response":
		return 1
	case "aws_api_gateway_integration", "aws_api_gateway_method_response":
		return 2
	}
	return 3
}

// removeModule takes out the call of a module of which everything is replaced.
func (p *modulePolicy) removeModule(module string, parts []*replaced) error {
	below := strings.TrimPrefix(strings.TrimPrefix(module, p.block.module), ".")
	name, isCall := strings.CutPrefix(below, "module.")
	if !isCall || strings.Contains(name, ".") {
		return fmt.Errorf("%s is made in %s: take it out", parts[0].address(), module)
	}
	for _, r := range p.configuration.Resources {
		inside := moduleOf(r.Address) == module && !r.IsData && !r.Undeclared
		if inside && !slices.ContainsFunc(parts, func(part *replaced) bool { return part.place == r.Place }) {
			return fmt.Errorf("module.%s makes %s, too: it cannot be taken out as a whole", name, r.Type+"."+r.Name)
		}
	}
	var moved [][2]string
	for _, part := range parts {
		moved = append(moved, part.moved...)
	}
	h, call, err := p.call(name)
	if err != nil {
		return err
	}
	p.remove(h, call, moved)
	return nil
}

// call is the block that calls a module from the API's own.
func (p *modulePolicy) call(name string) (*edit.HCL, *hclsyntax.Block, error) {
	for _, file := range p.sources(path.Dir(p.block.place.File)) {
		h, err := p.terraformModule.file(file)
		if err != nil {
			return nil, nil, err
		}
		if b := h.Block("module", name); b != nil {
			return h, b, nil
		}
	}
	return nil, nil, fmt.Errorf("the call of module.%s is not found", name)
}

// removeElsewhere takes out the calls of registry modules for CORS, such as
// squidfunk/api-gateway-enable-cors/aws, on the paths of the policy.
func (p *modulePolicy) removeElsewhere() error {
	for _, c := range p.configuration.Elsewhere {
		name, isOwn := strings.CutPrefix(strings.TrimPrefix(strings.TrimPrefix(c.Address, p.block.module), "."), "module.")
		name, _, _ = strings.Cut(name, "[")
		isCORS := strings.Contains(strings.ToLower(c.Why), "cors") && strings.Contains(c.Why, "comes from")
		if !isOwn || !isCORS || !p.isFor(c.Arguments) {
			continue
		}
		h, call, err := p.call(name)
		if err != nil {
			return err
		}
		p.remove(h, call, nil)
		p.placing.note(c.Place, "terraform apply -target=module."+name+" first", "module.%s is taken out: its OPTIONS methods have to be gone before the new ones are made", name)
		if err := p.forget([]string{"module." + name}); err != nil {
			return err
		}
	}
	return nil
}

// forget takes what was removed out of the lists that name it: depends_on, and
// what triggers hash. Whatever else refers to it is for a person.
func (p *modulePolicy) forget(gone []string) error {
	for _, file := range p.sources(path.Dir(p.block.place.File)) {
		if file == p.file {
			continue
		}
		h, err := p.terraformModule.file(file)
		if err != nil {
			return err
		}
		for again := true; again; {
			again = false
			for _, b := range h.Blocks() {
				if b.Type == "moved" {
					continue
				}
				name := firstReference(b.Body, gone)
				if name == "" {
					continue
				}
				list, i := itemOf(b, gone)
				if list == nil {
					at := gateway.Place{File: file, Line: b.Range().Start.Line, Column: 1}
					return refuse(at, "let it refer to something else", "%s refers to %s, which the policy replaces", strings.Join(append([]string{b.Type}, b.Labels...), "."), name)
				}
				if on := b.Body.Attributes["depends_on"]; on != nil && on.Expr == hclsyntax.Expression(list) && len(list.Exprs) == 1 {
					h.Remove(b, "depends_on")
				} else {
					h.RemoveItem(list, i)
				}
				if _, err := h.Changes(); err != nil {
					return err
				}
				again = true
				break
			}
		}
	}
	return nil
}

// firstReference is the first of some addresses to which a body refers; "" where
// it refers to none.
func firstReference(b *hclsyntax.Body, addresses []string) string {
	for _, a := range b.Attributes {
		for _, t := range a.Expr.Variables() {
			if name := resourceName(t); slices.Contains(addresses, name) {
				return name
			}
		}
	}
	for _, inner := range b.Blocks {
		if name := firstReference(inner.Body, addresses); name != "" {
			return name
		}
	}
	return ""
}

// resourceName is the resource, or the module, to which a traversal leads.
func resourceName(t hcl.Traversal) string {
	if len(t) < 2 {
		return ""
	}
	step, _ := t[1].(hcl.TraverseAttr)
	return t.RootName() + "." + step.Name
}

// itemOf is an element of a list that refers to nothing but some addresses.
func itemOf(b *hclsyntax.Block, addresses []string) (found *hclsyntax.TupleConsExpr, index int) {
	hclsyntax.VisitAll(b.Body, func(n hclsyntax.Node) hcl.Diagnostics {
		list, ok := n.(*hclsyntax.TupleConsExpr)
		if !ok || found != nil {
			return nil
		}
		for i, x := range list.Exprs {
			variables := x.Variables()
			if len(variables) > 0 && !slices.ContainsFunc(variables, func(t hcl.Traversal) bool { return !slices.Contains(addresses, resourceName(t)) }) {
				found, index = list, i
				return nil
			}
		}
		return nil
	})
	return found, index
}
