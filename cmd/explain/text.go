package explain

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"apigw-cors/cmd/report"
	"apigw-cors/generator/cors"
)

func (e explanation) writeText(w io.Writer) {
	line := func(format string, args ...any) { fmt.Fprintln(w, report.Clean(fmt.Sprintf(format, args...))) }
	line("%s %s, fetched by a page on %s with credentials mode %s, from %s (%s API)",
		e.Request.Method, e.Request.URL, e.Request.Origin, e.Request.Credentials, e.Name, strings.ToUpper(e.API))
	line("")
	e.writeDiagram(w)
	e.writeStage(w, "What the page asks for", cors.StageRequest, nil)
	e.writeStage(w, "Preflight", cors.StagePreflight, e.Preflight)
	e.writeStage(w, "Actual request", cors.StageResponse, e.Actual)

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
}

func (e explanation) writeVerdict(line func(string, ...any)) {
	if e.Allowed {
		line("Verdict: allowed. The page reads status %d and the headers %s.", e.Actual.Status, commaList(e.Readable))
		switch {
		case e.Actual.Failure == "":
		case e.Actual.Route == "":
			line("  But the backend never sees the request: the API has no such route.")
		default:
			line("  But the backend never sees the request: API Gateway answers %s itself.", e.Actual.Failure)
		}
		return
	}
	// A method keeps its case, so no sentence begins here.
	line("Verdict: refused: %s.", e.Reason)
	line("  see: %s", e.See)
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

// writeStage prints the decisions before and after an exchange.
func (e explanation) writeStage(w io.Writer, title string, stage cors.Stage, x *exchangeView) {
	var before, after []stepView
	answered := stage == cors.StageResponse
	for _, s := range e.Steps {
		if s.Stage != string(stage) {
			continue
		}
		answered = answered || stage == cors.StagePreflight && !asksForPreflight(s)
		if answered {
			after = append(after, s)
		} else {
			before = append(before, s)
		}
	}
	if len(before)+len(after) == 0 && x == nil {
		return
	}
	fmt.Fprintln(w, "\n"+title)
	writeSteps(w, before)
	if stage == cors.StagePreflight && x == nil && e.Allowed {
		fmt.Fprintln(w, "  so the actual request goes out at once")
	}
	if x != nil {
		x.write(w)
	}
	writeSteps(w, after)
	if stage == cors.StagePreflight && e.Cache != nil && e.Actual != nil {
		for _, cap := range cors.MaxAgeCaps() {
			if e.Cache.Seconds > cap.Seconds {
				fmt.Fprintf(w, "       but by %s for no more than %d\n", cap.Browser, cap.Seconds)
			}
		}
	}
}

// asksForPreflight reports whether a step can be about sending the preflight. Those about
// its response begin with another.
func asksForPreflight(s stepView) bool {
	switch cors.Cause(s.Cause) {
	case cors.SafelistedMethod, cors.UnsafeMethod, cors.SafelistedHeader, cors.UnsafeHeaderName, cors.UnsafeHeaderLength,
		cors.UnsafeHeaderByte, cors.UnsafeContentType, cors.UnsafeRange, cors.UnsafeTotalLength:
		return true
	}
	return false
}

func writeSteps(w io.Writer, steps []stepView) {
	for _, s := range steps {
		mark := "--"
		switch s.Decision {
		case string(cors.Passed):
			mark = "ok"
		case string(cors.Refused):
			mark = "NO"
		}
		fmt.Fprintln(w, report.Clean("  "+mark+"   "+s.Detail))
		fmt.Fprintln(w, "       "+s.See)
	}
}

func (x *exchangeView) write(w io.Writer) {
	fmt.Fprintln(w, report.Clean("     > "+x.Request.Method+" "+x.Request.URL))
	for _, h := range x.Request.Headers {
		fmt.Fprintln(w, report.Clean("     > "+h.Name+": "+h.Value))
	}
	fmt.Fprintln(w, report.Clean("     < "+strconv.Itoa(x.Status)+" from "+x.from()))
	for _, h := range x.Headers {
		fmt.Fprintln(w, report.Clean("     < "+h.Name+": "+h.Value))
	}
}

// from names who made the response, and of which route.
func (x *exchangeView) from() string {
	s := "the " + x.Source
	if x.Failure != "" {
		s += " " + x.Failure
	}
	if x.Route != "" {
		s += " of " + x.Route
	}
	return s
}

func commaList(names []string) string {
	if len(names) == 0 {
		return "(none)"
	}
	return strings.Join(names, ", ")
}

func capitalised(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
