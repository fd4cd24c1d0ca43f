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
	integration, responses := p.writeIntegration()
	properties = properties.With("HttpMethod", edit.String("OPTIONS")).With("AuthorizationType", edit.String("NONE")).
		With("Integration", integration).With("MethodResponses", responses)
	method := edit.Map(edit.Field{Key: "Type", Value: edit.String("AWS::ApiGateway::Method")})
	if c := resource.Child("Condition"); !c.IsZero() {
		method = method.With("Condition", edit.Copy(c.Value))
	}
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
	o, why := originOf(t.State, api)
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

// askNothing takes from an OPTIONS method what it asks of its caller.
func askNothing(t *task) Edit {
	if strings.HasPrefix(t.f.Text, "ANY ") {
		return addOptions(t)
	}
	e := Edit{Means: []string{"- OPTIONS ", "+ OPTIONS "}}
	means := func(path string) {
		e.Means = []string{"- OPTIONS " + path + ": auth ", "+ OPTIONS " + path + ": auth NONE, API key required false", "+ OPTIONS " + path + ": auth "}
	}
	means(strings.TrimPrefix(t.f.Subject, "OPTIONS "))
	s := t.spot
	v := s.Value
	switch key := s.Key(); {
	case key == "DefaultAuthorizer" || key == "AddDefaultAuthorizerToCorsPreflight":
		e.Means = []string{"- OPTIONS ", "+ OPTIONS "}
		e.Changes = t.d.SetAfter(s.Up(), "DefaultAuthorizer", "AddDefaultAuthorizerToCorsPreflight", edit.Bare("false"))
	case key == "ApiKeyRequired" && s.Up().Key() == "Auth" && s.Up().Up().Value.Get("Events") == nil && s.Up().Up().Value.Get("Path") == nil,
		key == "AddApiKeyRequiredToCorsPreflight":
		e.Means = []string{"- OPTIONS ", "+ OPTIONS "}
		e.Changes = t.d.SetAfter(s.Up(), "ApiKeyRequired", "AddApiKeyRequiredToCorsPreflight", edit.Bare("false"))
	case key == "ApiKeyRequired":
		e.Changes = t.d.SetBare(s, "false")
	case key == "AuthorizationType" && v.Tag == "":
		e.Changes = t.d.SetText(s, "NONE")
		for _, other := range []string{"AuthorizerId", "AuthorizationScopes"} {
			if o := s.Up().Child(other); !o.IsZero() {
				e.Changes = append(e.Changes, t.d.Delete(o)...)
			}
		}
	case key == "Authorizer":
		e.Changes = t.d.SetText(s, "NONE")
	case key == "security" && s.Up().Value.Get("paths") != nil:
		op := t.optionsOperation()
		if op.IsZero() {
			return not("the OPTIONS method is written elsewhere")
		}
		e.Changes = t.d.Set(op, "security", edit.List())
	case key == "security":
		e.Changes = t.d.Replace(s, edit.List())
	case key == "type" && s.Up().Key() == "x-amazon-apigateway-auth":
		e.Changes = t.d.SetText(s, "NONE")
	default:
		if up := s.Above(func(s edit.Spot) bool { return s.Key() == "security" }); !up.IsZero() && up.Up().Value.Get(integrationKey) != nil {
			e.Changes = t.d.Replace(up, edit.List())
			break
		}
		return not("what asks the preflight for credentials is written elsewhere")
	}
	return e
}

// optionsOperation is the operation of OpenAPI that the finding's subject is.
func (t *task) optionsOperation() edit.Spot {
	m := t.method(func(m *gateway.MethodFacts) bool { return m.Key() == t.f.Subject })
	if m == nil || m.Place.File != t.d.Name {
		return edit.Spot{}
	}
	s := t.d.Find(m.Place.Start, m.Place.End)
	if s.IsZero() || !strings.EqualFold(s.Key(), "options") {
		return edit.Spot{}
	}
	return s
}

