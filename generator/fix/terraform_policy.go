package fix

import (
	"path"
	"slices"
	"strings"

	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader/terraform"
)

// modulePolicy puts a policy into a Terraform module.
type modulePolicy struct {
	*terraformModule
	placing *placing
	// api is what the module says of the API so far, block the API's own.
	api   *gateway.Facts
	block *terraformBlock
	// paths are the ids of the API's resources by path, as its module calls them;
	// that of the root goes without saying.
	paths map[string]string
	// file is where what is rendered stands, or will; old is what is in it, nil
	// where it is not there. The module is read as if it were not.
	file string
	old  []byte
	// kept are arguments of what is rendered as the module has them, see
	// [modulePolicy.keep].
	kept map[string]string
	// last is the [lateness] of the last block that a file loses.
	last map[string]int
}

// intoModule puts the policy into a Terraform module: what is new into a file of
// its own beside the API's, the rest in place.
func (p *placing) intoModule() ([]edit.Change, error) {
	api := p.facts[0]
	file, old, err := p.home(path.Dir(api.Place.File))
	if err != nil {
		return nil, err
	}
	own, err := p.without(file, old)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(own.Reading.APIs, func(f gateway.Facts) bool { return f.Name == api.Name && f.Kind == api.Kind })
	if i < 0 {
		return nil, refuse(api.Place, "", "%s is made in %s, too", api.Name, file)
	}
	api = &own.Reading.APIs[i]
	m := &terraformModule{State: own, configuration: own.module(), edited: map[string]*edit.HCL{}}
	b, err := m.block(api.Place)
	switch {
	case err != nil:
		return nil, err
	case !b.isSingle():
		return nil, refuse(api.Place, "", "%s makes several APIs", api.Name)
	}
	in := &modulePolicy{terraformModule: m, placing: p, api: api, block: b, file: file, old: old, kept: map[string]string{}, last: map[string]int{}}
	var made []edit.Change
	if p.policy.IsREST() {
		made, err = in.rest()
	} else {
		err = in.http()
	}
	if err != nil {
		return nil, err
	}
	changes, err := m.changes()
	slices.SortStableFunc(changes, func(a, b edit.Change) int { return in.last[a.File] - in.last[b.File] })
	return append(made, changes...), err
}

// without is what the module says but for a file of it.
func (p *placing) without(file string, text []byte) (*State, error) {
	if len(text) == 0 {
		return p.State, nil
	}
	return p.with([]edit.Change{{File: file, End: len(text)}})
}

// madeHere refuses an API that no resource of the module is: only its parts are
// made here.
func (p *placing) madeHere() error {
	api := p.facts[0]
	for _, r := range p.module().Resources {
		if r.Place == api.Place && (r.Type == "aws_api_gateway_rest_api" || r.Type == "aws_apigatewayv2_api") {
			return nil
		}
	}
	return &Refusal{Place: api.Place, Why: api.Name + " is made elsewhere", Instead: "run it on the module that makes the API", Absent: true}
}

// ids finds the ids of the API's resources by path, as the API's module calls
// them.
func (p *modulePolicy) ids() {
	p.paths = map[string]string{"/": ""}
	for _, r := range p.configuration.Resources {
		if r.Type != "aws_api_gateway_resource" || r.IsData || r.Undeclared || moduleOf(r.Address) != p.block.module {
			continue
		}
		if path, ok := p.pathOf(r, 0); ok {
			p.paths[path] = r.Address[len(r.Address)-len(localAddress(r)):]
		}
	}
}

// localAddress is how its own module calls an instance: type, name and key.
func localAddress(r *terraform.Resource) string {
	i := strings.LastIndex(r.Address, r.Type+"."+r.Name)
	return r.Address[max(i, 0):]
}

// pathOf is the path of a resource of the API; false where it is not known, or
// another API's.
func (p *modulePolicy) pathOf(r *terraform.Resource, depth int) (string, bool) {
	part, known := r.Get("path_part").Text().Value()
	parent, ok := r.Get("parent_id").Reference()
	if !known || !ok || depth > 100 {
		return "", false
	}
	if parent.Resource.Place == p.api.Place {
		return "/" + part, parent.Attribute == "root_resource_id"
	}
	if parent.Resource.Type != "aws_api_gateway_resource" {
		return "", false
	}
	above, ok := p.pathOf(parent.Resource, depth+1)
	return above + "/" + part, ok
}

// rest puts the policy of a REST API into the module.
func (p *modulePolicy) rest() ([]edit.Change, error) {
	if p.block.has("body") {
		return nil, p.body()
	}
	p.ids()
	types, err := p.gatewayResponses()
	if err != nil {
		return nil, err
	}
	content, err := p.render(types)
	if err != nil {
		return nil, err
	}
	rendered, err := edit.ParseHCL(p.file, content)
	if err != nil {
		return nil, err
	}
	for _, step := range []func(*edit.HCL) error{p.keepRendered, p.replace, p.deploy, p.responses} {
		if err := step(rendered); err != nil {
			return nil, err
		}
	}
	p.writeKept(rendered)
	content = rendered.Text()
	if p.old == nil {
		return []edit.Change{{File: p.file, New: string(content)}}, nil
	}
	if strings.Contains(string(p.old), "\r\n") {
		content = []byte(strings.ReplaceAll(string(content), "\n", "\r\n"))
	}
	return edit.Lines(p.file, p.old, content), nil
}
