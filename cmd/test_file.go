package cmd

import (
	"context"
	"strings"

	"apigw-cors/cmd/check"
	"apigw-cors/cmd/files"
	"apigw-cors/cmd/report"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

// runInFile runs tests against what a file says.
func (a *app) runInFile(ctx context.Context, o *testOptions, s suiteOf) error {
	facts, pathOf, err := a.readFacts(ctx, o, s.api.Name())
	if err != nil {
		return err
	}
	asker := check.File{Deployment: facts.Deploy(), Endpoint: check.Endpoint}
	if o.assumeBackend {
		asker.Backend = s.api.Deploy().Lambda
	}
	if err := s.Run(ctx, asker, o.abreast, nil); err != nil {
		return err
	}
	for i := range s.Tests {
		t := &s.Tests[i]
		if t.Outcome.At.File != "" {
			t.Outcome.At.File = pathOf(t.Outcome.At.File)
		}
		if t.Outcome.Verdict == check.Unknown && len(t.Problems) > 0 {
			if strings.HasPrefix(t.Outcome.Doubt.Why, "what the backend of") {
				t.Hints = append(t.Hints, "--assume-backend takes it to send what the policy asks of it")
			}
			t.Hints = append(t.Hints, "--allow-unknown lets what nobody can tell pass")
		}
	}
	return nil
}

// readFacts reads the one API of a file that the tests are about. pathOf is how
// a person calls a file that it names.
func (a *app) readFacts(ctx context.Context, o *testOptions, name string) (facts gateway.Facts, pathOf func(string) string, err error) {
	e := &report.UsageError{}
	var options reader.Options
	options.Parameters = assignments("--parameter", o.parameters, e)
	options.Variables = assignments("--var", o.variables, e)
	if e.Problem != "" {
		return facts, nil, e
	}
	if o.plan != "" {
		if options.Plan, err = readNamed(ctx, o.plan); err != nil {
			return facts, nil, err
		}
	}
	trees, err := files.OpenTrees()
	if err != nil {
		return facts, nil, err
	}
	defer trees.Close()
	tree, file, _, err := trees.Find(o.in)
	if err != nil {
		return facts, nil, err
	}
	reading, err := reader.Read(tree.FS, file, options)
	if err != nil {
		return facts, nil, err
	}
	for _, f := range reading.Faults {
		a.report.Add(report.Fault{
			Place:      report.Place{File: tree.Path(f.Place.File), Line: f.Place.Line, Column: f.Place.Column},
			FieldError: cors.FieldError{Index: -1, Reason: cors.Invalid, Detail: f.Detail, Hint: f.Hint},
		})
	}
	if err := a.report.Verdict(false); err != nil {
		return facts, nil, err
	}
	facts, err = o.choose(reading.APIs, name)
	return facts, tree.Path, err
}

// choose is the only API, the one that is asked for, or the one named as in the
// policy.
func (o *testOptions) choose(all []gateway.Facts, name string) (gateway.Facts, error) {
	if o.api != "" {
		name = o.api
	}
	var names []string
	for _, f := range all {
		if f.Name == name {
			return f, nil
		}
		names = append(names, f.Name)
	}
	switch {
	case len(all) == 0:
		return gateway.Facts{}, &report.UsageError{Problem: "--in: " + report.Quote(o.in) + ": tells API Gateway about no API", Hints: []string{"name the template, the module's folder, or the OpenAPI document"}}
	case o.api != "":
		return gateway.Facts{}, &report.UsageError{Problem: "--api-name: " + report.Quote(o.api) + ": no such API in " + o.in, Hints: report.DidYouMean(o.api, names, "it has "+strings.Join(names, ", "))}
	case o.byName:
		return gateway.Facts{}, &report.UsageError{Problem: "--in: " + report.Quote(o.in) + ": none of its APIs is called " + name, Hints: []string{"it has " + strings.Join(names, ", ") + "; give each API a file of its own, and --api-name"}}
	case len(all) > 1:
		return gateway.Facts{}, &report.UsageError{Problem: "--in: " + report.Quote(o.in) + ": several APIs, and none is called " + name, Hints: []string{"--api-name names one of " + strings.Join(names, ", ")}}
	}
	return all[0], nil
}
