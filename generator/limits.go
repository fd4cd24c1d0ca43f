package generator

import (
	"bytes"
	"fmt"
	"strings"

	"apigw-cors/generator/gateway"
)

// The limits of the services behind the templates, none of which can be raised.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
const (
	// maxStackResources is how many resources a CloudFormation stack may have.
	maxStackResources = 500
	// maxTemplate bounds a template, in bytes.
	maxTemplate = 1 << 20
	// maxFunctionPolicy bounds, in bytes, the resource policy of a function.
	maxFunctionPolicy = 20480
)

// statement is what a permission for an event adds to a function's policy,
// without all that a name of somebody's choice adds to it.
const statement = `{"Sid":"","Effect":"Allow","Principal":{"Service":"apigateway.amazonaws.com"},` +
	`"Action":"lambda:InvokeFunction","Resource":"arn:aws:lambda:us-east-1:123456789012:function:",` +
	`"Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:execute-api:us-east-1:123456789012:abcdefghij/*/*"}}},`

// checkTemplate refuses what CloudFormation does not take.
func checkTemplate(target string, template []byte) error {
	if len(template) > maxTemplate {
		return &UnsupportedError{
			Target: target, Feature: fmt.Sprintf("a template of %d bytes", len(template)),
			Why:     fmt.Sprintf("CloudFormation takes %d", maxTemplate),
			Instead: "list fewer origins or paths, or use format terraform",
		}
	}
	return checkStack(target, templateResources(template))
}

// checkStack refuses more resources than a stack may have.
func checkStack(target string, n int) error {
	if n <= maxStackResources {
		return nil
	}
	return &UnsupportedError{
		Target: target, Feature: fmt.Sprintf("%d resources in one stack", n),
		Why:     fmt.Sprintf("CloudFormation takes %d", maxStackResources),
		Instead: "serve several paths by one, such as /orders/{proxy+}, or use format sam (all paths in one definition) or terraform",
	}
}

// templateResources counts the resources of a rendered CloudFormation template.
func templateResources(template []byte) (n int) {
	_, resources, _ := bytes.Cut(template, []byte("\nResources:\n"))
	for line := range bytes.Lines(resources) {
		switch text := string(bytes.TrimRight(line, "\n")); {
		case text != "" && text[0] != ' ' && text[0] != '#':
			return n
		case strings.HasPrefix(text, "  ") && len(text) > 3 && text[2] != ' ' && text[2] != '#' && strings.HasSuffix(text, ":"):
			n++
		}
	}
	return n
}

// CDKResources is how many resources the CDK makes of the standalone example,
// its own metadata not counted.
func CDKResources(api gateway.API) int {
	n := 3 // API, deployment and stage
	if !api.IsREST() {
		n = 2
	}
	if api.InvokesFunction() {
		n += 3 // function, role, permission
	}
	switch api.Auth() {
	case gateway.Cognito, gateway.JWT:
		n++
	case gateway.Lambda:
		n += 2 // authorizer, permission
	case gateway.APIKey:
		n += 3 // key, usage plan, and the one in the other
	}
	if !api.IsREST() {
		routes := len(api.Routes())
		n += 1 + routes // the integration
		if !newCDKHTTP(api).OnePermission() {
			n += routes - 1
		}
		return n
	}
	n += len(api.Tree()) - 1 + len(api.GatewayResponses())
	for _, r := range api.Resources() {
		n += len(r.Strings()) + 1
	}
	return n
}

// checkEvents refuses more events than SAM's permissions for them fit into the
// function's policy.
func checkEvents(f *samFunction) error {
	if f == nil || f.PermissionSource != "" {
		return nil
	}
	var routes []string
	for _, e := range f.Events {
		routes = append(routes, f.ID+e.ID+e.Path)
	}
	return checkPermissions("sam", f.ID, routes)
}

// checkPermissions refuses more routes than there is room for in the policy of
// a function that gets a permission for each.
func checkPermissions(target, function string, routes []string) error {
	// CloudFormation names the permission and the function after stack and
	// logical id, with a suffix; here the stack's name is one letter.
	const made = len("s--123456789012")
	least := 0
	for _, route := range routes {
		least += len(statement) + made + len("Permission") + len(function) + made + len(route)
	}
	if least <= maxFunctionPolicy {
		return nil
	}
	return &UnsupportedError{
		Target: target, Feature: fmt.Sprintf("%d routes to one function", len(routes)),
		Why:     fmt.Sprintf("each gets a permission to invoke it, and Lambda takes a policy of %d bytes", maxFunctionPolicy),
		Instead: "serve several paths by one, such as ANY /orders/{proxy+}, or use format cloudformation or terraform, which give one permission for the API",
	}
}
