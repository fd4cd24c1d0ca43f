package fix

import (
	"slices"

	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// What is rendered keeps some arguments as the module has them in the OPTIONS
// methods that it takes the place of, or as it was rendered before. Terraform's
// provider asks API Gateway to update a method response under its new status,
// which API Gateway does not know. An integration of another behaviour it makes
// anew; and as a deployment is created before it is destroyed, so is all that it
// waits for: the old integration is destroyed last, and the new one with it.
const (
	keptStatus      = "status_code"
	keptPassthrough = "passthrough_behavior"
	keptVerb        = "integration_http_method"
)

// keepRendered keeps what is rendered already.
func (p *modulePolicy) keepRendered(rendered *edit.HCL) error {
	if p.old == nil {
		return nil
	}
	h, err := edit.ParseHCL(p.file, p.old)
	if err != nil {
		return err
	}
	for name, kind := range keptArguments() {
		b := h.Block("resource", kind, renderedName(rendered))
		if b == nil {
			continue
		}
		p.kept[name] = ""
		if a := b.Body.Attributes[name]; a != nil {
			p.kept[name], _ = edit.Text(a.Expr)
		}
	}
	return nil
}

// keptArguments are the kinds of resources whose arguments are kept.
func keptArguments() map[string]string {
	return map[string]string{
		keptStatus:      "aws_api_gateway_method_response",
		keptPassthrough: "aws_api_gateway_integration",
		keptVerb:        "aws_api_gateway_integration",
	}
}

// keepFrom keeps what an OPTIONS method of the module has.
func (p *modulePolicy) keepFrom(m gateway.MethodFacts, parts []*terraformBlock) error {
	if statuses := statusesOf(m); len(statuses) > 0 {
		if err := p.keep(m.Place, keptStatus, statuses[0]); err != nil {
			return err
		}
	}
	for _, b := range parts {
		if b.kind != "aws_api_gateway_integration" {
			continue
		}
		passthrough := b.instances[0].Get(keptPassthrough).Text()
		if !passthrough.IsGiven() {
			passthrough = gateway.Literal("WHEN_NO_MATCH", b.place)
		}
		for name, value := range map[string]gateway.Text{keptPassthrough: passthrough, keptVerb: b.instances[0].Get(keptVerb).Text()} {
			if err := p.keep(b.place, name, value); err != nil {
				return err
			}
		}
	}
	return nil
}

// keep keeps an argument. What is rendered has it once for all paths.
func (p *modulePolicy) keep(at gateway.Place, name string, value gateway.Text) error {
	text, known := "", true
	if value.IsGiven() {
		text, known = value.Value()
	}
	if !known {
		return refuse(at, "write it out", "%s of this OPTIONS method cannot be known: %s", name, value.Unknown())
	}
	if have, ok := p.kept[name]; ok && have != text {
		return refuse(at, "let it be the same for all OPTIONS methods first", "%s of this OPTIONS method is %q, and of another %q", name, text, have)
	}
	p.kept[name] = text
	return nil
}

// statusesOf are those of a method's responses, the one that it gives first.
func statusesOf(m gateway.MethodFacts) (out []gateway.Text) {
	if m.Integration != nil {
		for _, r := range m.Integration.Responses {
			out = append(out, r.Status)
		}
	}
	for _, r := range m.Responses {
		out = append(out, r.Status)
	}
	return out
}

// isOfStatus reports whether a block makes no response of another status than
// the one that is kept.
func (p *modulePolicy) isOfStatus(m gateway.MethodFacts, at gateway.Place) bool {
	other := func(place gateway.Place, status gateway.Text) bool {
		return place == at && status.String() != p.kept[keptStatus]
	}
	if slices.ContainsFunc(m.Responses, func(r gateway.MethodResponseFacts) bool { return other(r.Place, r.Status) }) {
		return false
	}
	return m.Integration == nil || !slices.ContainsFunc(m.Integration.Responses, func(r gateway.IntegrationResponseFacts) bool { return other(r.Place, r.Status) })
}

// writeKept writes what is kept into what is rendered.
func (p *modulePolicy) writeKept(rendered *edit.HCL) {
	name := renderedName(rendered)
	for argument, kind := range keptArguments() {
		b := rendered.Block("resource", kind, name)
		if value := p.kept[argument]; b != nil && value != "" && !saysText(b, argument, value) {
			rendered.Set(b, argument, edit.Quoted(value), "type")
		}
	}
}

func saysText(b *hclsyntax.Block, argument, value string) bool {
	a := b.Body.Attributes[argument]
	if a == nil {
		return false
	}
	text, ok := edit.Text(a.Expr)
	return ok && text == value
}
