package console

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"apigw-cors/generator/cors"
)

// Said is what a browser tells of a refusal.
type Said struct {
	Engine cors.Engine
	// Error is what fetch rejects with, all that the page gets.
	Error string
	// Console are the lines of the console, the one that tells the reason first;
	// none where the error tells it.
	Console []string
}

// Say is what the engines tell of a fetch that is refused; nothing of one that
// is not, or of an engine that lets it pass.
func Say(r cors.Request, t cors.Trace) []Said {
	s, refused := t.Refusal()
	if !refused {
		return nil
	}
	passing := s.Departures()
	var out []Said
	for _, engine := range cors.Engines() {
		if slices.ContainsFunc(passing, func(d cors.Departure) bool { return d.Engine == engine }) {
			continue
		}
		seen := seenBy(engine, s, t)
		if m, ok := messageOf(engine, seen, t); ok {
			out = append(out, m.say(r, seen, t))
		}
	}
	return out
}

// seenBy is the refusal that the engine tells of: Chromium and WebKit stop at a
// redirect of the preflight before they look at its headers.
func seenBy(engine cors.Engine, s cors.Step, t cors.Trace) cors.Step {
	if engine != cors.Firefox && isRedirectChecked(s, t) {
		s.Cause = cors.StatusRedirect
	}
	return s
}

// isRedirectChecked reports whether a preflight leads elsewhere that fails the
// CORS check.
func isRedirectChecked(s cors.Step, t cors.Trace) bool {
	return s.Stage == cors.StagePreflight && isCheck(s.Cause) && isThere(location(t.Preflight.Response))
}

// messageOf is the engine's message for a refusal.
func messageOf(engine cors.Engine, s cors.Step, t cors.Trace) (Message, bool) {
	value := s.Value
	if s.Cause == cors.StatusRedirect {
		// To where, which decides what is said of it.
		value = location(t.Preflight.Response)
	}
	for _, row := range Refusals() {
		if !slices.Contains(row.Causes, s.Cause) || row.OfPreflight && s.Stage != cors.StagePreflight {
			continue
		}
		for _, m := range row.Messages {
			if m.Engine == engine && (m.of == nil || m.of(value)) {
				return m, true
			}
		}
	}
	return Message{}, false
}

// say fills in the message, and what the engine says around it.
func (m Message) say(r cors.Request, s cors.Step, t cors.Trace) Said {
	fill := filling(m.Engine, r, s, t)
	out := Said{Engine: m.Engine, Error: pageError(m.Engine), Console: []string{}}
	if m.thrown {
		out.Error = fill.Replace("TypeError: " + m.Text + m.after)
		return out
	}
	text := m.Text
	if m.Engine == cors.Chromium && s.Stage == cors.StagePreflight && isCheck(s.Cause) && !strings.HasPrefix(text, ofPreflight) {
		text = ofPreflight + text
	}
	lines := []string{text + m.after}
	switch m.Engine {
	case cors.Chromium:
		const failed = "Failed to load resource: net::ERR_FAILED"
		if s.Cause != cors.NetworkError && s.Cause != cors.InvalidURL {
			lines = []string{"Access to fetch at '{url}' from origin '{origin}' has been blocked by CORS policy: " + lines[0], failed}
		}
	case cors.Firefox:
		lines = inFirefox(lines[0], s, t)
	case cors.WebKit:
		if to := redirection(r, s, t); to != "" {
			lines[0] = "Cross-origin redirection to " + to + " denied by Cross-Origin Resource Sharing policy: " + lines[0]
		}
		lines = append(lines, "Fetch API cannot load {url} due to access control checks.")
	}
	for _, line := range lines {
		out.Console = append(out.Console, fill.Replace(line))
	}
	return out
}

