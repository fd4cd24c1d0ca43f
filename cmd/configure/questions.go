package configure

import (
	"slices"
	"strings"

	"apigw-cors/cmd/output"
	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/prompt"
	"apigw-cors/generator"
	"apigw-cors/generator/gateway"
)

// question is one thing to ask for, as it stands with the answers so far.
type question struct {
	// key is that of cors.yaml, or the flag's name.
	key, title string
	form       form
	// note stands below the title, help is shown on request.
	note, help string
	options    []prompt.Option
	// more is the note where others are typed.
	more string
	// moot: the answer would mean nothing. A quiet question has a default that
	// suits most, and is asked only when chosen in the review.
	moot, quiet bool
	// value is the answer so far, standard what an empty one means, proposal
	// what stands there before the first answer.
	value, standard, proposal []string
	// empty is the answer where every option was refused.
	empty []string
	set   func(*answers, []string)
}

// form is how a question is asked.
type form int

const (
	asText form = iota
	// asList takes commas or blanks between the entries, asWords only blanks.
	asList
	asWords
	asOne
	asMany
	// asManyMore also takes what is not among the options, by name.
	asManyMore
	asYesNo
)

// questions lists every question in the order of asking.
func (a answers) questions() []question {
	return append(a.policyQuestions(), a.outputQuestions()...)
}

// policyQuestions are about what cors.yaml holds.
func (a answers) policyQuestions() []question {
	all := []question{
		{key: "api", title: "API type", form: asOne, options: apiOptions(),
			note: "Take http unless you need what only rest has: API keys, Cognito authorizers, request validation, private endpoints."},
		{key: "allowOrigins", title: "Allow origins", form: asList,
			note: "Where the pages live that call the API: scheme, host and port, as in https://app.example.com or http://localhost:3000."},
		{key: "allowCredentials", title: "Allow credentials", form: asYesNo,
			note: "Yes if pages send cookies (fetch with credentials: 'include'). A token that a script puts into a header is none."},
		{key: "auth", title: "Auth", form: asOne, options: a.authOptions(), standard: []string{"none"},
			note: "What API Gateway asks of a caller. The preflight never has to pass it."},
		{key: "authHeader", title: "Auth header", form: asText, standard: []string{"Authorization"}, moot: !a.hasAuthorizer(),
			note: "The request header the authorizer reads its token from."},
		{key: "allowMethods", title: "Allow methods", form: asMany, options: a.methodOptions(), proposal: []string{"GET", "POST"},
			moot: !a.needsMethods(), note: "The methods that pages call. OPTIONS need not be listed."},
		{key: "allowHeaders", title: "Allow headers", form: asManyMore, options: a.headerOptions(), more: "Header names, with commas between them.",
			note: "Request headers that scripts set. Allowed in any case: " + strings.Join(a.requiredHeaders(), ", ") + "."},
		{key: "exposeHeaders", title: "Expose headers", form: asManyMore, options: a.exposeOptions(), more: "Header names, with commas between them.",
			note: "Response headers that scripts may read. A few, such as Content-Type, they can read anyway."},
		{key: "maxAge", title: "Max age", form: asText, proposal: []string{"10m"},
			note: "How long a browser may keep the answer to a preflight: seconds, or 10m, 2h; none for the browser's own 5 seconds."},
		{key: "resources", title: "Resources", form: asWords, standard: a.everyPath(),
			note: "The paths of the API, blanks between them. A path may name its methods: /orders=GET,POST /orders/{id}=GET,PUT"},
		{key: "integration", title: "Integration", form: asOne, options: integrationOptions(), standard: []string{"proxy"}, moot: !a.isREST(),
			note: "How requests reach the Lambda function."},
		{key: "preflight", title: "Preflight", form: asOne, options: preflightOptions(), standard: []string{"gateway"},
			proposal: a.preflightProposal(), moot: !a.proxies(), quiet: !a.isREST() && !a.beyondService(), note: a.preflightNote()},
		{key: "gatewayResponses", title: "Gateway responses", form: asManyMore, options: responseOptions(), more: "Response types, such as UNAUTHORIZED, with commas between them.",
			standard: []string{"DEFAULT_4XX", "DEFAULT_5XX"}, empty: []string{prompt.None}, moot: !a.isREST(),
			note: "API Gateway's own errors, such as 401 and 429. Without CORS headers a page sees a network error in their place."},
		{key: "gatewayResponseOrigin", title: "Gateway response origin", form: asOne, options: a.responseOriginOptions(),
			standard: []string{"auto"}, moot: !a.isREST() || slices.Equal(a.config.GatewayResponses, []string{prompt.None}), quiet: a.staticOrigin() || a.config.AllowCredentials,
			note: "A gateway response cannot look the origin up in a list."},
		{key: "name", title: "Name", form: asText, quiet: true, standard: []string{gateway.DefaultName},
			note: "The logical name that resources are named after."},
		{key: "binaryMediaTypes", title: "Binary media types", form: asList, quiet: true, moot: !a.isREST(),
			note: "Media types that the API treats as binary, such as image/png or */*."},
	}
	known := policy.Fields()
	for i := range all {
		q := &all[i]
		f := known[slices.IndexFunc(known, func(f policy.Field) bool { return f.Key == q.key })]
		q.help = helpOf(q.key)
		q.value = f.Words(&a.config)
		q.set = func(a *answers, words []string) { f.SetWords(&a.config, words) }
	}
	return all
}

