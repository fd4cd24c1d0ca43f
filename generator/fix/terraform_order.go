package fix

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/lint"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// race lets an integration response wait for its method response and its
// integration.
func (m *terraformModule) race(f lint.Finding, api *gateway.Facts) error {
	var methodResponses, integrations []gateway.Place
	for _, method := range api.Methods {
		if method.Integration == nil {
			continue
		}
		for _, r := range method.Integration.Responses {
			if r.Place != f.Place {
				continue
			}
			if isFalse(r.AfterIntegration) {
				integrations = append(integrations, method.Integration.Place)
			}
			for _, response := range method.Responses {
				if isFalse(r.AfterMethodResponse) && response.Status.String() == r.Status.String() {
					methodResponses = append(methodResponses, response.Place)
				}
			}
		}
	}
	b, err := m.block(f.Place)
	if err != nil {
		return err
	}
	after, err := m.blocks(append(integrations, methodResponses...)...)
	if err != nil {
		return err
	}
	if len(after) == 1 && len(integrations) == 0 && m.refersToStatus(b, after[0]) {
		return nil
	}
	return b.dependOn(after)
}

func isFalse(f gateway.Fact[bool]) bool { return f.IsGiven() && f.Unknown == "" && !f.Value }

// refersToStatus puts the status of the method response in place of a literal
// one, where that is one and the same for both.
func (m *terraformModule) refersToStatus(b, response *terraformBlock) bool {
	status := b.node().Body.Attributes["status_code"]
	if status == nil || b.module != response.module || !b.isSingle() || !response.isSingle() {
		return false
	}
	if _, literal := edit.Text(status.Expr); !literal {
		return false
	}
	b.Set(b.node(), "status_code", response.address()+".status_code", "")
	return true
}

