package generator

import "apigw-cors/generator/gateway"

// withdrawalNote is what the head of a REST API's file says of paths and
// gateway responses that a policy does not have any more. These tools delete
// last, and a deployment is a snapshot: the new one still has what is deleted
// behind it. Nothing in a file changes that order, so the note gives the command
// that takes another snapshot. The stages of HTTP APIs deploy by themselves.
// https://github.com/aws/aws-cdk/issues/14660
// https://github.com/serverless/serverless/issues/7542
func withdrawalNote(api gateway.API, lines []string, command string) []string {
	if !api.IsREST() {
		return nil
	}
	return append(append([]string{""}, lines...), "", "  "+command, "")
}

// createDeployment takes a snapshot behind the back of CloudFormation, which
// only looks at the stage again when its template names another deployment.
const createDeployment = "aws apigateway create-deployment --rest-api-id REST_API_ID --stage-name STAGE"

func cloudFormationWithdrawal(api gateway.API) []string {
	return withdrawalNote(api, []string{
		"CloudFormation deletes what you take out (a path, a gateway response) after it has made the new",
		"deployment, whose stage goes on serving it. After such an update run",
	}, createDeployment)
}

func cdkWithdrawal(api gateway.API) []string {
	return withdrawalNote(api, []string{
		"CloudFormation deletes what you take out (a path, a gateway response) after",
		"it has made the new deployment, whose stage goes on serving it. After such a",
		"cdk deploy run",
	}, createDeployment)
}

// terraformWithdrawal is about the deployment of that name.
func terraformWithdrawal(api gateway.API, name string) []string {
	return withdrawalNote(api, []string{
		"Terraform destroys what you take out (a path, a gateway response) after it has made the new",
		"deployment, whose stage goes on serving it, and the next plan finds nothing to do. After such an",
		"apply run",
	}, "terraform apply -replace=aws_api_gateway_deployment."+name)
}