// outputQuestions are about what is made of the policy.
func (a answers) outputQuestions() []question {
	all := []question{
		{key: flagFormat, title: "Formats", form: asMany, options: formatOptions(), proposal: []string{output.DefaultFormat()}, value: a.formats,
			help: helpOf(flagFormat), note: "What to render the policy as.",
			set: func(a *answers, words []string) { a.formats = words }},
		{key: flagStandalone, title: "Extent", form: asOne, options: extentOptions(), standard: []string{extentSnippet}, value: a.extent(),
			help: helpOf(flagStandalone), note: "How much to render.",
			set: func(a *answers, words []string) { a.standalone = slices.Equal(words, []string{extentStandalone}) }},
	}
	for _, f := range generator.Formats() {
		for _, option := range f.Options {
			all = append(all, a.optionQuestion(f, option))
		}
	}
	return append(all, question{
		key: FlagOut, title: "Write to", form: asText, standard: []string{stdoutName}, value: listOf(a.out),
		help: helpOf(FlagOut),
		note: "A folder, or - for standard output. Several files go to standard output as one txtar archive.",
		set: func(a *answers, words []string) {
			if a.out = strings.Join(words, " "); a.out == stdoutName {
				a.out = ""
			}
		},
	})
}

// optionQuestion asks for an option of a format.
func (a answers) optionQuestion(f generator.Format, option generator.Option) question {
	q := question{
		key: option.Name, title: option.Title, note: option.Note, help: option.Help, form: asOne, quiet: true,
		standard: []string{option.Default()},
		moot:     !slices.Contains(a.formats, f.Name) || option.REST && !a.isREST(),
		set: func(a *answers, words []string) {
			value := option.Default()
			if len(words) > 0 {
				value = words[0]
			}
			// What is not among the values is not offered.
			if c, err := option.Choose(value); err == nil {
				a.choices = append(slices.Clone(a.choices), c)
			}
		},
	}
	for _, v := range option.Values {
		q.options = append(q.options, prompt.Option{Name: v.Name, Detail: v.Detail})
	}
	if value := a.options().Chosen(option); value != option.Default() {
		q.value = []string{value}
	}
	return q
}

const (
	stdoutName       = "-"
	extentSnippet    = "snippet"
	extentStandalone = "standalone"
)

// listOf is a list of what is not empty.
func listOf(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// findQuestion finds one by its key.
func findQuestion(all []question, key string) (question, bool) {
	i := slices.IndexFunc(all, func(q question) bool { return q.key == key })
	if i < 0 {
		return question{}, false
	}
	return all[i], true
}
