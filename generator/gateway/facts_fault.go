package gateway

import (
	"slices"
	"strings"
)

// DeploymentFault is why API Gateway refuses to deploy an API.
type DeploymentFault struct {
	Code DeploymentFaultCode
	// Text says what is refused, in one clause.
	Text  string
	Place Place
	// Method is the method at fault, nil where it is the whole API or a
	// gateway response.
	Method *MethodFacts
}

// DeploymentFaultCode is a stable name of a fault.
type DeploymentFaultCode string

// The faults for which API Gateway refuses a deployment. No linter of a tool
// looks for them.
const (
	// UnquotedValue is a static value without its inner single quotes:
	// "Invalid mapping expression specified".
	UnquotedValue DeploymentFaultCode = "unquoted-value"
	// IllegalExpression is a mapping expression that is not for this place,
	// such as method.request.header.origin in an integration response.
	IllegalExpression DeploymentFaultCode = "illegal-expression"
	// UndeclaredHeader is a mapped header that the method response of its
	// status does not declare: "Invalid mapping expression parameter specified".
	UndeclaredHeader DeploymentFaultCode = "undeclared-header"
	// MissingMethodResponse is an integration response for a status that has no
	// method response.
	MissingMethodResponse DeploymentFaultCode = "missing-method-response"
	// MissingIntegration is a method without one: "No integration defined for
	// method".
	MissingIntegration DeploymentFaultCode = "missing-integration"
	// WrongPrefix is a header's key without the prefix of its place.
	WrongPrefix DeploymentFaultCode = "wrong-prefix"
	// UnknownResponseType is a gateway response of a type that is not one of
	// [ResponseTypes].
	UnknownResponseType DeploymentFaultCode = "gateway-response-type-unknown"
	// CredentialsForAnyOrigin is a CORS configuration that allows credentials
	// and any origin.
	CredentialsForAnyOrigin DeploymentFaultCode = "credentials-for-any-origin"
)

// Faults are the reasons for which API Gateway refuses to deploy the API, in
// the order of the facts. What is unknown is not at fault. An answer shows the
// fault of its own method only ([DeploymentFails]), so that the others can be
// judged all the same.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
// https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-method-settings.html
func (d *Deployment) Faults() []DeploymentFault { return slices.Clone(d.faults) }

// faultOf is the fault that keeps a route from being deployed; of a nil one,
// the fault of the CORS configuration.
func (d *Deployment) faultOf(t *route) *DeploymentFault {
	for i := range d.faults {
		f := &d.faults[i]
		if t != nil && f.Method == t.method && f.Method != nil || t == nil && f.Code == CredentialsForAnyOrigin {
			return f
		}
	}
	return nil
}

func (f Facts) faults() (out []DeploymentFault) {
	for i := range f.Methods {
		out = append(out, f.Methods[i].faults(f.IsOpen(OpenMethodResponse) != "")...)
	}
	for i := range f.GatewayResponses {
		g := &f.GatewayResponses[i]
		if kind, known := g.Type.Value(); known && !slices.Contains(ResponseTypes(), kind) {
			out = append(out, DeploymentFault{UnknownResponseType, kind + " is not a gateway response type", place(g.Type.Place, g.Place), nil})
		}
		for _, h := range g.Headers {
			out = append(out, h.faults(nil, "gatewayresponse.header.", true, g.Place)...)
		}
	}
	if c := f.CORS; f.Kind == HTTP && c != nil && c.AllowCredentials.Value && c.AllowCredentials.Unknown == "" {
		for _, o := range c.AllowOrigins.Value {
			if s, known := o.Value(); known && s == "*" {
				out = append(out, DeploymentFault{CredentialsForAnyOrigin, "allow-credentials is not supported if allow-origin is *", place(o.Place, c.Place), nil})
			}
		}
	}
	return out
}

func place(first, second Place) Place {
	if first.IsZero() {
		return second
	}
	return first
}

func (m *MethodFacts) faults(open bool) (out []DeploymentFault) {
	add := func(code DeploymentFaultCode, text string, at Place) {
		out = append(out, DeploymentFault{code, text, at, m})
	}
	if m.Integration == nil {
		add(MissingIntegration, "no integration for "+m.Key(), m.Place)
		return out
	}
	kind, known := m.Integration.Type.Value()
	if kind = strings.ToUpper(kind); !known || kind == "AWS_PROXY" || kind == "HTTP_PROXY" {
		return nil
	}
	for i := range m.Integration.Responses {
		r := &m.Integration.Responses[i]
		for _, h := range r.Headers {
			out = append(out, h.faults(m, methodHeader, false, r.Place)...)
		}
		status, known := r.Status.Value()
		if !known || open {
			continue
		}
		declared, doubt := m.methodResponse(status)
		if doubt {
			continue
		}
		if declared == nil {
			add(MissingMethodResponse, "no method response "+status+" for the integration response", place(r.Status.Place, r.Place))
			continue
		}
		for _, h := range r.Headers {
			if name, known := h.Name.Value(); known && !declared.declares(name) {
				add(UndeclaredHeader, name+" is mapped, and the method response "+status+" does not declare it", place(h.Key.Place, r.Place))
			}
		}
	}
	return out
}

// methodResponse is the method response of a status; doubt reports that one
// whose status is unknown may be it.
func (m *MethodFacts) methodResponse(status string) (found *MethodResponseFacts, doubt bool) {
	for i := range m.Responses {
		s, known := m.Responses[i].Status.Value()
		if known && s == status {
			return &m.Responses[i], false
		}
		doubt = doubt || !known
	}
	return nil, doubt
}

func (r *MethodResponseFacts) declares(name string) bool {
	return slices.ContainsFunc(r.Headers, func(h HeaderFacts) bool {
		s, known := h.Name.Value()
		return !known || strings.EqualFold(s, name)
	})
}

func (h HeaderFacts) faults(m *MethodFacts, prefix string, gatewayResponse bool, at Place) (out []DeploymentFault) {
	if key, known := h.Key.Value(); known && key != "" && strings.Contains(key, ".header.") && !strings.HasPrefix(key, prefix) {
		out = append(out, DeploymentFault{WrongPrefix, key + " does not begin with " + prefix, place(h.Key.Place, at), m})
	}
	if h.Value.IsGiven() && newValue(h.Value, gatewayResponse).kind == illegal {
		code, text := UnquotedValue, h.Value.String()+" lacks its inner single quotes"
		for _, begins := range []string{"method.request.", "integration.response.", "integration.request.", "method.response."} {
			if strings.HasPrefix(h.Value.String(), begins) {
				code, text = IllegalExpression, h.Value.String()+" is not a mapping expression for this place"
			}
		}
		out = append(out, DeploymentFault{code, text, place(h.Value.Place, at), m})
	}
	return out
}
