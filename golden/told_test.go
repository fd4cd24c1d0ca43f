package golden_test

import (
	"slices"
	"strings"

	"apigw-cors/generator/gateway"
	"apigw-cors/golden/emulator"
)

// want is what every tool should make of an API: the product's own facts of
// the policy.
func want(api gateway.API) *emulator.API { return told(api.Facts()) }

// wantGreedy is want for the form with one OPTIONS method for all resources.
func wantGreedy(api gateway.API) *emulator.API { return told(api.GreedyFacts()) }

// told brings facts to the common form, where a default of the service is
// written out.
func told(f gateway.Facts) *emulator.API {
	out := emulator.New()
	for _, m := range f.Methods {
		toldMethod(out.Method(m.Method.String(), m.Path.String()), m)
	}
	for _, r := range f.GatewayResponses {
		out.GatewayResponses[r.Type.String()] = toldHeaders(r.Headers, gatewayHeader)
	}
	var types []string
	for _, b := range f.BinaryMediaTypes {
		types = append(types, b.String())
	}
	out.BinaryMediaTypes = mediaTypes(types)
	for _, r := range f.Routes {
		out.Routes[r.Key.String()] = orNone(r.Auth.Type.String())
		out.SetPayloadFormat(r.Payload.String())
	}
	if c := f.CORS; c != nil {
		out.CORS = &emulator.CORS{
			AllowOrigins: toldList(c.AllowOrigins), AllowMethods: toldList(c.AllowMethods),
			AllowHeaders: toldList(c.AllowHeaders), ExposeHeaders: toldList(c.ExposeHeaders),
			AllowCredentials: c.AllowCredentials.Value,
		}
		if c.MaxAge.IsGiven() {
			out.CORS.MaxAge = &c.MaxAge.Value
		}
	}
	return out
}

func toldMethod(out *emulator.Method, m gateway.MethodFacts) {
	out.Auth, out.APIKey = orNone(m.Auth.Type.String()), m.Auth.APIKeyRequired.Value
	for _, r := range m.Responses {
		response := out.Response(r.Status.String())
		for _, h := range r.Headers {
			response.Declared = append(response.Declared, unprefixed(h.Key.String(), methodHeader))
		}
		slices.Sort(response.Declared)
	}
	i := m.Integration
	if i == nil {
		return
	}
	out.SetIntegration(i.Type.String(), i.Passthrough.String(), i.ContentHandling.String(), toldTemplate(i.RequestTemplates))
	out.SetURI(i.Target.String())
	for _, r := range i.Responses {
		response := out.Response(r.Status.String())
		response.Pattern, response.ContentHandling = r.Pattern.String(), r.ContentHandling.String()
		response.Headers = toldHeaders(r.Headers, methodHeader)
		response.Template = toldTemplate(r.Templates)
	}
}

func toldHeaders(headers []gateway.HeaderFacts, prefix string) map[string]string {
	out := map[string]string{}
	for _, h := range headers {
		out[unprefixed(h.Key.String(), prefix)] = h.Value.String()
	}
	return out
}

// toldTemplate gives the one template a browser's request ever selects.
func toldTemplate(templates []gateway.TemplateFacts) string {
	for _, t := range templates {
		if t.MediaType.String() == "application/json" {
			return t.Template.String()
		}
	}
	return ""
}

// toldList says that a list cannot be known by an entry that no policy has.
func toldList(list gateway.Fact[[]gateway.Text]) []string {
	var out []string
	for _, t := range list.Value {
		out = append(out, t.String())
	}
	if list.Unknown != "" {
		out = append(out, "unknown: "+list.Unknown)
	}
	return out
}

// identityOf is the header that the API's authorizer reads.
func identityOf(f gateway.Facts) string {
	var headers []string
	for _, m := range f.Methods {
		headers = append(headers, textsOf(m.Auth.Headers)...)
	}
	for _, r := range f.Routes {
		headers = append(headers, textsOf(r.Auth.Headers)...)
	}
	return strings.Join(slices.Compact(headers), ", ")
}

func textsOf(texts []gateway.Text) (out []string) {
	for _, t := range texts {
		out = append(out, t.String())
	}
	return out
}
