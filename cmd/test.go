package cmd

import (
	"context"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"apigw-cors/cmd/check"
	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/probe"
	"apigw-cors/cmd/report"
	"apigw-cors/cmd/story"
	"apigw-cors/generator/gateway"
)

// testOptions are the flags of test.
type testOptions struct {
	file, environment string
	url, in, api      string
	run               string
	verbose           bool
	format            choice[string]
	headers           []string
	cookie            string
	unsafe            bool
	abreast           int
	longest           time.Duration
	connection        probe.Connection
	parameters        []string
	variables         []string
	plan              string
	assumeBackend     bool
	allowUnknown      bool
	pattern           *regexp.Regexp
	// byName: of the file of --in only the API named as in the policy will do.
	byName bool
}

func newTest(a *app, run func(context.Context, *testOptions) error) *cobra.Command {
	o := &testOptions{format: newChoice("text", "json", "junit")}
	cmd := &cobra.Command{
		Use:   "test [flags]",
		Short: "Run the tests that stand beside a policy",
		Long: `Run the tests that stand beside a policy, below the key tests of cors.yaml:
whether a page reads a response, and why (apigw-cors help cors.yaml). They run
against the policy itself, offline; with --in against a template; with --url
against what is deployed, or what serve answers.

Allowed means that the page reads the response. Where that is an error (401,
403, 5xx), a note says so, unless its status is in the test; where the API has
no such path, the test fails. A page that is refused because the API fails (5xx
without CORS headers) is noted, too.

A template does not say what its backend answers, nor which values come with the
deployment. A test that depends on these fails with the reason, unless
--allow-unknown lets it pass. --assume-backend assumes that the backend sends
what the policy asks of it.

Of a deployed API only OPTIONS, GET and HEAD are asked, unless
--allow-unsafe-methods says so: of other methods the preflight decides. Exit
code 5 says that a test fails, 1 that there is no answer.`,
		Example: examples(exampleTest, exampleTestIn, exampleTestURL),
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if a.json && !cmd.Flags().Changed("format") {
				o.format.value = "json"
			}
			if err := o.parse(cmd); err != nil {
				return err
			}
			return run(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.VarP(policy.TextValue{Text: &o.file, Kind: "cors.yaml"}, "file", "f", "the policy with its tests, - for stdin (default cors.yaml)")
	flags.Var(policy.TextValue{Text: &o.run, Kind: "regexp"}, "run", "run only the tests whose names match")
	flags.BoolVarP(&o.verbose, "verbose", "v", false, "tell the tests that pass, too")
	flags.Var(&o.format, "format", "how to print the results")
	flags.Var(policy.TextValue{Text: &o.in, Kind: "path"}, "in", "run against what a template, a module or an OpenAPI document says")
	flags.Var(policy.TextValue{Text: &o.api, Kind: "name"}, "api-name", "with --in the API in it, where it has several (the one named as in the policy), with --url the API of the policy's file")
	flags.Var(entriesValue{&o.parameters, "NAME=VALUE"}, "parameter", "value of a parameter of the template; repeatable")
	flags.Var(entriesValue{&o.variables, "NAME=VALUE"}, "var", "value of an input variable of the Terraform module; repeatable")
	flags.Var(policy.TextValue{Text: &o.plan, Kind: "plan.json"}, "plan", "what `terraform show -json` prints of a plan or a state")
	flags.BoolVar(&o.assumeBackend, "assume-backend", false, "with --in: assume that the backend sends what the policy asks of it")
	flags.BoolVar(&o.allowUnknown, "allow-unknown", false, "with --in: a test that cannot be decided does not fail")
	flags.Var(policy.TextValue{Text: &o.url, Kind: "URL"}, "url", "run against a deployed API, or serve; its stage included")
	flags.Var(entriesValue{&o.headers, "NAME=VALUE"}, "header", "value of a header that tests name, such as a token; repeatable")
	flags.Var(policy.TextValue{Text: &o.cookie, Kind: "cookies"}, "cookie", "cookies that the browser has for the URL")
	flags.BoolVar(&o.unsafe, "allow-unsafe-methods", false, "send requests that may change something, too")
	flags.IntVar(&o.abreast, "concurrency", probe.DefaultConcurrency, "how many tests to run at a time")
	flags.DurationVar(&o.longest, "max-time", probe.DefaultMaxTime, "how long a run with --url may take; what is not run by then has not passed")
	registerConnection(cmd, &o.connection)
	registerEnvironment(cmd, &o.environment)
	completeFlag(cmd, "file", completeExtensions("yaml", "yml"))
	completeFlag(cmd, "format", completeOne(o.format.names()))
	completeFlag(cmd, "plan", completeExtensions("json"))
	for _, name := range []string{"run", "api-name", "parameter", "var", "url", "header", "cookie", "concurrency", "max-time"} {
		completeFlag(cmd, name, noCompletion)
	}
	return cmd
}

const (
	exampleTest = `# Does the policy do what its tests say?
$ apigw-cors test`

	exampleTestIn = `# Does the template?
$ apigw-cors test --in template.yaml --assume-backend`

	exampleTestURL = `# Does what is deployed?
$ apigw-cors test \
    --url https://abc123.execute-api.eu-west-1.amazonaws.com/prod \
    --header Authorization="$TOKEN" -v`
)

// parse refuses flags that contradict each other, all at once.
func (o *testOptions) parse(cmd *cobra.Command) error {
	e := &report.UsageError{}
	if o.file == "" {
		if cmd.Flags().Changed("file") {
			e.Add("--file: empty", "name a file, or - for stdin")
		}
		o.file = policy.DefaultFile
	}
	if o.url != "" && o.in != "" {
		e.Add("--url and --in are two answers to one question", "give one of the two")
	}
	for _, of := range []struct {
		flag, value string
		names       []string
	}{
		{"--in", o.in, []string{"parameter", "var", "plan", "assume-backend", "allow-unknown"}},
		{"--in or --url", o.in + o.url, []string{"api-name"}},
		{"--url", o.url, []string{"cookie", "allow-unsafe-methods", "max-time", "timeout", "resolve", "insecure", "http1"}},
	} {
		for _, name := range of.names {
			if cmd.Flags().Changed(name) && of.value == "" {
				e.Add("--"+name+": without "+of.flag+" it says nothing", "add "+of.flag+", or leave --"+name+" out")
			}
		}
	}
	if o.abreast < 1 || o.abreast > probe.MaxConcurrency {
		e.Add("--concurrency: "+strconv.Itoa(o.abreast)+": not between 1 and "+strconv.Itoa(probe.MaxConcurrency), "as in --concurrency 8")
	}
	if o.longest <= 0 || o.longest > probe.LongestTime {
		e.Add("--max-time: "+o.longest.String()+": not between 0 and "+probe.LongestTime.String(), "as in --max-time 10m")
	}
	pattern, err := regexp.Compile(o.run)
	if err != nil {
		e.Add("--run: "+report.Quote(o.run)+": not a regular expression: "+strings.TrimPrefix(err.Error(), "error parsing regexp: "), "put \\ before a character that is meant as it stands")
	}
	o.pattern = pattern
	if e.Problem != "" {
		return e
	}
	if err := probe.CheckCookie(o.cookie); err != nil {
		return err
	}
	return o.connection.Check()
}

// suiteOf is a suite with the policy that it stands beside.
type suiteOf struct {
	*check.Suite
	source policy.Source
	api    gateway.API
}

// test runs tests and prints what became of them.
func (a *app) test(ctx context.Context, o *testOptions) error {
	suites, err := a.readSuites(ctx, o)
	if err != nil {
		return err
	}
	progress := newCellProgress(a.err)
	tellProgress := (func(done, total int))(nil)
	if o.url != "" && a.watched() {
		tellProgress = progress.tell
	}
	limited, stop := context.WithTimeoutCause(ctx, o.longest, &probe.TimeOverError{Limit: o.longest})
	defer stop()
	if o.url == "" {
		limited = ctx
	}
	var failure error
	for _, s := range suites {
		if failure = a.runSuite(limited, o, s, tellProgress); failure != nil {
			break
		}
	}
	progress.clear()
	if failure != nil && limited.Err() == nil {
		return failure
	}
	if err := a.printSuites(o, suites); err != nil {
		return err
	}
	return concludeTests(suites, failure)
}

// readSuites reads the tests beside every policy of the file.
func (a *app) readSuites(ctx context.Context, o *testOptions) ([]suiteOf, error) {
	headers, err := story.Headers(o.headers)
	if err != nil {
		return nil, err
	}
	var all []suiteOf
	var names []string
	in, found, picked := policy.FileInput(o.file, o.environment, a.in), 0, 0
	for s, err := range in.Sources(ctx) {
		if err != nil {
			return nil, err
		}
		var said report.Report
		api, ok := s.Parse(&said)
		a.report.Add(said.Faults...)
		if !ok || len(s.Tests) == 0 {
			continue
		}
		found, names = found+len(s.Tests), append(names, api.Name())
		if o.url != "" && o.api != "" && api.Name() != o.api {
			continue
		}
		suite, err := check.NewSuite(api.Name(), s.Tests, o.pattern.MatchString, headers)
		if err != nil {
			return nil, err
		}
		suite.AllowUnknown, suite.Signed, suite.Environment = o.allowUnknown, api.Auth() == gateway.IAM, s.Environment
		picked += len(suite.Tests)
		all = append(all, suiteOf{suite, s, api})
	}
	switch err := a.report.Verdict(false); {
	case err != nil:
		return nil, err
	case found == 0:
		return nil, &report.UsageError{Problem: in.Name() + ": no tests in it", Hints: []string{"say what is expected, beside the policy, as below"}, Usage: policy.ExampleTests}
	case o.url != "" && o.api != "" && len(all) == 0:
		return nil, &report.UsageError{Problem: "--api-name: " + report.Quote(o.api) + ": no such API with tests in " + in.Name(), Hints: report.DidYouMean(o.api, names, "it has "+strings.Join(names, ", "))}
	case picked == 0:
		return nil, &report.UsageError{Problem: "--run: " + report.Quote(o.run) + ": no test has such a name", Hints: []string{"-v tells the names"}}
	case len(all) > 1 && o.url != "":
		return nil, &report.UsageError{Problem: in.Name() + ": tests of several APIs, and --url is that of one", Hints: []string{"--api-name names one of " + strings.Join(names, ", ")}}
	case len(all) > 1 && o.api != "":
		return nil, &report.UsageError{Problem: "--api-name: " + report.Quote(o.api) + ": one API, and " + in.Name() + " has tests of several", Hints: []string{"leave it out: each is run against the API of its name"}}
	}
	o.byName = len(all) > 1
	return all, nil
}

// runSuite asks whoever the flags name.
func (a *app) runSuite(ctx context.Context, o *testOptions, s suiteOf, progress func(done, total int)) error {
	switch {
	case o.url != "":
		o.connection.UserAgent = userAgent()
		asker, err := probe.NewAsker(ctx, o.url, o.connection, o.unsafe)
		if err != nil {
			return err
		}
		asker.SetCookie(o.cookie)
		asker.Expect(s.api)
		a.warnInsecure(o.connection)
		if err := s.Run(ctx, asker, o.abreast, progress); err != nil {
			return err
		}
		s.Diagnose(asker.Diagnose)
		return context.Cause(ctx)
	case o.in != "":
		return a.runInFile(ctx, o, s)
	}
	if err := s.Run(ctx, check.Model{Deployment: s.api.Deploy(), Endpoint: check.Endpoint}, o.abreast, nil); err != nil {
		return err
	}
	s.Remedy(s.source.Config, check.Endpoint)
	return nil
}

func (a *app) printSuites(o *testOptions, suites []suiteOf) error {
	switch o.format.value {
	case "json":
		d := check.TestDocument{JSONHeader: report.NewJSONHeader(), Against: "model", Passed: true, APIs: []check.SuiteDocument{}}
		switch {
		case o.url != "":
			d.Against = story.MaskURL(o.url)
		case o.in != "":
			d.Against = o.in
		}
		for _, s := range suites {
			_, failed, _, missing := s.Counts()
			d.Passed = d.Passed && failed+missing == 0
			d.APIs = append(d.APIs, s.Document())
		}
		return report.EncodeJSON(a.out, d)
	case "junit":
		var cases []report.Case
		for _, s := range suites {
			cases = append(cases, s.Cases()...)
		}
		return report.WriteJUnitCases(a.out, "apigw-cors test", cases)
	}
	for _, s := range suites {
		s.WriteText(a.out, a.painterOf(a.out), o.verbose)
	}
	return nil
}

// concludeTests tells how the run ended.
func concludeTests(suites []suiteOf, failure error) error {
	var failed, silent int
	for _, s := range suites {
		_, f, n, _ := s.Counts()
		failed, silent = failed+f, silent+n
	}
	var over *probe.TimeOverError
	isOver := errors.As(failure, &over)
	switch {
	case failure != nil && !isOver:
		return failure
	case failed > silent:
		return report.Ended{Outcome: report.Refused, Text: report.Plural(failed, "test") + " failed"}
	case isOver:
		return &report.HintedError{Err: errors.New("not every test was run: " + over.Error()), Hint: "--max-time " + (2 * over.Limit).String() + " gives it longer, --concurrency asks more at a time"}
	case failed > 0:
		return errors.New(report.Plural(failed, "test") + " got no answer")
	}
	return nil
}
