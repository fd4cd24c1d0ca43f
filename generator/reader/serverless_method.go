package reader

import (
	"fmt"
	"strings"

	"apigw-cors/generator/gateway"
)

// security is what an http event asks of its caller.
func (s *service) security(body *swagger, op, event *node, at gateway.Place) {
	if f, ok := event.field("private"); ok && !falsy(f.value) {
		body.defineKey(f.at)
		require(op, "api_key", f.place())
	}
	f, ok := event.field("authorizer")
	if ok && !falsy(f.value) {
		name := fmt.Sprintf("authorizer at %d", f.value.place.Start)
		body.define(name, f.at, eventScheme(f))
		require(op, name, f.place())
	}
}

// eventScheme is the security scheme of an event's authorizer: a function's
// name, an ARN, AWS_IAM, or a map.
func eventScheme(f field) *node {
	n, at := f.value, f.at
	text, isText := n.literal()
	typ := upperOf(n.get("type"))
	arn, _ := n.get("arn").literal()
	if isText {
		typ, arn = strings.ToUpper(text), text
	}
	header := textNode("Authorization", at)
	scheme := object(at, "type", "apiKey", "name", header, "in", "header")
	custom := func(word string) {
		scheme.set(field{key: "x-amazon-apigateway-authtype", at: at, value: textNode("custom", at)})
		scheme.set(field{key: "x-amazon-apigateway-authorizer", at: at, value: object(at, "type", word)})
	}
	switch {
	case n.isKind(unknown):
		scheme.set(field{key: "x-amazon-apigateway-authtype", at: at, value: n})
		return scheme
	case typ == "AWS_IAM":
		return iamScheme(at)
	case typ == "COGNITO_USER_POOLS" || strings.Contains(arn, ":cognito-idp:"):
		scheme.set(field{key: "x-amazon-apigateway-authtype", at: at, value: textNode("cognito_user_pools", at)})
		scheme.set(field{key: "x-amazon-apigateway-authorizer", at: at, value: object(at, "type", "cognito_user_pools")})
	case typ == "REQUEST":
		custom("request")
	default:
		custom("token")
	}
	source := n.get("identitySource")
	if source == nil && typ == "REQUEST" && n.get("resultTtlInSeconds").is("0") {
		scheme.set(field{key: "name", at: at, value: textNode("Unused", at)})
	} else if source != nil {
		authorizer := scheme.get("x-amazon-apigateway-authorizer")
		authorizer.set(field{key: "identitySource", at: at, value: source})
	}
	return scheme
}

func upperOf(n *node) string {
	text, _ := n.literal()
	return strings.ToUpper(text)
}

// integrationOf writes an event's integration. One that is not a proxy gets
// the origin in each response.
func (s *service) integrationOf(op, event *node, cors *preflight, at gateway.Place) {
	typ := strings.ReplaceAll(upperOf(event.get("integration")), "-", "_")
	switch {
	case typ == "LAMBDA" || typ == "" && !falsy(event.get("async")):
		typ = "AWS"
	case typ == "" || typ == "LAMBDA_PROXY":
		typ = "AWS_PROXY"
	}
	integration := object(at, "type", typ, "httpMethod", "POST")
	op.set(field{key: apiIntegration, at: at, value: integration})
	if typ != "AWS" && typ != "HTTP" && typ != "MOCK" {
		return
	}
	response := event.get("response")
	if response == nil && typ != "AWS" {
		return
	}
	declared, mapped := object(at), object(at)
	if cors != nil {
		origin := []*node{cors.origin}
		if len(cors.origins) > 0 {
			origin = cors.origins
		}
		value := quoted(listPlace(origin, at), joined(origin))
		mapped.set(field{key: "Access-Control-Allow-Origin", at: value.place, value: value})
		if cors.credentials {
			mapped.set(field{key: "Access-Control-Allow-Credentials", at: cors.credentialsAt, value: textNode("true", cors.credentialsAt)})
		}
	}
	for _, f := range response.get("headers").fieldsOf() {
		mapped.set(f)
	}
	statuses := response.get("statusCodes")
	if !statuses.isKind(mapping) {
		statuses = defaultStatuses(at)
	}
	responses := object(at)
	for _, f := range statuses.fields {
		parameters, headers := object(at), object(at)
		for _, list := range []*node{mapped, f.value.get("headers")} {
			for _, h := range list.fieldsOf() {
				headers.set(field{key: h.key, at: h.at, value: object(h.at)})
				h.key = methodHeader + h.key
				parameters.set(h)
			}
		}
		declared.set(field{key: f.key, at: f.at, value: object(f.at, "headers", headers)})
		pattern, _ := f.value.get("pattern").literal()
		if pattern == "" {
			pattern = "default"
		}
		templates := object(at)
		for _, template := range []*node{response.get("template"), f.value.get("template")} {
			if template.isKind(mapping) {
				for _, t := range template.fields {
					templates.set(t)
				}
			} else if template != nil {
				templates.set(field{key: "application/json", at: template.place, value: template})
			}
		}
		one := object(f.at, "statusCode", f.key, "responseParameters", parameters, "responseTemplates", templates)
		responses.set(field{key: pattern, at: f.at, value: one})
	}
	integration.set(field{key: "responses", at: at, value: responses})
	op.set(field{key: "responses", at: at, value: declared})
}

// defaultStatuses are the responses of a Lambda integration that names none.
func defaultStatuses(at gateway.Place) *node {
	n := object(at)
	for _, status := range []string{"200", "400", "401", "403", "404", "422", "500", "502", "504"} {
		pattern := `[\s\S]*\[` + status + `\][\s\S]*`
		switch status {
		case "200":
			pattern = ""
		case "500":
			pattern = `[\s\S]*(Process\s?exited\s?before\s?completing\s?request|\[500\])[\s\S]*`
		case "504":
			pattern = `([\s\S]*\[504\][\s\S]*)|(.*Task timed out after \d+\.\d+ seconds$)`
		}
		n.set(field{key: status, at: at, value: object(at, "pattern", pattern)})
	}
	return n
}
