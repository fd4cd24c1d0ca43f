package configure

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"apigw-cors/cmd/prompt"
	"apigw-cors/cmd/report"
)

// The answers that a REST API cannot do without.
func origin(s string) step { return step{asked: "Allow origins", answer: s} }

func api(kind string) step { return step{asked: "API type", answer: kind} }

// What everybody is asked, and the questions that have defaults.
var (
	everybody    = []string{"API type", "Allow origins", "Auth", "Allow methods", "Formats", titleRest}
	restDefaults = []string{
		"Allow credentials", "Allow headers", "Expose headers", "Max age", "Resources", "Integration", "Preflight",
		"Gateway responses", "Extent",
	}
	everyRESTQuestion = slices.Concat(everybody, restDefaults)
)

// mark wants to answer questions that have defaults.
func mark(titles ...string) step { return step{asked: titleRest, answer: titles} }

func TestConfigureAsksInOrder(t *testing.T) {
	tests := []struct {
		desc  string
		args  []string
		steps []step
		want  []string
	}{
		{
			"a REST API, everything as proposed", nil,
			[]step{api("rest"), origin("https://a.example")},
			everybody,
		},
		{
			"a REST API, nothing as proposed", nil,
			[]step{api("rest"), origin("https://a.example"), mark(restDefaults...)},
			everyRESTQuestion,
		},
		{
			"an HTTP API answers the preflight and its own errors itself", nil,
			[]step{api("http"), origin("https://a.example"), mark("Allow credentials", "Allow headers", "Expose headers", "Max age", "Resources", "Extent")},
			slices.Concat(everybody, []string{"Allow credentials", "Allow headers", "Expose headers", "Max age", "Resources", "Extent"}),
		},
		{
			"an authorizer reads a header", nil,
			[]step{api("http"), origin("https://a.example"), {asked: "Auth", answer: "jwt"}, mark("Auth header")},
			slices.Concat(everybody, []string{"Auth header"}),
		},
		{
			"origins that an HTTP API has no form for need someone to answer", nil,
			[]step{api("http"), origin("https://*.a.example"), {asked: "Preflight", answer: "lambda", offered: "lambda"}},
			[]string{"API type", "Allow origins", "Auth", "Allow methods", "Preflight", "Formats", titleRest},
		},
		{
			"several origins leave the gateway responses a choice", nil,
			[]step{api("rest"), origin("https://a.example https://b.example"), {asked: "Gateway response origin", answer: "any", offered: "auto"}},
			slices.Concat(everybody, []string{"Gateway response origin"}),
		},
		{
			"a function that sees no headers cannot answer", nil,
			[]step{api("rest"), origin("https://a.example"), mark("Integration", "Preflight"), {asked: "Integration", answer: "non-proxy"}},
			slices.Concat(everybody, []string{"Integration", "Backend type"}),
		},
		{
			"what flags say is not asked",
			[]string{"--api=rest", "--allow-origins=https://a.example", "--auth=iam", "--max-age=60", "--format=cdk", "--standalone"},
			nil,
			[]string{"Allow methods", titleRest},
		},
		{
			"a default that is alone is not hidden behind another question",
			[]string{"--api=http", "--allow-origins=https://a.example", "--allow-methods=GET", "--auth=none", "--allow-headers=A", "--expose-headers=B", "--allow-credentials", "--max-age=60", "--format=cdk", "--standalone"},
			nil,
			[]string{"Resources"},
		},
		{
			"what flags say wrong is asked with the correction", []string{"--api=http", "--allow-origins=a.example"},
			[]step{{asked: "Allow origins", answer: "https://a.example", offered: "https://a.example"}},
			[]string{"Allow origins", "Auth", "Allow methods", "Formats", titleRest},
		},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			t.Chdir(t.TempDir())
			talk := hold(t, tt.args, tt.steps...)
			if talk.err != nil {
				t.Fatal(talk.err)
			}
			want := append(slices.Clone(tt.want), "What now")
			if !slices.Equal(talk.titles, want) {
				t.Errorf("asked\n%q, want\n%q", talk.titles, want)
			}
			if !strings.Contains(talk.stdout.String(), "https://") {
				t.Errorf("stdout has no artifact:\n%s", talk.stdout.String())
			}
			empty(t, ".")
		})
	}
}