// inFirefox are the lines that Firefox makes of a reason: one for each of its
// processes that the failure comes through.
func inFirefox(reason string, s cors.Step, t cors.Trace) []string {
	const (
		blocked = "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at "
		at      = "{url}. (Reason: "
		failed  = blocked + at + "CORS request did not succeed). Status code: (null)."
	)
	out := []string{blocked + at + reason}
	if s.Cause == cors.AllowOriginAnyWithCredentials {
		out[0] = blocked + "‘{url}’. (Reason: " + reason
	}
	if s.Cause == cors.StatusRedirect && isThere(location(t.Preflight.Response)) {
		if allowed, _ := t.Preflight.Response.Headers.Get(cors.HeaderAllowOrigin); allowed != "*" {
			out = append(out, blocked+at+"CORS header ‘Access-Control-Allow-Origin’ does not match ‘"+allowed+"’).")
		}
	}
	if isRedirectChecked(s, t) {
		out = append(out, failed)
	}
	if s.Stage == cors.StagePreflight || s.Stage == cors.StageResponse && t.Actual != nil && isThere(location(t.Actual.Response)) {
		out = append(out, failed)
	}
	return out
}

// redirection is where a response would lead that may not be shared, "" where
// it leads nowhere.
func redirection(r cors.Request, s cors.Step, t cors.Trace) string {
	if s.Stage != cors.StageResponse || t.Actual == nil {
		return ""
	}
	to := location(t.Actual.Response)
	from, err := url.Parse(r.URL)
	if err != nil || to == "" {
		return ""
	}
	target, err := from.Parse(to)
	if err != nil {
		return ""
	}
	return target.String()
}

// location is where a redirect leads.
func location(response cors.Response) string {
	if response.Status < 300 || response.Status > 399 {
		return ""
	}
	to, _ := response.Headers.Get("Location")
	return to
}

// isCheck reports whether Chromium names the preflight before the reason: that
// it is one of the CORS check.
func isCheck(c cors.Cause) bool {
	switch c {
	case cors.AllowOriginMissing, cors.AllowOriginOther, cors.AllowOriginAnyWithCredentials,
		cors.AllowCredentialsMissing, cors.AllowCredentialsOther:
		return true
	}
	return false
}

// pageError is what fetch rejects with where the network or CORS is the reason.
func pageError(engine cors.Engine) string {
	switch engine {
	case cors.Firefox:
		return "TypeError: NetworkError when attempting to fetch resource."
	case cors.WebKit:
		return "TypeError: Load failed"
	}
	return "TypeError: Failed to fetch"
}

// filling puts the request's own values into a message.
func filling(engine cors.Engine, r cors.Request, s cors.Step, t cors.Trace) *strings.Replacer {
	header, value := s.Subject, s.Value
	if engine == cors.WebKit {
		// It says the name as the page spelled it.
		for _, h := range r.Headers {
			if strings.EqualFold(h.Name, header) {
				header = h.Name
			}
		}
	}
	if engine == cors.Firefox && s.Cause == cors.InvalidHeader {
		header = strings.ToLower(header)
	}
	if engine == cors.Firefox && (s.Cause == cors.InvalidAllowMethods || s.Cause == cors.InvalidAllowHeaders) {
		value = firstInvalidToken(value)
	}
	scheme, _, _ := strings.Cut(r.URL, ":")
	status := 0
	switch {
	case s.Stage == cors.StagePreflight && t.Preflight != nil:
		status = t.Preflight.Response.Status
	case t.Actual != nil:
		status = t.Actual.Response.Status
	}
	return strings.NewReplacer("{url}", r.URL, "{origin}", r.Origin, "{method}", s.Subject,
		"{header}", header, "{value}", value, "{scheme}", scheme, "{status}", strconv.Itoa(status))
}

// firstInvalidToken is the first entry of a list that is not a token.
func firstInvalidToken(list string) string {
	for entry := range strings.SplitSeq(list, ",") {
		entry = strings.Trim(entry, " \t")
		if entry != "" && !cors.IsToken(entry) {
			return entry
		}
	}
	return list
}
