package generator

import (
	"slices"
	"strings"

	"apigw-cors/generator/gateway"
)

// The marks of a snippet, in every format: each holds up to the next.
const (
	markYours = "yours already"
	markNew   = "new"
)

// head is the comment a template starts with: what it is, where to paste it,
// what is left to do, and what it was rendered by.
func (s stack) head(language string, paste, redeploy, rendered []string, standalone bool) []string {
	if standalone {
		paste = nil
	}
	var guarded []string
	if !standalone {
		guarded = s.guardedRouteNote()
	}
	lines := slices.Concat(
		s.title(language, standalone), paste, guarded, redeploy, s.responderNote(standalone), rendered,
	)
	// A note may end with a blank line, and the next begin with one.
	return slices.CompactFunc(lines, func(a, b string) bool { return a == "" && b == "" })
}

// title is the first line of a head, and the blank one below it.
func (s stack) title(language string, example bool) []string {
	kind, extent := "HTTP API", ""
	if s.api.IsREST() {
		kind = "REST API"
	}
	if example {
		extent = ", a whole example"
	}
	return []string{"CORS for the " + kind + " " + s.api.Name() + extent + ": " + language + ".", ""}
}

// renderedBy is the end of a head: the version of the program, and the command
// that renders the file again.
func (j job) renderedBy(standalone bool) []string {
	by := "Rendered by"
	if j.options.Version != "" {
		by += " apigw-cors " + j.options.Version
	}
	return []string{"", by, "  " + j.command(standalone)}
}

// optionsNote says what the events or routes for OPTIONS are for, and where
// they go when the function does not answer.
func (s stack) optionsNote(what, where string) []string {
	if s.api.Preflight() == gateway.ByLambda {
		return []string{"Paste the " + what + ", too: they lead to the function that answers the preflight."}
	}
	return []string{
		"Paste the " + what + " " + where + ", too: API Gateway answers the preflight",
		"itself, but asks the authorizer of an ANY or $default route first unless these go before it.",
	}
}

// guardedRouteNote says what to do for an authorizer that the policy does not
// tell of, where API Gateway would ask it about a preflight.
func (s stack) guardedRouteNote() []string {
	catches := func(r gateway.Resource) bool { return r.Any }
	if s.api.IsREST() || s.api.Auth() != gateway.NoAuth || s.api.Preflight() != gateway.ByGateway || !slices.ContainsFunc(s.api.Resources(), catches) {
		return nil
	}
	return []string{
		"If your $default or ANY route has an authorizer, say so with --auth: the OPTIONS routes that",
		"are then rendered keep the preflight away from it.",
	}
}

// responderNote says who sends the CORS headers of actual responses.
func (s stack) responderNote(standalone bool) []string {
	switch {
	case s.api.ActualResponder() == gateway.ByGateway && s.api.IsREST():
		first, second := newBackendWords(s.api).mappedNote()
		return []string{strings.TrimSpace(first + " " + second)}
	case s.api.ActualResponder() == gateway.ByGateway:
		return []string{"API Gateway adds the CORS headers to the actual responses and ignores those of the function."}
	case standalone || s.api.Preflight() == gateway.ByLambda:
		return []string{
			"The actual responses get their CORS headers from the function: keep withCors around the handler",
			"when you put your own code in its place.",
		}
	}
	return []string{
		"The actual responses must get their CORS headers from your function: --format lambda-nodejs and",
		"--format lambda-python render a wrapper that sends them.",
	}
}

// mappedStatuses are the statuses of the integration responses of a non-proxy
// integration: "200, 400 and 500".
func (s stack) mappedStatuses() string {
	var out string
	all := s.api.IntegrationResponses()
	for i, r := range all {
		switch {
		case i == 0:
		case i == len(all)-1:
			out += " and "
		default:
			out += ", "
		}
		out += r.StatusCode
	}
	return out
}
