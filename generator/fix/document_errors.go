package fix

import (
	"slices"
	"strings"

	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

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
		if body := at.Child("Properties", "DefinitionBody"); !section.IsZero() && !body.IsZero() && body.Value.Get("paths") == nil {
			return t.errorsInIncluded(api, types, parameters(gatewayResponseHeader))
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
		for _, typ := range types {
			if id := conditional(t.d.Root, responseKind, with("ResponseType", quoted(typ))); id != "" {
				return nil, "a condition decides whether " + id + " is made, and a second " + typ + " could not be beside it"
			}
		}
		return t.errorResources(api, at, types, parameters(gatewayResponseHeader)), elsewhere
	}
	return nil, elsewhere
}

// errorsInIncluded writes them into the document that a template includes: SAM's
// own properties are for one that stands in the template, and sam validate
// refuses them here.
func (t *task) errorsInIncluded(api *gateway.Facts, types []string, parameters edit.Tree) ([]edit.Change, string) {
	const elsewhere = "the document is made elsewhere"
	if len(api.Methods) == 0 || api.Methods[0].Place.File == t.d.Name {
		return nil, elsewhere
	}
	d, err := t.Document(api.Methods[0].Place.File)
	if err != nil {
		return nil, err.Error()
	}
	if d.Root.Get("paths") == nil {
		return nil, elsewhere
	}
	there := &task{State: t.State, f: t.f, d: d}
	return there.errorsInBody(edit.Spot{Value: d.Root}, types, parameters), elsewhere
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

const responseKind = "AWS::ApiGateway::GatewayResponse"

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
	for _, typ := range types {
		name := at.Key() + map[string]string{"DEFAULT_4XX": "Default4xxResponse", "DEFAULT_5XX": "Default5xxResponse"}[typ]
		if resources.Value.Get(name) != nil {
			return nil
		}
		names = append(names, name)
		resource := underConditionOf(at, edit.Map(edit.Field{Key: "Type", Value: edit.String(responseKind)})).With("Properties", edit.Map(
			edit.Field{Key: "RestApiId", Value: ref}, edit.Field{Key: "ResponseType", Value: edit.String(typ)}, edit.Field{Key: "ResponseParameters", Value: parameters},
		))
		changes := t.d.AddResource(resources, after, name, resource)
		if changes == nil {
			return nil
		}
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
