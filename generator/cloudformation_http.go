package generator

import (
	"slices"

	"apigw-cors/generator/gateway"
)

// httpStack is an HTTP API as AWS::ApiGatewayV2 resources.
type httpStack struct {
	ID, Name   string
	Standalone bool
	// Existing: the API and the integrations stand in the template already.
	Existing      bool
	Configuration *gateway.CORSConfiguration
	Routes        []httpRoute
	// Integration is the target of every route, "" where there is none.
	Integration string
	Function    string
	// PayloadFormat is the version of the event the function gets.
	PayloadFormat string
	Authorizer    *cloudFormationAuthorizer
}

type httpRoute struct {
	ID, API, Key      string
	AuthorizationType string
	Authorizer        string
	Target            string
}

func newHTTPStack(j job) *httpStack {
	s := stack{j.api}
	h := &httpStack{
		ID: s.apiID(), Name: j.api.Name(), Standalone: j.options.Standalone, Existing: s.existing(), Function: s.functionID(),
		PayloadFormat: string(j.api.PayloadFormat()),
	}
	if c, ok := j.api.CORSConfiguration(); ok {
		h.Configuration = &c
	}
	for _, r := range j.api.Routes() {
		if h.Standalone || r.Preflight {
			h.Routes = append(h.Routes, s.route(r))
		}
	}
	if len(h.Routes) > 0 && !h.Existing {
		h.Integration = s.integrationID()
	}
	if slices.ContainsFunc(h.Routes, func(r httpRoute) bool { return r.Authorizer != "" }) {
		h.Authorizer = s.authorizer()
	}
	return h
}

func (s stack) integrationID() string { return s.api.Name() + "Integration" }

func (s stack) route(r gateway.Route) httpRoute {
	out := httpRoute{
		ID: s.api.Name() + r.Name + "Route", API: s.apiID(), Key: r.Key(),
		AuthorizationType: authorizationType(r.Auth), Target: "integrations/${" + s.integrationID() + "}",
	}
	if s.existing() {
		out.Target = "integrations/${" + r.Integration.String() + "}"
	}
	if r.Auth == gateway.JWT || r.Auth == gateway.Lambda {
		out.Authorizer = s.authorizerID()
	}
	return out
}
