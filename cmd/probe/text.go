package probe

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"apigw-cors/cmd/report"
	"apigw-cors/cmd/story"
	"apigw-cors/generator/cors"
)

// writeText tells the result for a person.
func (r result) writeText(w io.Writer) {
	line := func(format string, args ...any) { fmt.Fprintln(w, report.Clean(fmt.Sprintf(format, args...))) }
	through := ""
	if r.API != "" {
		through = " (" + strings.ToUpper(r.API) + " API)"
	}
	line("%s %s, fetched by a page on %s with credentials mode %s%s", r.Request.Method, r.URL, r.Request.Origin, r.Request.Credentials, through)
	story.Trace{Steps: r.Steps, Preflight: r.Preflight, Actual: r.Actual}.Write(w)
	if len(r.Errors) > 0 {
		line("")
		line("When something goes wrong")
	}
	for _, e := range r.Errors {
		verdict := "the page can read it"
		if !e.Readable {
			verdict = "the page sees a network error: " + e.Detail
		}
		line("  %s: %d, %s", e.What, e.Status, verdict)
	}
	line("")
	switch {
	case !r.Allowed:
		line("Verdict: refused: %s.", r.Reason)
		line("  see: %s", r.See)
		story.WriteDepartures(w, r.Steps)
	case r.Unsent != "":
		line("Verdict: allowed as far as the preflight tells.")
		line("  %s", r.Unsent)
	case r.Redirect != "":
		line("Verdict: allowed as far as this answer tells.")
		line("  A browser goes on to %s, probe does not.", r.Redirect)
		if r.Next != "" {
			line("  next: %s", r.Next)
		}
	default:
		line("Verdict: allowed. The page reads status %d and the headers %s.", r.Actual.Status, story.Names(r.Readable))
		if r.itself != "" {
			line("  API Gateway answers that itself: %s.", r.itself)
		}
	}
	if f := r.Fault; f != nil {
		line("At fault: %s.", f.Text)
		for _, s := range f.Seen {
			line("  seen: %s", strings.TrimSpace(s))
		}
		line("  change: %s", f.Change)
		if f.Command != "" {
			line("  next: %s", f.Command)
		}
	}
	if len(r.Messages) > 0 {
		line("")
		story.WriteMessages(w, r.Messages)
	}
	if len(r.Barriers) > 0 {
		line("")
		story.WriteBarriers(w, r.Barriers)
	}
}

// writePlan prints what would be sent if every answer suited the request.
func (c Config) writePlan(planned cors.Trace) error {
	var b bytes.Buffer
	for _, x := range []*cors.Exchange{planned.Preflight, planned.Actual} {
		if x == nil {
			continue
		}
		sent := story.MaskExchange(story.NewExchange(x)).Request
		if !c.mayBeSent(sent.Method) {
			fmt.Fprintln(&b, report.Clean("not sent without --allow-unsafe-methods: "+sent.Method+" "+sent.URL))
			continue
		}
		fmt.Fprintln(&b, report.Clean(sent.Method+" "+sent.URL))
		for _, h := range sent.Headers {
			fmt.Fprintln(&b, report.Clean("  "+h.Name+": "+h.Value))
		}
		client := client{cookie: c.Cookie, data: c.Data}
		if client.sendsCookie(x.Request) {
			fmt.Fprintln(&b, "  Cookie: "+story.Hidden)
		}
		if client.sendsData(x.Request) {
			fmt.Fprintln(&b, "  and a body of "+report.Plural(len(c.Data), "byte"))
		}
	}
	if s, refused := planned.Refusal(); refused {
		fmt.Fprintln(&b, report.Clean("nothing: "+s.Detail()))
	} else {
		fmt.Fprintln(&b, "and to tell whose fault it is, if it fails: GET of the same URL and of one that is not there,")
		fmt.Fprintln(&b, "the same preflight from "+foreignOrigin)
	}
	_, err := c.Out.Write(b.Bytes())
	return err
}
