package fix

import (
	"fmt"
	"slices"
	"strings"

	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

// Policy is a policy to be put into files, in place of whatever they say of
// CORS.
type Policy struct {
	API gateway.API
	// In is how the files call the API it is for, see [gateway.Facts.Name]. ""
	// stands for what the policy itself calls it (apiId, or else name), or for the
	// only API of its kind.
	In string
}

// Placed is what became of a policy. The zero Placed stands for no policy.
type Placed struct {
	// API is how the files call the API it is for; "" where none was found.
	API    string
	Status PlacedStatus
	// Refusal is why it was not put in; nil where it was.
	Refusal *Refusal
	// Notes are what is left to know, or to do.
	Notes []Note
}

// PlacedStatus is what became of a policy.
type PlacedStatus string

// The statuses.
const (
	// PutIn is a policy that the edited files say; they did not before.
	PutIn PlacedStatus = "put-in"
	// InPlace is one that the files say as they are.
	InPlace PlacedStatus = "in-place"
	// ByHandStill is one of a CDK app whose sources do not use the module that is
	// rendered for it: the notes are the lines to add.
	ByHandStill PlacedStatus = "by-hand"
	// Refused is one that was not put in.
	Refused PlacedStatus = "refused"
)

// Refusal is why a policy is not put into files. It is an error.
type Refusal struct {
	// Place may be zero.
	Place gateway.Place
	// Why is the reason, Instead the way that works; it may be "".
	Why, Instead string
	// Absent is set where the files have no API that the policy is for.
	Absent bool
}

func (r *Refusal) Error() string { return r.Why }

func refuse(at gateway.Place, instead, why string, args ...any) error {
	return &Refusal{Place: at, Why: fmt.Sprintf(why, args...), Instead: instead}
}

// Note is something to know about a policy in files, or to do by hand.
type Note struct {
	Place      gateway.Place
	Text, Hint string
}

// placing is a policy on its way into an API of the files.
type placing struct {
	*State
	policy gateway.API
	// facts are what the files say of the API: more than once where conditions
	// decide.
	facts []*gateway.Facts
	// target is the policy for those paths that the files have.
	target gateway.API
	// allPaths: the policy is for every path of the API.
	allPaths bool
	notes    []Note
	// edited are the files that change, in the order in which they were asked for.
	edited []*sheet
}

// put plans how a policy comes into the files. Without changes they say it
// already.
func (s *State) put(policy Policy) (p *placing, changes []edit.Change, err error) {
	p = &placing{State: s, policy: policy.API}
	if err = p.choose(policy); err != nil {
		return p, nil, err
	}
	if policy.API.Preflight() == gateway.ByLambda {
		return p, nil, refuse(gateway.Place{}, "generate renders what goes beside the function", "with preflight lambda a function answers, and no file of the API says it")
	}
	if s.Reading.Kind == reader.Terraform {
		if err = p.madeHere(); err != nil {
			return p, nil, err
		}
	}
	if err = p.cover(); err != nil {
		return p, nil, err
	}
	switch s.Reading.Kind {
	case reader.SAM:
		err = p.intoSAM()
	case reader.CloudFormation:
		err = p.intoTemplate()
	case reader.OpenAPI:
		err = p.intoDocument()
	case reader.Terraform:
		changes, err = p.intoModule()
	case reader.CDK:
		err = refuse(p.facts[0].Place, "name the folder of cdk.json, or the source: the module to import is rendered there", "the CDK makes this file: change the code of the stack")
	default:
		err = refuse(p.facts[0].Place, "write it at cors of the events, or of provider.httpApi; lint --file then says where the two differ", "a policy is not put into files of %s", s.Reading.Kind)
	}
	for _, h := range p.edited {
		changes = append(changes, h.changes()...)
	}
	return p, changes, err
}

// choose finds the API that the policy is for.
func (p *placing) choose(policy Policy) error {
	var names, others []string
	for i := range p.Reading.APIs {
		f := &p.Reading.APIs[i]
		if f.Kind != policy.API.Kind() {
			others = append(others, f.Name)
		} else if !slices.Contains(names, f.Name) {
			names = append(names, f.Name)
		}
	}
	name, asked := policy.In, policy.In
	if name == "" {
		asked = policy.API.APIID().String()
		name = asked
	}
	switch {
	case len(names) == 0 && len(others) > 0:
		return &Refusal{Why: fmt.Sprintf("there is no %s API here, as the policy is for: %s is of the other kind", strings.ToUpper(string(policy.API.Kind())), strings.Join(others, ", ")),
			Instead: "api: in the policy says which kind it is for", Absent: true}
	case len(names) == 0:
		return &Refusal{Why: "there is no API here", Absent: true}
	case asked != "" && !slices.Contains(names, name):
		return &Refusal{Why: fmt.Sprintf("there is no API %s here: there is %s", name, strings.Join(names, ", ")), Absent: true}
	case asked == "" && len(names) == 1:
		name = names[0]
	case asked == "" && slices.Contains(names, policy.API.Name()):
		name = policy.API.Name()
	case asked == "":
		return refuse(gateway.Place{}, "name one with --api-name, or with apiId in the policy", "the policy may be for any of %s", strings.Join(names, ", "))
	}
	for i := range p.Reading.APIs {
		if f := &p.Reading.APIs[i]; f.Name == name && f.Kind == policy.API.Kind() {
			p.facts = append(p.facts, f)
		}
	}
	return nil
}

// cover finds the paths of the files that the policy is for. One that names no
// paths is for all; one that names some is for those alone, and what it names
// and the files do not have is not made.
func (p *placing) cover() error {
	c := p.policy.Config()
	p.allPaths, p.target = len(c.Resources) == 0, p.policy
	if !p.policy.IsREST() {
		p.coverRoutes(c)
		return nil
	}
	var here []string
	for _, f := range p.facts {
		for _, m := range f.Methods {
			path, known := m.Path.Value()
			switch {
			case !known:
				p.note(m.Place, "give the parameters their values with --parameter", "the path of %s cannot be known (%s): nothing was done there", m.Method, m.Path.Unknown())
			case !slices.Contains(here, path):
				here = append(here, path)
			}
		}
	}
	var covered []gateway.ResourceConfig
	if p.allPaths {
		for _, path := range here {
			covered = append(covered, gateway.ResourceConfig{Path: path})
		}
	}
	for _, r := range c.Resources {
		if r.ID = ""; slices.Contains(here, r.Path) {
			covered = append(covered, r)
			continue
		}
		p.note(p.facts[0].Place, "a policy makes no resource: add it, or take it out of the policy", "%s is not in %s", r.Path, p.facts[0].Name)
	}
	if why := p.facts[0].IsOpen(gateway.OpenMethods); len(covered) == 0 && why != "" {
		return refuse(p.facts[0].Place, "put the policy into the file that has them", "%s has no method here that the policy is for: %s", p.facts[0].Name, why)
	} else if len(covered) == 0 {
		return refuse(p.facts[0].Place, "", "%s has none of the policy's paths", p.facts[0].Name)
	}
	c.Resources, c.APIID, c.Integration, c.BackendType = covered, "", "", ""
	var err error
	if p.target, _, err = gateway.Parse(c); err != nil {
		return refuse(p.facts[0].Place, "name the paths in the policy's resources", "the policy does not fit the paths of %s: %v", p.facts[0].Name, err)
	}
	return nil
}

// coverRoutes notes the routes that the policy does not name: the CORS
// configuration of an HTTP API holds for all of them.
func (p *placing) coverRoutes(c gateway.Config) {
	if p.allPaths {
		return
	}
	named := map[string]bool{}
	for _, r := range c.Resources {
		named[r.Path] = true
	}
	var others []string
	for _, f := range p.facts {
		for _, r := range f.Routes {
			_, path, ok := strings.Cut(r.Key.String(), " ")
			if !ok {
				path = r.Key.String()
			}
			if !named[path] && !strings.HasPrefix(r.Key.String(), "OPTIONS ") && !slices.Contains(others, path) {
				others = append(others, path)
			}
		}
	}
	if len(others) > 0 {
		p.note(p.facts[0].Place, "an HTTP API has one CORS configuration", "it holds for %s, too", strings.Join(others, ", "))
	}
}

// uncovered are the paths of the files that the policy is not for.
func (p *placing) uncovered() (out []string) {
	for _, f := range p.facts {
		for _, m := range f.Methods {
			if path := m.Path.String(); !p.covers(path) && !slices.Contains(out, path) {
				out = append(out, path)
			}
		}
	}
	return out
}

// covers reports whether the policy is for a path.
func (p *placing) covers(path string) bool {
	return slices.ContainsFunc(p.target.Resources(), func(r gateway.Resource) bool { return r.Path == path })
}

func (p *placing) note(at gateway.Place, hint, text string, args ...any) {
	n := Note{Place: at, Text: fmt.Sprintf(text, args...), Hint: hint}
	if !slices.Contains(p.notes, n) {
		p.notes = append(p.notes, n)
	}
}

// open is a file to edit.
func (p *placing) open(name string) (*sheet, error) {
	for _, h := range p.edited {
		if h.name == name {
			return h, nil
		}
	}
	h, err := p.sheet(name)
	if err == nil {
		p.edited = append(p.edited, h)
	}
	return h, err
}

// part is a document inside of a file to edit, from an offset of it on.
func (p *placing) part(name string, at int, text string) (*sheet, error) {
	d, err := edit.Parse(name, []byte(text))
	if err != nil {
		return nil, err
	}
	h := &sheet{name, at, []byte(text), []byte(text), d}
	p.edited = append(p.edited, h)
	return h, nil
}

// options are the OPTIONS methods of a path, one per world that has one.
func (p *placing) options(path string) (out []*gateway.MethodFacts) {
	for _, f := range p.facts {
		for i := range f.Methods {
			if m := &f.Methods[i]; m.Path.String() == path && m.Method.String() == "OPTIONS" {
				out = append(out, m)
			}
		}
	}
	return out
}