// TestConfigureChecksAtOnce: a wrong answer is refused where it is given, and
// asked again with the corrected value.
func TestConfigureChecksAtOnce(t *testing.T) {
	tests := []struct {
		desc  string
		steps []step
		// told is part of stderr, rendered of stdout.
		told, rendered string
	}{
		{
			"an origin without its scheme",
			[]step{api("rest"), origin("example.com"), {asked: "Allow origins", answer: accept{}, offered: "https://example.com"}},
			"\"example.com\": invalid: an origin begins with its scheme", "'https://example.com'",
		},
		{
			"an origin that is brought to its form is reported, and shown so in the review",
			[]step{api("rest"), origin("https://App.Example.com/")},
			"browsers send it as https://app.example.com", "'https://app.example.com'",
		},
		{
			"what cannot be mended is left out of what is offered",
			[]step{api("rest"), origin("https://a.example, null"), {asked: "Allow origins", answer: accept{}, offered: "https://a.example"}},
			"\"null\": prohibited", "'https://a.example'",
		},
		{
			"nothing at all",
			[]step{api("rest"), origin(""), {asked: "Allow origins", answer: "https://a.example", offered: ""}},
			"missing: required", "'https://a.example'",
		},
		{
			"a method that no resource has",
			[]step{api("rest"), origin("https://a.example"), {asked: "Allow methods", answer: []string{}}, {asked: "Allow methods", answer: []string{"PUT"}, offered: "[GET POST]"}},
			"missing: required", "'PUT'",
		},
		{
			"* beside names of methods",
			[]step{api("http"), origin("https://a.example"), {asked: "Allow methods", answer: []string{"GET", "*"}}, {asked: "Allow methods", answer: accept{}, offered: "[GET]"}},
			"prohibited", "- GET",
		},
		{
			"a header with its colon",
			[]step{api("rest"), origin("https://a.example"), {asked: "Allow headers", answer: []string{"If-Match", optionMore}},
				{asked: "Allow headers", answer: "X-Foo:, X-Bar"}, {asked: "Allow headers", answer: accept{}, offered: "[If-Match X-Foo X-Bar]"}},
			"a header name has no colon", "If-Match,X-Foo,X-Bar",
		},
		{
			"a max age in other words",
			[]step{api("rest"), origin("https://a.example"), {asked: "Max age", answer: "2 hours", offered: "10m"}, {asked: "Max age", answer: accept{}, offered: "7200"}},
			"\"2 hours\": invalid", "'7200'",
		},
		{
			"a max age that cannot be mended goes back to what was offered",
			[]step{api("rest"), origin("https://a.example"), {asked: "Max age", answer: "soon"}, {asked: "Max age", answer: accept{}, offered: "10m"}},
			"\"soon\": invalid", "'600'",
		},
		{
			"paths and their methods",
			[]step{api("rest"), origin("https://a.example"), {asked: "Resources", answer: "orders=GET,PSOT /orders/{id}/", offered: "/ /{proxy+}"},
				{asked: "Resources", answer: accept{}, offered: "/orders=GET,POST /orders/{id}"}},
			"a path starts with a slash", "/orders/{id}",
		},
		{
			"a gateway response that does not exist",
			[]step{api("rest"), origin("https://a.example"), {asked: "Gateway responses", answer: []string{"DEFAULT_4XX", optionMore}},
				{asked: "Gateway responses", answer: "unauthorised"}, {asked: "Gateway responses", answer: accept{}, offered: "[DEFAULT_4XX UNAUTHORIZED]"}},
			"did you mean UNAUTHORIZED?", "UNAUTHORIZED:",
		},
		{
			"no format",
			[]step{api("rest"), origin("https://a.example"), {asked: "Formats", answer: []string{}}, {asked: "Formats", answer: []string{"cdk"}}},
			"choose one at least", "aws-cdk-lib",
		},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			t.Chdir(t.TempDir())
			talk := hold(t, nil, tt.steps...)
			if talk.err != nil {
				t.Fatal(talk.err)
			}
			if told := strings.Join(strings.Fields(talk.stderr.String()), " "); !strings.Contains(told, tt.told) {
				t.Errorf("stderr lacks %q:\n%s", tt.told, talk.stderr.String())
			}
			if !strings.Contains(talk.stdout.String(), tt.rendered) {
				t.Errorf("stdout lacks %q:\n%s", tt.rendered, talk.stdout.String())
			}
		})
	}
}

