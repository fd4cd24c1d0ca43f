package check

import (
	"strconv"
	"strings"

	"apigw-cors/cmd/story"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// Code is what a difference is about, as a stable code.
type Code string

// The codes.
const (
	// CodeRefused: a page that the policy allows is refused.
	CodeRefused Code = "refused"
	// CodeAllowed: a page that the policy refuses gets through.
	CodeAllowed Code = "allowed"
	// CodeReflected: the same, because its origin is given back.
	CodeReflected Code = "reflected-origin"
	// CodeCredentials: a response with cookies may be read, and the policy says
	// nothing of that.
	CodeCredentials Code = "credentials"
	// CodeUnexposed: a page cannot read a header that the policy exposes.
	CodeUnexposed Code = "unexposed-header"
	// CodeMaxAge: preflights are kept for another time.
	CodeMaxAge Code = "max-age"
	// CodeCached: a cache may answer one page with what another got.
	CodeCached Code = "cached-answer"
	// CodeNoOrigin: whoever asks without an origin is told one that the policy
	// does not have.
	CodeNoOrigin Code = "no-origin"
	// CodeNoRoute: a path that the policy has is not deployed.
	CodeNoRoute  Code = "no-route"
	CodeNoAnswer Code = "no-answer"
	CodeUnknown  Code = "unknown"
)

// Codes lists the codes with what each means.
func Codes() []CodeMeaning {
	return []CodeMeaning{
		{CodeRefused, "a page that the policy allows is refused"},
		{CodeAllowed, "a page that the policy refuses gets through"},
		{CodeReflected, "an origin that the policy does not allow is given back in Access-Control-Allow-Origin"},
		{CodeCredentials, "pages may read responses to requests with cookies, and the policy does not say so"},
		{CodeUnexposed, "a page cannot read a response header that the policy exposes"},
		{CodeMaxAge, "browsers keep the answer to a preflight for another time than the policy says"},
		{CodeCached, "answers differ by origin and do not say so with Vary: Origin, so that a cache may give one page what another got"},
		{CodeNoOrigin, "a request without an origin is answered with one that the policy does not allow"},
		{CodeNoRoute, "a path with a method that the policy has is not deployed"},
		{CodeNoAnswer, "there is no answer"},
		{CodeUnknown, "the verdict depends on what cannot be known"},
	}
}

// CodeMeaning says what a code means.
type CodeMeaning struct {
	Code    Code
	Meaning string
}

// Difference is one thing that differs from what is wanted.
type Difference struct {
	Code Code
	// Text says what is seen, without capital and full stop.
	Text string
	// Cause is the code of the browser's decision, "" where none is behind it.
	Cause cors.Cause
	// Fetch and Outcome are those it was seen at.
	Fetch   Fetch
	Outcome Outcome
	// AtPreflight: it is the answer to the preflight that shows it.
	AtPreflight bool
	// Fault is the layer behind it, nil where nobody has looked.
	Fault *story.Fault
}

// compare holds what was got against what is wanted.
func (c *Cell) compare(m *Matrix) {
	for i, got := range c.Got {
		f := c.Fetches[i]
		switch got.Verdict {
		case NoAnswer:
			c.differ(CodeNoAnswer, f, got, cors.Step{}, got.Err.Error())
			continue
		case Unknown:
			c.differ(CodeUnknown, f, got, cors.Step{}, got.Doubt.Why)
			continue
		case Answered:
			c.compareBare(m.API, f, got)
			continue
		}
		if i >= len(c.Want) {
			// The policy lets the fetch before this one through, which was refused.
			break
		}
		c.compareFetch(m.API, f, m.wanted(f, c.Want[i], got), got)
	}
}

// wanted is what the policy makes of a fetch that meets the error of API Gateway's
// own that it met: who may read those is a matter of its own.
func (m *Matrix) wanted(f Fetch, want, got Outcome) Outcome {
	if got.Actual == nil {
		return want
	}
	signs := gateway.ReadSigns(got.Actual.Response)
	if signs.Maker != gateway.MadeByGateway {
		return want
	}
	failure := signs.Failure
	if failure == "" {
		failure, _ = m.model.Deployment.FailureOf(got.Actual.Response.Status)
	}
	return newOutcome(m.model.Deployment.Fetch(f.At(m.model.Endpoint), failure).Trace)
}

func (c *Cell) differ(code Code, f Fetch, o Outcome, s cors.Step, text string) {
	c.Differences = append(c.Differences, Difference{Code: code, Text: text, Cause: s.Cause, Fetch: f, Outcome: o})
}

func (c *Cell) compareFetch(api gateway.API, f Fetch, want, got Outcome) {
	refusal, refused := got.Refusal()
	_, unwanted := want.Refusal()
	switch {
	case refused && !unwanted:
		c.differ(CodeRefused, f, got, refusal, refusal.Detail())
	case unwanted:
		c.compareRefused(f, want, got)
	default:
		c.compareDetails(api, f, want, got)
	}
}

// compareRefused looks for whatever lets a page through that is to be refused:
// also where this very request is refused for another reason.
func (c *Cell) compareRefused(f Fetch, want, got Outcome) {
	for _, x := range []struct {
		of        string
		got, want *cors.Exchange
	}{{"the preflight", got.Preflight, want.Preflight}, {"the response", got.Actual, want.Actual}} {
		if x.got == nil || f.Origin == "" {
			continue
		}
		value, _ := x.got.Response.Headers.Get(cors.HeaderAllowOrigin)
		if x.want != nil {
			if wanted, _ := x.want.Response.Headers.Get(cors.HeaderAllowOrigin); wanted == value {
				continue
			}
		}
		switch value {
		case f.Origin:
			c.differ(CodeReflected, f, got, cors.Step{Cause: cors.AllowOriginSame}, x.of+" gives the origin back in "+cors.HeaderAllowOrigin)
		case "*":
			c.differ(CodeAllowed, f, got, cors.Step{Cause: cors.AllowOriginAny}, x.of+" allows every origin: "+cors.HeaderAllowOrigin+" is *")
		default:
			continue
		}
		c.Differences[len(c.Differences)-1].AtPreflight = x.got == got.Preflight
		return
	}
	if got.Verdict == Allowed || got.Verdict == PreflightOnly && want.isRefusedAtPreflight() {
		s := cors.Step{}
		if n := len(got.Steps); n > 0 {
			s = got.Steps[n-1]
		}
		refusal, _ := want.Refusal()
		c.differ(CodeAllowed, f, got, s, "the page gets through, which the policy refuses: "+refusal.Detail())
	}
}

// compareDetails is about a page that gets through, as it should.
func (c *Cell) compareDetails(api gateway.API, f Fetch, want, got Outcome) {
	policy := api.Policy()
	// To whoever does not sign its request IAM says the same as a missing path.
	if got.isNoRoute() && api.Auth() != gateway.IAM {
		if c.Origin.Kind != OriginAllowed {
			return
		}
		c.differ(CodeNoRoute, f, got, cors.Step{}, "API Gateway answers "+strconv.Itoa(got.Actual.Response.Status)+" itself: it has no such route")
		return
	}
	for _, x := range []*cors.Exchange{got.Preflight, got.Actual} {
		if x == nil || policy.AllowCredentials() {
			continue
		}
		origin, _ := x.Response.Headers.Get(cors.HeaderAllowOrigin)
		if credentials, _ := x.Response.Headers.Get(cors.HeaderAllowCredentials); credentials == "true" && origin == f.Origin {
			c.differ(CodeCredentials, f, got, cors.Step{Cause: cors.AllowCredentialsTrue}, cors.HeaderAllowCredentials+" is true, and the policy has no allowCredentials")
			break
		}
	}
	if got.Preflight != nil && want.Preflight != nil {
		wanted, given := cors.MaxAge(want.Preflight.Response.Headers)
		if seconds, _ := cors.MaxAge(got.Preflight.Response.Headers); given && seconds != wanted {
			c.differ(CodeMaxAge, f, got, cors.Step{Cause: cors.MaxAgeGiven}, "preflights are kept for "+strconv.Itoa(seconds)+" seconds, not for "+strconv.Itoa(wanted))
			c.Differences[len(c.Differences)-1].AtPreflight = true
		}
	}
	if got.Actual == nil || want.Actual == nil {
		return
	}
	wanted, _ := want.Actual.Response.Headers.Get(cors.HeaderExposeHeaders)
	exposed, _ := got.Actual.Response.Headers.Get(cors.HeaderExposeHeaders)
	var missing []string
	for _, name := range splitList(wanted) {
		isCovered := containsFold(splitList(exposed), name) || containsFold(splitList(exposed), "*") && f.Credentials != cors.CredentialsInclude
		if !isCovered {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		c.differ(CodeUnexposed, f, got, cors.Step{Cause: cors.ExposedNone}, cors.HeaderExposeHeaders+" does not list "+strings.Join(missing, ", "))
	}
}

// splitList are the entries of a header's list.
func splitList(value string) (out []string) {
	for entry := range strings.SplitSeq(value, ",") {
		if entry = strings.TrimSpace(entry); entry != "" {
			out = append(out, entry)
		}
	}
	return out
}

// compareBare is about an answer to nobody's page: a cache may keep it.
func (c *Cell) compareBare(api gateway.API, f Fetch, got Outcome) {
	value, given := got.Actual.Response.Headers.Get(cors.HeaderAllowOrigin)
	if !given || value == "*" {
		return
	}
	for _, o := range api.Policy().AllowOrigins() {
		if o.Matches(value) {
			return
		}
	}
	c.differ(CodeNoOrigin, f, got, cors.Step{}, "without an origin "+cors.HeaderAllowOrigin+" is "+strconv.Quote(value))
}

// compareCaching looks in each row for answers that differ by origin and do not
// say so. Where the policy's own answer does not either, it cannot be told to.
func (m *Matrix) compareCaching() {
	for row := range m.Rows {
		cells := m.Cells[row*len(m.Origins) : (row+1)*len(m.Origins)]
		var first *cors.Exchange
		for i := range cells {
			c := &cells[i]
			got, want := actualOf(c.Got), actualOf(c.Want)
			if got == nil || want == nil || !IsSafe(c.Row.Method) {
				continue
			}
			if first == nil {
				first = got
				continue
			}
			a, b := allowOriginOf(first), allowOriginOf(got)
			if a == b {
				continue
			}
			for _, x := range []*cors.Exchange{first, got} {
				if !variesByOrigin(x) && allowOriginOf(x) != "" && allowOriginOf(x) != "*" && isStored(x) && m.policyVaries(cells) {
					c.differ(CodeCached, c.Fetches[0], c.Got[len(c.Got)-1], cors.Step{}, "one page gets "+told(a)+", the next "+told(b)+", and the answer has no Vary: Origin")
					break
				}
			}
			if len(c.Differences) > 0 && c.Differences[len(c.Differences)-1].Code == CodeCached {
				break
			}
		}
	}
}

func told(allowOrigin string) string {
	if allowOrigin == "" {
		return "no " + cors.HeaderAllowOrigin
	}
	return cors.HeaderAllowOrigin + ": " + allowOrigin
}

// actualOf is the last actual request.
func actualOf(outcomes []Outcome) *cors.Exchange {
	for i := len(outcomes) - 1; i >= 0; i-- {
		if x := outcomes[i].Actual; x != nil && x.Response.Status != 0 {
			return x
		}
	}
	return nil
}

func allowOriginOf(x *cors.Exchange) string {
	value, _ := x.Response.Headers.Get(cors.HeaderAllowOrigin)
	return value
}

func variesByOrigin(x *cors.Exchange) bool {
	value, _ := x.Response.Headers.Get(cors.HeaderVary)
	return containsFold(splitList(value), cors.HeaderOrigin) || containsFold(splitList(value), "*")
}

// isStored reports whether a cache may keep the answer.
// https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2.5
func isStored(x *cors.Exchange) bool {
	value, _ := x.Response.Headers.Get("Cache-Control")
	return !containsFold(splitList(value), "no-store")
}

// policyVaries reports whether the policy's answers say that they vary by
// origin, or are the same to everybody.
func (m *Matrix) policyVaries(cells []Cell) bool {
	values := map[string]bool{}
	for i := range cells {
		if x := actualOf(cells[i].Want); x != nil {
			values[allowOriginOf(x)] = true
			if variesByOrigin(x) {
				return true
			}
		}
	}
	return len(values) == 1
}
