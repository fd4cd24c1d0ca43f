package cmd

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"apigw-cors/cmd/files"
	"apigw-cors/cmd/fix"
	"apigw-cors/cmd/lint"
	"apigw-cors/cmd/report"
	"apigw-cors/generator/cors"
	mend "apigw-cors/generator/fix"
	judge "apigw-cors/generator/lint"
)

// fixOptions are the flags of fix.
type fixOptions struct {
	lintOptions
	rules                []string
	write, check, unsafe bool
}

func newFix(a *app, run func(context.Context, *fixOptions, []string) error) *cobra.Command {
	o := &fixOptions{lintOptions: lintOptions{failOn: newChoice(judge.Error, judge.Warning, judge.Info)}}
	cmd := &cobra.Command{
		Use:   "fix [PATH...] [flags]",
		Short: "Mend what lint finds, in the files you have",
		Long: `Mend what lint finds in SAM and CloudFormation templates, OpenAPI documents and
Terraform modules, by edits of their own text: comments, quotes, indentation and
line ends stay, and every byte outside of the edits. Without --write nothing is
changed: stdout is the diff, which ` + "`patch -p0`" + ` takes, too.

After the edits the files are read and judged again. An edit is dropped if it
does not mend its finding, brings another one, or changes anything else that API
Gateway is told. Values that are not in the files, such as whose pages may call,
are never made up. stderr says of each finding whether it is fixed, and if not,
why.

With --write each file is written as a whole, and the files of an API directly
after each other, once all of them are on the disk. A run that is killed in
between leaves some of them as they were; the next run edits the rest.

By default fix makes only safe edits: they let through what the file plainly
wants. --unsafe also makes those that decide who may call: they add, change or
echo an origin, or touch credentials. Findings without an effect, which lint
calls info, are left alone unless --rule names them. Comments that ignore a
finding, and .apigw-cors.yaml, count as for lint.

--file makes the files say a whole policy, and mends nothing else: Cors and
CorsConfiguration, OPTIONS mocks, gateway responses, the headers of responses
that API Gateway maps, and what keeps a preflight from being asked for
credentials. What the files say of CORS is replaced, the rest stays. A policy
that names paths is for these alone, else it is for all. Paths that the files do
not have are reported, not made. Where there are several APIs, --api-name, apiId
or name says which one is meant. Exit code 3 then means that the policy was
refused.

Sources of the CDK are not edited. For its app, a folder with cdk.json or a .ts
file, --file renders the module to import, cors.ts, beside the source that makes
the API, and stderr has the lines to add with that source's own names. With
--check exit code 4 also says that no source imports it.

Exit code 3 means that findings of --fail-on or worse are left, and 4 with
--check that something would change.`,
		Example: examples(exampleFix, exampleFixUnsafe, exampleFixCI, exampleFixPolicy, exampleFixPolicyCI, exampleFixCDK),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveDefault
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			o.failOnGiven = cmd.Flags().Changed("fail-on")
			return run(cmd.Context(), o, args)
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.BoolVar(&o.write, "write", false, "write the files")
	flags.BoolVar(&o.check, "check", false, "write nothing; exit code 4 if something would change")
	flags.BoolVar(&o.unsafe, "unsafe", false, "make edits that decide who may call, too")
	flags.Var(entriesValue{&o.rules, "RULE"}, "rule", "mend only the findings of this rule; repeatable")
	o.bindPolicy(cmd)
	o.bind(cmd, "lowest severity that fails the run if it is left")
	completeFlag(cmd, "rule", completeRules)
	return cmd
}

const (
	exampleFix = `# What would be mended in the templates in this folder?
$ apigw-cors fix`

	exampleFixUnsafe = `# Mend all that can be, and look at it with git diff
$ apigw-cors fix --unsafe --write template.yaml`

	exampleFixPolicy = `# Let a template say what cors.yaml says
$ apigw-cors fix --file cors.yaml --write template.yaml`

	exampleFixPolicyCI = `# In CI: does the template still say it?
$ apigw-cors fix --file cors.yaml --check template.yaml`

	exampleFixCDK = `# Render the module of a CDK app, and tell the lines that use it
$ apigw-cors fix --file cors.yaml --write cdk`

	exampleFixCI = `# In CI: nothing left to mend
$ apigw-cors fix --check`
)

// fix mends files, and shows the edits or writes them.
func (a *app) fix(ctx context.Context, o *fixOptions, paths []string) error {
	options, err := o.parse(ctx, paths)
	if err != nil {
		return err
	}
	if options.Judge.Policy, err = a.readPolicy(ctx, &o.lintOptions, "fix"); err != nil {
		return err
	}
	options.Policy = toPutIn(options.Judge)
	trees, err := files.OpenTrees()
	if err != nil {
		return err
	}
	defer trees.Close()
	if options.IgnoreIn, err = a.settle(ctx, trees, &o.lintOptions); err != nil {
		return err
	}
	clear := func() {}
	if a.watched() {
		options.Progress, clear = newLintProgress(a.err)
	}
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(lintMemory))
	mended, err := fix.Run(ctx, trees, options)
	clear()
	if err != nil {
		return err
	}
	if o.write {
		if err := mended.Write(ctx); err != nil {
			return err
		}
	}
	return a.concludeFix(o, mended)
}

