package generator

import (
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// cdkREST is a REST API in CDK's words. Exactly one of InConstructor,
// PerResource, Mock and ByLambda says how its preflight is answered.
type cdkREST struct {
	// Options are for every resource. They are all there is where the
	// constructor takes them (defaultCorsPreflightOptions); in PerResource
	// (addCorsPreflight) each resource adds methods of its own.
	Options       *cdkOptions
	InConstructor bool
	PerResource   []cdkResource
	// Mock is the OPTIONS method written out, for what CDK's options cannot
	// carry.
	Mock *cdkMock
	// ByLambda leaves the preflight of the resources to the Lambda function.
	ByLambda  []cdkResource
	Resources []cdkResource
	Responses *cdkGatewayResponses
	// Mapped are the integration responses of a non-proxy integration, and
	// Backend what stands behind it.
	Mapped           *cdkMapped
	Backend          backendWords
	BinaryMediaTypes []string
	// DefaultPaths: the policy names no path.
	DefaultPaths bool
}

type cdkResource struct {
	Path         string
	Methods      []string
	AllowMethods []string
}

// cdkMock is the OPTIONS methods of the resources. Access-Control-Allow-Methods
// is each resource's own, and not among Headers.
type cdkMock struct {
	gateway.Mock
	// Because says what CDK's options cannot do.
	Because   string
	Resources []cdkResource
	Headers   []gateway.Mapping
	Template  []string
	// Props: the props of the stack choose the origin.
	Props bool
}

// cdkGatewayResponses are the gateway responses, all with the same headers.
type cdkGatewayResponses struct {
	Types   []string
	Headers []gateway.Mapping
	// Props: the props of the stack choose the origin.
	Props bool
}

// cdkMapped is what a non-proxy integration makes of its backend's answers.
// Template, by line, is that of each, if any and if no environment chooses it;
// TemplateNote says what it does.
type cdkMapped struct {
	Responses    []gateway.IntegrationResponse
	Template     []string
	TemplateNote string
	// Props: the props of the stack choose the origin.
	Props bool
}

func newCDKMapped(api gateway.API) *cdkMapped {
	responses := api.IntegrationResponses()
	if len(responses) == 0 {
		return nil
	}
	note := "Allows the origin of the request, or none, and passes the body on."
	_, static := api.Policy().StaticOrigin()
	switch {
	case api.Backend() == gateway.MockBackend && static:
		note = "The body of the mock's answer."
	case api.Backend() == gateway.MockBackend:
		note = "Allows the origin of the request, or none; the body of the mock's answer."
	}
	return &cdkMapped{Responses: responses, Template: lines(responses[0].ResponseTemplate), TemplateNote: note}
}

func newCDKREST(api gateway.API) *cdkREST {
	v := &cdkREST{
		BinaryMediaTypes: api.BinaryMediaTypes(), DefaultPaths: len(api.Config().Resources) == 0,
		Mapped: newCDKMapped(api), Backend: newBackendWords(api),
	}
	for _, r := range api.Resources() {
		v.Resources = append(v.Resources, cdkResource{r.Path, r.Strings(), r.AllowMethods.Strings()})
	}
	if responses := api.GatewayResponses(); len(responses) > 0 {
		v.Responses = &cdkGatewayResponses{Headers: responses[0].Headers}
		for _, r := range responses {
			v.Responses.Types = append(v.Responses.Types, r.Type)
		}
	}
	mock, byGateway := api.Mock(api.Resources()[0])
	because := cdkCannot(api)
	switch {
	case !byGateway:
		v.ByLambda = v.Resources
	case because != "":
		v.Mock = newCDKMock(mock, because, v.Resources)
	case api.SameMethods() && servesEveryNode(api):
		v.InConstructor = true
		v.Options = newCDKRESTOptions(api, v.Resources[0].AllowMethods)
	default:
		v.PerResource = v.Resources
		v.Options = newCDKRESTOptions(api, nil)
	}
	return v
}

// cdkCannot says what CDK's own CORS options cannot carry to the letter, or "".
func cdkCannot(api gateway.API) string {
	origins := api.Policy().AllowOrigins()
	seconds, set := api.MaxAge()
	switch {
	case slices.ContainsFunc(origins, func(p cors.OriginPattern) bool { return p.Kind() != cors.Exact }) && !api.Policy().AnyOrigin():
		return "compare an origin with a pattern"
	case len(api.BinaryMediaTypes()) > 0:
		return "convert to text, and would answer 500 with binary media types"
	case set && seconds == 0:
		return "send an Access-Control-Max-Age of 0"
	}
	return ""
}

// servesEveryNode reports whether no resource is only the parent of others:
// options for every resource would answer its preflight, too.
func servesEveryNode(api gateway.API) bool {
	return !slices.ContainsFunc(api.Tree(), func(n gateway.Node) bool { return n.Resource == nil })
}

// newCDKRESTOptions are the options for every resource, with its methods if they
// are the same for all.
func newCDKRESTOptions(api gateway.API, methods []string) *cdkOptions {
	c := gateway.CORSConfiguration{
		AllowMethods: methods, AllowHeaders: api.AllowHeaders().Strings(),
		AllowCredentials: api.Policy().AllowCredentials(),
	}
	for _, p := range api.Policy().AllowOrigins() {
		c.AllowOrigins = append(c.AllowOrigins, p.String())
	}
	if seconds, ok := api.MaxAge(); ok {
		c.MaxAge = &seconds
	}
	return newCDKOptions(c)
}

// AddsAll reports whether one function adds all there is to an API, where that
// would take two otherwise. Options for every resource need no path, so the
// default paths are no reason to make resources of them.
func (v *cdkREST) AddsAll() bool {
	return v.Responses != nil && !(v.InConstructor && v.DefaultPaths)
}

func newCDKMock(m gateway.Mock, because string, resources []cdkResource) *cdkMock {
	return &cdkMock{
		Mock: m, Because: because, Resources: resources, Template: lines(m.ResponseTemplate),
		Headers: slices.DeleteFunc(slices.Clone(m.Headers), func(h gateway.Mapping) bool { return h.Header == cors.HeaderAllowMethods }),
	}
}

// AllowMethodsExpression is the mapping expression of a resource's own methods.
func (r cdkResource) AllowMethodsExpression() string {
	return gateway.Mapping{Header: cors.HeaderAllowMethods, Value: strings.Join(r.AllowMethods, ",")}.String()
}
