package reader

import (
	"strings"

	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader/terraform"
)

func (m *terraformModel) restAPI(r *terraform.Resource) {
	a := m.add(r.Address+".id", gateway.Facts{Kind: gateway.REST, Name: r.Address, Place: r.Place})
	a.facts.BinaryMediaTypes = terraformTexts(r.Get("binary_media_types"))
	a.unknownInstances(r, gateway.Everything)
	m.body(a, r)
}

// method is a method of a resource; those that have one of its own are found
// again by the ids of the API and the resource, and the HTTP method.
func (m *terraformModel) method(r *terraform.Resource) {
	a := m.api(r, "rest_api_id", gateway.REST)
	method := a.method(m, r)
	method.own = r
	method.facts.Place = r.Place
	method.facts.Auth = m.auth(r, "authorization", "aws_api_gateway_authorizer")
	method.facts.Auth.APIKeyRequired = terraformBool(r.Get("api_key_required"))
	for _, h := range terraformHeaders(r.Get("request_parameters"), "method.request.header.", false) {
		if h.Name.IsGiven() {
			method.facts.RequestHeaders = append(method.facts.RequestHeaders, h.Name)
		}
	}
	if v := r.Get("request_validator_id"); v.IsGiven() {
		method.facts.Validated = gateway.Fact[bool]{Value: true, Place: v.Place()}
	}
	a.unknownInstances(r, gateway.OpenMethods)
}

// method gives the method that a resource is, or is a part of.
func (a *terraformAPI) method(m *terraformModel, r *terraform.Resource) *terraformMethod {
	id, verb := r.Get("resource_id"), r.Get("http_method")
	key := terraformKey(id) + " " + terraformKey(verb)
	if _, ok := id.Reference(); !ok {
		// Of what is unknown for one reason there may be several: those of one
		// instance key belong together.
		key += r.InstanceKey()
	}
	method := a.byKey[key]
	if method == nil || method.own != nil && r.Type == method.own.Type {
		method = &terraformMethod{facts: gateway.MethodFacts{
			Method: upper(verb.Text()), Path: m.pathOf(id, 0), Place: r.Place,
			Auth: gateway.AuthFacts{Type: gateway.Unknown("the method is made elsewhere", r.Place)},
		}}
		if ref, ok := id.Reference(); ok && ref.Resource.Type == "aws_api_gateway_resource" {
			method.facts.Resource = gateway.Literal(ref.Resource.Address, id.Place())
		}
		a.byKey[key] = method
		a.methods = append(a.methods, method)
	}
	method.parts = append(method.parts, r)
	return method
}

// auth is what a method or a route asks of its caller.
func (m *terraformModel) auth(r *terraform.Resource, argument, authorizer string) gateway.AuthFacts {
	f := gateway.AuthFacts{Type: upper(terraformText(r.Get(argument)))}
	id := r.Get("authorizer_id")
	if s, known := f.Type.Value(); !id.IsGiven() || known && (s == "NONE" || s == "AWS_IAM" || s == "") {
		return f
	}
	ref, ok := id.Reference()
	if !ok || ref.Resource.Type != authorizer || ref.Resource.IsData {
		f.Headers = []gateway.Text{gateway.Unknown("the authorizer is made elsewhere", id.Place())}
		return f
	}
	if authorizer == "aws_apigatewayv2_authorizer" {
		for _, source := range terraformTexts(ref.Resource.Get("identity_sources")) {
			addIdentity(&f, source, "$request.header.")
		}
		return f
	}
	source := ref.Resource.Get("identity_source").Text()
	if !source.IsGiven() {
		if kind, known := ref.Resource.Get("type").Text().Value(); known && kind == "REQUEST" {
			return f
		}
		// The provider's default.
		f.Headers = []gateway.Text{gateway.Literal("Authorization", ref.Resource.Place)}
		return f
	}
	s, known := source.Value()
	if !known {
		f.Headers = []gateway.Text{source}
		return f
	}
	for part := range strings.SplitSeq(s, ",") {
		addIdentity(&f, gateway.Literal(strings.TrimSpace(part), source.Place), "method.request.header.")
	}
	return f
}

// addIdentity adds a header of an authorizer's identity source.
func addIdentity(f *gateway.AuthFacts, source gateway.Text, prefix string) {
	s, known := source.Value()
	if !known {
		f.Headers = append(f.Headers, source)
	} else if name, ok := strings.CutPrefix(s, prefix); ok {
		f.Headers = append(f.Headers, gateway.Literal(name, source.Place))
	}
}

