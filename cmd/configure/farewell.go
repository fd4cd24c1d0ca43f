package configure

import (
	"fmt"
	"slices"
	"strings"

	"apigw-cors/generator"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// farewell says what is left to do, and how to do without the questions.
func (c *configurator) farewell(r result) {
	c.heading("What is left to do")
	for i, step := range stepsLeft(r) {
		c.item(fmt.Sprintf("%d. %s", i+1, step))
	}
	c.verbatim(preflightRequest(r.api))
	c.heading("The same without questions")
	c.verbatim(commandOf(r))
}

func stepsLeft(r result) []string {
	first := "Paste it into your project, where its first lines say."
	if r.answers.standalone {
		first = "Deploy it, as its first lines say."
	}
	all := []string{first}
	var functions []string
	renders := false
	for _, f := range generator.Formats() {
		rendered := slices.Contains(r.answers.formats, f.Name)
		if rendered && f.Redeploy != "" && r.api.IsREST() && !r.answers.standalone {
			all = append(all, "See that the stage gets a new deployment: a REST API serves what was deployed last. "+f.Redeploy)
		}
		if f.Function {
			functions = append(functions, f.Name)
			renders = renders || rendered
		}
	}
	wrappers := strings.Join(functions, " and ") + " render a wrapper that does."
	switch {
	case renders || r.answers.standalone:
	case r.api.Preflight() == gateway.ByLambda:
		all = append(all, "Let your function answer OPTIONS on every path, without asking for a token, and send the CORS headers of actual responses; "+wrappers)
	case r.api.ActualResponder() == gateway.ByLambda:
		all = append(all, "Let your function send the CORS headers of actual responses; "+wrappers)
	}
	address := "a path"
	if first := r.api.Resources()[0]; !slices.Contains([]string{"/", gateway.DefaultRoute}, first.Path) {
		address = first.Path
	}
	origin := exampleOrigin(r.api)
	return append(all, "Ask what a browser asks, with URL the address of "+address+". The response has to say access-control-allow-origin: "+allowedOrigin(r.api, origin)+".")
}

// preflightRequest is a CORS-preflight request as a command line.
// https://fetch.spec.whatwg.org/#cors-preflight-fetch
func preflightRequest(api gateway.API) string {
	return `curl -si -X OPTIONS "$URL" -H ` + generator.ShellWord("Origin: "+exampleOrigin(api)) +
		" -H " + generator.ShellWord(cors.HeaderRequestMethod+": "+exampleMethod(api))
}

// exampleOrigin is one that the policy allows.
func exampleOrigin(api gateway.API) string {
	p := api.Policy().AllowOrigins()[0]
	switch p.Kind() {
	case cors.AnyOrigin:
		return "https://example.com"
	case cors.AnyHTTPS, cors.AnyHTTP:
		return strings.Replace(p.String(), "*", "example.com", 1)
	case cors.Subdomains:
		return strings.Replace(p.String(), "*", "app", 1)
	case cors.AnyPort:
		return strings.Replace(p.String(), "*", "3000", 1)
	}
	return p.String()
}

// allowedOrigin is what the response says to an allowed origin.
func allowedOrigin(api gateway.API, origin string) string {
	if static, ok := api.Policy().StaticOrigin(); ok {
		return static
	}
	return origin
}

// exampleMethod is one that the policy allows on the first path.
func exampleMethod(api gateway.API) string {
	for _, m := range api.Resources()[0].AllowMethods.Strings() {
		if m != "OPTIONS" && m != "*" {
			return m
		}
	}
	return "GET"
}

// commandOf is the command line that renders the result.
func commandOf(r result) string {
	return generator.Command(r.api, r.answers.formats, r.answers.options()) + outFlag(r.answers)
}

// commandFrom is the command line that renders it from a file, in which the
// policy stands alone.
func commandFrom(file string, a answers) string {
	a.environment = ""
	return "apigw-cors generate -f " + generator.ShellWord(file) + " " + generator.Flags(a.formats, a.options()) + outFlag(a)
}

func outFlag(a answers) string {
	if a.out == "" {
		return ""
	}
	return " --out " + generator.ShellWord(a.out)
}
