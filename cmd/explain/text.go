package explain

import (
	"fmt"
	"io"
	"strings"

	"apigw-cors/cmd/report"
	"apigw-cors/cmd/story"
)

func (e explanation) writeText(w io.Writer) {
	line := func(format string, args ...any) { fmt.Fprintln(w, report.Clean(fmt.Sprintf(format, args...))) }
	kind := strings.ToUpper(e.API) + " API"
	if e.Environment != "" {
		kind += ", " + e.Environment
	}
	line("%s %s, fetched by a page on %s with credentials mode %s, from %s (%s)",
		e.Request.Method, e.Request.URL, e.Request.Origin, e.Request.Credentials, e.Name, kind)
	line("")
	e.writeDiagram(w)
	story.Trace{Steps: e.Steps, Preflight: e.Preflight, Actual: e.Actual}.Write(w)

	fmt.Fprintln(w)
	line("Who must send which CORS headers")
	for _, s := range e.Senders {
		line("  %s: %s", s.Response, s.Sender)
		if len(s.Headers) > 0 {
			line("      %s", strings.Join(s.Headers, ", "))
		}
	}
	fmt.Fprintln(w)
	line("If API Gateway answers the actual request with an error of its own")
	for _, f := range e.Failures {
		verdict := "the page can read it"
		if !f.Readable {
			verdict = "the page sees a network error: " + f.Detail
		}
		line("  %d %s: %s", f.Status, f.Failure, verdict)
	}
	line("")
	e.writeVerdict(line)
	if len(e.Messages) > 0 {
		fmt.Fprintln(w)
		story.WriteMessages(w, e.Messages)
	}
	if len(e.Barriers) > 0 {
		fmt.Fprintln(w)
		story.WriteBarriers(w, e.Barriers)
	}
}

func (e explanation) writeVerdict(line func(string, ...any)) {
	if e.Allowed {
		reads := fmt.Sprintf("status %d and the headers %s", e.Actual.Status, story.Names(e.Readable))
		switch {
		case e.Reached:
			line("Verdict: allowed. The page reads %s.", reads)
		case e.Actual.Route == "":
			line("Verdict: allowed by the browser, but the API has no such route.")
			line("  The backend never sees the request; the page reads %s.", reads)
		default:
			line("Verdict: allowed by the browser, but API Gateway answers %s itself.", e.Actual.Failure)
			line("  The backend never sees the request; the page reads %s.", reads)
		}
		return
	}
	// A method keeps its case, so no sentence begins here.
	line("Verdict: refused: %s.", e.Reason)
	line("  see: %s", e.See)
	var departures strings.Builder
	story.WriteDepartures(&departures, e.Steps)
	if departures.Len() > 0 {
		line("%s", strings.TrimSuffix(departures.String(), "\n"))
	}
	switch len(e.Change) {
	case 0:
		line("No change of the policy would allow it: %s.", e.Instead)
	case 1:
		line("One change would allow it: %s.", e.Change[0].Text)
		line("  Is it wanted? %s.", capitalised(e.Change[0].Wanted))
	default:
		line("No one change would allow it, these %d together would:", len(e.Change))
		for _, c := range e.Change {
			line("  - %s.", capitalised(c.Text))
			line("    Is it wanted? %s.", capitalised(c.Wanted))
		}
	}
}

func capitalised(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
