package generator

import (
	"strings"

	"apigw-cors/generator/gateway"
)

// samFunction is the function with its events. A snippet has it only where the
// API does not work without: the function answers the preflight, or the
// definition names it.
type samFunction struct {
	function
	// Type is the type of its events, Key the property that names the API.
	Type, Key string
	API       string
	Events    []samEvent
	// PayloadFormat is told where it is not SAM's own default, 2.0.
	PayloadFormat string
	// Source of the permission to invoke it, "" where SAM makes one for
	// every event.
	PermissionSource string
	Marks            bool
}

type samEvent struct {
	ID, Path, Method string
	// NoAuthorizer and NoAPIKey undo what the API asks of every method.
	NoAuthorizer, NoAPIKey bool
}

func newSAMFunction(j job) (*samFunction, error) {
	if !j.api.InvokesFunction() {
		return nil, nil
	}
	events := samEvents(j.api, j.options.Standalone)
	nonProxy := j.api.Integration() == gateway.NonProxy
	if !j.options.Standalone && len(events) == 0 && !nonProxy {
		return nil, nil
	}
	base, err := j.function()
	if err != nil {
		return nil, err
	}
	key := "ApiId"
	if j.api.IsREST() {
		key = "RestApiId"
	}
	f := &samFunction{function: *base, Type: samType(j.api), Key: key, API: stack{j.api}.apiID(), Events: events, Marks: !j.options.Standalone}
	if !j.api.IsREST() && j.api.PayloadFormat() != gateway.PayloadFormat2 {
		f.PayloadFormat = string(j.api.PayloadFormat())
	}
	if nonProxy {
		f.PermissionSource = stack{j.api}.executeARN("*")
	}
	return f, nil
}

// samEvents are the methods or routes the function serves; a snippet has the
// preflight's only.
func samEvents(api gateway.API, standalone bool) []samEvent {
	var out []samEvent
	add := func(id, method, path string, preflight bool) {
		if !standalone && !preflight {
			return
		}
		out = append(out, samEvent{
			ID: id, Path: path, Method: method,
			NoAuthorizer: preflight && api.Auth() != gateway.NoAuth && api.Auth() != gateway.APIKey,
			NoAPIKey:     preflight && api.Auth() == gateway.APIKey,
		})
	}
	for _, r := range api.Routes() {
		method := strings.ToLower(r.Method)
		if r.Path == gateway.DefaultRoute {
			method = "any"
		}
		add(r.Name, method, r.Path, r.Preflight)
	}
	if !api.IsREST() || api.Integration() == gateway.NonProxy {
		return out
	}
	methods := gateway.Resource.Strings
	if mergesEvents(api) {
		// SAM would put ANY under the key "any", which Swagger does not know.
		methods = gateway.Resource.Expanded
	}
	for _, r := range api.Resources() {
		for _, m := range methods(r) {
			add(pascalWord(m)+r.Name, strings.ToLower(m), r.Path, false)
		}
		if api.Preflight() == gateway.ByLambda {
			add("Options"+r.Name, "options", r.Path, true)
		}
	}
	return out
}
