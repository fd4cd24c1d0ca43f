package fix

import (
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
)

// preflight is the answer that the file's other preflights give, for a path.
type preflight struct {
	status    string
	headers   []mapping
	templates []gateway.TemplateFacts
	binary    bool
	// elsewhere: no preflight names the origin, and only another response does.
	elsewhere bool
}

// preflightFor is what an OPTIONS method of a path has to answer; why that
// cannot be told.
func (t *task) preflightFor(api *gateway.Facts, path string) (p preflight, why string) {
	p.status, p.binary = "204", len(api.BinaryMediaTypes) > 0
	methods := methodsOf(api, path)
	donor := donorOf(api, path)
	if donor == nil {
		o, why := t.originOf(api)
		if why != "" {
			return p, why
		}
		p.elsewhere = o.elsewhere
		p.headers = append(p.headers, mapping{cors.HeaderAllowOrigin, o.tree, o.text}, static(cors.HeaderAllowMethods, append(methods, "OPTIONS")))
		if names := needs(api, path); len(names) > 0 {
			p.headers = append(p.headers, static(cors.HeaderAllowHeaders, names))
		}
		if o.credentials {
			p.headers = append(p.headers, mapping{cors.HeaderAllowCredentials, edit.String("'true'"), "'true'"})
		}
		return p, ""
	}
	if overrides(donor.Templates) {
		p.templates = donor.Templates
	}
	named, listed := false, false
	for _, h := range donor.Headers {
		m := mapping{name: h.Name.String(), text: h.Value.String()}
		named = named || strings.EqualFold(m.name, cors.HeaderAllowMethods)
		literal, known := h.Value.Value()
		switch {
		case strings.EqualFold(m.name, cors.HeaderAllowMethods) && (!known || literal != "'*'"):
			list, _ := inner(literal)
			if slices.Contains(words(list), "OPTIONS") || !known {
				methods = append(methods, "OPTIONS")
			}
			m = static(m.name, methods)
			if strings.Contains(list, ", ") {
				m.text = "'" + strings.Join(methods, ", ") + "'"
				m.tree = edit.String(m.text)
			}
		case strings.EqualFold(m.name, cors.HeaderAllowHeaders) && known:
			listed = true
			list, _ := inner(literal)
			var missing []string
			for _, name := range needs(api, path) {
				if !slices.ContainsFunc(words(list), func(w string) bool { return strings.EqualFold(w, name) || w == "*" && name != "Authorization" }) {
					missing = append(missing, name)
				}
			}
			if len(missing) > 0 {
				if spot := t.d.Find(h.Value.Place.Start, h.Value.Place.End); h.Value.Place.File == t.d.Name && !spot.IsZero() && isFunction(spot.Value) {
					return p, "a function makes Access-Control-Allow-Headers of the other preflights, and it lacks " + strings.Join(missing, ", ") + ": list that where it comes from"
				}
				m.text = extended(literal, missing)
				m.tree = edit.String(m.text)
				break
			}
			m.tree, _ = t.again(h.Value)
		default:
			var ok bool
			if m.tree, ok = t.again(h.Value); !ok {
				return p, "the headers of the other preflights are written elsewhere"
			}
			listed = listed || strings.EqualFold(m.name, cors.HeaderAllowHeaders)
		}
		p.headers = append(p.headers, m)
	}
	if !named && slices.ContainsFunc(methods, func(m string) bool { return !cors.IsSafelistedMethod(m) }) {
		p.headers = append(p.headers, static(cors.HeaderAllowMethods, methods))
	}
	if names := needs(api, path); !listed && len(names) > 0 {
		p.headers = append(p.headers, static(cors.HeaderAllowHeaders, names))
	}
	for _, template := range p.templates {
		if _, known := template.Template.Value(); !known {
			return p, "the mapping template of the other preflights is not known"
		}
	}
	return p, ""
}

func static(name string, values []string) mapping {
	text := "'" + strings.Join(values, ",") + "'"
	return mapping{name, edit.String(text), text}
}

// donorOf is the integration response of the API's preflights, where all of
// them allow the same origins in the same way; nil where there is none.
func donorOf(api *gateway.Facts, path string) *gateway.IntegrationResponseFacts {
	var found *gateway.IntegrationResponseFacts
	var says string
	for i := range api.Methods {
		m := &api.Methods[i]
		if m.Method.String() != "OPTIONS" || m.Path.String() == path || m.Integration == nil || !strings.EqualFold(m.Integration.Type.String(), "MOCK") {
			continue
		}
		for j := range m.Integration.Responses {
			r := &m.Integration.Responses[j]
			h, ok := header(r.Headers, cors.HeaderAllowOrigin)
			if !ok && !overrides(r.Templates) {
				continue
			}
			c, _ := header(r.Headers, cors.HeaderAllowCredentials)
			own := h.Value.String() + " " + c.Value.String()
			for _, t := range r.Templates {
				if overrides(r.Templates) {
					own += t.Template.String()
				}
			}
			if found != nil && own != says {
				return nil
			}
			if found == nil {
				found, says = r, own
			}
		}
	}
	return found
}

