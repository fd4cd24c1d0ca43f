package explain

import (
	"bytes"
	"context"
	"io"

	"apigw-cors/cmd/console"
	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/report"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// Style is the language of an explanation.
type Style int

const (
	// Text is for a person.
	Text Style = iota
	// Mermaid is the sequence diagram alone.
	Mermaid
	// JSON is a document with an element per API.
	JSON
)

// Run prints an explanation of the request for each API of the input, in the
// words of the browser. It ends with [report.Refused] where a browser refuses the request.
func Run(ctx context.Context, in *policy.Input, request cors.Request, browser console.Browser, r *report.Report, style Style, to io.Writer) error {
	var all []explanation
	for s, err := range in.Sources(ctx) {
		if err != nil {
			return err
		}
		if api, ok := s.Parse(r); ok {
			e := newExplanation(s.Config, api, request, browser)
			e.Environment = s.Environment
			all = append(all, e)
		}
	}
	if err := r.Verdict(false); err != nil {
		return err
	}
	// In one piece, so that a fault in the last API leaves stdout empty.
	var b bytes.Buffer
	switch style {
	case JSON:
		if err := report.EncodeJSON(&b, document{report.NewJSONHeader(), all}); err != nil {
			return err
		}
	case Mermaid:
		for _, e := range all {
			e.writeMermaid(&b)
		}
	case Text:
		for i, e := range all {
			if i > 0 {
				b.WriteString("\n\n")
			}
			e.writeText(&b)
		}
	}
	if _, err := to.Write(b.Bytes()); err != nil {
		return err
	}
	for _, e := range all {
		if !e.Allowed {
			return report.Ended{Outcome: report.Refused, Text: "a browser refuses the request: " + e.Reason}
		}
	}
	return nil
}

// document is what a program is told.
type document struct {
	report.JSONHeader
	APIs []explanation `json:"apis"`
}

// failuresToExplain are what goes wrong often enough to be told each time.
func failuresToExplain() []int { return []int{401, 403, 429, 504} }

// canHappen keeps to the failures that an API can have: without auth no
// caller is refused.
func canHappen(api gateway.API, status int) bool {
	switch status {
	case 401:
		return api.HasAuthorizer()
	case 403:
		return api.Auth() != gateway.NoAuth
	}
	return true
}
