package generator

import (
	"fmt"

	"apigw-cors/generator/gateway"
)

// terraformHead is the comment of cors.tf, the same in both forms.
func terraformHead(j job, id string) []string {
	s := stack{j.api}
	if !j.api.IsREST() {
		return s.head("Terraform", terraformHTTPPaste(s, id), append([]string{
			"A stage with auto_deploy serves every change by itself.",
		}, j.choiceNote("terraform apply -var "+id+"_cors_environment=", "state")...), j.renderedBy(false), false)
	}
	paste := []string{
		"Put this file beside your API's own, into the same folder: Terraform reads none below. What is yours",
		"already stands on the right-hand sides of the first locals block alone: write your own there, or",
		"render it with --api-id and an id for each path.",
	}
	if s.existing() {
		paste = []string{
			"Put this file beside your API's own, as it is, and into the same folder: Terraform reads none below.",
		}
	}
	if s.api.Integration() == gateway.NonProxy {
		paste = append(paste,
			"The actual methods' responses for "+s.mappedStatuses()+" are here: take your own out, and keep the integrations.")
	}
	redeploy := []string{
		"",
		"A stage serves a snapshot: let your aws_api_gateway_deployment take a new one after every change,",
		"with its stage in an aws_api_gateway_stage. New in it are:",
		"",
		"  triggers = {",
		"    cors = local." + id + "_cors_redeployment",
		"  }",
		"",
		"  lifecycle {",
		"    create_before_destroy = true",
		"  }",
	}
	redeploy = append(redeploy, terraformWithdrawal(s.api, "NAME")...)
	redeploy = append(redeploy, j.choiceNote("terraform apply -var "+id+"_cors_environment=", "state")...)
	return s.head("Terraform", paste, redeploy, j.renderedBy(false), false)
}

func terraformHTTPPaste(s stack, id string) []string {
	if s.existing() {
		return terraformBesidePaste(s, id)
	}
	if s.api.Preflight() == gateway.ByLambda {
		return []string{
			"Put this file beside your API's own, and let the routes refer to the API and to the integration of the",
			"function that answers the preflight. The API must have no cors_configuration: it would answer instead.",
		}
	}
	paste := []string{
		"Move the cors_configuration block into your own aws_apigatewayv2_api. With --api-id the file refers to",
		"your API instead, and stays as it is rendered.",
	}
	for _, r := range s.api.Routes() {
		if r.Preflight {
			return append(paste, s.optionsNote("OPTIONS routes", "with an integration of yours as target")...)
		}
	}
	return paste
}

// terraformBesidePaste is for a file beside an API that it does not make.
func terraformBesidePaste(s stack, id string) []string {
	paste := []string{
		"Put this file beside your API's own, as it is, and into the same folder: Terraform reads none below.",
	}
	if s.api.Preflight() == gateway.ByLambda {
		return append(paste, "The API must have no cors_configuration: it would answer instead of your function.")
	}
	paste = append(paste, "New in your aws_apigatewayv2_api is:", "", "  cors_configuration {")
	for _, name := range []string{"allow_origins", "allow_methods", "allow_headers", "expose_headers", "allow_credentials", "max_age"} {
		paste = append(paste, fmt.Sprintf("    %-17s = local.%s_cors.%s", name, id, name))
	}
	return append(paste, "  }", "")
}

// terraformMainHead is the comment of main.tf.
func terraformMainHead(j job, id string) []string {
	redeploy := terraformApply(newBackendWords(j.api), id)
	if j.api.IsREST() {
		redeploy = append(redeploy, terraformWithdrawal(j.api, id)...)
	} else {
		redeploy = append(redeploy, "")
	}
	return stack{j.api}.head("Terraform", nil, redeploy, j.renderedBy(true), true)
}

// terraformApply is how main.tf is applied, with the variables of its backend.
func terraformApply(w backendWords, id string) []string {
	apply := []string{"It stands around cors.tf. Apply both:", "", "  terraform init"}
	switch {
	case w.Function:
		return []string{
			"It stands around cors.tf. Package the function, such as the one of --format lambda-nodejs, and apply:",
			"",
			"  zip --junk-paths lambda.zip lambda-nodejs/*",
			"  terraform init",
			"  terraform apply -var " + id + "_lambda_package=lambda.zip",
		}
	case w.HTTP:
		return append(apply, "  terraform apply -var "+id+"_backend_url=https://backend.example.com")
	case w.Service:
		return append(apply, "  terraform apply -var "+id+"_service_uri=SERVICE_URI -var "+id+"_service_role_arn=ROLE_ARN")
	}
	return append(apply, "  terraform apply")
}
