package configure

import (
	"slices"
	"strings"

	"apigw-cors/cmd/prompt"
	"apigw-cors/generator"
	"apigw-cors/generator/gateway"
)

func apiOptions() []prompt.Option {
	return []prompt.Option{
		{Name: "rest", Detail: "REST API: OPTIONS on every path, headers sent by the function"},
		{Name: "http", Detail: "HTTP API: the service answers preflights and adds the headers"},
	}
}

func (a answers) authOptions() []prompt.Option {
	if a.isREST() {
		return []prompt.Option{
			{Name: "none", Detail: "open to every caller"},
			{Name: "api-key", Detail: "a key in the header X-Api-Key"},
			{Name: "iam", Detail: "requests signed with AWS credentials"},
			{Name: "cognito", Detail: "a token of a Cognito user pool"},
			{Name: "lambda", Detail: "a Lambda authorizer"},
		}
	}
	return []prompt.Option{
		{Name: "none", Detail: "open to every caller"},
		{Name: "jwt", Detail: "a token of an OpenID Connect issuer, Cognito included"},
		{Name: "iam", Detail: "requests signed with AWS credentials"},
		{Name: "lambda", Detail: "a Lambda authorizer"},
	}
}

// methodOptions leaves out what a browser would take for a name.
func (a answers) methodOptions() []prompt.Option {
	all := []prompt.Option{{Name: "GET", Detail: ""}, {Name: "POST", Detail: ""}, {Name: "PUT", Detail: ""}, {Name: "PATCH", Detail: ""}, {Name: "DELETE", Detail: ""}, {Name: "HEAD", Detail: ""}}
	if !a.config.AllowCredentials {
		all = append(all, prompt.Option{Name: "*", Detail: "every method"})
	}
	return all
}

func (a answers) headerOptions() []prompt.Option {
	all := []prompt.Option{
		{Name: "Authorization", Detail: "a token"},
		{Name: "X-Api-Key", Detail: "an API key"},
		{Name: "X-CSRF-Token", Detail: "against forged requests"},
		{Name: "X-Requested-With", Detail: "set by older libraries"},
		{Name: "Idempotency-Key", Detail: "a request that may be repeated"},
		{Name: "If-Match", Detail: "to change only what was read"},
		{Name: "If-None-Match", Detail: "to read only what has changed"},
		{Name: "traceparent", Detail: "W3C trace context"},
	}
	required := a.requiredHeaders()
	all = slices.DeleteFunc(all, func(o prompt.Option) bool { return containsFold(required, o.Name) })
	if !a.config.AllowCredentials {
		all = append(all, prompt.Option{Name: "*", Detail: "every header but Authorization"})
	}
	return all
}

func (a answers) exposeOptions() []prompt.Option {
	id := prompt.Option{Name: "X-Amzn-RequestId", Detail: "to look a request up in the logs"}
	if !a.isREST() {
		id.Name = "Apigw-Requestid"
	}
	all := []prompt.Option{
		id,
		{Name: "ETag", Detail: "the version of what was read"},
		{Name: "Location", Detail: "where what was created is found"},
		{Name: "Retry-After", Detail: "when to try again"},
		{Name: "Content-Disposition", Detail: "the file name of a download"},
		{Name: "Link", Detail: "the next page"},
	}
	if a.isREST() {
		all = append(all, prompt.Option{Name: "X-Amzn-ErrorType", Detail: "which gateway response it was"})
	}
	if !a.config.AllowCredentials {
		all = append(all, prompt.Option{Name: "*", Detail: "every header"})
	}
	return all
}

func integrationOptions() []prompt.Option {
	return []prompt.Option{
		{Name: "proxy", Detail: "as they are; the function sends the CORS headers"},
		{Name: "non-proxy", Detail: "mapped; API Gateway adds the CORS headers"},
	}
}

func preflightOptions() []prompt.Option {
	return []prompt.Option{
		{Name: "gateway", Detail: "API Gateway, without a call of the function"},
		{Name: "lambda", Detail: "the function: more code, more calls, any rule you like"},
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
func responseOptions() []prompt.Option {
	return []prompt.Option{
		{Name: "DEFAULT_4XX", Detail: "the client's errors, but for types you customise"},
		{Name: "DEFAULT_5XX", Detail: "the server's errors, but for types you customise"},
	}
}

func (a answers) responseOriginOptions() []prompt.Option {
	auto := prompt.Option{Name: "auto", Detail: "any, as there are several origins"}
	switch {
	case a.staticOrigin():
		auto.Detail = "the one origin"
	case a.config.AllowCredentials:
		auto.Detail = "echo, as there are several origins"
	}
	all := []prompt.Option{auto}
	if !a.config.AllowCredentials {
		all = append(all, prompt.Option{Name: "any", Detail: "*: every site can read the errors"})
	}
	return append(all, prompt.Option{Name: "echo", Detail: "the request's origin: every site can read the errors"})
}

// everyPath is what no resource at all means.
func (a answers) everyPath() []string {
	if a.isREST() {
		return []string{"/", "/{proxy+}"}
	}
	return []string{gateway.DefaultRoute}
}

func formatOptions() []prompt.Option {
	var all []prompt.Option
	for _, f := range generator.Formats() {
		all = append(all, prompt.Option{Name: f.Name, Detail: f.Summary})
	}
	return all
}

func extentOptions() []prompt.Option {
	return []prompt.Option{
		{Name: extentSnippet, Detail: "what to paste into a template you have"},
		{Name: extentStandalone, Detail: "a whole example around it, to deploy as it is"},
	}
}

// withCurrent puts answers that are not among the options to them, so that they can
// be kept.
func withCurrent(all []prompt.Option, current []string) []prompt.Option {
	for _, name := range current {
		if !slices.ContainsFunc(all, func(o prompt.Option) bool { return o.Name == name }) {
			all = append(all, prompt.Option{Name: name})
		}
	}
	return all
}

func containsFold(all []string, s string) bool {
	return slices.ContainsFunc(all, func(other string) bool { return strings.EqualFold(other, s) })
}
