package fix

import (
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

// carry lets a gateway response carry headers.
func (t *task) carry(g gateway.GatewayResponseFacts, headers ...mapping) Edit {
	if g.Place.File != t.d.Name {
		return not("the gateway response is written in another file")
	}
	at := t.d.Find(g.Place.Start, g.Place.End)
	if at.IsZero() || at.Value.Kind != reader.MappingValue || at.Value.Alias || at.Value.Tag != "" {
		return not("the gateway response is written elsewhere")
	}
	key, prefix, below := "responseParameters", gatewayResponseHeader, ""
	switch {
	case at.Value.Get("Properties") != nil:
		at, key = at.Child("Properties"), "ResponseParameters"
	case !at.Above(func(s edit.Spot) bool { return s.Key() == "GatewayResponses" }).IsZero():
		key, prefix, below = "ResponseParameters", "", "Headers"
	}
	e := Edit{}
	var fields []edit.Field
	for _, h := range headers {
		fields = append(fields, edit.Field{Key: prefix + h.name, Value: h.tree})
		e.Means = append(e.Means, "+ gateway response "+g.Type.String()+": "+h.name+": "+h.text)
	}
	way := []string{key}
	if below != "" {
		way = append(way, below)
	}
	for len(way) > 0 {
		child := at.Child(way[0])
		if child.IsZero() {
			break
		}
		at, way = child, way[1:]
	}
	value := edit.Map(fields...)
	if len(way) == 0 {
		e.Changes = t.setAll(at, fields...)
	} else {
		if len(way) == 2 {
			value = edit.Map(edit.Field{Key: way[1], Value: value})
		}
		e.Changes = t.setAll(at, edit.Field{Key: way[0], Value: value})
	}
	if e.Changes == nil {
		return not("the headers of the gateway response are written elsewhere")
	}
	return e
}

// errorHeaders are what gateway responses of the API carry: what those that are
// there carry, otherwise the one origin of the preflights. Where a mapping
// template picks it, a gateway response, which evaluates none, allows any origin,
// or with credentials the page's own.
func (t *task) errorHeaders(api *gateway.Facts) (out []mapping, why string) {
	o, why := originOf(t.State, api)
	credentials := o.credentials
	if why != "" {
		picked := false
		for _, m := range api.Methods {
			if m.Method.String() != "OPTIONS" || m.Integration == nil {
				continue
			}
			for _, r := range m.Integration.Responses {
				picked = picked || overrides(r.Templates)
				c, _ := header(r.Headers, cors.HeaderAllowCredentials)
				credentials = credentials || c.Value.String() == "'true'"
			}
		}
		if !picked {
			return nil, why
		}
		o = named{tree: edit.String("'*'"), text: "'*'"}
		if credentials {
			o = named{tree: edit.String("method.request.header.origin"), text: "method.request.header.origin"}
		}
	}
	if o.text == "'*'" {
		credentials = false
	}
	out = append(out, mapping{cors.HeaderAllowOrigin, o.tree, o.text})
	if credentials {
		out = append(out, mapping{cors.HeaderAllowCredentials, edit.String("'true'"), "'true'"})
	}
	if strings.HasPrefix(o.text, "method.request.") {
		out = append(out, mapping{cors.HeaderVary, edit.String("'Origin'"), "'Origin'"})
	}
	return out, ""
}

// likeOthers are the CORS headers of a gateway response that is there.
func (t *task) likeOthers(api *gateway.Facts) (out []mapping) {
	for _, g := range api.GatewayResponses {
		if _, ok := header(g.Headers, cors.HeaderAllowOrigin); !ok {
			continue
		}
		out = nil
		for _, h := range g.Headers {
			name := h.Name.String()
			if !strings.HasPrefix(strings.ToLower(name), "access-control-") && !strings.EqualFold(name, cors.HeaderVary) {
				continue
			}
			m := mapping{name: name, text: h.Value.String()}
			if literal, known := h.Value.Value(); known {
				m.tree = edit.String(literal)
			} else if s := t.d.Find(h.Value.Place.Start, h.Value.Place.End); h.Value.Place.File == t.d.Name && !s.IsZero() {
				m.tree = edit.Copy(s.Value)
			} else {
				return nil
			}
			out = append(out, m)
		}
		return out
	}
	return nil
}

// carryInError lets a gateway response carry an origin.
func carryInError(t *task) Edit {
	for _, api := range t.APIs(t.f) {
		for _, g := range api.GatewayResponses {
			if g.Place != t.f.Place {
				continue
			}
			headers := t.likeOthers(api)
			if headers == nil {
				var why string
				if headers, why = t.errorHeaders(api); why != "" {
					return not(why)
				}
			}
			return t.carry(g, headers...)
		}
	}
	return not("the gateway response is written elsewhere")
}

// allowInError lets a gateway response allow credentials.
func allowInError(t *task) Edit {
	for _, api := range t.APIs(t.f) {
		for _, g := range api.GatewayResponses {
			if at := g.HeadersPlace; at != t.f.Place && g.Place != t.f.Place {
				continue
			}
			if h, _ := header(g.Headers, cors.HeaderAllowOrigin); h.Value.String() == "'*'" {
				return not("the gateway response allows any origin, which credentials do not go with: name the page's origin")
			}
			return t.carry(g, mapping{cors.HeaderAllowCredentials, edit.String("'true'"), "'true'"})
		}
	}
	return not("the gateway response is written elsewhere")
}

// addErrors adds the gateway responses that cover what has none of its own.
func addErrors(t *task) Edit {
	api := t.facts()
	headers := t.likeOthers(api)
	if headers == nil {
		var why string
		if headers, why = t.errorHeaders(api); why != "" {
			return not(why)
		}
	}
	var types []string
	e := Edit{}
	for _, kind := range []string{"DEFAULT_4XX", "DEFAULT_5XX"} {
		if slices.ContainsFunc(api.GatewayResponses, func(g gateway.GatewayResponseFacts) bool { return g.Type.String() == kind }) {
			continue
		}
		types = append(types, kind)
		e.Means = append(e.Means, "+ gateway response "+kind+": ")
	}
	if len(types) == 0 {
		return not("the gateway responses that are there lack the headers")
	}
	var why string
	if e.Changes, why = t.writeErrors(api, types, headers); e.Changes == nil {
		return not(why)
	}
	return e
}

// writeErrors writes new gateway responses where the API's own would stand.
func (t *task) writeErrors(api *gateway.Facts, types []string, headers []mapping) ([]edit.Change, string) {
	parameters := func(prefix string) edit.Tree {
		out := edit.Map()
		for _, h := range headers {
			out = out.With(prefix+h.name, h.tree)
		}
		return out
	}
	const elsewhere = "where its gateway responses belong is for you to say"
	if api.Place.File != t.d.Name {
		return nil, elsewhere
	}
	root := edit.Spot{Value: t.d.Root}
	place := t.d.Find(api.Place.Start, api.Place.End)
	if t.Reading.Kind == reader.OpenAPI {
		return t.errorsInBody(root, types, parameters(gatewayResponseHeader)), elsewhere
	}
	at := place.Above(func(s edit.Spot) bool { return s.Up().Key() == "Resources" && len(s.Keys()) == 2 })
	kind := ""
	if !at.IsZero() && at.Value.Get("Type") != nil {
		kind = at.Value.Get("Type").Text
	}
	for _, way := range [][]string{{"Properties", "DefinitionBody"}, {"Properties", "Body"}} {
		if at.IsZero() {
			break
		}
		if body := at.Child(way...); !body.IsZero() && body.Value.Get("paths") != nil && (kind == "AWS::ApiGateway::RestApi" || body.Value.Get("x-amazon-apigateway-gateway-responses") != nil) {
			return t.errorsInBody(body, types, parameters(gatewayResponseHeader)), elsewhere
		}
	}
	switch {
	case t.Reading.Kind == reader.SAM && kind != "AWS::ApiGateway::RestApi":
		section := root.Child("Globals", "Api")
		if kind == "AWS::Serverless::Api" && (section.IsZero() || section.Value.Get("GatewayResponses") == nil) {
			section = at.Child("Properties")
		}
		if section.IsZero() {
			return nil, elsewhere
		}
		responses := edit.Map()
		for _, typ := range types {
			responses = responses.With(typ, edit.Map(edit.Field{Key: "ResponseParameters", Value: edit.Map(edit.Field{Key: "Headers", Value: parameters("")})}))
		}
		return t.addResponses(section, "GatewayResponses", responses), elsewhere
	case kind == "AWS::ApiGateway::RestApi":
		return t.errorResources(api, at, types, parameters(gatewayResponseHeader)), elsewhere
	}
	return nil, elsewhere
}

func (t *task) errorsInBody(body edit.Spot, types []string, parameters edit.Tree) []edit.Change {
	responses := edit.Map()
	for _, typ := range types {
		responses = responses.With(typ, edit.Map(edit.Field{Key: "responseParameters", Value: parameters}))
	}
	return t.addResponses(body, "x-amazon-apigateway-gateway-responses", responses)
}

// addResponses adds gateway responses to those of a key, or the key.
func (t *task) addResponses(section edit.Spot, key string, responses edit.Tree) []edit.Change {
	if there := section.Child(key); !there.IsZero() && there.Value.Kind == reader.MappingValue {
		return t.setAll(there, responses.Fields()...)
	}
	return t.d.Set(section, key, responses)
}

// errorResources adds a resource for each gateway response, behind the API's
// last one or the API itself, and lets the deployments that depend on something
// depend on them.
func (t *task) errorResources(api *gateway.Facts, at edit.Spot, types []string, parameters edit.Tree) (out []edit.Change) {
	ref := edit.String(at.Key()).Tagged("!Ref")
	if t.d.IsJSON || t.usesLongForms() {
		ref = edit.Map(edit.Field{Key: "Ref", Value: edit.String(at.Key())})
	}
	resources := at.Up()
	after := at.Key()
	for _, g := range api.GatewayResponses {
		if s := t.d.Find(g.Place.Start, g.Place.End); g.Place.File == t.d.Name && s.Up().Key() == "Resources" {
			after = s.Key()
		}
	}
	var names []string
	for i, typ := range types {
		name := at.Key() + map[string]string{"DEFAULT_4XX": "Default4xxResponse", "DEFAULT_5XX": "Default5xxResponse"}[typ]
		if resources.Value.Get(name) != nil {
			return nil
		}
		names = append(names, name)
		resource := edit.Map(
			edit.Field{Key: "Type", Value: edit.String("AWS::ApiGateway::GatewayResponse")},
			edit.Field{Key: "Properties", Value: edit.Map(
				edit.Field{Key: "RestApiId", Value: ref}, edit.Field{Key: "ResponseType", Value: edit.String(typ)}, edit.Field{Key: "ResponseParameters", Value: parameters},
			)},
		)
		changes := t.d.AddResource(resources, after, name, resource)
		if changes == nil {
			return nil
		}
		_ = i
		out = append(out, changes...)
	}
	return append(out, t.dependOn(api, names)...)
}

// usesLongForms reports whether the document has no short forms of functions.
func (t *task) usesLongForms() bool {
	short, long := 0, 0
	var look func(v *reader.Value)
	look = func(v *reader.Value) {
		if v.Tag != "" {
			short++
		}
		for _, f := range v.Fields {
			if f.Key == "Ref" || strings.HasPrefix(f.Key, "Fn::") {
				long++
			}
			look(f.Value)
		}
		for _, item := range v.Items {
			look(item.Value)
		}
	}
	look(t.d.Root)
	return short == 0 && long > 0
}

// dependOn lets the deployments of an API that depend on something depend on
// more.
func (t *task) dependOn(api *gateway.Facts, names []string) (out []edit.Change) {
	for _, d := range api.Deployments {
		if d.Place.File != t.d.Name {
			continue
		}
		s := t.d.Find(d.Place.Start, d.Place.End)
		out = append(out, t.dependAlso(s, names)...)
	}
	return out
}

// dependAlso adds names to the DependsOn of a resource.
func (t *task) dependAlso(resource edit.Spot, names []string) (out []edit.Change) {
	var list []edit.Tree
	for _, name := range names {
		list = append(list, edit.String(name))
	}
	if len(names) == 0 || resource.IsZero() {
		return nil
	}
	switch on := resource.Child("DependsOn"); {
	case on.IsZero() && len(list) == 1:
		return t.d.SetAfter(resource, "Type", "DependsOn", list[0])
	case on.IsZero():
		return t.d.SetAfter(resource, "Type", "DependsOn", edit.List(list...))
	case on.Value.Kind == reader.ScalarValue:
		return t.d.Replace(on, edit.List(append([]edit.Tree{edit.Copy(on.Value)}, list...)...))
	default:
		for _, name := range list {
			out = append(out, t.d.Append(on, name)...)
		}
		return out
	}
}

// dependOnMissed lets a deployment depend on what it may miss.
func dependOnMissed(t *task) Edit {
	for _, api := range t.APIs(t.f) {
		for _, d := range api.Deployments {
			if d.Name != t.f.Subject || d.Place.File != t.d.Name {
				continue
			}
			resource := t.d.Find(d.Place.Start, d.Place.End)
			var names []string
			for _, key := range d.Misses {
				name := t.resourceOf(api, key)
				if name == "" {
					continue
				}
				names = append(names, name)
			}
			if len(names) == 0 {
				return not("what it may miss is written elsewhere")
			}
			return Edit{Changes: t.dependAlso(resource, names)}
		}
	}
	return not("the deployment is written elsewhere")
}

// resourceOf is the logical id of a method, or of a gateway response.
func (t *task) resourceOf(api *gateway.Facts, key string) string {
	at := gateway.Place{}
	for _, m := range api.Methods {
		if m.Key() == key {
			at = m.Place
		}
	}
	for _, g := range api.GatewayResponses {
		if g.Type.String() == key {
			at = g.Place
		}
	}
	if at.File != t.d.Name {
		return ""
	}
	if s := t.d.Find(at.Start, at.End); s.Up().Key() == "Resources" {
		return s.Key()
	}
	return ""
}

// dropStatus leaves the status of a default gateway response out.
func dropStatus(t *task) Edit {
	return Edit{Changes: t.d.Delete(t.spot), Means: []string{"- gateway response " + t.f.Subject + ": status ", "+ gateway response " + t.f.Subject + ": status "}}
}

// quoteMessage takes the quotes off a variable that has its own.
func quoteMessage(t *task) Edit {
	at, ok := t.scalar(t.spot)
	if !ok || !strings.Contains(at.Value.Text, `"$context.error.messageString"`) {
		return not("what the body is to say is for you to write")
	}
	text := strings.ReplaceAll(at.Value.Text, `"$context.error.messageString"`, "$context.error.messageString")
	return Edit{Changes: t.d.SetText(at, text)}
}
