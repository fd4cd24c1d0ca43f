package generator

import (
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// samCors is the Cors property. AllowMethods and AllowHeaders are always told:
// without the first SAM derives it from the events, without the second it
// sends none at all. AllowCredentials must be a real boolean, as SAM drops a
// string without a word.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-corsconfiguration.html
type samCors struct {
	AllowOrigin, AllowMethods, AllowHeaders string
	AllowCredentials                        bool
	MaxAge                                  string
}

// newSAMCors spells the one mock that all resources share.
func newSAMCors(api gateway.API) *samCors {
	var c samCors
	mock, _ := api.Mock(api.Resources()[0])
	for _, h := range mock.Headers {
		switch h.Header {
		case cors.HeaderAllowOrigin:
			c.AllowOrigin = h.String()
		case cors.HeaderAllowMethods:
			c.AllowMethods = h.String()
		case cors.HeaderAllowHeaders:
			c.AllowHeaders = h.String()
		case cors.HeaderAllowCredentials:
			c.AllowCredentials = true
		case cors.HeaderMaxAge:
			c.MaxAge = h.String()
		}
	}
	return &c
}

// samLimit is a part of a policy that the Cors property cannot carry.
type samLimit struct{ feature, why string }

// samCorsLimit finds the first such part, nil if there is none.
func samCorsLimit(api gateway.API) *samLimit {
	if !api.IsREST() {
		return nil
	}
	if api.Integration() == gateway.NonProxy {
		return &samLimit{"integration non-proxy", "events of a function are always proxy integrations"}
	}
	if api.Preflight() == gateway.ByLambda {
		return nil
	}
	_, static := api.Policy().StaticOrigin()
	switch {
	case !static:
		return &samLimit{"an origin that is decided per request", "the Cors property takes one constant origin"}
	case len(api.BinaryMediaTypes()) > 0:
		return &samLimit{"binaryMediaTypes", "the OPTIONS methods of the Cors property lack CONVERT_TO_TEXT, and may answer 500"}
	case !api.SameMethods():
		return &samLimit{"resources with methods of their own", "the Cors property allows the same methods everywhere"}
	}
	return nil
}

// inGlobals refuses: what Cors cannot carry stands in DefinitionBody, which
// Globals cannot hold.
func (l samLimit) inGlobals() error {
	return &UnsupportedError{
		Target:  "sam",
		Feature: l.feature + " in Globals",
		Why:     l.why + "; that takes DefinitionBody, which Globals cannot hold",
		Instead: "--sam-scope resource",
	}
}