// TestConfigureCombinations: answers that exclude each other are caught at the
// second, and the person says which shall change.
func TestConfigureCombinations(t *testing.T) {
	credentials := func(yes bool) step { return step{asked: "Allow credentials", answer: yes} }
	tests := []struct {
		desc     string
		steps    []step
		rendered string
	}{
		{
			"credentials after any origin: the origins change",
			[]step{api("rest"), origin("*"), credentials(true), {asked: "Change", answer: "Allow origins", offered: "Allow credentials"},
				{asked: "Allow origins", answer: "https://a.example", offered: ""}},
			"'https://a.example'",
		},
		{
			"credentials after any origin: no credentials then",
			[]step{api("rest"), origin("*"), credentials(true), {asked: "Change", answer: "Allow credentials"}, credentials(false)},
			"\"'*'\"",
		},
		{
			"going back from the other answer leaves both as they were",
			[]step{api("rest"), origin("*"), credentials(true), {asked: "Change", answer: "Allow origins"}, {asked: "Allow origins", answer: prompt.ErrBack},
				credentials(false)},
			"\"'*'\"",
		},
		{
			"an HTTP API that shall answer for subdomains",
			[]step{api("http"), origin("https://*.a.example"), {asked: "Preflight", answer: "gateway"}, {asked: "Change", answer: "Allow origins"},
				{asked: "Allow origins", answer: "https://b.a.example"}},
			"https://b.a.example",
		},
		{
			"another API type, which has not this auth",
			[]step{api("rest"), origin("https://a.example"), {asked: "Auth", answer: "cognito"},
				{asked: "What now", answer: actChange}, {asked: "Change", answer: "API type"}, api("http"),
				{asked: "Change", answer: "Auth"}, {asked: "Auth", answer: "jwt", offered: "none"}},
			"AWS::Serverless::HttpApi",
		},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			t.Chdir(t.TempDir())
			talk := hold(t, nil, tt.steps...)
			if talk.err != nil {
				t.Fatal(talk.err)
			}
			if !strings.Contains(talk.stdout.String(), tt.rendered) {
				t.Errorf("stdout lacks %q:\n%s\n%s", tt.rendered, talk.stdout.String(), talk.stderr.String())
			}
		})
	}
}

// TestConfigureBack goes back from every question once: the one before is asked
// again, with its answer.
func TestConfigureBack(t *testing.T) {
	for i, title := range everyRESTQuestion[1:] {
		t.Run(title, func(t *testing.T) {
			t.Chdir(t.TempDir())
			steps := []step{api("rest"), origin("https://a.example")}
			if i == 0 {
				steps = steps[:1]
			}
			if i >= len(everybody)-1 {
				steps = append(steps, mark(restDefaults...))
			}
			steps = append(steps, step{asked: title, answer: prompt.ErrBack}, step{asked: everyRESTQuestion[i], answer: accept{}})
			if i == 0 {
				steps = append(steps, origin("https://a.example"))
			}
			talk := hold(t, nil, steps...)
			if talk.err != nil {
				t.Fatal(talk.err)
			}
			at := slices.Index(talk.titles, title)
			if got, want := talk.titles[at-1:at+3], []string{everyRESTQuestion[i], title, everyRESTQuestion[i], title}; !slices.Equal(got, want) {
				t.Errorf("asked %q, want %q", got, want)
			}
			if !strings.Contains(talk.stdout.String(), "'https://a.example'") {
				t.Errorf("an answer was lost:\n%s", talk.stdout.String())
			}
		})
	}
}

