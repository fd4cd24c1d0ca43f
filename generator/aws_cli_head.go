package generator

import (
	"slices"
	"strings"
)

// cliHead is the comment of apply.sh, with the commands that read back what it
// did and that log what is asked of the API.
func cliHead(j job, v cliView) []string {
	s := stack{j.api}
	run := []string{"Run it as often as you like, the result is the same:", "", "  ./apply.sh " + strings.Join(v.Usage, " ")}
	if v.Create {
		aside := ""
		if v.Backend.Function {
			aside = ", the function aside"
		}
		run = append(run, "",
			"or let it make the example around it first"+aside+":", "",
			"  ./apply.sh --create "+strings.Join(v.CreateUsage, " "))
	}
	run = append(run, "")
	notes := append(s.cliNotes(v), "", "Read it back:", "")
	notes = append(notes, cliReadBack(v)...)
	notes = append(notes, "")
	return slices.Concat(
		s.title("AWS CLI", v.Create), run, notes, s.responderNote(false),
		j.renderedBy(v.Create),
	)
}

func (s stack) cliNotes(v cliView) []string {
	notes := []string{"It looks for all that it needs, and tells what is missing, before it changes anything."}
	if v.Create {
		notes = append(notes,
			"What --create makes has the tag apigw-cors=created; without the tag, what is called "+v.API+" is left",
			"alone. So is an actual method or route that is there already; what differs in it is told.")
	}
	if !v.REST {
		notes = append(notes, "A stage with auto-deploy serves every change by itself; another needs a create-deployment.")
		if len(v.PreflightRoutes) > 0 && v.CORS {
			notes = append(notes, "The OPTIONS routes go before the authorizer of an ANY or $default route; any integration will do.")
		}
		if len(v.PreflightRoutes) > 0 {
			notes = append(notes, "It replaces OPTIONS routes that are there.")
		}
		if !v.CORS {
			notes = append(notes, "It takes away a CORS configuration: that would answer in the function's place.")
		}
		return append(notes, "",
			"A later policy takes back what this one makes, and nothing else: a route is known by its operation",
			"name, "+v.Mark()+".")
	}
	notes = append(notes,
		"The API's resources and its stage must be there; it ends in a deployment, as a stage serves a snapshot.")
	if len(v.Actual) > 0 {
		notes = append(notes, "The actual methods must have their integrations; it replaces their responses for "+s.mappedStatuses()+".")
	}
	replaces := "It replaces the OPTIONS methods of these paths"
	if len(v.GatewayResponses) > 0 {
		replaces += ", and these gateway responses as a whole"
	}
	return append(notes, replaces+".", "",
		"A later policy takes back what this one makes, and nothing else: an OPTIONS method is known by a header",
		"that it declares, "+v.Mark()+", a gateway response by the description of the deployment.")
}

func cliReadBack(v cliView) []string {
	if !v.REST {
		return []string{
			"  aws apigatewayv2 get-api --api-id API_ID",
			"  aws apigatewayv2 get-routes --api-id API_ID",
			"",
			"Log what it answers, and follow the log (version 2 of the AWS CLI):",
			"",
			"  aws apigatewayv2 update-stage --api-id API_ID --stage-name '$default' \\",
			"    --access-log-settings 'DestinationArn=LOG_GROUP_ARN,Format=$context.requestId $context.routeKey $context.status'",
			"  aws logs tail LOG_GROUP --follow",
		}
	}
	return []string{
		"  aws apigateway get-rest-api --rest-api-id REST_API_ID",
		"  aws apigateway get-method --rest-api-id REST_API_ID --resource-id RESOURCE_ID --http-method OPTIONS",
		"  aws apigateway get-gateway-responses --rest-api-id REST_API_ID",
		"",
		"Log what it answers, and follow the log (version 2 of the AWS CLI):",
		"",
		"  aws apigateway update-stage --rest-api-id REST_API_ID --stage-name STAGE --patch-operations \\",
		"    op=replace,path=/accessLogSettings/destinationArn,value=LOG_GROUP_ARN \\",
		"    'op=replace,path=/accessLogSettings/format,value=$context.requestId $context.httpMethod $context.path $context.status'",
		"  aws logs tail LOG_GROUP --follow",
	}
}
