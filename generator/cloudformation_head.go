package generator

func cloudFormationHead(j job) []string {
	standalone := j.options.Standalone
	s := stack{j.api}
	paste := []string{
		"Paste what is new into your template, and let RestApiId and ResourceId name what is yours already:",
		"--api-id and an id for each path render them so, and nothing else.",
	}
	if s.existing() {
		paste = []string{
			"Paste the resources above your AWS::ApiGateway::Deployment. They end in its first lines, up to",
			"DependsOn, in place of which they go.",
		}
	}
	switch w := newBackendWords(s.api); {
	case !w.Mapped:
	case w.Function:
		paste = append(paste, "The integrations invoke "+s.functionID()+": let Uri point at a function of yours.")
	case w.Mock:
		paste = append(paste, "The actual methods are mocks: keep your own RequestTemplates and ResponseTemplates.")
	default:
		paste = append(paste, "The actual methods have one backend: keep your own Uri and request parameters.")
	}
	redeploy := []string{
		"A stage serves a snapshot: the deployment's logical id carries a hash of what it deploys, so that",
		"rendering again makes a new one. Point DeploymentId of your stage at it, and keep the methods of",
		"your own in its DependsOn.",
	}
	if standalone {
		redeploy = []string{
			"A stage serves a snapshot: the deployment's logical id carries a hash of what it deploys, so that",
			"rendering again makes a new one. Change the id when you change a method by hand, or the value",
			"of a parameter.",
		}
	}
	if !s.api.IsREST() {
		paste = []string{"Paste what is new into your own AWS::ApiGatewayV2::Api."}
		redeploy = []string{"A stage with AutoDeploy serves every change by itself."}
		if newHTTPStack(j).Integration != "" {
			paste = append(paste, s.optionsNote("OPTIONS routes", "with an integration of yours as Target")...)
		}
	}
	redeploy = append(redeploy, cloudFormationWithdrawal(s.api)...)
	redeploy = append(redeploy, j.choiceNote("aws cloudformation deploy --parameter-overrides "+stackParameter(j.api)+"=", "stack")...)
	return s.head("CloudFormation", paste, redeploy, j.renderedBy(standalone), standalone)
}