// correctMock lets the mock of an OPTIONS method come to a status.
func correctMock(t *task) Edit {
	m := t.method(func(m *gateway.MethodFacts) bool { return m.Key() == t.f.Subject })
	if m == nil || m.Integration == nil || m.Integration.Place.File != t.d.Name {
		return not("the mock is written elsewhere")
	}
	i := t.d.Find(m.Integration.Place.Start, m.Integration.Place.End)
	if i.IsZero() || i.Value.Kind != reader.MappingValue {
		return not("the mock is written elsewhere")
	}
	capital := i.Value.Get("Type") != nil
	key := func(k string) string {
		if capital {
			return strings.ToUpper(k[:1]) + k[1:]
		}
		return k
	}
	e := Edit{}
	if strings.Contains(t.f.Text, "binary media type") {
		e.Means = []string{"- " + m.Key() + ": integration", "+ " + m.Key() + ": integration"}
		word := edit.String(gateway.ContentHandling)
		e.Changes = t.d.SetAfter(i, key("type"), key("contentHandling"), word)
		for j := range m.Integration.Responses {
			r := m.Integration.Responses[j]
			if at := t.d.Find(r.Place.Start, r.Place.End); r.Place.File == t.d.Name && at.Value.Kind == reader.MappingValue && r.ContentHandling.String() == "" {
				e.Changes = append(e.Changes, t.d.SetAfter(at, key("statusCode"), key("contentHandling"), word)...)
			}
		}
		return e
	}
	status := ""
	for _, r := range m.Integration.Responses {
		if s, known := r.Status.Value(); known && strings.HasPrefix(s, "2") && r.Pattern.String() == "" {
			status = s
		}
	}
	if status == "" {
		return not("no integration response without a pattern has an ok status")
	}
	e.Means = []string{"- " + m.Key() + ": request template", "+ " + m.Key() + ": request template"}
	text := `{"statusCode": ` + status + `}`
	templates := i.Child(key("requestTemplates"))
	if templates.IsZero() {
		e.Changes = t.d.SetAfter(i, key("type"), key("requestTemplates"), edit.Map(edit.Field{Key: "application/json", Value: edit.String(text)}))
		return e
	}
	if j := templates.Child("application/json"); !j.IsZero() {
		at, ok := t.scalar(j)
		if !ok {
			return not("a function makes the request template: change it where it comes from")
		}
		if at.Value.Style == reader.Block {
			e.Changes = t.d.Replace(j, edit.String(text))
			return e
		}
		e.Changes = t.d.SetText(at, text)
		return e
	}
	e.Changes = t.setAll(templates, edit.Field{Key: "application/json", Value: edit.String(text)})
	return e
}

// answerOK gives the response of a preflight a status that is ok: that of a
// method response which is there, or else 204.
func answerOK(t *task) Edit {
	var m *gateway.MethodFacts
	var r *gateway.IntegrationResponseFacts
	for _, api := range t.APIs(t.f) {
		for i := range api.Methods {
			if api.Methods[i].Integration == nil || api.Methods[i].Method.String() != "OPTIONS" {
				continue
			}
			for j := range api.Methods[i].Integration.Responses {
				if x := &api.Methods[i].Integration.Responses[j]; x.Status.Place == t.f.Place {
					m, r = &api.Methods[i], x
				}
			}
		}
	}
	if m == nil {
		return not("the response is written elsewhere")
	}
	at, ok := t.scalar(t.spot)
	if !ok {
		return not("a function makes the status: change it where it comes from")
	}
	status := ""
	for _, response := range m.Responses {
		if s, known := response.Status.Value(); known && strings.HasPrefix(s, "2") {
			status = s
			break
		}
	}
	if status == "" {
		status = "204"
	}
	var names []string
	for _, h := range r.Headers {
		names = append(names, h.Name.String())
	}
	declared := t.declare(t.spot, m, status, names)
	if declared.Not != "" {
		return declared
	}
	changes := t.d.SetText(at, status)
	if !t.d.IsJSON && at.Value.Style == reader.Plain {
		changes = t.d.SetBare(at, status)
	} else if t.d.IsJSON && at.Value.Style == reader.Plain {
		changes = t.d.SetBare(at, status)
	}
	return Edit{
		Changes: append(changes, declared.Changes...),
		Means:   append(declared.Means, "- "+m.Key()+": integration response ", "+ "+m.Key()+": integration response "+status),
	}
}

