package fix

import (
	"path"
	"slices"
	"strings"

	"apigw-cors/generator"
	"apigw-cors/generator/gateway"
)

// render renders what is new to the module, with its own names: the OPTIONS
// methods, and the gateway responses of the types that it does not have.
func (p *modulePolicy) render(types []string) ([]byte, error) {
	config := p.placing.target.Config()
	config.APIID = p.block.address()
	config.GatewayResponses = types
	if len(types) == 0 {
		config.GatewayResponses = []string{gateway.NoResponses}
	}
	// Those of the module are its own.
	config.BinaryMediaTypes = nil
	if len(config.Resources) == 0 {
		for _, r := range p.placing.target.Resources() {
			config.Resources = append(config.Resources, gateway.ResourceConfig{Path: r.Path})
		}
	}
	if p.placing.allPaths {
		// In the order of the methods that are there whether or not this was done
		// before.
		slices.SortStableFunc(config.Resources, func(a, b gateway.ResourceConfig) int { return p.first(a.Path) - p.first(b.Path) })
	}
	for i := range config.Resources {
		r := &config.Resources[i]
		id, ok := p.paths[r.Path]
		if !ok {
			return nil, refuse(p.api.Place, "let the policy name the other paths alone", "the resource of %s is not made in the module of %s", r.Path, p.api.Name)
		}
		r.ID = id
		expression := id + ".id"
		if id == "" {
			expression = p.block.address() + ".root_resource_id"
		}
		if other := p.conditional(p.api.Place.File, p.block.module, expression); other != "" {
			return nil, refuse(p.api.Place, "give the variables with --var values that make it", "%s makes the OPTIONS method of %s, but not with these variables", other, r.Path)
		}
	}
	api, _, err := gateway.Parse(config)
	if err != nil {
		return nil, err
	}
	format, _ := generator.ParseFormat("terraform")
	files, _, err := generator.Render(api, format, generator.Options{})
	if err != nil {
		return nil, err
	}
	return files[0].Content, nil
}

// first is the number of the first method of a path, OPTIONS left aside.
func (p *modulePolicy) first(path string) int {
	i := slices.IndexFunc(p.api.Methods, func(m gateway.MethodFacts) bool {
		return m.Method.String() != "OPTIONS" && m.Path.String() == path
	})
	if i < 0 {
		return len(p.api.Methods)
	}
	return i
}

// home is the file beside the API's own for what is rendered: the one where it
// stands already, with what is in it, or a new one.
func (p *placing) home(folder string) (file string, old []byte, err error) {
	format, _ := generator.ParseFormat("terraform")
	head := "# CORS for the REST API " + p.policy.Name() + ": Terraform."
	taken := map[string]bool{}
	module := &terraformModule{State: p.State}
	for _, name := range module.sources(folder) {
		text, err := p.Text(name)
		if err != nil {
			return "", nil, err
		}
		taken[path.Base(name)] = true
		ours := format.Recognise([]generator.File{{Path: name, Content: text}})
		if first, _, _ := strings.Cut(string(text), "\n"); len(ours) > 0 && strings.TrimRight(first, "\r") == head {
			return name, text, nil
		}
	}
	for _, name := range []string{"cors.tf", strings.ToLower(p.policy.Name()) + "_cors.tf"} {
		if !taken[name] {
			return path.Join(folder, name), nil, nil
		}
	}
	return "", nil, refuse(p.facts[0].Place, "give that file another name", "cors.tf is somebody's own already")
}
