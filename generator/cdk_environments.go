package generator

import (
	"fmt"
	"slices"

	"apigw-cors/generator/gateway"
)

// maxStackName is how long the name of a stack may be.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
const maxStackName = 128

// takeEnvironments lets what has an origin take the props of a stack, which name
// its environment.
func (v *cdkView) takeEnvironments(j job) error {
	v.Environments = j.cdkEnvironments()
	if v.Environments == nil {
		return nil
	}
	for _, name := range v.Environments.Names {
		if stack := v.StackName(name); len(stack) > maxStackName {
			return &UnsupportedError{
				Target: "cdk", Feature: fmt.Sprintf("a stack name of %d letters, %s", len(stack), stack),
				Why: fmt.Sprintf("CloudFormation takes %d", maxStackName), Instead: "give the API or the environment a shorter name",
			}
		}
	}
	if v.HTTP != nil {
		if v.HTTP.Options != nil {
			v.HTTP.Options.Props = true
		}
		return nil
	}
	chosen := func(value string) bool { return j.choices.names[value] != "" }
	if v.REST.Options != nil {
		v.REST.Options.Props = true
	}
	if m := v.REST.Mock; m != nil {
		m.Props = true
		if chosen(m.ResponseTemplate) {
			m.Template = nil
		}
	}
	if r := v.REST.Responses; r != nil {
		r.Props = slices.ContainsFunc(r.Headers, func(m gateway.Mapping) bool { return chosen(m.String()) })
	}
	if m := v.REST.Mapped; m != nil {
		m.Props = true
		if chosen(m.Responses[0].ResponseTemplate) {
			m.Template = nil
		}
	}
	return nil
}

// StackName is the name of the example stack of an environment.
func (v cdkView) StackName(environment string) string { return v.Name + "Stack-" + environment }

// PreflightProps reports whether the props choose what answers the preflight.
func (v *cdkREST) PreflightProps() bool {
	return v.Options != nil && v.Options.Props || v.Mock != nil && v.Mock.Props
}

// Props reports whether they choose anything that is added to an API.
func (v *cdkREST) Props() bool {
	return v.PreflightProps() || v.Responses != nil && v.Responses.Props
}

// environmentsNote says in the head how the environment of a stack is chosen.
func (v cdkView) environmentsNote() []string {
	switch {
	case v.Environments == nil:
		return nil
	case v.Stack != nil:
		return []string{"", "Each environment has a stack of its own, called after it."}
	}
	return []string{
		"", "Each environment has a stack of its own, and chooses what differs there:",
		"let its props extend CorsProps and say { environment: '" + v.Environments.Names[0] + "' }.",
	}
}