// needs are the request headers that pages send to a path: those of its auth,
// of a JSON body, and those it declares.
func needs(api *gateway.Facts, path string) (out []string) {
	add := func(name string) {
		_, err := cors.ParseRequestHeaderName(name)
		has := slices.ContainsFunc(out, func(have string) bool { return strings.EqualFold(have, name) })
		if err == nil && !has && !cors.IsSafelistedRequestHeader(cors.Header{Name: name, Value: "text/plain"}) {
			out = append(out, name)
		}
	}
	for _, m := range api.Methods {
		if path != "" && m.Path.String() != path || m.Method.String() == "OPTIONS" {
			continue
		}
		switch verb := m.Method.String(); verb {
		case "POST", "PUT", "PATCH", "ANY":
			if len(out) == 0 || out[0] != "Content-Type" {
				out = slices.Insert(out, 0, "Content-Type")
			}
		}
		switch kind, known := m.Auth.Type.Value(); {
		case known && kind == "AWS_IAM":
			add("Authorization")
			add("X-Amz-Date")
			add("X-Amz-Security-Token")
		case known && kind != "" && kind != "NONE":
			for _, h := range m.Auth.Headers {
				if name, known := h.Value(); known {
					add(name)
				}
			}
		}
		if m.Auth.APIKeyRequired.Value {
			add("X-Api-Key")
		}
		for _, h := range m.RequestHeaders {
			if name, known := h.Value(); known && !strings.EqualFold(name, "content-type") {
				add(name)
			}
		}
	}
	return out
}

// writeOpenAPI is an operation that answers preflights.
func (p preflight) writeOpenAPI(version2 bool) edit.Tree {
	kind := edit.Map(edit.Field{Key: "type", Value: edit.String("string")})
	if !version2 {
		kind = edit.Map(edit.Field{Key: "schema", Value: kind})
	}
	declared, parameters := edit.Map(), edit.Map()
	for _, h := range p.declared() {
		declared = declared.With(h, kind)
	}
	for _, h := range p.headers {
		parameters = parameters.With(methodHeader+h.name, h.tree)
	}
	response := edit.Map(edit.Field{Key: "statusCode", Value: edit.String(p.status)})
	integration := edit.Map(edit.Field{Key: "type", Value: edit.String("mock")})
	if p.binary {
		response = response.With("contentHandling", edit.String(gateway.ContentHandling))
		integration = integration.With("contentHandling", edit.String(gateway.ContentHandling))
	}
	response = response.With("responseParameters", parameters)
	if len(p.templates) > 0 {
		response = response.With("responseTemplates", p.responseTemplates())
	}
	integration = integration.With("requestTemplates", p.requestTemplates()).With("responses", edit.Map(edit.Field{Key: "default", Value: response}))
	return edit.Map(
		edit.Field{Key: "responses", Value: edit.Map(edit.Field{Key: p.status, Value: edit.Map(
			edit.Field{Key: "description", Value: edit.String("CORS preflight")}, edit.Field{Key: "headers", Value: declared})})},
		edit.Field{Key: integrationKey, Value: integration},
	)
}

// declared are the headers that the method response declares.
func (p preflight) declared() (out []string) {
	for _, h := range p.headers {
		out = append(out, h.name)
	}
	if overrides(p.templates) && !slices.ContainsFunc(out, func(name string) bool { return strings.EqualFold(name, cors.HeaderAllowOrigin) }) {
		out = append(out, cors.HeaderAllowOrigin)
	}
	return out
}

func (p preflight) requestTemplates() edit.Tree {
	return edit.Map(edit.Field{Key: "application/json", Value: edit.String(`{"statusCode": ` + p.status + `}`)})
}

func (p preflight) responseTemplates() edit.Tree {
	out := edit.Map()
	for _, t := range p.templates {
		media, _ := t.MediaType.Value()
		text, _ := t.Template.Value()
		out = out.With(media, edit.String(text))
	}
	return out
}

// writeIntegration are the Integration and the MethodResponses of an
// AWS::ApiGateway::Method that answers preflights.
func (p preflight) writeIntegration() (integration, responses edit.Tree) {
	declared, parameters := edit.Map(), edit.Map()
	for _, h := range p.declared() {
		declared = declared.With(methodHeader+h, edit.Bare("true"))
	}
	for _, h := range p.headers {
		parameters = parameters.With(methodHeader+h.name, h.tree)
	}
	response := edit.Map(edit.Field{Key: "StatusCode", Value: edit.String(p.status)})
	integration = edit.Map(edit.Field{Key: "Type", Value: edit.String("MOCK")})
	if p.binary {
		response = response.With("ContentHandling", edit.String(gateway.ContentHandling))
		integration = integration.With("ContentHandling", edit.String(gateway.ContentHandling))
	}
	response = response.With("ResponseParameters", parameters)
	if len(p.templates) > 0 {
		response = response.With("ResponseTemplates", p.responseTemplates())
	}
	integration = integration.With("RequestTemplates", p.requestTemplates()).With("IntegrationResponses", edit.List(response))
	return integration, edit.List(edit.Map(
		edit.Field{Key: "StatusCode", Value: edit.String(p.status)}, edit.Field{Key: "ResponseParameters", Value: declared}))
}
