package fix

import (
	"strings"

	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
)

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
	case isFunction(v) && (key == "ApiKeyRequired" || key == "AuthorizationType" || key == "Authorizer"):
		return not("a function makes the value: change it where it comes from")
	case key == "ApiKeyRequired":
		e.Changes = t.d.SetBare(s, "false")
	case key == "AuthorizationType":
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
		// An alias lets other paths have the same operation.
		e.Means = []string{"- OPTIONS ", "+ OPTIONS "}
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
		if id := conditional(t.d.Root, "AWS::ApiGatewayV2::Route", with("RouteKey", quoted("OPTIONS "+path)), with("ApiId", resource.Value.Get("Properties", "ApiId"))); id != "" {
			return not("a condition decides whether " + id + " is made, and another route of its key could not be beside it")
		}
		route := underConditionOf(resource, edit.Map(edit.Field{Key: "Type", Value: edit.String("AWS::ApiGatewayV2::Route")}))
		e.Changes = t.d.AddResource(resource.Up(), resource.Key(), t.freeName(resource), route.With("Properties", properties))
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
