package fix

import (
	"regexp"
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

// addOptions gives a path an OPTIONS method that answers as the others do.
func addOptions(t *task) Edit {
	api := t.facts()
	path := t.f.Subject
	if _, after, ok := strings.Cut(path, " "); ok {
		path = after
	}
	path = t.spelled(api, path)
	if t.Reading.Kind == reader.SAM {
		if e, ok := t.addCors(api); ok {
			return e
		}
	}
	p, why := t.preflightFor(api, path)
	if why != "" {
		return not(why)
	}
	e := Edit{Means: []string{"+ OPTIONS " + path + ": "}, Unsafe: p.elsewhere}
	if item := t.spot.Above(func(s edit.Spot) bool { return s.Up().Key() == "paths" }); !item.IsZero() {
		root := item.Up().Up()
		if item.Value.Kind != reader.MappingValue || item.Value.Get("Fn::If") != nil || item.Value.Get("$ref") != nil {
			return not("the path is written elsewhere")
		}
		operation := p.writeOpenAPI(root.Value.Get("swagger") != nil)
		if root.Value.Get("security") != nil {
			operation = operation.With("security", edit.List())
		}
		e.Changes = t.d.Set(item, "options", operation)
		return e
	}
	resource := t.spot.Above(func(s edit.Spot) bool { return s.Up().Key() == "Resources" && len(s.Keys()) == 2 })
	if resource.IsZero() || resource.Value.Get("Type") == nil || resource.Value.Get("Type").Text != "AWS::ApiGateway::Method" {
		return not("the path is written elsewhere")
	}
	properties := edit.Map()
	for _, key := range []string{"RestApiId", "ResourceId"} {
		v := resource.Child("Properties", key)
		if v.IsZero() || v.Value.Alias {
			return not("the path is written elsewhere")
		}
		properties = properties.With(key, edit.Copy(v.Value))
	}
	if id := conditional(t.d.Root, "AWS::ApiGateway::Method", with("HttpMethod", quoted("OPTIONS")), with("ResourceId", resource.Child("Properties", "ResourceId").Value)); id != "" {
		return not("a condition decides whether " + id + " is made, and another OPTIONS method could not be beside it")
	}
	integration, responses := p.writeIntegration()
	properties = properties.With("HttpMethod", edit.String("OPTIONS")).With("AuthorizationType", edit.String("NONE")).
		With("Integration", integration).With("MethodResponses", responses)
	method := underConditionOf(resource, edit.Map(edit.Field{Key: "Type", Value: edit.String("AWS::ApiGateway::Method")}))
	name := t.freeName(resource)
	e.Changes = t.d.AddResource(resource.Up(), resource.Key(), name, method.With("Properties", properties))
	for _, d := range api.Deployments {
		if s := t.d.Find(d.Place.Start, d.Place.End); d.Place.File == t.d.Name && !d.After.IsZero() {
			e.Changes = append(e.Changes, t.dependAlso(s, []string{name})...)
		}
	}
	return e
}

// spelled is a path as the facts have it: a finding's ends without a slash.
func (t *task) spelled(api *gateway.Facts, path string) string {
	for _, m := range api.Methods {
		if have := m.Path.String(); "/"+strings.Trim(have, "/") == path {
			return have
		}
	}
	return path
}

// freeName is a logical id for the OPTIONS method beside another.
func (t *task) freeName(method edit.Spot) string {
	verb := regexp.MustCompile(`Get|Post|Put|Patch|Delete|Any|GET|POST|PUT|PATCH|DELETE|ANY`)
	name := verb.ReplaceAllString(method.Key(), "Options")
	if name == method.Key() {
		name += "Options"
	}
	for method.Up().Value.Get(name) != nil {
		name += "Cors"
	}
	return name
}

// addCors gives an AWS::Serverless::Api whose paths are events the property
// Cors; ok is false where its paths are written in a body.
func (t *task) addCors(api *gateway.Facts) (e Edit, ok bool) {
	for _, m := range api.Methods {
		if m.MadeBy != "SAM event" {
			return e, false
		}
	}
	root := edit.Spot{Value: t.d.Root}
	section := root.Child("Globals", "Api")
	if resource := root.Child("Resources", api.Name); !resource.IsZero() {
		section = resource.Child("Properties")
	}
	if section.IsZero() || section.Value.Get("Cors") != nil {
		return not("where Cors belongs is for you to say"), true
	}
	o, why := t.originOf(api)
	if why != "" {
		return not(why), true
	}
	properties := edit.Map(edit.Field{Key: "AllowOrigin", Value: o.tree})
	if names := needs(api, ""); len(names) > 0 {
		m := static(cors.HeaderAllowHeaders, names)
		properties = properties.With("AllowHeaders", m.tree)
	}
	if o.credentials && o.text != "'*'" {
		properties = properties.With("AllowCredentials", edit.Bare("true"))
	}
	e.Changes = t.d.Set(section, "Cors", properties)
	if auth := section.Child("Auth"); !auth.IsZero() {
		if auth.Value.Get("DefaultAuthorizer") != nil && auth.Value.Get("AddDefaultAuthorizerToCorsPreflight") == nil {
			e.Changes = append(e.Changes, t.d.SetAfter(auth, "DefaultAuthorizer", "AddDefaultAuthorizerToCorsPreflight", edit.Bare("false"))...)
		}
		if auth.Value.Get("ApiKeyRequired") != nil && auth.Value.Get("AddApiKeyRequiredToCorsPreflight") == nil {
			e.Changes = append(e.Changes, t.d.SetAfter(auth, "ApiKeyRequired", "AddApiKeyRequiredToCorsPreflight", edit.Bare("false"))...)
		}
	}
	e.Means = []string{"+ OPTIONS "}
	return e.unsafe(), true
}

// dropExtension takes away x-amazon-apigateway-cors, which a REST API does not
// read, once OPTIONS methods say what it meant.
func dropExtension(t *task) Edit {
	api := t.facts()
	for _, f := range t.Report.Findings {
		if f.Rule == "missing-options" && f.API == t.f.API {
			return not("not every path has an OPTIONS method to say it")
		}
	}
	if !slices.ContainsFunc(api.Methods, func(m gateway.MethodFacts) bool { return m.Method.String() == "OPTIONS" }) {
		return not("no path has an OPTIONS method to say it")
	}
	return Edit{Changes: t.d.Delete(t.spot), Means: []string{"- CORS configuration"}}
}
