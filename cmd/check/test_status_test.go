package check_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"apigw-cors/cmd/check"
	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/report"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// answering lets every page read one response.
type answering check.Outcome

func (a answering) Ask(context.Context, check.Fetch) check.Outcome { return check.Outcome(a) }

// slow answers nobody in time.
type slow struct{}

func (slow) Ask(ctx context.Context, _ check.Fetch) check.Outcome {
	<-ctx.Done()
	return check.Outcome{Verdict: check.NoAnswer, Err: ctx.Err()}
}

// TestTimeOver: tests that were not run in time have neither passed nor failed.
func TestTimeOver(t *testing.T) {
	s, err := check.NewSuite("Orders", []policy.Test{{Origin: "https://a.example", Want: policy.TestAllowed}, {Origin: "https://b.example", Want: policy.TestRefused}}, func(string) bool { return true }, nil)
	if err != nil {
		t.Fatal(err)
	}
	over := errors.New("the time is over")
	ctx, stop := context.WithTimeoutCause(t.Context(), time.Millisecond, over)
	defer stop()
	if err := s.Run(ctx, slow{}, 1, nil); err != over {
		t.Errorf("ended with %v", err)
	}
	if got := s.Summary(); got != "FAIL\tOrders\t0 tests, 0 failed, 2 not run: the time is over" || s.Tests[0].Passed() || s.Cases()[1].Skipped != "not run: the time is over" {
		t.Errorf("%s, %+v", got, s.Cases())
	}
}

// TestAllowedErrors: a page that is allowed to read an error reads one, and a note
// says so; of a path that is not there the test fails. A test that names the
// status means it.
func TestAllowedErrors(t *testing.T) {
	for _, tt := range []struct {
		desc, status string
		answer       int
		location     string
		failure      gateway.Failure
		signed       bool
		passes       bool
		// told is part of what is printed without -v.
		told string
	}{
		{desc: "a success", answer: 200, passes: true, told: "ok  \tOrders\t1 test\n"},
		{desc: "API Gateway refuses the caller", answer: 401, failure: gateway.Unauthorized, passes: true, told: "note: API Gateway answers 401 itself: the authorizer"},
		{desc: "the function throws", answer: 502, failure: gateway.APIConfigurationError, passes: true, told: "note: API Gateway answers 502 itself: the integration"},
		{desc: "no such route", answer: 404, failure: gateway.ResourceNotFound, told: "itself: it has no such route"},
		{desc: "no such path, or no signature", answer: 403, failure: gateway.MissingAuthenticationToken, told: "itself: it has no such path with this method, or"},
		{desc: "no signature", answer: 403, failure: gateway.MissingAuthenticationToken, signed: true, passes: true, told: "note: API Gateway answers 403 itself"},
		{desc: "a status that is meant", answer: 401, status: "401", failure: gateway.Unauthorized, passes: true, told: "ok  \tOrders\t1 test\n"},
		{desc: "another status than is meant", answer: 401, status: "200", failure: gateway.Unauthorized, told: "got:  status 401"},
		{desc: "an error of the backend", answer: 404, passes: true, told: "note: the page reads an error of the backend; status: 404"},
		{desc: "a redirect", answer: 302, location: "https://a.example/?token=hush", passes: true, told: "note: a browser goes on to https://a.example/?token=(hidden)"},
		{desc: "an error of the backend that is meant", answer: 404, status: "404", passes: true, told: "ok  \tOrders\t1 test\n"},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			response := cors.Response{Status: tt.answer}
			if tt.location != "" {
				response.Headers = cors.HeaderList{{Name: "Location", Value: tt.location}}
			}
			s, err := check.NewSuite("Orders", []policy.Test{{Origin: "https://a.example", Method: "GET", Path: "/", Want: policy.TestAllowed, Status: tt.status}}, func(string) bool { return true }, nil)
			if err != nil {
				t.Fatal(err)
			}
			s.Signed = tt.signed
			outcome := check.Outcome{Verdict: check.Allowed, Trace: cors.Trace{Actual: &cors.Exchange{Response: response}}, ByGateway: tt.failure != "", Failure: tt.failure}
			if err := s.Run(t.Context(), answering(outcome), 1, nil); err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			s.WriteText(&b, report.Painter{}, false)
			if s.Tests[0].Passed() != tt.passes || !strings.Contains(b.String(), tt.told) {
				t.Errorf("passed %t:\n%s", s.Tests[0].Passed(), b.String())
			}
		})
	}
}

// TestRefusedByErrors: a page that is to be refused, and is because the API fails,
// passes with a note, in a test report, too.
func TestRefusedByErrors(t *testing.T) {
	failed, other := cors.Response{Status: 502}, cors.Response{Status: 502, Headers: cors.HeaderList{{Name: cors.HeaderAllowOrigin, Value: "https://b.example"}}}
	for _, tt := range []struct {
		desc, method, status string
		answer               cors.Response
		told                 string
	}{
		{"the function throws", "GET", "", failed, "an error, 502 without CORS headers, which refuses every page; status: 502 in"},
		{"the preflight fails", "PUT", "", failed, "an error, 502 without CORS headers, which refuses every page\n"},
		{"it is meant", "GET", "502", failed, ""},
		{"another origin is allowed", "GET", "", other, ""},
		{"nobody is allowed", "GET", "", cors.Response{Status: 200}, ""},
		{"a path that is not there", "GET", "", cors.Response{Status: 403}, ""},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			s, err := check.NewSuite("Orders", []policy.Test{{Origin: "https://a.example", Method: tt.method, Path: "/", Want: policy.TestRefused, Status: tt.status}}, func(string) bool { return true }, nil)
			if err != nil {
				t.Fatal(err)
			}
			request := s.Tests[0].Fetch.At("https://api.example.com")
			trace := cors.Fetch(request, func(cors.Request) cors.Response { return tt.answer })
			if err := s.Run(t.Context(), answering{Verdict: check.Refused, Trace: trace}, 1, nil); err != nil {
				t.Fatal(err)
			}
			var text, junit strings.Builder
			s.WriteText(&text, report.Painter{}, false)
			if err := report.WriteJUnitCases(&junit, "test", s.Cases()); err != nil {
				t.Fatal(err)
			}
			noted := strings.Contains(text.String(), "note: ") && strings.Contains(junit.String(), "<system-out>note: ")
			if !s.Tests[0].Passed() || noted != (tt.told != "") || !strings.Contains(text.String(), tt.told) {
				t.Errorf("%s\n%s", text.String(), junit.String())
			}
		})
	}
}