// parse reads the flags: every mistake at once.
func (o *fixOptions) parse(ctx context.Context, paths []string) (fix.Options, error) {
	out := fix.Options{Rules: o.rules, Unsafe: o.unsafe}
	var err error
	out.Options, err = o.lintOptions.parse(ctx, paths)
	e := &report.UsageError{}
	if errors.As(err, &e) {
		err = nil
	}
	if slices.Contains(paths, "-") {
		e.Add("-: fix edits files, and stdin is not one", "name the file; apigw-cors lint --diff - shows the edits")
	}
	if o.write && o.check {
		e.Add("--write and --check exclude each other", "--check writes nothing")
	}
	if o.file != "" && (len(o.rules) > 0 || o.unsafe) {
		e.Add("--file excludes --rule and --unsafe", "with a policy nothing else is mended")
	}
	names := lint.RuleNames()
	for _, rule := range o.rules {
		if !slices.Contains(names, rule) {
			e.Add("--rule: "+report.Quote(rule)+": there is no such rule", report.DidYouMean(rule, names, "apigw-cors help rule lists them")...)
		}
	}
	if e.Problem != "" {
		return out, e
	}
	return out, err
}

// toPutIn is the policy that files are compared with, to be put into them.
func toPutIn(o judge.Options) *mend.Policy {
	if o.Policy == nil {
		return nil
	}
	return &mend.Policy{API: *o.Policy, In: o.PolicyFor}
}

// showEdits prints the edits that fix would make behind the findings of lint, and
// gives what they come to.
func (a *app) showEdits(ctx context.Context, trees *files.Trees, options lint.Options) (string, error) {
	mended, err := fix.Run(ctx, trees, fix.Options{Options: options, Policy: toPutIn(options.Judge)})
	if err != nil {
		return "", err
	}
	if len(mended.Files) > 0 {
		if _, err := fmt.Fprintln(a.out); err != nil {
			return "", err
		}
		if err := mended.WriteDiff(a.out, isTerminal(a.out)); err != nil {
			return "", err
		}
	}
	placed := report.Mended{Placed: mended.Placed}
	if err := placed.WriteText(a.err, a.painter()); err != nil {
		return "", err
	}
	said := sayMended(mended)
	return said.Summary(), nil
}

// sayMended is what there is to say of edits.
func sayMended(mended *fix.Mended) report.Mended {
	said := report.Mended{Outcomes: mended.Outcomes, Placed: mended.Placed, Read: mended.Read, Ignored: mended.Ignored}
	for _, f := range mended.Files {
		said.Files = append(said.Files, report.MendedFile{Path: f.Path, Diff: f.Diff(), New: f.Before == nil})
	}
	return said
}

// concludeFix prints the edits on stdout and what became of the findings on
// stderr, and tells how the run ended.
func (a *app) concludeFix(o *fixOptions, mended *fix.Mended) error {
	said := sayMended(mended)
	said.Written, said.FailOn = o.write, o.failOn.value
	for _, f := range mended.Faults {
		a.report.Add(report.Fault{
			Place:      report.Place{File: f.Place.File, Line: f.Place.Line, Column: f.Place.Column},
			FieldError: cors.FieldError{Index: -1, Reason: cors.Invalid, Detail: f.Detail, Hint: f.Hint},
		})
	}
	if a.json {
		if err := said.WriteJSON(a.out, a.report.Faults); err != nil {
			return err
		}
	} else {
		if !o.write {
			if err := mended.WriteDiff(a.out, isTerminal(a.out)); err != nil {
				return err
			}
		}
		var b bytes.Buffer
		if err := said.WriteText(&b, a.painter()); err != nil {
			return err
		}
		a.err.Write(b.Bytes())
	}
	if mended.Read == 0 && len(mended.Faults) == 0 {
		a.report.Conclude("nothing to read here: no SAM, CloudFormation or Terraform for API Gateway, no OpenAPI with its extensions")
		return nil
	}
	lines := []string{said.Summary()}
	switch {
	case len(mended.Faults) > 0:
		return errors.New(strings.Join(append(lines, "not everything could be read"), "\n"))
	case said.IsRefused():
		return report.Ended{Outcome: report.Rejected, Text: "the policy was not put in"}
	case o.check && len(mended.Files) == 0 && said.IsByHand():
		return &report.HintedError{Err: report.Ended{Outcome: report.Differs, Text: "the policy is not used"}, Hint: "add the lines above"}
	case o.check && len(mended.Files) > 0:
		return &report.HintedError{Err: report.Ended{Outcome: report.Differs, Text: lines[0]}, Hint: "the same command with --write in the place of --check makes the edits"}
	case said.Failing() > 0 && len(said.Placed) == 0:
		return report.Ended{Outcome: report.Rejected, Text: strings.Join(lines, "\n")}
	}
	a.report.Conclude(lines...)
	return nil
}
