package fix

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/lint"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// headerDeclared declares a mapped header in the method response.
func (m *terraformModule) headerDeclared(f lint.Finding, api *gateway.Facts) (means []string, err error) {
	headers := headersAt(api, f.Place)
	if len(headers) == 0 {
		return nil, errors.New("its headers are computed")
	}
	for _, h := range headers {
		if h.method == nil {
			continue
		}
		means = append(means, "+ declares "+h.Name.String())
		if err := m.declare(h.method, h.status, h.Name.String()); err != nil {
			return nil, err
		}
	}
	return means, nil
}

// methodResponseAdded adds the method response that an integration response
// needs.
func (m *terraformModule) methodResponseAdded(f lint.Finding, api *gateway.Facts) ([]string, error) {
	for _, method := range api.Methods {
		if method.Integration == nil {
			continue
		}
		for _, r := range method.Integration.Responses {
			if r.Place != f.Place && r.Status.Place != f.Place {
				continue
			}
			b, err := m.block(r.Place)
			if err != nil {
				return nil, err
			}
			var declared []string
			for _, h := range r.Headers {
				name, known := h.Name.Value()
				if !known {
					return nil, errors.New("its headers are computed")
				}
				declared = append(declared, name)
			}
			status := b.expression("status_code")
			if a := b.node().Body.Attributes["status_code"]; a == nil || !isPortable(a.Expr) && b.isSingle() {
				return nil, errors.New("its status is computed")
			}
			name := m.freeName(b, "aws_api_gateway_method_response", b.name)
			b.Append(b.node(), m.partOf(b, "aws_api_gateway_method_response", name, status, declared))
			if _, literal := edit.Text(b.node().Body.Attributes["status_code"].Expr); literal {
				b.Set(b.node(), "status_code", "aws_api_gateway_method_response."+name+instanceOf(b)+".status_code", "")
			}
			return []string{"+ method response "}, nil
		}
	}
	return nil, errors.New("the integration response is not found")
}

// instanceOf is the index with which an instance of a block refers to that of
// another with the same for_each or count.
func instanceOf(b *terraformBlock) string {
	switch {
	case b.has("for_each"):
		return "[each.key]"
	case b.has("count"):
		return "[count.index]"
	}
	return ""
}

// partOf is another part of the method of b, as a block.
func (m *terraformModule) partOf(b *terraformBlock, kind, name, status string, declared []string) string {
	var out strings.Builder
	fmt.Fprintf(&out, "resource %q %q {\n", kind, name)
	for _, argument := range []string{"for_each", "count"} {
		if x := b.expression(argument); x != "" {
			fmt.Fprintf(&out, "  %s = %s\n\n", argument, x)
		}
	}
	for _, argument := range []string{"rest_api_id", "resource_id", "http_method"} {
		fmt.Fprintf(&out, "  %s = %s\n", argument, b.expression(argument))
	}
	fmt.Fprintf(&out, "  status_code = %s\n", status)
	if len(declared) > 0 {
		out.WriteString("\n  response_parameters = {\n")
		for _, header := range declared {
			fmt.Fprintf(&out, "    %s = true\n", edit.Quoted(methodHeader+header))
		}
		out.WriteString("  }\n")
	}
	out.WriteString("}\n")
	return edit.Formatted(out.String())
}

// freeName is a name that no resource of a type has in the module of b.
func (m *terraformModule) freeName(b *terraformBlock, kind, name string) string {
	taken := func(name string) bool {
		for _, r := range m.configuration.Resources {
			if r.Type == kind && r.Name == name && moduleOf(r.Address) == b.module {
				return true
			}
		}
		return false
	}
	out := name
	for i := 2; taken(out); i++ {
		out = fmt.Sprintf("%s_%d", name, i)
	}
	return out
}

// gatewayResponseHasOrigin gives gateway responses the origin that the preflights
// allow.
func (m *terraformModule) gatewayResponseHasOrigin(f lint.Finding, api *gateway.Facts) ([]string, error) {
	b, err := m.block(f.Place)
	if err != nil {
		return nil, err
	}
	headers, err := m.errorHeaders(api, b)
	if err != nil {
		return nil, err
	}
	var means []string
	for _, h := range headers {
		means = append(means, "+ : "+h.name+": ")
		if err := m.addKey(b, "response_parameters", gatewayResponseHeader+h.name, h.value); err != nil {
			return nil, err
		}
	}
	return means, nil
}

// namedValue is a header with an expression for its value.
type namedValue struct{ name, value string }

// errorHeaders are the headers with which the API's own errors can be read by the
// pages that its preflights let in.
func (m *terraformModule) errorHeaders(api *gateway.Facts, b *terraformBlock) ([]namedValue, error) {
	origin, err := m.preflightOrigin(api, b)
	if err != nil {
		return nil, err
	}
	credentials, err := m.preflightValue(api, b, cors.HeaderAllowCredentials)
	if err != nil || isAny(credentials) {
		return []namedValue{{cors.HeaderAllowOrigin, origin}}, nil
	}
	if isAny(origin) {
		return []namedValue{
			{cors.HeaderAllowOrigin, edit.Quoted(gateway.EchoOrigin)}, {cors.HeaderAllowCredentials, credentials}, {cors.HeaderVary, `"'Origin'"`},
		}, nil
	}
	return []namedValue{{cors.HeaderAllowOrigin, origin}, {cors.HeaderAllowCredentials, credentials}}, nil
}

func isAny(expression string) bool { return expression == `"'*'"` }

