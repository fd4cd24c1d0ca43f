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
	// MaxStackResources is how many resources a CloudFormation stack may have.
	MaxStackResources = 500
	// MaxFunctionPolicy bounds, in bytes, the resource policy of a function.
	MaxFunctionPolicy = 20480
)

// leastStatement is, in bytes, what a permission to invoke a function adds to
// its policy at the least, without the names: identifiers, ARNs, condition.
const leastStatement = 330

// checkStack refuses a template with more resources than a stack may have.
func checkStack(target string, n int) error {
	if n <= MaxStackResources {
		return nil
	}
	return &UnsupportedError{
		Target: target, Feature: fmt.Sprintf("%d resources in one stack", n),
		Why:     fmt.Sprintf("CloudFormation takes %d", MaxStackResources),
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
		if hasDefaultRoute(api) {
			return n + routes + routes // a permission each, of which one is counted
		}
		return n + 1 + routes // the integration
	}
	n += len(api.Tree()) - 1 + len(api.GatewayResponses())
	for _, r := range api.Resources() {
		n += len(r.Strings()) + 1
	}
	return n
}

func hasDefaultRoute(api gateway.API) bool {
	for _, r := range api.Routes() {
		if r.Path == gateway.DefaultRoute {
			return true
		}
	}
	return false
}

// checkEvents refuses more events than SAM's permissions for them fit into the
// function's policy.
func checkEvents(f *samFunction) error {
	if f == nil || f.PermissionSource != "" {
		return nil
	}
	least := 0
	for _, e := range f.Events {
		least += leastStatement + len(e.Path) + len(e.ID)
	}
	if least <= MaxFunctionPolicy {
		return nil
	}
	return &UnsupportedError{
		Target: "sam", Feature: fmt.Sprintf("%d events of one function", len(f.Events)),
		Why:     fmt.Sprintf("SAM gives it a permission for each, and Lambda takes a policy of %d bytes", MaxFunctionPolicy),
		Instead: "serve several paths by one event, such as ANY /orders/{proxy+}, or use format cloudformation, terraform or cdk, which give one permission for the API",
	}
}
