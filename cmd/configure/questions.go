package configure

import (
	"slices"
	"strings"

	"apigw-cors/cmd/output"
	"apigw-cors/cmd/prompt"
	"apigw-cors/generator"
	"apigw-cors/generator/gateway"
)

// question is one thing to ask for, as it stands with the answers so far.
type question struct {
	// key is that of cors.yaml, or the flag's name.
	key, title string
	// step says how far the conversation is.
	step string
	form form
	// note stands below the title, help is shown on request.
	note, help string
	options    []prompt.Option
	// more is the note where others are typed.
	more string
	// moot: the answer would mean nothing. A question that informs has no default
	// that suits most: everybody is asked. A quiet one has a default that suits
	// nearly all, and is asked only when chosen in the review. Of all others the
	// defaults are shown, and asked are those who want something else.
	moot, informs, quiet bool
	// implied are the words that hold beside any answer.
	implied []string
	// value is the answer so far, standard what an empty one means, proposal
	// what stands there before the first answer.
	value, standard, proposal []string
	// empty is the answer where every option was refused.
	empty []string
	set   func(*answers, []string)
}

// byDefault reports whether the answer is what most want.
func (q question) byDefault() bool {
	answer, usual := q.value, q.proposal
	if len(answer) == 0 {
		answer = q.standard
	}
	if len(usual) == 0 {
		usual = q.standard
	}
	return slices.Equal(answer, usual)
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
	var all []question
	for _, asked := range gateway.Questions(a.config) {
		f := asked.Field
		all = append(all, question{
			key: f.Key, title: asked.Title, form: formOf(asked), note: asked.Note, help: f.Help, more: asked.More,
			options: offered(asked.Offered), moot: asked.Moot, informs: asked.Informs, quiet: asked.Quiet, implied: asked.Implied,
			value: f.Words(a.config), standard: asked.Default, proposal: asked.Proposal, empty: asked.Empty,
			set: func(a *answers, words []string) { f.SetWords(&a.config, words) },
		})
	}
	return all
}

// formOf is how to ask for what the field takes.
func formOf(q gateway.Question) form {
	f := q.Field
	switch f.In(new(gateway.Config)).(type) {
	case *bool:
		return asYesNo
	case *[]gateway.ResourceConfig:
		return asWords
	case *[]string:
		switch {
		case f.Values == nil:
			return asList
		case q.More != "":
			return asManyMore
		}
		return asMany
	}
	if f.Values != nil && !f.Open {
		return asOne
	}
	return asText
}

func offered(values []gateway.Value) []prompt.Option {
	var out []prompt.Option
	for _, v := range values {
		out = append(out, prompt.Option{Name: v.Name, Detail: v.Detail})
	}
	return out
}

// outputQuestions are about what is made of the policy.
func (a answers) outputQuestions() []question {
	all := []question{
		{key: flagFormat, title: "Formats", form: asMany, informs: true, options: formatOptions(), proposal: []string{output.DefaultFormat()}, value: a.formats,
			help: "Choose the tool you deploy with. lambda-nodejs and lambda-python are example functions that send the headers API Gateway leaves to them.", note: "What to render the policy as.",
			set: func(a *answers, words []string) { a.formats = words }},
		{key: flagStandalone, title: "Extent", form: asOne, options: extentOptions(), standard: []string{extentSnippet}, value: a.extent(),
			help: "A snippet is what CORS needs, to be pasted into a template you have; comments say where. The standalone form adds an API and a function around it, and can be deployed as it is, to try it out.", note: "How much to render.",
			set: func(a *answers, words []string) { a.standalone = slices.Equal(words, []string{extentStandalone}) }},
	}
	for _, f := range generator.Formats() {
		for _, option := range f.Options {
			all = append(all, a.optionQuestion(f, option))
		}
	}
	return append(all, question{
		key: FlagOut, title: "Write to", form: asText, standard: []string{stdoutName}, value: listOf(a.out),
		help: "Below the folder each format has its own: sam/template.yaml, terraform/cors.tf. Nothing is overwritten unasked.",
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
