package generator

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"apigw-cors/generator/gateway"
)

// stackEnvironments is the view of a SAM or CloudFormation template.
func (j job) stackEnvironments() *environmentsView {
	if j.choices == nil {
		return nil
	}
	return j.environments(stackParameter(j.api), j.choices.stackTable(j.api), func(name string) string { return name })
}

// terraformEnvironments is the view of a module whose names start with id.
func (j job) terraformEnvironments(id string) *environmentsView {
	if j.choices == nil {
		return nil
	}
	return j.environments(id+"_cors_environment", id+"_cors_environments", snake)
}

// cdkEnvironments is the view of a CDK module.
func (j job) cdkEnvironments() *environmentsView {
	if j.choices == nil {
		return nil
	}
	return j.environments("environment", "environments", lowerCamel)
}

func lowerCamel(name string) string { return strings.ToLower(name[:1]) + name[1:] }

// fingerprint is all that the environments say.
func (c *choices) fingerprint() []byte {
	if c == nil {
		return nil
	}
	return fmt.Append(nil, c.environments)
}

// stackReference looks a value up in the mapping of a SAM or CloudFormation
// template.
func stackReference(c *choices, api gateway.API, name string) string {
	if name != "AllowOrigin" {
		return ""
	}
	return "!FindInMap [" + c.stackTable(api) + ", !Ref " + stackParameter(api) + ", " + name + "]"
}

func stackParameter(api gateway.API) string { return api.Name() + "Environment" }

// stackTable is the name of the mapping. It changes with what the mapping holds:
// SAM makes a new deployment of a REST API when the definition changes, in which
// it looks nothing up.
func (c *choices) stackTable(api gateway.API) string {
	sum := sha256.Sum256(c.fingerprint())
	return api.Name() + "Cors" + hex.EncodeToString(sum[:5])
}

// terraformReference looks a value up in the local values of a module.
func terraformReference(_ *choices, api gateway.API, name string) string {
	return "local." + newTerraformNames(api).id + "_cors_environment." + snake(name)
}

// cdkReference looks a value up in the table of a CDK module, by the props of
// one's own stack.
func cdkReference(_ *choices, _ gateway.API, name string) string {
	return "environments[props.environment]." + lowerCamel(name)
}
