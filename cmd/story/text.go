package story

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"apigw-cors/cmd/report"
	"apigw-cors/generator/cors"
)

// Trace is all that a page's fetch consists of.
type Trace struct {
	Steps []Step
	// Preflight and Actual are nil where the request was not sent.
	Preflight, Actual *Exchange
}

// Write tells the fetch stage by stage: what was decided, what went over the
// wire, and what was made of the answer.
func (t Trace) Write(w io.Writer) {
	t.writeStage(w, "What the page asks for", cors.StageRequest, nil)
	t.writeStage(w, "Preflight", cors.StagePreflight, t.Preflight)
	t.writeStage(w, "Actual request", cors.StageResponse, t.Actual)
}

func (t Trace) writeStage(w io.Writer, title string, stage cors.Stage, x *Exchange) {
	var before, after []Step
	answered := stage == cors.StageResponse
	for _, s := range t.Steps {
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
	if stage == cors.StagePreflight && x == nil && t.Actual != nil {
		fmt.Fprintln(w, "  so the actual request goes out at once")
	}
	if x != nil {
		x.write(w)
	}
	writeSteps(w, after)
}

// asksForPreflight reports whether a step can be about sending the preflight.
// Those about its response begin with another.
func asksForPreflight(s Step) bool {
	switch cors.Cause(s.Cause) {
	case cors.SafelistedMethod, cors.UnsafeMethod, cors.SafelistedHeader, cors.UnsafeHeaderName, cors.UnsafeHeaderLength,
		cors.UnsafeHeaderByte, cors.UnsafeContentType, cors.UnsafeRange, cors.UnsafeTotalLength:
		return true
	}
	return false
}

func writeSteps(w io.Writer, steps []Step) {
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
		for _, d := range s.Departures {
			cited := ""
			if d.See != "" {
				cited = " (cited, not measured)"
			}
			fmt.Fprintln(w, "       but "+d.Browser+" "+d.Does+cited)
		}
	}
}

// WriteMessages tells what browsers say of a refusal: a line of each, or all
// that one says.
func WriteMessages(w io.Writer, messages []Message) {
	if len(messages) == 0 {
		return
	}
	fmt.Fprintln(w, "What the browser says")
	var errors []string
	for _, m := range messages {
		lines := m.Console
		if len(lines) == 0 {
			lines = []string{"Uncaught (in promise) " + m.Error}
		} else {
			errors = append(errors, m.Error)
		}
		if len(messages) > 1 {
			lines = lines[:1]
		}
		for i, line := range lines {
			name := m.Browser
			if i > 0 {
				name = ""
			}
			fmt.Fprintln(w, report.Clean(fmt.Sprintf("  %-9s %s", name, line)))
		}
	}
	if len(errors) > 0 {
		fmt.Fprintln(w, "  and the page gets nothing but "+strings.Join(errors, " | "))
	}
}

// WriteBarriers says what browsers do before CORS is looked at.
func WriteBarriers(w io.Writer, barriers []Barrier) {
	if len(barriers) == 0 {
		return
	}
	fmt.Fprintln(w, "Before all that, for http from a page on https (apigw-cors help local-network)")
	for _, b := range barriers {
		fmt.Fprintf(w, "  %-9s %s\n", b.Browser, b.Does)
	}
}

// WriteDepartures says which browsers let pass what the standard refuses.
func WriteDepartures(w io.Writer, steps []Step) {
	for _, s := range steps {
		if s.Decision != string(cors.Refused) || len(s.Departures) == 0 {
			continue
		}
		var names []string
		for _, d := range s.Departures {
			names = append(names, d.Browser)
		}
		who := "it"
		if len(names) > 1 {
			who = "each"
		}
		fmt.Fprintf(w, "  The standard refuses, and is the rule here. %s would go on: %s %s.\n", strings.Join(names, ", "), who, s.Departures[0].Does)
	}
}

func (x *Exchange) write(w io.Writer) {
	fmt.Fprintln(w, report.Clean("     > "+x.Request.Method+" "+x.Request.URL))
	for _, h := range x.Request.Headers {
		fmt.Fprintln(w, report.Clean("     > "+h.Name+": "+h.Value))
	}
	fmt.Fprintln(w, report.Clean("     < "+strconv.Itoa(x.Status)+x.from()))
	for _, h := range x.Headers {
		fmt.Fprintln(w, report.Clean("     < "+h.Name+": "+h.Value))
	}
}

// from names who made the response, and of which route.
func (x *Exchange) from() string {
	if x.Source == "" {
		return ""
	}
	s := " from the " + x.Source
	if x.Source == "CloudFront" {
		s = " from CloudFront"
	}
	if x.Failure != "" {
		s += " " + x.Failure
	}
	if x.Route != "" {
		s += " of " + x.Route
	}
	return s
}

// Names joins the names of headers for a sentence.
func Names(names []string) string {
	if len(names) == 0 {
		return "(none)"
	}
	return strings.Join(names, ", ")
}
