package generator

import "apigw-cors/generator/gateway"

// terraformHead is the comment of cors.tf, the same in both forms.
func terraformHead(j job, id string) []string {
	s := stack{j.api}
	if !j.api.IsREST() {
		return s.head("Terraform", terraformHTTPPaste(s), []string{
			"A stage with auto_deploy serves every change by itself.",
		}, j.command(false), false)
	}
	paste := []string{
		"Put this file beside your API's own. All that names your resources is on the right-hand sides of the",
		"first locals block: write your own there.",
	}
	if s.api.Integration() == gateway.NonProxy {
		paste = append(paste,
			"The actual methods' responses 200 and 500 are here: take your own out, and keep the integrations.")
	}
	redeploy := []string{
		"",
		"A stage serves a snapshot: let your aws_api_gateway_deployment take a new one after every change,",
		"with its stage in an aws_api_gateway_stage:",
		"",
		"  triggers = {",
		"    cors = local." + id + "_cors_redeployment",
		"  }",
		"",
		"  lifecycle {",
		"    create_before_destroy = true",
		"  }",
	}
	return s.head("Terraform", paste, append(redeploy, terraformWithdrawal(s.api, "NAME")...), j.command(false), false)
}

func terraformHTTPPaste(s stack) []string {
	if s.api.Preflight() == gateway.ByLambda {
		return []string{
			"Put this file beside your API's own, and let the routes refer to the API and to the integration of the",
			"function that answers the preflight. The API must have no cors_configuration: it would answer instead.",
		}
	}
	paste := []string{"Move the cors_configuration block into your own aws_apigatewayv2_api."}
	for _, r := range s.api.Routes() {
		if r.Preflight {
			return append(paste, s.optionsNote("OPTIONS routes", "with an integration of yours as target")...)
		}
	}
	return paste
}

// terraformMainHead is the comment of main.tf.
func terraformMainHead(j job, id string) []string {
	redeploy := []string{
		"It stands around cors.tf. Package the function, such as the one of --format lambda-nodejs, and apply:",
		"",
		"  zip --junk-paths lambda.zip lambda-nodejs/*",
		"  terraform init",
		"  terraform apply -var " + id + "_lambda_package=lambda.zip",
	}
	if j.api.IsREST() {
		redeploy = append(redeploy, terraformWithdrawal(j.api, id)...)
	} else {
		redeploy = append(redeploy, "")
	}
	return stack{j.api}.head("Terraform", nil, redeploy, j.command(true), true)
}
