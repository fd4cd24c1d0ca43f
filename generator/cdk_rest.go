package generator

import (
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// cdkREST is a REST API in CDK's words. Exactly one of Default, PerResource,
// Mock and ByLambda says how its preflight is answered.
type cdkREST struct {
	// Default are options for every resource (defaultCorsPreflightOptions).
	Default *cdkOptions
	// PerResource are the options common to all resources
	// (addCorsPreflight), each of which has methods of its own.
	PerResource *cdkOptions
	// Mock is the OPTIONS method written out, for what CDK's options cannot
	// carry: Because says what that is.
	Mock    *cdkMock
	Because string
	// ByLambda leaves the preflight to the Lambda function.
	ByLambda  bool
	Resources []cdkResource

	// ResponseTypes are the gateway responses, ResponseHeaders the headers of
	// each.
	ResponseTypes   []string
	ResponseHeaders []gateway.Mapping

	IntegrationResponses []cdkResponse
	NonProxy             bool
	BinaryMediaTypes     []string
}

type cdkResource struct {
	Path         string
	Methods      []string
	AllowMethods []string
}

// cdkMock is what the OPTIONS methods have in common. Access-Control-Allow-Methods
// is each resource's own, and not among Headers.
type cdkMock struct {
	gateway.Mock
	Headers  []gateway.Mapping
	Template []string
}

// cdkResponse is an integration response of a non-proxy integration, with its
// template by line.
type cdkResponse struct {
	gateway.IntegrationResponse
	Template []string
}

func newCDKREST(api gateway.API) *cdkREST {
	v := &cdkREST{
		NonProxy:         api.Integration() == gateway.NonProxy,
		BinaryMediaTypes: api.BinaryMediaTypes(),
		Because:          cdkCannot(api),
	}
	for _, r := range api.Resources() {
		v.Resources = append(v.Resources, cdkResource{r.Path, r.Strings(), r.AllowMethods.Strings()})
	}
	for _, r := range api.IntegrationResponses() {
		v.IntegrationResponses = append(v.IntegrationResponses, cdkResponse{r, lines(r.ResponseTemplate)})
	}
	for _, r := range api.GatewayResponses() {
		v.ResponseTypes = append(v.ResponseTypes, r.Type)
		v.ResponseHeaders = r.Headers
	}
	mock, byGateway := api.Mock(api.Resources()[0])
	switch {
	case !byGateway:
		v.ByLambda = true
	case v.Because != "":
		v.Mock = newCDKMock(mock)
	case api.SameMethods() && servesEveryNode(api):
		v.Default = newCDKOptions(api)
		v.Default.AllowMethods = v.Resources[0].AllowMethods
	default:
		v.PerResource = newCDKOptions(api)
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

// newCDKOptions are the options for every resource, without its methods.
func newCDKOptions(api gateway.API) *cdkOptions {
	o := &cdkOptions{
		AllowHeaders:     api.AllowHeaders().Strings(),
		AllowCredentials: api.Policy().AllowCredentials(),
	}
	for _, p := range api.Policy().AllowOrigins() {
		o.AllowOrigins = append(o.AllowOrigins, p.String())
	}
	if seconds, ok := api.MaxAge(); ok {
		o.MaxAge = &seconds
	}
	return o
}

func newCDKMock(m gateway.Mock) *cdkMock {
	return &cdkMock{
		Mock: m, Template: lines(m.ResponseTemplate),
		Headers: slices.DeleteFunc(slices.Clone(m.Headers), func(h gateway.Mapping) bool { return h.Header == cors.HeaderAllowMethods }),
	}
}

// AllowMethodsExpression is the mapping expression of a resource's own methods.
func (r cdkResource) AllowMethodsExpression() string {
	return gateway.Mapping{Header: cors.HeaderAllowMethods, Value: strings.Join(r.AllowMethods, ",")}.String()
}