// mapCORS lets an OPTIONS method answer with CORS headers.
func mapCORS(t *task) Edit {
	api := t.facts()
	for i := range api.Methods {
		m := &api.Methods[i]
		if m.Method.String() != "OPTIONS" || m.Integration == nil {
			continue
		}
		here := m.Place == t.f.Place
		for j := range m.Integration.Responses {
			r := &m.Integration.Responses[j]
			if r.Place != t.f.Place {
				continue
			}
			o, why := originOf(t.State, api)
			if why != "" {
				return not(why)
			}
			headers := []mapping{{cors.HeaderAllowOrigin, o.tree, o.text}}
			path := m.Path.String()
			if _, ok := header(r.Headers, cors.HeaderAllowMethods); !ok {
				headers = append(headers, static(cors.HeaderAllowMethods, append(methodsOf(api, path), "OPTIONS")))
			}
			if _, ok := header(r.Headers, cors.HeaderAllowHeaders); !ok && len(needs(api, path)) > 0 {
				headers = append(headers, static(cors.HeaderAllowHeaders, needs(api, path)))
			}
			if _, ok := header(r.Headers, cors.HeaderAllowCredentials); !ok && o.credentials {
				headers = append(headers, mapping{cors.HeaderAllowCredentials, edit.String("'true'"), "'true'"})
			}
			e := t.mapHeaders(t.spot, m, r, headers...)
			e.Unsafe = o.elsewhere
			return e
		}
		if here {
			return t.addMock(m)
		}
	}
	return not("the OPTIONS method is written elsewhere")
}

// addIntegration gives an OPTIONS method a mock.
func addIntegration(t *task) Edit {
	m := t.method(func(m *gateway.MethodFacts) bool { return m.Key() == t.f.Subject })
	if m == nil {
		return not("the OPTIONS method is written elsewhere")
	}
	return t.addMock(m)
}

// addMock gives an OPTIONS method whose integration or whose responses are
// missing both.
func (t *task) addMock(m *gateway.MethodFacts) Edit {
	if m.Place.File != t.d.Name {
		return not("the OPTIONS method is written elsewhere")
	}
	p, why := t.preflightFor(t.facts(), m.Path.String())
	if why != "" {
		return not(why)
	}
	s := t.d.Find(m.Place.Start, m.Place.End)
	e := Edit{Means: []string{"- " + m.Key() + ": ", "+ " + m.Key() + ": "}, Unsafe: p.elsewhere}
	if properties := s.Child("Properties"); !properties.IsZero() {
		integration, responses := p.writeIntegration()
		if there := properties.Child("Integration"); !there.IsZero() {
			_, i := integration.Fields()[0], there
			for _, f := range integration.Fields() {
				if f.Key == "IntegrationResponses" || i.Value.Get(f.Key) == nil {
					e.Changes = append(e.Changes, t.d.Set(there, f.Key, f.Value)...)
				}
			}
		} else {
			e.Changes = t.d.Set(properties, "Integration", integration)
		}
		if properties.Value.Get("MethodResponses") != nil {
			var names []string
			for _, h := range p.headers {
				names = append(names, h.name)
			}
			e.Changes = append(e.Changes, t.declareCloudFormation(properties, p.status, missingFrom(m, p.status, names))...)
			return e
		}
		e.Changes = append(e.Changes, t.d.Set(properties, "MethodResponses", responses)...)
		return e
	}
	if s.Value.Kind != reader.MappingValue && !s.Value.Null || !strings.EqualFold(s.Key(), "options") {
		return not("the OPTIONS method is written elsewhere")
	}
	root := s.Above(func(s edit.Spot) bool { return s.Value.Get("paths") != nil })
	operation := p.writeOpenAPI(!root.IsZero() && root.Value.Get("swagger") != nil)
	if s.Value.Null || len(s.Value.Fields) == 0 {
		e.Changes = t.d.Replace(s, operation)
		return e
	}
	var names []string
	for _, h := range p.headers {
		names = append(names, h.name)
	}
	for _, f := range operation.Fields() {
		if f.Key == integrationKey {
			e.Changes = append(e.Changes, t.d.Set(s, f.Key, f.Value)...)
		}
	}
	if s.Value.Get("responses") == nil {
		e.Changes = append(e.Changes, t.d.Set(s, "responses", operation.Fields()[0].Value)...)
	} else if missing := missingFrom(m, p.status, names); len(missing) > 0 || !responds(m, p.status) {
		declared := t.declareOpenAPI(s, p.status, missing)
		if declared == nil {
			return not("the method response is written elsewhere")
		}
		e.Changes = append(e.Changes, declared...)
	}
	return e
}

