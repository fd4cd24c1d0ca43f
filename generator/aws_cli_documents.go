package generator

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"

	"apigw-cors/generator/gateway"
)

// cliDocument is a JSON file that holds what one call of the AWS CLI is told,
// ids aside.
type cliDocument struct {
	name    string
	content any
}

// cliCORS is a CORS configuration, for update-api.
// https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid.html#apis-apiid-model-cors
type cliCORS struct {
	AllowOrigins     []string
	AllowMethods     []string
	AllowHeaders     []string
	ExposeHeaders    []string `json:",omitempty"`
	AllowCredentials bool     `json:",omitempty"`
	MaxAge           *int     `json:",omitempty"`
}

// cliIntegration is the input of put-integration.
type cliIntegration struct {
	Type                string    `json:"type"`
	PassthroughBehavior string    `json:"passthroughBehavior"`
	ContentHandling     string    `json:"contentHandling"`
	RequestTemplates    cliObject `json:"requestTemplates"`
}

// cliResponse is the input of put-method-response, put-integration-response or
// put-gateway-response.
type cliResponse struct {
	StatusCode       string    `json:"statusCode,omitempty"`
	SelectionPattern string    `json:"selectionPattern,omitempty"`
	ContentHandling  string    `json:"contentHandling,omitempty"`
	Templates        cliObject `json:"responseTemplates,omitempty"`
	Parameters       cliObject `json:"responseParameters"`
}

func cliDocuments(api gateway.API) []cliDocument {
	var docs []cliDocument
	add := func(name string, content any) {
		if !slices.ContainsFunc(docs, func(d cliDocument) bool { return d.name == name }) {
			docs = append(docs, cliDocument{name, content})
		}
	}
	if c, ok := api.CORSConfiguration(); ok {
		add("cors-configuration.json", cliCORS(c))
	}
	for _, r := range api.Resources() {
		m, ok := api.Mock(r)
		if !ok {
			break
		}
		status := strconv.Itoa(m.StatusCode)
		add("preflight-integration.json", cliIntegration{
			Type: "MOCK", PassthroughBehavior: gateway.PassthroughBehavior, ContentHandling: gateway.ContentHandling,
			RequestTemplates: cliTemplate(m.RequestTemplate),
		})
		add("preflight-method-response.json", cliResponse{StatusCode: status, Parameters: cliDeclared(m.DeclaredHeaders())})
		add(preflightFile(m), cliResponse{
			StatusCode: status, ContentHandling: gateway.ContentHandling,
			Templates: cliTemplate(m.ResponseTemplate), Parameters: cliMapped("method.response.header.", m.Headers),
		})
	}
	for _, r := range api.IntegrationResponses() {
		add("actual-method-response-"+r.StatusCode+".json", cliResponse{
			StatusCode: r.StatusCode, Parameters: cliDeclared(r.DeclaredHeaders()),
		})
		add("actual-integration-response-"+r.StatusCode+".json", cliResponse{
			StatusCode: r.StatusCode, SelectionPattern: r.SelectionPattern, ContentHandling: r.ContentHandling,
			Templates: cliTemplate(r.ResponseTemplate), Parameters: cliMapped("method.response.header.", r.Headers),
		})
	}
	if responses := api.GatewayResponses(); len(responses) > 0 {
		add("gateway-response.json", cliResponse{Parameters: cliMapped("gatewayresponse.header.", responses[0].Headers)})
	}
	return docs
}

// cliObject is a JSON object whose members keep their order.
type cliObject []cliMember

type cliMember struct {
	name  string
	value any
}

func (o cliObject) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	out.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			out.WriteByte(',')
		}
		name, err := json.Marshal(m.name)
		if err != nil {
			return nil, err
		}
		value, err := encodeJSON(m.value, "")
		if err != nil {
			return nil, err
		}
		out.Write(slices.Concat(name, []byte(":"), value))
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

// cliTemplate is a template by its content type, or nothing.
func cliTemplate(template string) cliObject {
	if template == "" {
		return nil
	}
	return cliObject{{"application/json", template}}
}

func cliDeclared(headers []string) cliObject {
	var o cliObject
	for _, h := range headers {
		o = append(o, cliMember{"method.response.header." + h, true})
	}
	return o
}

func cliMapped(prefix string, headers []gateway.Mapping) cliObject {
	var o cliObject
	for _, h := range headers {
		o = append(o, cliMember{prefix + h.Header, h.String()})
	}
	return o
}

// encodeJSON is a JSON text with a line feed at its end. Nothing in it is for a
// web page, so `<`, `>` and `&` stay as they are.
func encodeJSON(v any, indent string) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	err := e.Encode(v)
	return out.Bytes(), err
}
