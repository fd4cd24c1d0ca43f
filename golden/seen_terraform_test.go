package golden_test

import (
	"strings"
	"testing"

	"apigw-cors/golden/emulator"
	"apigw-cors/golden/tools"
)

// terraformValues are the attributes of all the API Gateway resources that
// count here: no two of them use a name differently.
type terraformValues struct {
	ID                 string
	RestAPI            string `json:"rest_api_id"`
	API                string `json:"api_id"`
	Resource           string `json:"resource_id"`
	RootResource       string `json:"root_resource_id"`
	Path               string
	HTTPMethod         string `json:"http_method"`
	Authorization      string
	AuthorizationType  string `json:"authorization_type"`
	APIKeyRequired     bool   `json:"api_key_required"`
	Type               string
	Passthrough        string          `json:"passthrough_behavior"`
	ContentHandling    string          `json:"content_handling"`
	RequestTemplates   map[string]text `json:"request_templates"`
	StatusCode         string          `json:"status_code"`
	SelectionPattern   string          `json:"selection_pattern"`
	ResponseParameters map[string]text `json:"response_parameters"`
	ResponseTemplates  map[string]text `json:"response_templates"`
	ResponseType       string          `json:"response_type"`
	BinaryMediaTypes   []string        `json:"binary_media_types"`
	RouteKey           string          `json:"route_key"`
	CORS               []struct {
		AllowOrigins     []string `json:"allow_origins"`
		AllowMethods     []string `json:"allow_methods"`
		AllowHeaders     []string `json:"allow_headers"`
		ExposeHeaders    []string `json:"expose_headers"`
		AllowCredentials bool     `json:"allow_credentials"`
		MaxAge           *int     `json:"max_age"`
	} `json:"cors_configuration"`
}

// seenInState extracts the APIs of one module by their ids. A state, not a
// plan: until the resources exist, what a method hangs on is unknown.
func seenInState(t testing.TB, module tools.TerraformModule) map[string]*emulator.API {
	t.Helper()
	apis := map[string]*emulator.API{}
	paths := map[string]string{}
	each := func(visit func(kind string, v terraformValues)) {
		for _, r := range module.Resources {
			if strings.HasPrefix(r.Type, "aws_api_gateway_") || r.Type == "aws_apigatewayv2_api" || r.Type == "aws_apigatewayv2_route" {
				visit(r.Type, tools.Decode[terraformValues](t, r.Values))
			}
		}
	}
	each(func(kind string, v terraformValues) {
		switch kind {
		case "aws_api_gateway_rest_api":
			paths[v.RootResource] = "/"
			at(apis, v.ID).BinaryMediaTypes = mediaTypes(v.BinaryMediaTypes)
		case "aws_api_gateway_resource":
			paths[v.ID] = v.Path
		case "aws_apigatewayv2_api":
			for _, c := range v.CORS {
				at(apis, v.ID).CORS = (*emulator.CORS)(&c)
			}
		}
	})
	each(func(kind string, v terraformValues) {
		method := func() *emulator.Method { return at(apis, v.RestAPI).Method(v.HTTPMethod, paths[v.Resource]) }
		switch kind {
		case "aws_api_gateway_method":
			method().Auth, method().APIKey = v.Authorization, v.APIKeyRequired
		case "aws_api_gateway_integration":
			method().SetIntegration(v.Type, v.Passthrough, v.ContentHandling, applicationJSON(v.RequestTemplates))
		case "aws_api_gateway_method_response":
			declare(method().Response(v.StatusCode), v.ResponseParameters)
		case "aws_api_gateway_integration_response":
			r := method().Response(v.StatusCode)
			r.Pattern, r.ContentHandling = v.SelectionPattern, v.ContentHandling
			r.Headers = unprefixedKeys(v.ResponseParameters, methodHeader)
			r.Template = applicationJSON(v.ResponseTemplates)
		case "aws_api_gateway_gateway_response":
			at(apis, v.RestAPI).GatewayResponses[v.ResponseType] = unprefixedKeys(v.ResponseParameters, gatewayHeader)
		case "aws_apigatewayv2_route":
			at(apis, v.API).Routes[v.RouteKey] = orNone(v.AuthorizationType)
		}
	})
	return apis
}
