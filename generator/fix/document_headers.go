package fix

import (
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

// mapping is a header with its mapping expression, as a file has it and as facts
// show it.
type mapping struct {
	name string
	tree edit.Tree
	text string
}

const (
	integrationKey = "x-amazon-apigateway-integration"
)

// samCORS is what the reader says made the methods that SAM's Cors asks for.
const samCORS = "SAM Cors"

// mapHeaders lets an integration response carry headers, which the method
// response of its status declares.
func (t *task) mapHeaders(at edit.Spot, m *gateway.MethodFacts, r *gateway.IntegrationResponseFacts, headers ...mapping) Edit {
	if m.MadeBy == samCORS {
		return t.mapInCors(at, headers)
	}
	status, known := r.Status.Value()
	if !known || status == "" {
		return not("the status of the response is not known")
	}
	v := at.Value
	if v.Kind != reader.MappingValue || v.Alias || v.Tag != "" || v.Get("Fn::If") != nil || v.Get("$ref") != nil {
		return not("a function makes the response: change it where it comes from")
	}
	key := "responseParameters"
	if isCloudFormation(at) {
		key = "ResponseParameters"
	}
	var fields []edit.Field
	var names []string
	e := Edit{}
	for _, h := range headers {
		fields = append(fields, edit.Field{Key: methodHeader + h.name, Value: h.tree})
		names = append(names, h.name)
		e.Means = append(e.Means, "+ "+m.Key()+": integration response "+status+": "+h.name+": "+h.text)
	}
	if parameters := at.Child(key); parameters.IsZero() {
		e.Changes = t.setAll(at, edit.Field{Key: key, Value: edit.Map(fields...)})
	} else {
		e.Changes = t.setAll(parameters, fields...)
	}
	if e.Changes == nil {
		return not("the headers of the response are written elsewhere")
	}
	declared := t.declare(at, m, status, names)
	if declared.Not != "" {
		return declared
	}
	e.Changes = append(e.Changes, declared.Changes...)
	e.Means = append(e.Means, declared.Means...)
	return e
}

// isCloudFormation reports whether a value stands in the properties of an
// AWS::ApiGateway::Method, and not in an OpenAPI document.
func isCloudFormation(s edit.Spot) bool {
	return !s.Above(func(s edit.Spot) bool { return s.Key() == "Integration" || s.Key() == "MethodResponses" }).IsZero()
}

// operation is the value that has the integration in it: the properties of a
// method, or an operation of OpenAPI.
func operation(s edit.Spot) edit.Spot {
	return s.Above(func(s edit.Spot) bool { return s.Value.Get("Integration") != nil || s.Value.Get(integrationKey) != nil })
}

// declare lets the method response of a status declare headers that it does
// not; there may be no such response yet.
func (t *task) declare(inside edit.Spot, m *gateway.MethodFacts, status string, names []string) Edit {
	op := operation(inside)
	if op.IsZero() {
		return not("the method response is written elsewhere")
	}
	e := Edit{Means: []string{"+ " + m.Key() + ": method response " + status}}
	var missing []string
	var declared *gateway.MethodResponseFacts
	for i := range m.Responses {
		if m.Responses[i].Status.String() == status {
			declared = &m.Responses[i]
		}
	}
	for _, name := range names {
		if declared != nil {
			if _, ok := header(declared.Headers, name); ok {
				continue
			}
		}
		missing = append(missing, name)
	}
	if declared != nil && len(missing) == 0 {
		return e
	}
	if op.Value.Get("Integration") != nil {
		e.Changes = t.declareCloudFormation(op, status, missing)
	} else {
		e.Changes = t.declareOpenAPI(op, status, missing)
	}
	if e.Changes == nil {
		return not("the method response is written elsewhere")
	}
	return e
}

func (t *task) declareCloudFormation(op edit.Spot, status string, names []string) []edit.Change {
	word := edit.Bare("true")
	var fields []edit.Field
	for _, name := range names {
		fields = append(fields, edit.Field{Key: methodHeader + name, Value: word})
	}
	responses := op.Child("MethodResponses")
	response := edit.Map(edit.Field{Key: "StatusCode", Value: edit.String(status)})
	if len(fields) > 0 {
		response = response.With("ResponseParameters", edit.Map(fields...))
	}
	if responses.IsZero() {
		return t.d.SetAfter(op, "Integration", "MethodResponses", edit.List(response))
	}
	for i, item := range responses.Value.Items {
		if code := item.Value.Get("StatusCode"); code == nil || code.Text != status {
			continue
		}
		at := responses.Item(i)
		if parameters := at.Child("ResponseParameters"); !parameters.IsZero() {
			if n := len(parameters.Value.Fields); n > 0 && parameters.Value.Fields[n-1].Value.Kind == reader.ScalarValue {
				for j := range fields {
					fields[j].Value = edit.Copy(parameters.Value.Fields[n-1].Value)
				}
			}
			return t.setAll(parameters, fields...)
		}
		return t.setAll(at, edit.Field{Key: "ResponseParameters", Value: edit.Map(fields...)})
	}
	if item := responses.Value; len(item.Items) > 0 && !item.Flow {
		return t.d.Append(responses, response)
	}
	return t.d.Append(responses, response)
}

func (t *task) declareOpenAPI(op edit.Spot, status string, names []string) []edit.Change {
	kind := edit.Map(edit.Field{Key: "type", Value: edit.String("string")})
	if root := op.Above(func(s edit.Spot) bool { return s.Value.Get("paths") != nil }); root.IsZero() || root.Value.Get("swagger") == nil {
		kind = edit.Map(edit.Field{Key: "schema", Value: kind})
	}
	var fields []edit.Field
	for _, name := range names {
		fields = append(fields, edit.Field{Key: name, Value: kind})
	}
	response := edit.Map(edit.Field{Key: "description", Value: edit.String(status + " response")})
	if len(fields) > 0 {
		response = response.With("headers", edit.Map(fields...))
	}
	responses := op.Child("responses")
	if responses.IsZero() {
		return t.d.Set(op, "responses", edit.Map(edit.Field{Key: status, Value: response}))
	}
	at := responses.Child(status)
	switch {
	case at.IsZero():
		return t.setAll(responses, edit.Field{Key: status, Value: response})
	case at.Value.Get("$ref") != nil:
		return nil
	}
	if headers := at.Child("headers"); !headers.IsZero() {
		if n := len(headers.Value.Fields); n > 0 {
			if like := headers.Value.Fields[n-1].Value; like.Kind == reader.MappingValue && len(like.Fields) == 1 && !like.Alias {
				for j := range fields {
					fields[j].Value = edit.Copy(like)
				}
			}
		}
		return t.setAll(headers, fields...)
	}
	return t.setAll(at, edit.Field{Key: "headers", Value: edit.Map(fields...)})
}

// mapInCors gives SAM's Cors other properties.
func (t *task) mapInCors(at edit.Spot, headers []mapping) Edit {
	keys := map[string]string{
		cors.HeaderAllowOrigin: "AllowOrigin", cors.HeaderAllowMethods: "AllowMethods", cors.HeaderAllowHeaders: "AllowHeaders", cors.HeaderMaxAge: "MaxAge",
	}
	e := Edit{}
	var fields []edit.Field
	for _, h := range headers {
		fields = append(fields, edit.Field{Key: keys[h.name], Value: h.tree})
		e.Means = append(e.Means, "+ : "+h.name+": "+h.text, "+ : declares "+h.name)
		if keys[h.name] == "" {
			return not("SAM's Cors has no property for " + h.name)
		}
	}
	switch v := at.Value; {
	case at.Key() != "Cors":
		return not("Cors is not written here")
	case v.Kind == reader.MappingValue && v.Tag == "" && !isCall(v):
		e.Changes = t.setAll(at, fields...)
	case v.Alias:
		return not("Cors repeats what stands elsewhere")
	case v.Tag == "!If" || v.Get("Fn::If") != nil:
		return not("a condition picks Cors, and may pick several properties: write AllowOrigin and the others out")
	default:
		e.Changes = t.d.Replace(at, edit.Map(append([]edit.Field{{Key: "AllowOrigin", Value: edit.Copy(v)}}, fields...)...))
	}
	return e
}

// isCall reports whether a mapping calls a function, in its long form.
func isCall(v *reader.Value) bool {
	return len(v.Fields) == 1 && (v.Fields[0].Key == "Ref" || strings.HasPrefix(v.Fields[0].Key, "Fn::"))
}

// declareHeader declares what is mapped.
func declareHeader(t *task) Edit {
	for _, api := range t.APIs(t.f) {
		for i := range api.Methods {
			m := &api.Methods[i]
			if m.Key() != t.f.Subject || m.Integration == nil {
				continue
			}
			for _, r := range m.Integration.Responses {
				for _, h := range r.Headers {
					if h.Key.Place == t.f.Place {
						if strings.Contains(h.Name.String(), ".header.") {
							return not("the key has the prefix of another place")
						}
						return t.declare(t.spot, m, r.Status.String(), []string{h.Name.String()})
					}
				}
			}
		}
	}
	return not("the method is not written here")
}

// respondWith adds the method response of an integration response.
func respondWith(t *task) Edit {
	for _, api := range t.APIs(t.f) {
		for i := range api.Methods {
			m := &api.Methods[i]
			if m.Key() != t.f.Subject || m.Integration == nil {
				continue
			}
			for _, r := range m.Integration.Responses {
				if r.Status.Place != t.f.Place && r.Place != t.f.Place {
					continue
				}
				var names []string
				for _, h := range r.Headers {
					names = append(names, h.Name.String())
				}
				return t.declare(t.spot, m, r.Status.String(), names)
			}
		}
	}
	return not("the method is not written here")
}

// carryOrigin lets the responses of a method carry the preflight's origin.
func carryOrigin(t *task) Edit {
	o, why := t.originOf(t.facts())
	if why != "" {
		return not(why)
	}
	headers := []mapping{{cors.HeaderAllowOrigin, o.tree, o.text}}
	if o.credentials {
		headers = append(headers, mapping{cors.HeaderAllowCredentials, edit.String("'true'"), "'true'"})
	}
	m := t.method(func(m *gateway.MethodFacts) bool { return m.Key() == t.f.Subject })
	if m == nil || m.Integration == nil {
		return not("the method is not written here")
	}
	var out Edit
	for i := range m.Integration.Responses {
		r := &m.Integration.Responses[i]
		if _, has := header(r.Headers, cors.HeaderAllowOrigin); has || overrides(r.Templates) || strings.HasPrefix(r.Status.String(), "3") {
			continue
		}
		all := len(t.f.Related) > 0
		if !all && r.Place != t.f.Place {
			continue
		}
		if r.Place.File != t.d.Name {
			return not("the response is written in another file")
		}
		e := t.mapHeaders(t.d.Find(r.Place.Start, r.Place.End), m, r, headers...)
		if e.Not != "" {
			return e
		}
		out.Changes = append(out.Changes, e.Changes...)
		out.Means = append(out.Means, e.Means...)
	}
	if out.Changes == nil {
		return not("the response is not written here")
	}
	if o.elsewhere {
		return out.unsafe()
	}
	return out
}

// sayVary adds Vary: Origin.
func sayVary(t *task) Edit {
	vary := mapping{cors.HeaderVary, edit.String("'Origin'"), "'Origin'"}
	for _, api := range t.APIs(t.f) {
		for i := range api.Methods {
			m := &api.Methods[i]
			if m.Integration == nil || m.Key() != t.f.Subject {
				continue
			}
			for j := range m.Integration.Responses {
				r := &m.Integration.Responses[j]
				if h, _ := header(r.Headers, cors.HeaderAllowOrigin); r.Place == t.f.Place || h.Value.Place == t.f.Place {
					return t.mapHeaders(t.d.Find(r.Place.Start, r.Place.End), m, r, vary)
				}
			}
		}
		for _, g := range api.GatewayResponses {
			if h, _ := header(g.Headers, cors.HeaderAllowOrigin); h.Value.Place == t.f.Place {
				return t.carry(g, vary)
			}
		}
	}
	return not("the response is not written here")
}
