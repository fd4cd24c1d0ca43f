package story

import (
	"fmt"
	"io"
	"slices"
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
	if stage == cors.StagePreflight && t.Actual != nil {
		writeCaps(w, after)
	}
}

// writeCaps names the browsers that cache the preflight response for less long
// than it says.
func writeCaps(w io.Writer, steps []Step) {
	i := slices.IndexFunc(steps, func(s Step) bool { return s.Cause == string(cors.MaxAgeGiven) })
	if i < 0 {
		return
	}
	seconds, _ := strconv.Atoi(steps[i].Value)
	for _, cap := range cors.MaxAgeCaps() {
		if seconds > cap.Seconds {
			fmt.Fprintf(w, "       but by %s for no more than %d\n", cap.Browser, cap.Seconds)
		}
	}
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
