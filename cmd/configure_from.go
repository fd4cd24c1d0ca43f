package cmd

import (
	"context"
	"errors"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"apigw-cors/cmd/configure"
	"apigw-cors/cmd/files"
	"apigw-cors/cmd/fix"
	"apigw-cors/cmd/imports"
	"apigw-cors/cmd/lint"
	"apigw-cors/cmd/report"
	mend "apigw-cors/generator/fix"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/importer"
	"apigw-cors/generator/reader"
)

const exampleFrom = `# Begin with a template: what it says is not asked again
$ apigw-cors configure --from template.yaml`

// beginning reads what --from names; nil where nothing is named.
func (a *app) beginning(ctx context.Context, o *configureOptions) (*configure.Imported, error) {
	switch {
	case !o.changed("from"):
		return nil, nil
	case o.from == "":
		return nil, &report.UsageError{Problem: "--from: empty", Hints: []string{"name a template, or the folder of a Terraform module"}}
	case o.from == "-":
		return nil, &report.UsageError{Problem: "--from -: stdin is where the answers come from", Hints: []string{"name a file"}}
	case o.policy.File != "":
		return nil, &report.UsageError{Problem: "--from and --file are two things to begin with", Hints: []string{"give one of the two"}}
	}
	found, err := a.readPolicies(ctx, &importOptions{read: o.read}, o.from)
	if err != nil {
		return nil, err
	}
	if len(found.Faults) > 0 || len(found.APIs) == 0 {
		return nil, a.concludeImport(found, "configure --from", o.from)
	}
	return &configure.Imported{Path: filepath.ToSlash(o.from), APIs: found.APIs}, nil
}

const (
	// maxNearby bounds the files and folders that are looked at unasked, and
	// nearbyWait how long.
	maxNearby  = 400
	nearbyWait = 500 * time.Millisecond
	// maxOffered bounds what is offered to begin with.
	maxOffered = 8
)

// nearby finds what the files of the current folder say, if that is soon told.
// Neither the folder of a person nor the top of a disk is looked through.
func (a *app) nearby(ctx context.Context) (all []configure.Imported) {
	here, err := os.Getwd()
	home, _ := os.UserHomeDir()
	if err != nil || here == home || here == filepath.Dir(here) {
		return nil
	}
	ctx, stop := context.WithTimeout(ctx, nearbyWait)
	defer stop()
	trees, err := files.OpenTrees()
	if err != nil {
		return nil
	}
	defer trees.Close()
	enough := errors.New("enough")
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	found, err := imports.Read(ctx, trees, imports.Options{Options: lint.Options{Progress: func(done, total int) {
		if total == 0 && done > maxNearby {
			cancel(enough)
		}
	}}})
	if err != nil {
		return nil
	}
	for n, api := range found.APIs {
		i := slices.IndexFunc(all, func(f configure.Imported) bool { return f.Path == found.Paths[n] })
		if i < 0 {
			i, all = len(all), append(all, configure.Imported{Path: found.Paths[n]})
		}
		all[i].APIs = append(all[i].APIs, api)
	}
	return all[:min(len(all), maxOffered)]
}

// editor makes the change that brings files in line with a policy, as fix -f
// does. The files are those of the trees.
func editor(trees *files.Trees, read reader.Options) configure.Editor {
	return func(ctx context.Context, api gateway.API, from *configure.Imported, in importer.Import) (configure.Change, error) {
		at, name := from.Path, in.Name
		if in.Tool == "cdk" {
			at, name = appOf(at), constructID(name)
		}
		mended, err := fix.Run(ctx, trees, fix.Options{
			Options: lint.Options{Paths: []string{at}, Read: read},
			Policy:  &mend.Policy{API: api, In: name},
		})
		if err != nil {
			return configure.Change{}, err
		}
		out := configure.Change{Write: mended.Write}
		for _, p := range mended.Placed {
			if p.Refusal != nil {
				err := errors.New(from.Path + ": " + p.Refusal.Why)
				if p.Refusal.Instead == "" {
					return out, err
				}
				return out, &report.HintedError{Err: err, Hint: p.Refusal.Instead}
			}
			for _, n := range p.Notes {
				place := n.Place
				place.File = p.PathOf(place.File)
				out.Notes = append(out.Notes, configure.Note{Place: imports.Where(place), Text: n.Text, Hint: n.Hint})
			}
			out.ByHand = p.Status == mend.ByHandStill
		}
		for _, f := range mended.Files {
			out.Diff += f.Diff()
		}
		return out, nil
	}
}

// appOf is the folder of the CDK app that made what is at a path: the nearest
// with a cdk.json, or else the path itself.
func appOf(at string) string {
	for folder := filepath.Clean(at); ; folder = filepath.Dir(folder) {
		if _, err := os.Stat(filepath.Join(folder, "cdk.json")); err == nil {
			return filepath.ToSlash(folder)
		}
		if folder == filepath.Dir(folder) {
			return at
		}
	}
}

// constructID is the id of a construct, the last of its path; "" where a name is
// not a path.
func constructID(name string) string {
	if !strings.Contains(name, "/") {
		return ""
	}
	return path.Base(name)
}
