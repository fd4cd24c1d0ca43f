package explain

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"apigw-cors/cmd/check"
	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/report"
)

// RunMatrix draws for each API of the input what becomes of pages that it
// allows, and of some that look like them, on every path with every method.
func RunMatrix(ctx context.Context, in *policy.Input, r *report.Report, asJSON bool, d check.Drawing, to io.Writer) error {
	var all []*check.Matrix
	for s, err := range in.Sources(ctx) {
		if err != nil {
			return err
		}
		if api, ok := s.Parse(r); ok {
			m := check.NewMatrix(api, check.Options{})
			m.Environment = s.Environment
			m.Expect(check.Endpoint)
			all = append(all, m)
		}
	}
	if err := r.Verdict(false); err != nil {
		return err
	}
	d.Wanted = true
	document := check.NewMatrixDocument("", true, true)
	var b bytes.Buffer
	for i, m := range all {
		if asJSON {
			document.APIs = append(document.APIs, m.Document(true))
			continue
		}
		if i > 0 {
			b.WriteString("\n\n")
		}
		fmt.Fprintf(&b, "%s: pages by paths and methods, as the policy says\n\n", m.Title())
		m.Draw(&b, d)
	}
	if asJSON {
		if err := report.EncodeJSON(&b, document); err != nil {
			return err
		}
	}
	_, err := to.Write(b.Bytes())
	return err
}