func (m *terraformModel) integration(r *terraform.Resource) {
	method := m.api(r, "rest_api_id", gateway.REST).method(m, r)
	method.integration = r
	i := method.facts.Integration
	if i == nil {
		i = &gateway.IntegrationFacts{}
		method.facts.Integration = i
	}
	i.Place = r.Place
	i.Type = terraformText(r.Get("type"))
	i.Passthrough = terraformText(r.Get("passthrough_behavior"))
	i.ContentHandling = terraformText(r.Get("content_handling"))
	i.Target = terraformText(r.Get("uri"))
	i.RequestTemplates = terraformTemplates(r.Get("request_templates"))
}

const terraformMethodHeader = "method.response.header."

func (m *terraformModel) methodResponse(r *terraform.Resource) {
	a := m.api(r, "rest_api_id", gateway.REST)
	method := a.method(m, r)
	method.responses = append(method.responses, r)
	method.facts.Responses = append(method.facts.Responses, gateway.MethodResponseFacts{
		Status: r.Get("status_code").Text(), Place: r.Place,
		Headers: terraformHeaders(r.Get("response_parameters"), terraformMethodHeader, false),
	})
	a.unknownInstances(r, gateway.OpenMethodResponse)
}

// integrationResponse comes after the method responses and the integration:
// whether Terraform makes it after them, too, is a fact of its own.
func (m *terraformModel) integrationResponse(r *terraform.Resource) {
	a := m.api(r, "rest_api_id", gateway.REST)
	a.unknownInstances(r, gateway.OpenMethodResponse)
	method := a.method(m, r)
	if method.facts.Integration == nil {
		method.facts.Integration = &gateway.IntegrationFacts{
			Type: gateway.Unknown("the integration is made elsewhere", r.Place), Place: r.Place,
		}
	}
	f := gateway.IntegrationResponseFacts{
		Status: r.Get("status_code").Text(), Pattern: terraformText(r.Get("selection_pattern")),
		ContentHandling: terraformText(r.Get("content_handling")), Place: r.Place,
		Headers:   terraformHeaders(r.Get("response_parameters"), terraformMethodHeader, true),
		Templates: terraformTemplates(r.Get("response_templates")),
	}
	for i, response := range method.facts.Responses {
		if response.Status.String() == f.Status.String() {
			f.AfterMethodResponse = m.after(r, method.responses[i])
		}
	}
	if method.integration != nil {
		f.AfterIntegration = m.after(r, method.integration)
	}
	method.integrationResponses = append(method.integrationResponses, r)
	method.facts.Integration.Responses = append(method.facts.Integration.Responses, f)
}

func (m *terraformModel) after(r, other *terraform.Resource) gateway.Fact[bool] {
	after, why := m.configuration.After(r, other)
	return gateway.Fact[bool]{Value: after, Unknown: why, Place: r.Place}
}

func (m *terraformModel) gatewayResponse(r *terraform.Resource) {
	a := m.api(r, "rest_api_id", gateway.REST)
	a.gatewayResponses = append(a.gatewayResponses, r)
	a.facts.GatewayResponses = append(a.facts.GatewayResponses, gateway.GatewayResponseFacts{
		Type: r.Get("response_type").Text(), Status: terraformText(r.Get("status_code")), Place: r.Place,
		Headers: terraformHeaders(r.Get("response_parameters"), "gatewayresponse.header.", true), HeadersPlace: r.Get("response_parameters").Place(),
		Templates: terraformTemplates(r.Get("response_templates")),
	})
	a.unknownInstances(r, gateway.OpenResponses)
}

// deployment is a snapshot: what it neither refers to nor depends on may come
// too late for it.
func (m *terraformModel) deployment(r *terraform.Resource) {
	a := m.api(r, "rest_api_id", gateway.REST)
	f := gateway.DeploymentFacts{Name: r.Address, Place: r.Place}
	missed := map[string]bool{}
	miss := func(name string) {
		if !missed[name] {
			missed[name] = true
			f.Misses = append(f.Misses, name)
		}
	}
	for _, method := range a.methods {
		for _, part := range method.needed() {
			if after, why := m.configuration.After(r, part); !after && why == "" {
				miss(method.facts.Key())
				break
			}
		}
	}
	for _, response := range a.gatewayResponses {
		if after, why := m.configuration.After(r, response); !after && why == "" {
			miss(response.Get("response_type").Text().String())
		}
	}
	f.After = r.DependsOn()
	renews, why := r.Renews()
	f.Renews = gateway.Fact[bool]{Value: renews, Unknown: why, Place: r.Place}
	a.facts.Deployments = append(a.facts.Deployments, f)
}

// needed are the parts of a method without which a snapshot is not complete: a
// proxy integration has no use for responses.
func (t *terraformMethod) needed() []*terraform.Resource {
	if i := t.facts.Integration; i != nil {
		if kind, known := i.Type.Value(); known && strings.HasSuffix(kind, "_PROXY") {
			var out []*terraform.Resource
			for _, part := range t.parts {
				if part == t.own || part == t.integration {
					out = append(out, part)
				}
			}
			return out
		}
	}
	return t.parts
}
