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
	p.file, err = p.home(format, files[0])
	return files[0].Content, err
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
// stands already, or a new one.
func (p *modulePolicy) home(format generator.Format, file generator.File) (string, error) {
	folder := path.Dir(p.block.place.File)
	head, _, _ := strings.Cut(string(file.Content), "\n")
	taken := map[string]bool{}
	for _, name := range p.sources(folder) {
		text, err := p.Text(name)
		if err != nil {
			return "", err
		}
		taken[path.Base(name)] = true
		ours := format.Recognise([]generator.File{{Path: name, Content: text}})
		if first, _, _ := strings.Cut(string(text), "\n"); len(ours) > 0 && strings.TrimRight(first, "\r") == head {
			return name, nil
		}
	}
	for _, name := range []string{"cors.tf", strings.ToLower(p.placing.policy.Name()) + "_cors.tf"} {
		if !taken[name] {
			return path.Join(folder, name), nil
		}
	}
	return "", refuse(p.api.Place, "give that file another name", "cors.tf is somebody's own already")
}
