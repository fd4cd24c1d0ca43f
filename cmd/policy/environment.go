package policy

import (
	"bytes"
	"errors"
	"regexp"
	"slices"
	"strings"

	"apigw-cors/cmd/report"
	"apigw-cors/cmd/schema"
	"apigw-cors/generator/gateway"
)

// AllEnvironments is the word for every environment of a document.
const AllEnvironments = "all"

// environmentsKey holds what differs from one environment to the next: a mapping
// of names, each with the keys whose values take the place of the shared ones.
const environmentsKey = "environments"

func keyEnvironments() Key {
	return Key{
		Name: environmentsKey, Notation: "{NAME: {...}, ...}", Example: "environments: {dev: {allowOrigins: [https://dev.example.com]}, prod: {}}\n",
		Usage: "what differs from one environment to the next: keys whose values take the place of those above, lists as a whole",
		atTop: true,
		read:  func(r *reading, n *node) { r.environments = n },
		schema: func() *schema.Schema {
			each := &schema.Schema{Type: "object", AdditionalProperties: false}
			own := func(key string) {
				each.Properties = append(each.Properties, schema.Member{Name: key, Schema: &schema.Schema{Ref: "#/properties/" + key}})
			}
			for _, f := range gateway.Fields() {
				own(f.Key)
			}
			for _, k := range Keys() {
				if !k.atTop {
					own(k.Name)
				}
			}
			return &schema.Schema{
				Type: "object", MinProperties: 1, AdditionalProperties: false,
				PropertyNames:     &schema.Schema{Not: &schema.Schema{Const: AllEnvironments}},
				PatternProperties: schema.Members{{Name: environmentPattern, Schema: each}},
			}
		},
	}
}

// document is a YAML document: one API, or one for each environment.
type document struct {
	// shared is what stands at the top: the API itself where there are no
	// environments.
	shared Source
	// environments are the APIs, in the order written. The first has the faults of
	// the way the document is written; each is judged by itself.
	environments []Source
}

// names are those of the environments.
func (d document) names() []string {
	var names []string
	for _, s := range d.environments {
		names = append(names, s.Environment)
	}
	return names
}

// in chooses the APIs of an environment, or of all. What cannot be chosen is a
// mistake on the command line, unless the document itself is at fault.
func (d document) in(environment string) ([]Source, error) {
	names := d.names()
	i := slices.Index(names, environment)
	switch {
	case d.shared.unreadable, len(names) == 0 && (environment == "" || len(d.shared.Faults) > 0):
		return []Source{d.shared}, nil
	case i >= 0:
		chosen := d.environments[i]
		chosen.Faults = d.environments[0].Faults
		return []Source{chosen}, nil
	case environment == AllEnvironments && len(names) > 0:
		all := slices.Clone(d.environments)
		for i := range all {
			all[i].EachEnvironment, all[i].LastEnvironment = true, i == len(all)-1
		}
		return all, nil
	case len(names) > 0 && len(d.environments[0].Faults) > 0:
		// The name may stand in what could not be read.
		faulty := d.shared
		faulty.Faults, faulty.unreadable = d.environments[0].Faults, true
		return []Source{faulty}, nil
	}
	return nil, d.refuse(environment, names)
}

// refuse says what to give in the place of an environment that is not there.
func (d document) refuse(environment string, names []string) error {
	start := d.shared.Places.start
	at := report.Place{File: d.shared.Places.file, Line: start.line, Column: start.column}.Where()
	has := "it has " + strings.Join(names, ", ")
	switch {
	case environment == "":
		return &report.UsageError{
			Problem: at + ": it has environments, and none is named",
			Hints:   []string{"name one with --environment: " + strings.Join(names, ", ")},
		}
	case len(names) == 0:
		return &report.UsageError{
			Problem: "--environment: " + report.Quote(environment) + ": " + at + " has no environments",
			Hints:   []string{"leave --environment out, or put what differs there below environments: apigw-cors help cors.yaml"},
		}
	}
	return &report.UsageError{
		Problem: "--environment: " + report.Quote(environment) + ": " + at + " has no such environment",
		Hints:   report.DidYouMean(environment, names, has),
	}
}

// environmentPattern matches a name: folders are called after it.
const environmentPattern = `^[A-Za-z][A-Za-z0-9-]{0,63}$`

