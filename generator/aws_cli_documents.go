package generator

import (
	"slices"
	"strconv"

	"apigw-cors/generator/gateway"
)

// cliDocument is a JSON file that holds what one call of the AWS CLI is told,
// ids aside.
type cliDocument struct {
	name, template string
	view           any
}

// cliResponse is a method response and its integration response.
type cliResponse struct {
	StatusCode, SelectionPattern, ContentHandling, ResponseTemplate string
	Declared                                                        []string
	Headers                                                         []gateway.Mapping
}

func cliDocuments(api gateway.API) []cliDocument {
	var docs []cliDocument
	add := func(name, template string, view any) {
		if !slices.ContainsFunc(docs, func(d cliDocument) bool { return d.name == name }) {
			docs = append(docs, cliDocument{name, template, view})
		}
	}
	if c, ok := api.CORSConfiguration(); ok {
		add("cors-configuration.json", "cors-configuration.json", c)
	}
	for _, r := range api.Resources() {
		m, ok := api.Mock(r)
		if !ok {
			break
		}
		response := cliResponse{
			StatusCode: strconv.Itoa(m.StatusCode), ContentHandling: gateway.ContentHandling,
			ResponseTemplate: m.ResponseTemplate, Declared: m.DeclaredHeaders(), Headers: m.Headers,
		}
		add("preflight-integration.json", "preflight-integration.json", struct {
			Passthrough, ContentHandling, RequestTemplate string
		}{gateway.PassthroughBehavior, gateway.ContentHandling, m.RequestTemplate})
		add("preflight-method-response.json", "method-response.json", response)
		add(preflightFile(m), "integration-response.json", response)
	}
	for _, r := range api.IntegrationResponses() {
		response := cliResponse{
			StatusCode: r.StatusCode, SelectionPattern: r.SelectionPattern, ResponseTemplate: r.ResponseTemplate,
			Declared: r.DeclaredHeaders(), Headers: r.Headers,
		}
		add("actual-method-response-"+r.StatusCode+".json", "method-response.json", response)
		add("actual-integration-response-"+r.StatusCode+".json", "integration-response.json", response)
	}
	if responses := api.GatewayResponses(); len(responses) > 0 {
		add("gateway-response.json", "gateway-response.json", responses[0].Headers)
	}
	return docs
}
