package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"apigw-cors/cmd/files"
	"apigw-cors/cmd/lint"
	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/report"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/importer"
	judge "apigw-cors/generator/lint"
	"apigw-cors/generator/reader"
)

// ofCDK says what is read of a CDK app where one of the paths is its folder, else
// "": not its sources, and what is made of them git mostly ignores.
func ofCDK(command string, paths []string) string {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	for _, path := range paths {
		if _, err := os.Stat(filepath.Join(path, "cdk.json")); err == nil {
			return "of a CDK app its templates are read: cdk synth writes them, then apigw-cors " + command + " " + filepath.Join(path, "cdk.out")
		}
	}
	return ""
}

// readPolicy reads the one API that the files are compared with; nil without a
// file. Advice about it is generate's to give.
func (a *app) readPolicy(ctx context.Context, o *lintOptions, command string) (*gateway.API, error) {
	switch {
	case o.file == "" && o.environment != "":
		return nil, &report.UsageError{
			Problem: "--environment: " + report.Quote(o.environment) + ": no policy that has environments", Hints: []string{"name its file with -f"},
		}
	case o.file == "":
		return nil, nil
	}
	_, api, err := a.readSource(ctx, o.file, o.environment, o.apiName, command)
	return api, err
}

// readSource reads the one API of a file, for an environment if it has some,
// that a command compares with. name picks one of several, by its name or its
// apiId, or as the files call what it was imported from.
func (a *app) readSource(ctx context.Context, file, environment, name, command string) (policy.Source, *gateway.API, error) {
	type read struct {
		source policy.Source
		api    gateway.API
	}
	var all, named []read
	var names []string
	in := policy.FileInput(file, environment, a.in)
	for s, err := range in.Sources(ctx) {
		if err != nil {
			return s, nil, err
		}
		var said report.Report
		if api, ok := s.Parse(&said); ok {
			all, names = append(all, read{s, api}), append(names, api.Name())
			tool := ""
			if strings.Contains(name, ".") {
				tool = "terraform"
			}
			if name == api.Name() || name != "" && (name == api.APIID().String() || importer.LogicalName(tool, name) == api.Name()) {
				named = append(named, read{s, api})
			}
		}
		a.report.Add(said.Faults...)
	}
	if err := a.report.Verdict(false); err != nil {
		return policy.Source{}, nil, err
	}
	switch {
	case len(named) == 1:
		return named[0].source, &named[0].api, nil
	case len(all) == 1 && (name == "" || command != "probe"):
		// The files call it so, whatever the policy does.
		return all[0].source, &all[0].api, nil
	case name != "":
		return policy.Source{}, nil, &report.UsageError{
			Problem: "--api-name: " + report.Quote(name) + ": no such API in " + in.Name(), Hints: report.DidYouMean(name, names, "it has "+strings.Join(names, ", ")),
		}
	}
	return policy.Source{}, nil, &report.UsageError{
		Problem: "--file: " + in.Name() + ": " + report.Plural(len(all), "API") + ", where " + command + " compares with one",
		Hints:   []string{"--api-name names one of " + strings.Join(names, ", ")},
	}
}

// readStdin reads what the path "-" stands for, where it is one of the paths.
func (a *app) readStdin(ctx context.Context, o *lint.Options) error {
	if !slices.Contains(o.Paths, "-") {
		return nil
	}
	text, err := files.ReadAll(ctx, a.in, reader.MaxBytes)
	if err != nil {
		return fmt.Errorf("%s: %w", lint.Stdin, err)
	}
	o.Stdin = files.NewTree(lint.Stdin, text)
	return nil
}

// readSettings reads the settings of the working tree, if it has some.
func (a *app) readSettings(ctx context.Context, trees *files.Trees) (policy.Settings, error) {
	tree, _, _, err := trees.Find(".")
	if err != nil {
		return policy.Settings{}, err
	}
	file, err := tree.FS.Open(policy.SettingsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return policy.Settings{}, nil
	}
	var text []byte
	if err == nil {
		defer file.Close()
		text, err = files.ReadAll(ctx, file, policy.MaxDocument)
	}
	if err != nil {
		return policy.Settings{}, fmt.Errorf("%s: %w", tree.Path(policy.SettingsFile), err)
	}
	severities := []string{string(judge.Error), string(judge.Warning), string(judge.Info)}
	s := policy.ReadSettings(text, lint.RuleNames(), severities)
	for i := range s.Faults {
		s.Faults[i].Place.File = tree.Path(policy.SettingsFile)
	}
	if a.report.Add(s.Faults...); len(s.Faults) > 0 {
		return s, report.Ended{Outcome: report.Misused, Text: policy.SettingsFile + " cannot be read"}
	}
	return s, nil
}

// newLintProgress tells a person who looks how far a run is that takes longer
// than a second; clear takes its line back, however the run ends.
func newLintProgress(to io.Writer) (tell func(done, total int), clear func()) {
	start := time.Now()
	var shown time.Time
	tell = func(done, total int) {
		now := time.Now()
		if now.Sub(start) < time.Second || now.Sub(shown) < 100*time.Millisecond {
			return
		}
		shown = now
		if total == 0 {
			fmt.Fprintf(to, "\rlooked at %d files", done)
		} else {
			fmt.Fprintf(to, "\r\x1b[K%d of %d files", done, total)
		}
	}
	clear = func() {
		if !shown.IsZero() {
			fmt.Fprint(to, "\r\x1b[K")
		}
	}
	return tell, clear
}
