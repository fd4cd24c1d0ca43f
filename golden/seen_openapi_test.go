package golden_test

import (
	"slices"
	"strings"

	"apigw-cors/golden/emulator"
)

// openAPI is the body of an API as the SAM translator writes it, in either
// version of OpenAPI.
type openAPI struct {
	Paths               map[string]map[string]operation
	Security            []map[string][]string
	SecurityDefinitions map[string]securityScheme
	Components          struct {
		SecuritySchemes map[string]securityScheme
	}
	GatewayResponses map[string]struct {
		ResponseParameters map[string]text
	} `json:"x-amazon-apigateway-gateway-responses"`
	BinaryMediaTypes []string       `json:"x-amazon-apigateway-binary-media-types"`
	CORS             *emulator.CORS `json:"x-amazon-apigateway-cors"`
}

type operation struct {
	// Security is nil where the document's own holds, and empty where an
	// operation is open.
	Security  *[]map[string][]string
	Responses map[string]struct {
		Headers map[string]any
	}
	Integration struct {
		Type, PassthroughBehavior, ContentHandling string
		URI, PayloadFormatVersion                  text
		RequestTemplates                           map[string]text
		// Responses by selection pattern, or "default".
		Responses map[string]struct {
			StatusCode                            text
			ContentHandling                       string
			ResponseParameters, ResponseTemplates map[string]text
		}
	} `json:"x-amazon-apigateway-integration"`
}

type securityScheme struct {
	AuthType   string `json:"x-amazon-apigateway-authtype"`
	Authorizer struct {
		Type string
	} `json:"x-amazon-apigateway-authorizer"`
}

func (d *openAPI) addREST(api *emulator.API) {
	for path, operations := range d.Paths {
		for verb, op := range operations {
			m := api.Method(verbName(verb), path)
			m.Auth, m.APIKey = d.auth(op)
			op.addTo(m)
		}
	}
	for kind, r := range d.GatewayResponses {
		api.GatewayResponses[kind] = unprefixedKeys(r.ResponseParameters, gatewayHeader)
	}
	api.BinaryMediaTypes = d.BinaryMediaTypes
}

func (o operation) addTo(m *emulator.Method) {
	i := o.Integration
	m.SetIntegration(i.Type, i.PassthroughBehavior, i.ContentHandling, applicationJSON(i.RequestTemplates))
	m.SetURI(string(i.URI))
	for status, r := range o.Responses {
		for name := range r.Headers {
			m.Response(status).Declared = append(m.Response(status).Declared, name)
		}
		slices.Sort(m.Response(status).Declared)
	}
	for pattern, r := range i.Responses {
		response := m.Response(string(r.StatusCode))
		if pattern != "default" {
			response.Pattern = pattern
		}
		response.ContentHandling = r.ContentHandling
		response.Headers = unprefixedKeys(r.ResponseParameters, methodHeader)
		response.Template = applicationJSON(r.ResponseTemplates)
	}
}

func (d *openAPI) addHTTP(api *emulator.API) {
	api.CORS = d.CORS
	for path, operations := range d.Paths {
		for verb, op := range operations {
			key := verbName(verb) + " " + path
			if strings.TrimPrefix(path, "/") == "$default" {
				key = "$default"
			}
			api.Routes[key], _ = d.auth(op)
			api.SetPayloadFormat(string(op.Integration.PayloadFormatVersion))
		}
	}
}

// verbName is the method of an operation. A key OpenAPI does not have stays as
// it is, to be noticed.
func verbName(key string) string {
	switch key {
	case "x-amazon-apigateway-any-method":
		return "ANY"
	case "delete", "get", "head", "options", "patch", "post", "put":
		return strings.ToUpper(key)
	}
	return key
}

// auth gives the authorization type an operation is imported with.
func (d *openAPI) auth(op operation) (auth string, apiKey bool) {
	auth = "NONE"
	security := d.Security
	if op.Security != nil {
		security = *op.Security
	}
	for _, requirement := range security {
		for name := range requirement {
			scheme, defined := d.SecurityDefinitions[name]
			if !defined {
				scheme, defined = d.Components.SecuritySchemes[name]
			}
			switch {
			case !defined && name == "NONE":
			case !defined:
				auth = "undefined scheme " + name
			case scheme.AuthType == "" && scheme.Authorizer.Type == "":
				apiKey = true
			case strings.EqualFold(scheme.AuthType, "awsSigv4"):
				auth = "AWS_IAM"
			case scheme.Authorizer.Type == "jwt":
				auth = "JWT"
			case scheme.Authorizer.Type == "cognito_user_pools":
				auth = "COGNITO_USER_POOLS"
			default:
				auth = "CUSTOM"
			}
		}
	}
	return auth, apiKey
}
