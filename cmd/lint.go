package cmd

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"apigw-cors/cmd/files"
	"apigw-cors/cmd/lint"
	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/report"
	"apigw-cors/generator/cors"
	judge "apigw-cors/generator/lint"
	"apigw-cors/generator/reader"
)

// lintOptions are the flags of lint.
type lintOptions struct {
	format      choice[string]
	failOn      choice[judge.Severity]
	ignore      []string
	origins     []string
	file        string
	environment string
	// apiName is how the files call the API that the policy is for.
	apiName string
	read    fileFlags
	unknown bool
	diff    bool
	// failOnGiven: the flag counts, whatever the settings say.
	failOnGiven bool
}

func newLint(a *app, run func(context.Context, *lintOptions, []string) error) *cobra.Command {
	o := &lintOptions{
		format: newChoice("text", "json", "sarif", "github", "junit"),
		failOn: newChoice(judge.Error, judge.Warning, judge.Info),
	}
	cmd := &cobra.Command{
		Use:   "lint [PATH...] [flags]",
		Short: "Find what is wrong with the CORS of templates you have",
		Long: `Find what is wrong with the CORS of templates you have: SAM, CloudFormation, the
CDK's cdk.out, OpenAPI with API Gateway's extensions, Terraform modules,
serverless.yml. Each file is asked what a browser would make of it; a finding
says what a page sees, why, and the fix. Nothing is sent anywhere.

A PATH is a file, a folder, or - for stdin; without one it is the current
folder. In a folder every file is read that configures API Gateway, but not what
git ignores.

A finding is ignored with a comment on its line or above it,
  # apigw-cors: ignore[RULE] reason
or, as JSON has no comments, in .apigw-cors.yaml at the top of the working tree:
  lint: {failOn: warning, ignore: {RULE: [PATH, ...]}}
with paths as in .gitignore. Exit code 3 says that there are findings of
--fail-on or worse, or with --file no API that the policy is for.`,
		Example: examples(exampleLint, exampleLintDiff, exampleLintOrigin, exampleLintCI),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveDefault
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if a.json && !cmd.Flags().Changed("format") {
				o.format.value = "json"
			}
			o.failOnGiven = cmd.Flags().Changed("fail-on")
			return run(cmd.Context(), o, args)
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.Var(&o.format, "format", "how to print the findings")
	o.bind(cmd, "lowest severity that fails the run")
	o.bindPolicy(cmd)
	flags.BoolVar(&o.diff, "diff", false, "show the edits of fix, or of fix --file, behind the findings")
	flags.BoolVar(&o.unknown, "unknown", false, "list what cannot be known from the files, and why")
	completeFlag(cmd, "format", completeOne(o.format.names()))
	return cmd
}

// bindPolicy registers the flags that name a policy.
func (o *lintOptions) bindPolicy(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.VarP(policy.TextValue{Text: &o.file, Kind: "cors.yaml"}, "file", "f", "policy that the files have to say")
	flags.Var(policy.TextValue{Text: &o.apiName, Kind: "NAME"}, "api-name", "name of the API in the files, where they have several (default apiId or name of the policy)")
	registerEnvironment(cmd, &o.environment)
	completeFlag(cmd, "file", completeExtensions("yaml", "yml"))
	completeFlag(cmd, "api-name", noCompletion)
}

// bind registers the flags that tell what to read and how to judge it.
func (o *lintOptions) bind(cmd *cobra.Command, failOn string) {
	flags := cmd.Flags()
	flags.Var(&o.failOn, "fail-on", failOn)
	flags.Var(entriesValue{&o.ignore, "RULE"}, "ignore", "leave out the findings of this rule; repeatable")
	flags.Var(entriesValue{&o.origins, "origin"}, "origin", "origin of a page that has to get through; repeatable (default any that the files allow)")
	o.read.register(cmd)
	completeFlag(cmd, "fail-on", completeOne(o.failOn.names()))
	completeFlag(cmd, "ignore", completeRules)
	completeFlag(cmd, "origin", noCompletion)
}

func completeRules(string) ([]string, cobra.ShellCompDirective) {
	var all []string
	for _, r := range judge.Rules() {
		all = append(all, r.Name+"\t"+r.Summary)
	}
	return all, cobra.ShellCompDirectiveNoFileComp
}

const (
	exampleLint = `# What is wrong with the templates in this folder?
$ apigw-cors lint`

	exampleLintDiff = `# And how would fix mend it?
$ apigw-cors lint --diff template.yaml`

	exampleLintOrigin = `# Does a page on this origin get through?
$ apigw-cors lint --origin https://app.example.com template.yaml`

	exampleLintCI = `# In CI, where warnings fail, too
$ apigw-cors lint --format github --fail-on warning`
)

// lintMemory is from where on the garbage collector runs more often: what was
// parsed of a file before is not to pile up beyond what help limits promises.
const lintMemory = 150 << 20

// lint judges files and prints the findings.
func (a *app) lint(ctx context.Context, o *lintOptions, paths []string) error {
	options, err := o.parse(ctx, paths)
	if err != nil {
		return err
	}
	if options.Judge.Policy, err = a.readPolicy(ctx, o, "lint"); err != nil {
		return err
	}
	if err = a.readStdin(ctx, &options); err != nil {
		return err
	}
	trees, err := files.OpenTrees()
	if err != nil {
		return err
	}
	defer trees.Close()
	if options.IgnoreIn, err = a.settle(ctx, trees, o); err != nil {
		return err
	}
	clear := func() {}
	if a.watched() {
		options.Progress, clear = newLintProgress(a.err)
	}
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(lintMemory))
	found, err := lint.Run(ctx, trees, options, &a.report)
	clear()
	if err != nil {
		return err
	}
	found.FailOn = o.failOn.value
	if err := a.printFindings(o, found); err != nil {
		return err
	}
	edits := ""
	if o.diff {
		if edits, err = a.showEdits(ctx, trees, options); err != nil {
			return err
		}
	}
	return a.concludeLint(o, paths, found, edits)
}