// missingFrom are the headers that a method response does not declare.
func missingFrom(m *gateway.MethodFacts, status string, names []string) (out []string) {
	var have []gateway.HeaderFacts
	for _, r := range m.Responses {
		if r.Status.String() == status {
			have = r.Headers
		}
	}
	for _, name := range names {
		if _, ok := header(have, name); !ok {
			out = append(out, name)
		}
	}
	return out
}

func responds(m *gateway.MethodFacts, status string) bool {
	for _, r := range m.Responses {
		if r.Status.String() == status {
			return true
		}
	}
	return false
}

// freeOptions adds a route for OPTIONS, without an authorizer, beside one for
// every method that has one.
func freeOptions(t *task) Edit {
	path := "/{proxy+}"
	if verb, p, ok := strings.Cut(t.f.Subject, " "); ok && verb == "ANY" {
		path = p
	}
	e := Edit{Means: []string{"+ route OPTIONS " + path + ": auth NONE"}}
	resource := t.spot.Above(func(s edit.Spot) bool { return s.Up().Key() == "Resources" && len(s.Keys()) == 2 })
	switch {
	case !resource.IsZero() && resource.Value.Get("Type") != nil && resource.Value.Get("Type").Text == "AWS::ApiGatewayV2::Route":
		properties := edit.Map()
		for _, f := range resource.Child("Properties").Value.Fields {
			switch f.Key {
			case "RouteKey":
				properties = properties.With(f.Key, edit.String("OPTIONS "+path))
			case "AuthorizationType":
				properties = properties.With(f.Key, edit.String("NONE"))
			case "ApiId", "Target":
				properties = properties.With(f.Key, edit.Copy(f.Value))
			}
		}
		route := edit.Map(edit.Field{Key: "Type", Value: edit.String("AWS::ApiGatewayV2::Route")}, edit.Field{Key: "Properties", Value: properties})
		e.Changes = t.d.AddResource(resource.Up(), resource.Key(), t.freeName(resource), route)
		return e
	}
	event := t.spot.Above(func(s edit.Spot) bool { return s.Up().Key() == "Events" })
	if event.IsZero() || event.Value.Get("Type") == nil || event.Value.Get("Type").Text != "HttpApi" {
		return not("the route is written elsewhere: add a route OPTIONS " + path + " without an authorizer")
	}
	properties := edit.Map()
	if id := event.Child("Properties", "ApiId"); !id.IsZero() {
		properties = properties.With("ApiId", edit.Copy(id.Value))
	}
	properties = properties.With("Path", edit.String(path)).With("Method", edit.String("OPTIONS"))
	name := event.Key() + "Preflight"
	if event.Up().Value.Get(name) != nil {
		return not("add a route OPTIONS " + path + " without an authorizer")
	}
	e.Changes = t.d.SetAfter(event.Up(), event.Key(), name, edit.Map(
		edit.Field{Key: "Type", Value: edit.String("HttpApi")}, edit.Field{Key: "Properties", Value: properties}))
	return e
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