func TestConfigureBackFromTheFirst(t *testing.T) {
	t.Chdir(t.TempDir())
	talk := hold(t, nil, step{asked: "API type", answer: prompt.ErrBack}, api("http"), origin("https://a.example"))
	if talk.err != nil || !strings.Contains(talk.stderr.String(), "This is the first question") {
		t.Errorf("%v\n%s", talk.err, talk.stderr.String())
	}
}

// TestConfigureInterrupted ends the conversation at every question, those of
// the review included.
func TestConfigureInterrupted(t *testing.T) {
	titles := append(slices.Clone(everyRESTQuestion), "What now", "Preview", "Change", "Save as")
	for _, title := range titles {
		t.Run(title, func(t *testing.T) {
			t.Chdir(t.TempDir())
			steps := []step{api("rest"), origin("https://a.example"), mark(restDefaults...)}
			if i := slices.Index(titles, title); i < len(everybody) {
				steps = steps[:min(i, 2)]
			}
			act := map[string]string{"Preview": actPreview, "Change": actChange, "Save as": actSave}[title]
			if act != "" {
				steps = slices.Insert(steps, 2, step{asked: "Formats", answer: []string{"sam", "cdk"}})
				steps = append(steps, step{asked: "What now", answer: act})
			}
			talk := hold(t, nil, append(steps, step{asked: title, answer: prompt.ErrInterrupted})...)
			if !errors.Is(talk.err, report.Interrupted) || talk.err.Error() != "interrupted; nothing was written" {
				t.Errorf("ended with %v", talk.err)
			}
			if talk.stdout.Len() > 0 {
				t.Errorf("stdout has\n%s", talk.stdout.String())
			}
			empty(t, ".")
		})
	}
}

func TestConfigureCancel(t *testing.T) {
	t.Chdir(t.TempDir())
	talk := hold(t, nil, api("rest"), origin("https://a.example"), step{asked: "What now", answer: actCancel})
	if !errors.Is(talk.err, report.Interrupted) || talk.err.Error() != "cancelled; nothing was written" || talk.stdout.Len() > 0 {
		t.Errorf("%v\n%s", talk.err, talk.stdout.String())
	}
	empty(t, ".")
}

// TestConfigureKeepsAnswers: what an answer makes moot comes back with it.
func TestConfigureKeepsAnswers(t *testing.T) {
	t.Chdir(t.TempDir())
	change := func(title string, then step) []step {
		return []step{{asked: "What now", answer: actChange}, {asked: "Change", answer: title}, then}
	}
	steps := []step{api("rest"), origin("https://a.example"), {asked: "Gateway responses", answer: []string{"DEFAULT_5XX"}}}
	steps = append(steps, change("API type", api("http"))...)
	steps = append(steps, change("API type", api("rest"))...)
	talk := hold(t, nil, steps...)
	if talk.err != nil {
		t.Fatal(talk.err)
	}
	out := talk.stdout.String()
	if !strings.Contains(out, "--gateway-responses DEFAULT_5XX ") || !strings.Contains(out, "'https://a.example'") {
		t.Errorf("an answer was lost:\n%s", out)
	}
	if n := strings.Count(strings.Join(talk.titles, "\n"), "Gateway responses"); n != 1 {
		t.Errorf("asked for the gateway responses %d times", n)
	}
}
