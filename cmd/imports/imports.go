// Package imports makes policies of the files that people have, with what lint
// has to say about them, and writes them as cors.yaml or as JSON.
package imports

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"apigw-cors/cmd/files"
	"apigw-cors/cmd/lint"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/importer"
	judge "apigw-cors/generator/lint"
	"apigw-cors/generator/reader"
)

// Found is what was made of the files. All places are as a person at the current
// folder calls them.
type Found struct {
	// APIs are the policies in the order of the files, each of another name, and
	// Paths the files or folders that were read for them.
	APIs  []importer.Import
	Paths []string
	// Faults keep files, or parts of them, from being read.
	Faults []reader.Fault
	// Other are files that somebody named, and that tell of no API.
	Other []string
}

// Options are what to read, and how.
type Options struct {
	lint.Options
	// IDs: what the file calls the API and its paths is asked for.
	IDs bool
}

// Read reads what is at the paths of o, and makes a policy of each API.
func Read(ctx context.Context, trees *files.Trees, o Options) (*Found, error) {
	readings, err := lint.Readings(ctx, trees, o.Options)
	if err != nil {
		return nil, err
	}
	found, taken := &Found{}, map[string]bool{}
	for _, r := range readings {
		found.add(r, taken, o.IDs)
	}
	return found, nil
}

func (f *Found) add(r lint.Reading, taken map[string]bool, ids bool) {
	shown := func(at gateway.Place) gateway.Place {
		if at.File != "" {
			at.File = r.Tree.Path(at.File)
		}
		return at
	}
	if r.Err != nil {
		var e *fs.PathError
		err := r.Err
		if errors.As(err, &e) {
			err = e.Err
		}
		f.Faults = append(f.Faults, reader.Fault{Place: shown(gateway.Place{File: r.Path}), Detail: err.Error()})
		return
	}
	for _, fault := range r.Faults {
		fault.Place = shown(fault.Place)
		f.Faults = append(f.Faults, fault)
	}
	if len(r.APIs) == 0 && r.Named && len(r.Faults) == 0 {
		f.Other = append(f.Other, r.Tree.Path(r.Path))
	}
	for n, facts := range r.APIs {
		i := importer.From(facts)
		if ids {
			i.AddIDs(facts)
		}
		judged(&i, slices.DeleteFunc(slices.Clone(r.Report.Findings), func(f judge.Finding) bool {
			return f.API != facts.Name && (f.API != "" || ownerOf(r.APIs, f.Place) != n)
		}))
		i.Place = shown(i.Place)
		for path, at := range i.Places {
			i.Places[path] = shown(at)
		}
		for n := range i.Notes {
			i.Notes[n].Place = shown(i.Notes[n].Place)
		}
		named(&i, taken)
		f.APIs, f.Paths = append(f.APIs, i), append(f.Paths, r.Tree.Path(r.Path))
	}
}

// ownerOf is the API that something in a file is about: the last that begins
// before it, or else the first.
func ownerOf(apis []gateway.Facts, at gateway.Place) (owner int) {
	for i, f := range apis {
		if f.Place.File == at.File && f.Place.Line <= at.Line && (apis[owner].Place.Line <= f.Place.Line || apis[owner].Place.Line > at.Line) {
			owner = i
		}
	}
	return owner
}

// named gives an API a name that no other has: generate keeps files apart by it.
func named(i *importer.Import, taken map[string]bool) {
	name := i.Config.Name
	if name == "" {
		name = gateway.DefaultName
	}
	own := name
	for n := 2; taken[strings.ToLower(own)]; n++ {
		own = fmt.Sprintf("%s%d", name[:min(len(name), 60)], n)
	}
	if taken[strings.ToLower(own)] = true; own != name {
		i.Config.Name = own
		i.Notes = append(i.Notes, importer.Note{Field: "name", Place: i.Place, Text: "another API has the name " + name + " already"})
	}
}

// judged puts to the notes what lint finds wrong in the API: the name of the
// rule where a note is about the same field at the same place, and the errors of
// which no note tells.
func judged(i *importer.Import, findings []judge.Finding) {
	for _, f := range findings {
		told := false
		for n := range i.Notes {
			note := &i.Notes[n]
			if note.Rule == f.Rule {
				told = true
			}
			about := fieldOf(f.Rule)
			at := note.Place
			if note.Rule == "" && about != "" && strings.HasPrefix(note.Field, about) && at.File == f.Place.File && at.Line == f.Place.Line && at.Column == f.Place.Column {
				note.Rule, told = f.Rule, true
			}
		}
		if !told && f.Severity == judge.Error {
			i.Notes = append(i.Notes, importer.Note{Field: fieldOf(f.Rule), Place: f.Place, Text: "in the file " + f.Text, Rule: f.Rule})
		}
	}
	slices.SortStableFunc(i.Notes, func(a, b importer.Note) int { return rankOf(a.Field) - rankOf(b.Field) })
}

// fieldOf is the field that a rule is about; "" where it is about the API.
func fieldOf(rule string) string {
	if strings.HasPrefix(rule, "response-lacks") {
		return "" // it is about the methods themselves
	}
	for _, about := range []struct{ word, field string }{
		{"gateway-response", "gatewayResponses"}, {"wildcard-with-credentials", "allowOrigins"}, {"credentials", "allowCredentials"},
		{"preflight-authorized", "auth"}, {"authorizer", "auth"}, {"header-not-allowed", "allowHeaders"}, {"allow-headers", "allowHeaders"},
		{"content-type", "allowHeaders"}, {"allow-methods", "allowMethods"}, {"max-age", "maxAge"}, {"missing-options", "resources"}, {"allow-origin", "allowOrigins"}, {"origin", "allowOrigins"},
	} {
		if strings.Contains(rule, about.word) {
			return about.field
		}
	}
	return ""
}

// rankOf is the place of a path among the fields; what is about the API comes
// first.
func rankOf(path string) int {
	key := path
	if i := strings.IndexAny(path, "[."); i >= 0 {
		key = path[:i]
	}
	return slices.IndexFunc(gateway.Fields(), func(f gateway.Field) bool { return f.Key == key })
}

// Wrong reports whether a note is about something for which a browser refuses
// what the file plainly wants, or a deployment fails: an error of lint.
func Wrong(n importer.Note) bool {
	return n.Rule != "" && slices.ContainsFunc(judge.Rules(), func(r judge.Rule) bool { return r.Name == n.Rule && r.Severity == judge.Error })
}

// Open are the notes of what is left open.
func Open(i importer.Import) (open []importer.Note) {
	for _, n := range i.Notes {
		if n.Open {
			open = append(open, n)
		}
	}
	return open
}