// invalidEnvironment says what is wrong with the name of an environment, and
// what would be right; "" where nothing is.
func invalidEnvironment(name string) (why, hint string) {
	switch {
	case strings.EqualFold(name, AllEnvironments):
		return "the word for every environment", "give it another name"
	case !regexp.MustCompile(environmentPattern).MatchString(name):
		return "not the name of an environment", "use a letter, then letters, digits and hyphens, at most 64, as in prod"
	}
	return "", ""
}

// readEnvironments reads the environments of a document whose shared keys were
// read.
func (r *reading) readEnvironments(at *node) []Source {
	n := r.resolve(at)
	const want = "a mapping from names to the keys that differ"
	switch {
	case !isMapping(n):
		r.wrongType(at, environmentsKey, want, "as in environments: {prod: {allowOrigins: [https://app.example.com]}}")
		return nil
	case len(n.Content) == 0:
		r.fault(at, environmentsKey, "no environment in it", "name one, or leave the key out")
		return nil
	}
	var all []Source
	r.Places.varying = map[string]bool{}
	first := map[string]*node{}
	for i := 0; i+1 < len(n.Content) && r.spend(); i += 2 {
		key, path := n.Content[i], environmentsKey+"."+n.Content[i].Value
		if !isText(key) {
			r.fault(key, environmentsKey+".?", "not the name of an environment", "as in prod")
			continue
		}
		name, folded := key.Value, strings.ToLower(key.Value)
		if was := first[folded]; was != nil {
			place := report.Place{File: r.Places.file, Line: was.Line, Column: was.Column}
			r.fault(key, path, "given twice, first at "+place.String()+"; upper and lower case count as the same", "keep one of the two")
			continue
		}
		first[folded] = key
		if why, hint := invalidEnvironment(name); why != "" {
			r.fault(key, path, why, hint)
			continue
		}
		all = append(all, r.readEnvironment(name, key, n.Content[i+1]))
	}
	return all
}

// readEnvironment reads what an environment has of its own, over what is shared.
func (r *reading) readEnvironment(name string, key, value *node) Source {
	e := reading{values: r.values, Source: r.Source}
	e.Environment, e.Faults = name, nil
	e.Places.environment, e.Places.shared = name, &r.Places
	e.Places.start, e.Places.at = position{key.Line, key.Column}, map[string]position{}
	e.doubtful = slices.Clone(r.doubtful)
	if n := r.resolve(value); isNothing(n) {
		e.fault(value, "", "no value, where a mapping of the keys that differ belongs", "write "+name+": {} where nothing differs")
	} else {
		e.keys(value)
	}
	for path := range e.Places.at {
		r.Places.varying[keyOf(path)] = true
	}
	r.values = e.values
	r.Faults = append(r.Faults, e.Faults...)
	e.Faults = nil
	return e.Source
}

// EnvironmentNames lists the environments of a file, in the order written, as far
// as it can be read.
func EnvironmentNames(text []byte) []string {
	var names []string
	documents := newDocuments("", bytes.NewReader(text))
	for {
		d, err := documents.next()
		if err != nil {
			return names
		}
		for _, name := range d.names() {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
}

// EnvironmentValue is a flag with the name of an environment, or with Every also
// with the word for all.
type EnvironmentValue struct {
	Name  *string
	Every bool
}

func (v EnvironmentValue) Set(s string) error {
	why, hint := invalidEnvironment(s)
	switch {
	case s == AllEnvironments && v.Every:
		why = ""
	case s == AllEnvironments:
		why, hint = "one environment belongs here", "name it; generate takes them all"
	}
	if why != "" {
		return &report.HintedError{Err: errors.New(why), Hint: hint}
	}
	*v.Name = s
	return nil
}

func (v EnvironmentValue) String() string { return *v.Name }

func (v EnvironmentValue) Type() string {
	if v.Every {
		return "name|" + AllEnvironments
	}
	return "name"
}

// Usage is what the flag is for.
func (v EnvironmentValue) Usage() string {
	usage := "environment of cors.yaml to use: see apigw-cors help cors.yaml"
	if v.Every {
		usage = "environment of cors.yaml to use, or all for a folder each: see apigw-cors help cors.yaml"
	}
	return usage
}