// gatewayResponseHasCredentials adds what a request with credentials wants.
func (m *terraformModule) gatewayResponseHasCredentials(f lint.Finding, api *gateway.Facts) ([]string, error) {
	for _, g := range api.GatewayResponses {
		if g.HeadersPlace != f.Place && g.Place != f.Place {
			continue
		}
		b, err := m.block(g.Place)
		if err != nil {
			return nil, err
		}
		for _, h := range g.Headers {
			if s, known := h.Value.Value(); strings.EqualFold(h.Name.String(), cors.HeaderAllowOrigin) && known && s == "'*'" {
				return nil, errors.New("it allows any origin, which is none to a request with credentials")
			}
		}
		return []string{"+ : " + cors.HeaderAllowCredentials + ": "}, m.addKey(b, "response_parameters", gatewayResponseHeader+cors.HeaderAllowCredentials, `"'true'"`)
	}
	return nil, errors.New("the gateway response is not found")
}

// typeNamed writes the type of a gateway response as API Gateway has it.
func (m *terraformModule) typeNamed(f lint.Finding, api *gateway.Facts) ([]string, error) {
	return of("gateway response "), m.rewrite(f.Place, func(value string) (string, error) {
		name := strings.ToUpper(strings.NewReplacer("-", "_", " ", "_").Replace(value))
		if !slices.Contains(gateway.ResponseTypes(), name) {
			return "", errors.New("which type is meant is not plain")
		}
		return name, nil
	})
}

// statusLeftOut leaves the status of a default gateway response to its types.
func (m *terraformModule) statusLeftOut(f lint.Finding, api *gateway.Facts) ([]string, error) {
	for _, g := range api.GatewayResponses {
		if g.Status.Place != f.Place && g.Place != f.Place {
			continue
		}
		b, err := m.block(g.Place)
		if err != nil {
			return nil, err
		}
		if !b.isSingle() {
			return nil, errors.New("the block makes several gateway responses")
		}
		b.Remove(b.node(), "status_code")
		return of("gateway response " + g.Type.String() + ": status"), nil
	}
	return nil, errors.New("the gateway response is not found")
}

// gatewayResponsesAdded adds DEFAULT_4XX and DEFAULT_5XX as far as they are
// missing, below what there is of the API.
func (m *terraformModule) gatewayResponsesAdded(f lint.Finding, api *gateway.Facts) ([]string, error) {
	means := []string{"+ gateway response DEFAULT_"}
	var missing []string
	for _, t := range []string{"DEFAULT_4XX", "DEFAULT_5XX"} {
		if !slices.ContainsFunc(api.GatewayResponses, func(g gateway.GatewayResponseFacts) bool { return g.Type.String() == t }) {
			missing = append(missing, t)
		}
	}
	if len(api.GatewayResponses) > 0 {
		last, err := m.block(api.GatewayResponses[len(api.GatewayResponses)-1].Place)
		if err != nil {
			return nil, err
		}
		if list := last.literalSet("response_type"); list != nil {
			for i, t := range missing {
				missing[i] = edit.Quoted(t)
			}
			last.AddItems(list, missing...)
			return means, nil
		}
		return means, m.addGatewayResponses(api, last, last.expression("rest_api_id"), missing)
	}
	b, err := m.block(api.Place)
	if err != nil {
		return nil, err
	}
	if b.kind != "aws_api_gateway_rest_api" || !b.isSingle() {
		return nil, errors.New("the API is made elsewhere, or there are several of it")
	}
	return means, m.addGatewayResponses(api, b, b.address()+".id", missing)
}

// literalSet is the list of a for_each that gives an argument its value; nil
// where it is given in another way.
func (b *terraformBlock) literalSet(argument string) *hclsyntax.TupleConsExpr {
	each := b.node().Body.Attributes["for_each"]
	if x := b.expression(argument); each == nil || x != "each.key" && x != "each.value" {
		return nil
	}
	call, ok := each.Expr.(*hclsyntax.FunctionCallExpr)
	if !ok || call.Name != "toset" || len(call.Args) != 1 {
		return nil
	}
	list, _ := call.Args[0].(*hclsyntax.TupleConsExpr)
	return list
}

func (m *terraformModule) addGatewayResponses(api *gateway.Facts, b *terraformBlock, id string, types []string) error {
	headers, err := m.errorHeaders(api, b)
	if err != nil {
		return err
	}
	var blocks, names []string
	for _, t := range types {
		name := m.freeName(b, "aws_api_gateway_gateway_response", strings.ToLower(t))
		names = append(names, name)
		var out strings.Builder
		fmt.Fprintf(&out, "resource \"aws_api_gateway_gateway_response\" %q {\n  rest_api_id = %s\n  response_type = %q\n\n", name, id, t)
		// Without a body, the provider would plan to remove API Gateway's own.
		out.WriteString("  response_templates = {\n    \"application/json\" = \"{\\\"message\\\":$context.error.messageString}\"\n  }\n\n  response_parameters = {\n")
		for _, h := range headers {
			fmt.Fprintf(&out, "    %s = %s\n", edit.Quoted(gatewayResponseHeader+h.name), h.value)
		}
		out.WriteString("  }\n}\n")
		blocks = append(blocks, edit.Formatted(out.String()))
	}
	b.Append(b.node(), strings.Join(blocks, "\n"))
	for _, name := range names {
		made := &terraformBlock{HCL: b.HCL, kind: "aws_api_gateway_gateway_response", name: name, place: b.place, module: b.module}
		if err := m.deployedWith(api, made); err != nil {
			return err
		}
	}
	return nil
}
