package lint

import (
	"cmp"
	"errors"
	"io/fs"
	"maps"
	"slices"

	"apigw-cors/cmd/report"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/lint"
	"apigw-cors/generator/reader"
)

// gathering puts together what was found, target by target.
type gathering struct {
	ignore   []string
	paths    map[string][]pattern
	said     *report.Report
	found    report.Findings
	comments map[string][]*comment
	// doubtful are the files of readings with faults: what was not found there
	// may be there all the same.
	doubtful map[string]bool
	// files are those read.
	files map[string]bool
}

func (g *gathering) add(j *judged) {
	shown := func(at gateway.Place) gateway.Place {
		if at.File != "" {
			at.File = j.Tree.Path(at.File)
		}
		return at
	}
	if g.found.Below == "" {
		g.found.Below = j.Tree.Here
	}
	if j.err != nil {
		var e *fs.PathError
		err := j.err
		if errors.As(err, &e) {
			err = e.Err
		}
		g.found.Faults = append(g.found.Faults, reader.Fault{Place: shown(gateway.Place{File: j.Name}), Detail: err.Error()})
		return
	}
	for _, f := range j.reading.Faults {
		f.Place = shown(f.Place)
		g.found.Faults = append(g.found.Faults, f)
	}
	if j.reading.Kind == "" {
		if j.Named && len(j.reading.Faults) == 0 {
			g.found.Other = append(g.found.Other, j.Tree.Path(j.Name))
		}
		return
	}
	for name, comments := range j.comments {
		name = j.Tree.Path(name)
		g.files[name] = true
		if _, known := g.comments[name]; !known && len(comments) > 0 {
			g.comments[name] = comments
		}
		if len(j.reading.Faults) > 0 {
			g.doubtful[name] = true
		}
	}
	for i, f := range j.report.Findings {
		f.Place = shown(f.Place)
		f.Related = slices.Clone(f.Related)
		for i := range f.Related {
			f.Related[i].Place = shown(f.Related[i].Place)
		}
		g.found.Findings = append(g.found.Findings, report.Finding{Finding: f, Excerpt: j.excerpts[i]})
	}
	g.found.Compared += len(j.report.Compared)
	for _, u := range j.report.Unknown {
		u.Place = shown(u.Place)
		g.found.Unknown = append(g.found.Unknown, u)
	}
}

// finish gives what was found, by place, each once.
func (g *gathering) finish() *report.Findings {
	f := &g.found
	f.Files = len(g.files)
	slices.SortStableFunc(f.Findings, func(a, b report.Finding) int {
		return cmp.Or(comparePlaces(a.Place, b.Place), cmp.Compare(a.Rule, b.Rule))
	})
	// Two roots may call one module.
	f.Findings = slices.CompactFunc(f.Findings, func(a, b report.Finding) bool {
		return a.Place == b.Place && a.Rule == b.Rule && a.Subject == b.Subject && a.Text == b.Text
	})
	slices.SortStableFunc(f.Unknown, func(a, b lint.Unknown) int { return comparePlaces(a.Place, b.Place) })
	f.Unknown = slices.Compact(f.Unknown)
	slices.SortStableFunc(f.Faults, func(a, b reader.Fault) int { return comparePlaces(a.Place, b.Place) })
	f.Faults = slices.Compact(f.Faults)
	before := len(f.Findings)
	f.Findings = slices.DeleteFunc(f.Findings, func(f report.Finding) bool { return g.ignored(f) })
	f.Ignored = before - len(f.Findings)
	g.sayOfComments()
	return f
}

func comparePlaces(a, b gateway.Place) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}

func (g *gathering) ignored(f report.Finding) bool {
	covered := slices.Contains(g.ignore, f.Rule) || ignores(g.paths[f.Rule], g.found.FromTop(f.Place.File))
	for _, c := range g.comments[f.Place.File] {
		if c.on == f.Place.Line && slices.Contains(c.rules, f.Rule) {
			c.used[f.Rule] = true
			covered = true
		}
	}
	return covered
}

// sayOfComments tells of the comments that do nothing.
func (g *gathering) sayOfComments() {
	names := RuleNames()
	for _, file := range slices.Sorted(maps.Keys(g.comments)) {
		for _, c := range g.comments[file] {
			say := func(code, value, detail, hint string, severity cors.Severity) {
				g.said.Advise(report.Remark{
					Place:  report.Place{File: file, Line: c.line, Column: c.column},
					Advice: cors.Advice{Code: code, Severity: severity, Value: value, Detail: detail, Hint: hint},
				})
			}
			if len(c.rules) == 0 {
				say(report.IgnoreUnknownRule, "", "the comment names no rule", "write "+mark+" ignore[RULE] and the reason", cors.Warning)
			}
			for _, rule := range c.rules {
				switch {
				case !slices.Contains(names, rule):
					say(report.IgnoreUnknownRule, rule, "there is no such rule", report.DidYouMean(rule, names, "apigw-cors help rule lists them")[0], cors.Warning)
				case !c.used[rule] && !g.doubtful[file] && !slices.Contains(g.ignore, rule):
					say(report.IgnoreUnused, rule, "nothing to ignore here", "take it out of the comment", cors.Note)
				}
			}
		}
	}
}

// RuleNames are the names of all rules.
func RuleNames() []string {
	var names []string
	for _, r := range lint.Rules() {
		names = append(names, r.Name)
	}
	return names
}
