package policy

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"apigw-cors/cmd/report"
)

// SettingsFile is the file at the top of a working tree that says how to lint
// it. It is not cors.yaml: a policy is of one API, and lint needs none.
const SettingsFile = ".apigw-cors.yaml"

// Settings are what it says.
type Settings struct {
	// FailOn is the least severity that fails a run, or "".
	FailOn string
	// Ignore are patterns of paths by the rule to ignore there, in the syntax of
	// .gitignore.
	Ignore map[string][]string
	// Faults are what is wrong with it.
	Faults []report.Fault
}

// ReadSettings reads the file: a mapping with lint, and in it failOn, and ignore
// with rules and their paths.
func ReadSettings(text []byte, rules, severities []string) Settings {
	documents := newDocuments(SettingsFile, bytes.NewReader(text))
	root, err := documents.decode()
	switch {
	case errors.Is(err, io.EOF):
		return Settings{}
	case err != nil:
		return Settings{Faults: []report.Fault{syntaxFault(SettingsFile, err)}}
	}
	r := reading{Source: Source{Places: places{file: SettingsFile, at: map[string]position{}}}}
	s := Settings{Ignore: map[string][]string{}}
	r.mapping(root, "", []string{"lint"}, func(_ string, lint *node) {
		r.mapping(lint, "lint", []string{"failOn", "ignore"}, func(key string, value *node) {
			if key == "failOn" {
				s.FailOn = r.oneOf(value, "lint.failOn", severities)
				return
			}
			r.mapping(value, "lint.ignore", rules, func(rule string, paths *node) {
				s.Ignore[rule] = r.list(paths, "lint.ignore."+rule, `name paths as in .gitignore: ["*"] for all`)
			})
		})
	})
	s.Faults = r.Faults
	return s
}

// oneOf reads one of a few words.
func (r *reading) oneOf(at *node, path string, words []string) string {
	before := len(r.Faults)
	word := r.scalar(at, path)
	for _, w := range words {
		if w == word {
			return w
		}
	}
	if len(r.Faults) == before {
		hint := report.DidYouMean(word, words, "the severities are "+strings.Join(words, ", "))[0]
		r.fault(at, path, "not one of the severities", hint)
		r.Faults[before].Value = word
	}
	return ""
}