// settle takes over the settings of the working tree: the severity that fails
// the run, and where rules are ignored.
func (a *app) settle(ctx context.Context, trees *files.Trees, o *lintOptions) (ignoreIn map[string][]string, err error) {
	settings, err := a.readSettings(ctx, trees)
	if settings.FailOn != "" && !o.failOnGiven {
		o.failOn.value = judge.Severity(settings.FailOn)
	}
	return settings.Ignore, err
}

func (a *app) printFindings(o *lintOptions, found *report.Findings) error {
	switch o.format.value {
	case "json":
		return found.WriteJSON(a.out)
	case "sarif":
		return found.WriteSARIF(a.out)
	case "github":
		return found.WriteGitHub(a.out)
	case "junit":
		return found.WriteJUnit(a.out)
	}
	painter := a.painterOf(a.out)
	return found.WriteText(a.out, painter, painter.Coloured() || isTerminal(a.out), o.unknown)
}

// concludeLint counts the findings on stderr, and tells how the run ended; edits
// is what they would come to, or "".
func (a *app) concludeLint(o *lintOptions, paths []string, found *report.Findings, edits string) error {
	for _, f := range found.Faults {
		a.report.Add(report.Fault{
			Place:      report.Place{File: f.Place.File, Line: f.Place.Line, Column: f.Place.Column},
			FieldError: cors.FieldError{Index: -1, Reason: cors.Invalid, Detail: f.Detail, Hint: f.Hint},
		})
	}
	var lines []string
	for _, name := range found.Other {
		lines = append(lines, name+": nothing that tells API Gateway about an API")
	}
	switch {
	case found.Files > 0:
		lines = append(lines, found.Summary())
		if n := len(found.Unknown); n > 0 {
			line := report.Plural(n, "open question")
			if !o.unknown {
				line += ", listed with --unknown"
			}
			lines = append(lines, line)
		}
		if edits != "" {
			lines = append(lines, edits)
		}
	case len(found.Other) == 0 && len(found.Faults) == 0:
		lines = append(lines,
			"nothing to read here: no SAM, CloudFormation or Terraform for API Gateway, no OpenAPI with its extensions, no serverless.yml",
			cmp.Or(ofCDK("lint", paths), "what git ignores is read only where it is named, as in: apigw-cors lint cdk.out"))
	}
	switch {
	case len(found.Faults) > 0:
		return errors.New(strings.Join(append(lines, "not everything could be read"), "\n"))
	case o.file != "" && found.Compared == 0 && found.Files > 0:
		lines = append(lines, "no API here that the policy is for: its api says of which kind it is, --api-name how the files call it")
		return report.Ended{Outcome: report.Rejected, Text: strings.Join(lines, "\n")}
	case found.Failing() > 0:
		return report.Ended{Outcome: report.Rejected, Text: strings.Join(lines, "\n")}
	}
	a.report.Conclude(lines...)
	return nil
}

// parse reads the flags: every mistake at once.
func (o *lintOptions) parse(ctx context.Context, paths []string) (lint.Options, error) {
	out := lint.Options{Paths: paths, Ignore: o.ignore, Judge: judge.Options{Origins: o.origins, PolicyFor: o.apiName}}
	e := &report.UsageError{}
	names := lint.RuleNames()
	for _, rule := range o.ignore {
		if !slices.Contains(names, rule) {
			e.Add("--ignore: "+report.Quote(rule)+": there is no such rule", report.DidYouMean(rule, names, "apigw-cors help rule lists them")...)
		}
	}
	for _, origin := range o.origins {
		if _, err := cors.ParseOrigin(origin); err != nil {
			for _, f := range cors.Faults(err) {
				e.Add("--origin: "+report.Quote(origin)+": "+f.Detail, f.Hint)
			}
		}
	}
	if o.file == "-" && slices.Contains(paths, "-") {
		e.Add("-: stdin is the policy already", "name the file of one of the two")
	}
	if o.apiName != "" && o.file == "" {
		e.Add("--api-name is for a policy", "give it with --file cors.yaml")
	}
	if o.diff && o.format.value != "text" {
		e.Add("--diff: only with --format text", "apigw-cors fix shows the edits, with --json for a program")
	}
	var err error
	if out.Read, err = o.read.parse(ctx, e); e.Problem != "" {
		return out, e
	}
	return out, err
}

// assignments reads NAME=VALUE.
func assignments(flag string, all []string, e *report.UsageError) map[string]string {
	values := map[string]string{}
	for _, text := range all {
		name, value, ok := strings.Cut(text, "=")
		switch _, twice := values[name]; {
		case !ok || name == "":
			e.Add(flag+": "+report.Quote(text)+": not NAME=VALUE", "write "+flag+" Name=value")
		case twice:
			e.Add(flag+": "+report.Quote(name)+": given twice", "keep one of the two")
		}
		values[name] = value
	}
	return values
}

// readNamed reads a file that a flag names.
func readNamed(ctx context.Context, name string) ([]byte, error) {
	f, _, err := files.Open(ctx, name)
	if errors.Is(err, os.ErrNotExist) {
		return nil, errors.New(name + ": no such file")
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := files.ReadAll(ctx, f, reader.MaxBytes)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return text, nil
}
