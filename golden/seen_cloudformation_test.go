package golden_test

import (
	"encoding/json"
	"strings"
	"testing"

	"apigw-cors/golden/emulator"
	"apigw-cors/golden/tools"
)

// cloudFormationTemplate is a template as JSON: plain CloudFormation, one the
// SAM translator made, or one the CDK synthesised.
type cloudFormationTemplate struct {
	Resources map[string]struct {
		Type       string
		Properties json.RawMessage
	}
}

// reference is a logical id: {"Ref": "Api"} is Api, a GetAtt is Api.Attribute.
type reference string

func (r *reference) UnmarshalJSON(data []byte) error {
	var literal string
	if json.Unmarshal(data, &literal) == nil {
		*r = reference(literal)
		return nil
	}
	var intrinsic struct {
		Ref    string
		GetAtt json.RawMessage `json:"Fn::GetAtt"`
	}
	if err := json.Unmarshal(data, &intrinsic); err != nil {
		return err
	}
	var parts []string
	switch {
	case intrinsic.Ref != "":
		*r = reference(intrinsic.Ref)
	case json.Unmarshal(intrinsic.GetAtt, &parts) == nil:
		*r = reference(strings.Join(parts, "."))
	default:
		return json.Unmarshal(intrinsic.GetAtt, (*string)(r))
	}
	return nil
}

type cloudFormationResource struct {
	ParentID reference `json:"ParentId"`
	PathPart string
}

type cloudFormationMethod struct {
	RestAPI           reference `json:"RestApiId"`
	Resource          reference `json:"ResourceId"`
	HTTPMethod        string    `json:"HttpMethod"`
	AuthorizationType string
	APIKeyRequired    bool `json:"ApiKeyRequired"`
	Integration       struct {
		Type, PassthroughBehavior, ContentHandling string
		URI                                        text `json:"Uri"`
		RequestTemplates                           map[string]text
		IntegrationResponses                       []struct {
			StatusCode, SelectionPattern, ContentHandling text
			ResponseParameters, ResponseTemplates         map[string]text
		}
	}
	MethodResponses []struct {
		StatusCode         text
		ResponseParameters map[string]bool
	}
}

// seenInTemplate extracts the APIs of a template by their logical ids.
func seenInTemplate(t testing.TB, template []byte) map[string]*emulator.API {
	t.Helper()
	apis := map[string]*emulator.API{}
	resources := tools.Decode[cloudFormationTemplate](t, template).Resources
	paths := resourcePaths(t, template)
	for id, r := range resources {
		switch r.Type {
		case "AWS::ApiGateway::RestApi":
			p := tools.Decode[struct {
				Body             *openAPI
				BinaryMediaTypes []string
			}](t, r.Properties)
			api := at(apis, id)
			if p.Body != nil {
				p.Body.addREST(api)
			}
			api.BinaryMediaTypes = mediaTypes(append(api.BinaryMediaTypes, p.BinaryMediaTypes...))
		case "AWS::ApiGateway::Method":
			m := tools.Decode[cloudFormationMethod](t, r.Properties)
			m.addTo(at(apis, string(m.RestAPI)), paths)
		case "AWS::ApiGateway::GatewayResponse":
			p := tools.Decode[struct {
				RestAPI            reference `json:"RestApiId"`
				ResponseType       string
				ResponseParameters map[string]text
			}](t, r.Properties)
			at(apis, string(p.RestAPI)).GatewayResponses[p.ResponseType] = unprefixedKeys(p.ResponseParameters, gatewayHeader)
		case "AWS::ApiGatewayV2::Api":
			p := tools.Decode[struct {
				Body              *openAPI
				CorsConfiguration *emulator.CORS
			}](t, r.Properties)
			api := at(apis, id)
			if p.Body != nil {
				p.Body.addHTTP(api)
			}
			if p.CorsConfiguration != nil {
				api.CORS = p.CorsConfiguration
			}
		case "AWS::ApiGatewayV2::Integration":
			p := tools.Decode[struct {
				API                  reference `json:"ApiId"`
				PayloadFormatVersion string
			}](t, r.Properties)
			at(apis, string(p.API)).SetPayloadFormat(p.PayloadFormatVersion)
		case "AWS::ApiGatewayV2::Route":
			p := tools.Decode[struct {
				API               reference `json:"ApiId"`
				RouteKey          string
				AuthorizationType string
			}](t, r.Properties)
			at(apis, string(p.API)).Routes[p.RouteKey] = orNone(p.AuthorizationType)
		}
	}
	return apis
}

// resourcePaths gives the path of each resource of a REST API by its logical
// id; the root is the API's attribute.
func resourcePaths(t testing.TB, template []byte) func(reference) string {
	t.Helper()
	nodes := map[reference]cloudFormationResource{}
	for id, r := range tools.Decode[cloudFormationTemplate](t, template).Resources {
		if r.Type == "AWS::ApiGateway::Resource" {
			nodes[reference(id)] = tools.Decode[cloudFormationResource](t, r.Properties)
		}
	}
	var path func(reference) string
	path = func(id reference) string {
		if strings.HasSuffix(string(id), ".RootResourceId") {
			return "/"
		}
		node, ok := nodes[id]
		if !ok {
			t.Errorf("resource %q is not in the template", id)
			return "?"
		}
		return strings.TrimSuffix(path(node.ParentID), "/") + "/" + node.PathPart
	}
	return path
}

func (m cloudFormationMethod) addTo(api *emulator.API, paths func(reference) string) {
	out := api.Method(m.HTTPMethod, paths(m.Resource))
	out.Auth, out.APIKey = orNone(m.AuthorizationType), m.APIKeyRequired
	i := m.Integration
	out.SetIntegration(i.Type, i.PassthroughBehavior, i.ContentHandling, applicationJSON(i.RequestTemplates))
	out.SetURI(string(i.URI))
	for _, r := range m.MethodResponses {
		declare(out.Response(string(r.StatusCode)), r.ResponseParameters)
	}
	for _, r := range i.IntegrationResponses {
		response := out.Response(string(r.StatusCode))
		response.Pattern, response.ContentHandling = string(r.SelectionPattern), string(r.ContentHandling)
		response.Headers = unprefixedKeys(r.ResponseParameters, methodHeader)
		response.Template = applicationJSON(r.ResponseTemplates)
	}
}

func orNone(auth string) string {
	if auth == "" {
		return "NONE"
	}
	return auth
}