// dependOn adds to depends_on what is not there.
func (b *terraformBlock) dependOn(others []*terraformBlock) error {
	var names []string
	for _, other := range others {
		seen, err := b.seenFrom(other)
		if err != nil {
			return err
		}
		for _, name := range seen {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	if len(names) == 0 {
		return errors.New("what it has to wait for is made elsewhere")
	}
	existing := b.node().Body.Attributes["depends_on"]
	if existing == nil {
		b.Set(b.node(), "depends_on", listOf(names), "")
		return nil
	}
	list, ok := existing.Expr.(*hclsyntax.TupleConsExpr)
	if !ok {
		return errors.New("depends_on is not a list")
	}
	for _, x := range list.Exprs {
		names = slices.DeleteFunc(names, func(name string) bool { return name == b.Source(x) })
	}
	if len(names) > 0 {
		b.AddItems(list, names...)
	}
	return nil
}

// listOf is a list in HCL's syntax: a single element stands on its line.
func listOf(items []string) string {
	if len(items) == 1 {
		return "[" + items[0] + "]"
	}
	return "[\n  " + strings.Join(items, ",\n  ") + ",\n]"
}

// deployment lets a deployment wait for what it may miss, and take a new
// snapshot when that changes, where it does for other parts.
func (m *terraformModule) deployment(f lint.Finding, api *gateway.Facts) error {
	for _, d := range api.Deployments {
		if d.Place != f.Place {
			continue
		}
		if isFalse(d.Renews) {
			return m.renew(f, api)
		}
		b, err := m.block(d.Place)
		if err != nil {
			return err
		}
		missed, err := m.missed(b, d, api)
		if err != nil {
			return err
		}
		if list := b.hashed(); list != nil {
			var items []string
			for _, part := range missed {
				if part.module == b.module {
					items = append(items, part.snapshot())
				}
			}
			if len(items) == len(missed) {
				b.AddItems(list, items...)
				return nil
			}
		}
		return b.dependOn(missed)
	}
	return errors.New("the deployment is not found")
}

// missed are the blocks a deployment has to wait for, without those that others
// among them wait for.
func (m *terraformModule) missed(b *terraformBlock, d gateway.DeploymentFacts, api *gateway.Facts) (out []*terraformBlock, err error) {
	var places []gateway.Place
	for _, method := range api.Methods {
		if method.Method.String() != "OPTIONS" || !slices.Contains(d.Misses, method.Key()) {
			continue
		}
		if method.Integration != nil {
			for _, r := range method.Integration.Responses {
				places = append(places, r.Place)
			}
			places = append(places, method.Integration.Place)
		}
		for _, r := range method.Responses {
			places = append(places, r.Place)
		}
		places = append(places, method.Place)
	}
	for _, g := range api.GatewayResponses {
		if slices.Contains(d.Misses, g.Type.String()) {
			places = append(places, g.Place)
		}
	}
	parts, err := m.blocks(places...)
	if err != nil {
		return nil, err
	}
	for _, part := range parts {
		waits := func(of *terraformBlock) bool {
			after, _ := m.configuration.After(of.instances[0], part.instances[0])
			return after || of != b && m.willWait(of, part, api)
		}
		if !waits(b) && !slices.ContainsFunc(out, waits) {
			out = append(out, part)
		}
	}
	return out, nil
}

// willWait reports whether an integration response waits for another part of its
// method once its race is mended, as it is in the same run.
func (m *terraformModule) willWait(b, part *terraformBlock, api *gateway.Facts) bool {
	if !slices.ContainsFunc(m.Report.Findings, func(f lint.Finding) bool {
		text, _ := m.Text(f.Place.File)
		return f.Rule == "integration-response-race" && f.Place == b.place && (m.options.Wants == nil || m.options.Wants(f, text))
	}) {
		return false
	}
	if _, err := b.seenFrom(part); err != nil {
		return false // it stays for a person
	}
	for _, method := range api.Methods {
		if method.Integration == nil || !slices.ContainsFunc(method.Integration.Responses, func(r gateway.IntegrationResponseFacts) bool { return r.Place == b.place }) {
			continue
		}
		isResponse := slices.ContainsFunc(method.Responses, func(r gateway.MethodResponseFacts) bool { return r.Place == part.place })
		if isResponse || method.Integration.Place == part.place || method.Place == part.place {
			return true
		}
	}
	return false
}

// hashed is the list that the triggers of a deployment hash; nil where they hash
// something else.
func (b *terraformBlock) hashed() *hclsyntax.TupleConsExpr {
	triggers := b.node().Body.Attributes["triggers"]
	if triggers == nil {
		return nil
	}
	o, ok := triggers.Expr.(*hclsyntax.ObjectConsExpr)
	if !ok {
		return nil
	}
	for _, item := range o.Items {
		x := item.ValueExpr
		for {
			call, ok := x.(*hclsyntax.FunctionCallExpr)
			if !ok || len(call.Args) != 1 {
				break
			}
			x = call.Args[0]
			if list, ok := x.(*hclsyntax.TupleConsExpr); ok && call.Name == "jsonencode" {
				return list
			}
		}
	}
	return nil
}

// renew gives a deployment triggers that change with the API.
func (m *terraformModule) renew(f lint.Finding, api *gateway.Facts) error {
	b, err := m.block(f.Place)
	if err != nil {
		return err
	}
	var places []gateway.Place
	for _, method := range api.Methods {
		places = append(places, method.Place)
		if i := method.Integration; i != nil {
			places = append(places, i.Place)
			for _, r := range method.Responses {
				places = append(places, r.Place)
			}
			for _, r := range i.Responses {
				places = append(places, r.Place)
			}
		}
	}
	for _, g := range api.GatewayResponses {
		places = append(places, g.Place)
	}
	parts, err := m.blocks(places...)
	if rest, bodyErr := m.block(api.Place); bodyErr == nil && rest.has("body") {
		// What its document says has no blocks.
		parts, err = []*terraformBlock{rest}, nil
	}
	if err != nil {
		return err
	}
	var items []string
	var elsewhere []*terraformBlock
	for _, part := range parts {
		if part.module == b.module {
			items = append(items, part.snapshot())
		} else {
			elsewhere = append(elsewhere, part)
		}
	}
	if len(items) == 0 {
		return errors.New("the API's methods are in other modules, which triggers cannot look into")
	}
	if len(elsewhere) > 0 {
		if err := b.dependOn(elsewhere); err != nil {
			return err
		}
	}
	item := "redeployment = sha1(jsonencode([\n    " + strings.Join(items, ",\n    ") + ",\n  ]))"
	if len(items) == 1 && parts[0].kind == "aws_api_gateway_rest_api" {
		item = "redeployment = sha1(" + items[0] + ")"
	}
	if b.has("triggers") {
		return errors.New("its triggers are null")
	}
	b.Set(b.node(), "triggers", "{\n  "+item+"\n}", "rest_api_id")
	return b.createFirst()
}

// createFirst lets Terraform make the new deployment before it destroys the old
// one, which a stage still serves.
func (b *terraformBlock) createFirst() error {
	const setting = "create_before_destroy"
	switch lifecycle := edit.Nested(b.node(), "lifecycle"); {
	case lifecycle == nil:
		b.AddBlock(b.node(), "lifecycle {\n  "+setting+" = true\n}")
	case lifecycle.Body.Attributes[setting] == nil:
		b.Set(lifecycle, setting, "true", "")
	}
	return nil
}

// snapshot is what a hash takes of a block: what matters to a page or a backend,
// and of a method its id, which changes when it moves. Attributes, not whole
// resources: the provider reads those back in another form than it wrote them,
// and every plan would replace the deployment.
func (b *terraformBlock) snapshot() string {
	candidates := map[string][]string{
		"aws_api_gateway_method":               {"id", "authorization", "authorizer_id", "api_key_required"},
		"aws_api_gateway_integration":          {"uri", "request_templates"},
		"aws_api_gateway_method_response":      {"response_parameters"},
		"aws_api_gateway_integration_response": {"response_parameters", "response_templates"},
		"aws_api_gateway_gateway_response":     {"response_parameters"},
		"aws_api_gateway_rest_api":             {"body"},
	}
	var attributes []string
	for _, name := range candidates[b.kind] {
		if name == "id" || b.has(name) && !b.isBlank(name) {
			attributes = append(attributes, name)
		}
	}
	if len(attributes) == 0 {
		attributes = []string{"id"}
	}
	of := b.address()
	if !b.isSingle() {
		of = "o"
	}
	for i := range attributes {
		attributes[i] = of + "." + attributes[i]
	}
	text := strings.Join(attributes, ", ")
	if len(attributes) > 1 {
		text = "[" + text + "]"
	}
	if !b.isSingle() {
		text = fmt.Sprintf("[for o in %s : %s]", b.address(), text)
	}
	return text
}

// isBlank reports whether an attribute is an object of empty texts: templates
// that print nothing.
func (b *terraformBlock) isBlank(name string) bool {
	o, ok := b.node().Body.Attributes[name].Expr.(*hclsyntax.ObjectConsExpr)
	return ok && !slices.ContainsFunc(o.Items, func(item hclsyntax.ObjectConsItem) bool {
		s, literal := edit.Text(item.ValueExpr)
		return !literal || s != ""
	})
}
