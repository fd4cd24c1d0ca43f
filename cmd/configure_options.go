package cmd

import (
	"slices"
	"strings"

	"apigw-cors/generator"
	"apigw-cors/generator/gateway"
)

func apiOptions() []option {
	return []option{
		{"rest", "REST API: OPTIONS on every path, headers sent by the function"},
		{"http", "HTTP API: the service answers preflights and adds the headers"},
	}
}

func (a answers) authOptions() []option {
	if a.isREST() {
		return []option{
			{"none", "open to every caller"},
			{"api-key", "a key in the header X-Api-Key"},
			{"iam", "requests signed with AWS credentials"},
			{"cognito", "a token of a Cognito user pool"},
			{"lambda", "a Lambda authorizer"},
		}
	}
	return []option{
		{"none", "open to every caller"},
		{"jwt", "a token of an OpenID Connect issuer, Cognito included"},
		{"iam", "requests signed with AWS credentials"},
		{"lambda", "a Lambda authorizer"},
	}
}

// methodOptions leaves out what a browser would take for a name.
func (a answers) methodOptions() []option {
	all := []option{{"GET", ""}, {"POST", ""}, {"PUT", ""}, {"PATCH", ""}, {"DELETE", ""}, {"HEAD", ""}}
	if !a.config.AllowCredentials {
		all = append(all, option{"*", "every method"})
	}
	return all
}

func (a answers) headerOptions() []option {
	all := []option{
		{"Authorization", "a token"},
		{"X-Api-Key", "an API key"},
		{"X-CSRF-Token", "against forged requests"},
		{"X-Requested-With", "set by older libraries"},
		{"Idempotency-Key", "a request that may be repeated"},
		{"If-Match", "to change only what was read"},
		{"If-None-Match", "to read only what has changed"},
		{"traceparent", "W3C trace context"},
	}
	required := a.requiredHeaders()
	all = slices.DeleteFunc(all, func(o option) bool { return containsFold(required, o.Name) })
	if !a.config.AllowCredentials {
		all = append(all, option{"*", "every header but Authorization"})
	}
	return all
}

func (a answers) exposeOptions() []option {
	id := option{"X-Amzn-RequestId", "to look a request up in the logs"}
	if !a.isREST() {
		id.Name = "Apigw-Requestid"
	}
	all := []option{
		id,
		{"ETag", "the version of what was read"},
		{"Location", "where what was created is found"},
		{"Retry-After", "when to try again"},
		{"Content-Disposition", "the file name of a download"},
		{"Link", "the next page"},
	}
	if a.isREST() {
		all = append(all, option{"X-Amzn-ErrorType", "which gateway response it was"})
	}
	if !a.config.AllowCredentials {
		all = append(all, option{"*", "every header"})
	}
	return all
}

func integrationOptions() []option {
	return []option{
		{"proxy", "as they are; the function sends the CORS headers"},
		{"non-proxy", "mapped; API Gateway adds the CORS headers"},
	}
}

func preflightOptions() []option {
	return []option{
		{"gateway", "API Gateway, without a call of the function"},
		{"lambda", "the function: more code, more calls, any rule you like"},
	}
}

func (a answers) preflightNote() string {
	const note = "Who answers the OPTIONS request that a browser sends ahead."
	if a.preflightProposal() != nil {
		return note + " The CORS configuration of an HTTP API has no form for these origins, so take lambda, or name each origin."
	}
	return note
}

// preflightProposal is the only way where an HTTP API cannot answer.
func (a answers) preflightProposal() []string {
	if a.beyondService() && !a.isREST() {
		return []string{string(gateway.ByLambda)}
	}
	return nil
}

// responseOptions are the two that cover all others.
func responseOptions() []option {
	return []option{
		{"DEFAULT_4XX", "the client's errors, but for types you customise"},
		{"DEFAULT_5XX", "the server's errors, but for types you customise"},
	}
}

func (a answers) responseOriginOptions() []option {
	auto := option{"auto", "any, as there are several origins"}
	switch {
	case a.staticOrigin():
		auto.Detail = "the one origin"
	case a.config.AllowCredentials:
		auto.Detail = "echo, as there are several origins"
	}
	all := []option{auto}
	if !a.config.AllowCredentials {
		all = append(all, option{"any", "*: every site can read the errors"})
	}
	return append(all, option{"echo", "the request's origin: every site can read the errors"})
}

// everyPath is what no resource at all means.
func (a answers) everyPath() []string {
	if a.isREST() {
		return []string{"/", "/{proxy+}"}
	}
	return []string{gateway.DefaultRoute}
}

func formatOptions() []option {
	var all []option
	for _, f := range generator.Formats() {
		all = append(all, option{f.Name, f.Summary})
	}
	return all
}

func extentOptions() []option {
	return []option{
		{extentSnippet, "what to paste into a template you have"},
		{extentStandalone, "a whole example around it, to deploy as it is"},
	}
}

func samScopeOptions() []option {
	return []option{
		{"resource", "on the API itself"},
		{"globals", "in Globals, for every API of the template"},
	}
}

func terraformPreflightOptions() []option {
	return []option{
		{"resource", "one OPTIONS method for each path"},
		{"greedy", "one {cors+} for the whole API"},
	}
}

// withCurrent puts answers that are no option to the others, so that they can
// be kept.
func withCurrent(all []option, current []string) []option {
	for _, name := range current {
		if !slices.ContainsFunc(all, func(o option) bool { return o.Name == name }) {
			all = append(all, option{Name: name})
		}
	}
	return all
}

func containsFold(all []string, s string) bool {
	return slices.ContainsFunc(all, func(other string) bool { return strings.EqualFold(other, s) })
}
