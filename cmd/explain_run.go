package cmd

import (
	"bytes"
	"context"
	"io"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// explainStyle is the language of an explanation.
type explainStyle int

const (
	// explainText is for a person.
	explainText explainStyle = iota
	// explainMermaid is the sequence diagram alone.
	explainMermaid
	// explainJSON is an array with an element per API.
	explainJSON
)

// explainAll prints an explanation of the request for each API of the input. It
// ends with [refused] where a browser refuses the request.
func explainAll(ctx context.Context, in *input, request cors.Request, r *report, style explainStyle, to io.Writer) error {
	var all []explanation
	for s, err := range in.sources(ctx) {
		if err != nil {
			return err
		}
		if api, ok := s.parse(r); ok {
			all = append(all, newExplanation(s.config, api, request))
		}
	}
	if err := r.verdict(false); err != nil {
		return err
	}
	// In one piece, so that a fault in the last API leaves stdout empty.
	var b bytes.Buffer
	switch style {
	case explainJSON:
		if err := encodeJSON(&b, all); err != nil {
			return err
		}
	case explainMermaid:
		for _, e := range all {
			e.writeMermaid(&b)
		}
	case explainText:
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
			return ended{refused, "a browser refuses the request: " + e.Reason}
		}
	}
	return nil
}

// failuresToExplain are what goes wrong often enough to be told each time.
func failuresToExplain() []int { return []int{401, 403, 429, 504} }

// possible keeps to the failures that an API can have: without auth no
// caller is refused.
func possible(api gateway.API, status int) bool {
	switch status {
	case 401:
		return api.HasAuthorizer()
	case 403:
		return api.Auth() != gateway.NoAuth
	}
	return true
}
