package golden_test

import (
	"maps"
	"slices"
	"testing"

	"apigw-cors/generator/gateway"
	"apigw-cors/golden/tools"
)

// readCloudFormation reads every CloudFormation template as the AWS tools do,
// and lints it.
func readCloudFormation(t *testing.T, m *made) {
	translator := tools.StartTranslator(t)
	var files []string
	for _, c := range cases(t) {
		file := c.path("cloudformation/template.yaml")
		files = append(files, file)
		t.Run(c.name, func(t *testing.T) {
			m.keep(t, c, readTemplate(t, translator.Template(t, file)))
		})
	}
	for _, p := range paste(t, "cloudformation") {
		files = append(files, p.template())
		t.Run(p.name, func(t *testing.T) { p.pageReads(t, readOne(t, translator.Template(t, p.template()))) })
	}
	files = append(files, oneFileTemplates(t, translator, m)...)
	files = slices.AppendSeq(files, maps.Values(mendedFiles(t, "cloudformation")))
	files = slices.AppendSeq(files, maps.Values(mendedMutations(t, "cloudformation")))
	if complaints := tools.LintTemplates(t, files, "--include-checks", "I"); complaints != "" {
		t.Errorf("cfn-lint:\n%s", complaints)
	}
}

// TestStack deploys the CloudFormation templates that moto can deploy: those of
// a REST API without a mock integration. It answers 500 to a method with one
// and to an HTTP API's attributes, ignores the body of a REST API, which is all
// that SAM's translation is, and skips authorizers and gateway responses.
func TestStack(t *testing.T) {
	t.Parallel()
	plane := tools.StartControlPlane(t)
	deployed := 0
	for _, c := range cases(t) {
		api := c.api(t)
		if !api.IsREST() || api.Preflight() != gateway.ByLambda {
			continue
		}
		deployed++
		t.Run(c.name, func(t *testing.T) {
			plane.CreateStack(t, c.name, string(c.read(t, "cloudformation/template.yaml")), map[string]string{
				"AuthorizerFunctionArn": tools.FunctionARN("authorizer"),
			})
			got, model := seenREST(t, plane, plane.RESTAPI(t, api.Name())), want(api)
			model.GatewayResponses = nil
			same(t, model, got)
		})
	}
	if deployed == 0 {
		t.Error("no case left that moto can deploy")
	}
}
