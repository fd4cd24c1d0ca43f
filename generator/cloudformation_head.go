package generator

import "apigw-cors/generator/gateway"

func cloudFormationHead(j job) []string {
	standalone := j.options.Standalone
	s := stack{j.api}
	name := s.api.Name()
	paste := []string{
		"Paste the resources into your template. Where it has the API, its resources or the stage already,",
		"keep yours and let RestApiId, ResourceId and ParentId point at them.",
	}
	if s.api.Integration() == gateway.NonProxy {
		paste = append(paste, "The integrations invoke "+s.functionID()+": let Uri point at a function of yours.")
	}
	redeploy := []string{
		"A stage serves a snapshot: the deployment's logical id carries a hash of what it deploys, so that",
		"rendering again makes a new one. Point DeploymentId of your stage at it, and add the methods of",
		"your own to its DependsOn.",
	}
	if standalone {
		redeploy = []string{
			"A stage serves a snapshot: the deployment's logical id carries a hash of what it deploys, so that",
			"rendering again makes a new one. Change the id when you change a method by hand.",
		}
	}
	if !s.api.IsREST() {
		paste = []string{"Paste the properties of " + name + " into your own AWS::ApiGatewayV2::Api."}
		redeploy = []string{"A stage with AutoDeploy serves every change by itself."}
		if newHTTPStack(j).Integration != "" {
			paste = append(paste, s.optionsNote("OPTIONS routes", "with an integration of yours as Target")...)
		}
	}
	redeploy = append(redeploy, cloudFormationWithdrawal(s.api)...)
	return s.head("CloudFormation", paste, redeploy, j.command(standalone), standalone)
}
