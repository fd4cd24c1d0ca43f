package fix

import (
	"apigw-cors/generator/edit"
	"apigw-cors/generator/reader"
)

// methodWords are how a tool spells the parts of a REST API's method.
type methodWords struct {
	integration, text  string
	requestTemplates   string
	responses          string
	responseParameters string
	responseTemplates  string
	// declarations is where the headers of a status are declared, and prefix what
	// their names begin with there.
	declarations func(h *sheet, method way, status string) (w way, ok bool)
	prefix       string
	declared     func() *reader.Value
	// admit takes away what a method asks of its caller.
	admit func(h *sheet, method way) error
	// rest are the keys of a rendered mock that say the method responses.
	rest string
}

// resourceWords are those of AWS::ApiGateway::Method.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-method.html
func resourceWords() methodWords {
	return methodWords{
		integration: "Integration", text: "ContentHandling", requestTemplates: "RequestTemplates", responses: "IntegrationResponses",
		responseParameters: "ResponseParameters", responseTemplates: "ResponseTemplates", rest: "MethodResponses",
		prefix: methodHeader, declared: func() *reader.Value { return bare("true") },
		declarations: func(h *sheet, method way, status string) (way, bool) {
			list := h.at(method.to("MethodResponses"))
			if list.IsZero() {
				return nil, false
			}
			for i, item := range list.Value.Items {
				if code := item.Value.Get("StatusCode"); code != nil && code.Text == status {
					return method.to("MethodResponses", i, "ResponseParameters"), true
				}
			}
			return nil, false
		},
		admit: func(h *sheet, method way) error {
			if err := h.put(method.to("AuthorizationType"), quoted("NONE"), nil); err != nil {
				return err
			}
			for _, key := range []string{"AuthorizerId", "AuthorizationScopes"} {
				if err := h.remove(method.to(key)); err != nil {
					return err
				}
			}
			if h.has(method.to("ApiKeyRequired")) {
				return h.put(method.to("ApiKeyRequired"), bare("false"), nil)
			}
			return nil
		},
	}
}

// operationWords are those of an operation of OpenAPI.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
func operationWords(openAPI3 bool) methodWords {
	return methodWords{
		integration: "x-amazon-apigateway-integration", text: "contentHandling", requestTemplates: "requestTemplates", responses: "responses",
		responseParameters: "responseParameters", responseTemplates: "responseTemplates", rest: "responses",
		declared: func() *reader.Value {
			typ := with("type", quoted("string"))
			if openAPI3 {
				return mappingOf(with("schema", mappingOf(typ)))
			}
			return mappingOf(typ)
		},
		declarations: func(h *sheet, method way, status string) (way, bool) {
			w := method.to("responses", status)
			s := h.at(w)
			if s.IsZero() || s.Value.Kind == reader.MappingValue && s.Value.Get("$ref") != nil {
				return nil, false
			}
			return w.to("headers"), true
		},
		admit: func(h *sheet, method way) error {
			own, all := method.to("security"), method[:len(method)-3].to("security")
			switch {
			case h.has(own):
				return h.make(h.Replace(h.at(own), edit.List()), own)
			case h.has(all):
				return h.make(h.Set(h.at(method), "security", edit.List()), own)
			}
			// SAM's own flags are for the rest.
			return nil
		},
	}
}
