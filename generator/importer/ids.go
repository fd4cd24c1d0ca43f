package importer

import (
	"regexp"
	"strings"

	"apigw-cors/generator/gateway"
)

// AddIDs adds what the file calls the API and the resources, or integrations, of
// the paths, so that what is rendered of the policy refers to them. It adds all
// that the policy needs, or none, and a note says why. f are the facts that the
// policy was made of.
func (i *Import) AddIDs(f gateway.Facts) {
	why := func(text string) {
		i.Notes = append([]Note{{Field: "apiId", Place: f.Place, Text: "left out: " + text}}, i.Notes...)
	}
	ids := newNaming(f)
	api, _, err := gateway.Parse(i.Config)
	switch id := ids.local(gateway.Literal(f.Name, f.Place)); {
	case ids.reads == nil:
		why("only SAM, CloudFormation and Terraform have ids that a snippet can refer to")
	case id == "":
		why(strings.TrimSpace("the file has no name that can be referred to for the API " + f.Name))
	case !i.IsComplete() || err != nil:
		why("the ids of the paths can be told when nothing is left to fill in")
	case api.Integration() == gateway.NonProxy:
		why("behind a non-proxy integration the headers stand in methods of the file, which have no id in a policy")
	case api.IsREST() && api.Preflight() == gateway.ByLambda:
		why("a function answers the preflights, and it has no id in a policy")
	default:
		resources, missing := ids.resources(f, api)
		if missing != "" {
			why("nothing in the file is named as what " + missing + " is served by")
			return
		}
		i.Config.APIID, i.Config.Resources = id, resources
	}
}

// naming is how a tool's files call what stands in them.
type naming struct {
	// reads reports whether the tool can read a reference; nil where it has none.
	reads func(gateway.Reference) bool
	// module is the Terraform module that the API stands in, as addresses have it:
	// its own files leave it out.
	module string
	tool   string
}

func newNaming(f gateway.Facts) naming {
	n := naming{tool: f.Tool}
	switch f.Tool {
	case "sam", "cloudformation":
		n.reads = gateway.Reference.IsLogicalID
	case "terraform":
		n.module = regexp.MustCompile(`^(module\.[^.\[]+(\["[^"]*"\]|\[\d+\])?\.)+`).FindString(f.Name)
		n.reads = func(r gateway.Reference) bool { return !r.IsLogicalID() && !strings.HasPrefix(r.String(), "module.") }
	}
	return n
}

// local is the name as the files of the API's own module have it, "" where they
// cannot refer to it.
func (n naming) local(name gateway.Text) string {
	s, known := name.Value()
	r, ok := gateway.ParseReference(strings.TrimPrefix(s, n.module))
	if isImplicit(s) || !known || !ok || n.reads == nil || !n.reads(r) {
		return ""
	}
	return r.String()
}

// resources are those of the policy with their ids. missing is a path that needs
// one and has none.
func (n naming) resources(f gateway.Facts, api gateway.API) (out []gateway.ResourceConfig, missing string) {
	if given := api.Config().Resources; len(given) > 0 {
		out = append(out, given...)
	} else {
		for _, r := range api.Resources() {
			out = append(out, gateway.ResourceConfig{Path: r.Path})
		}
	}
	preflights := map[string]bool{}
	for _, r := range api.Routes() {
		if r.Preflight {
			preflights[r.Path] = true
		}
	}
	for i := range out {
		r := &out[i]
		r.ID = n.idOf(f, r.Path)
		// Whoever names a REST API has its root, and an HTTP API asks for the
		// integrations of its OPTIONS routes alone.
		needed := r.Path != "/"
		if !api.IsREST() {
			needed = preflights[r.Path] || r.Path == gateway.DefaultRoute && len(preflights) > 0
		}
		// SAM has the paths of an API in the events of its functions.
		if needed && r.ID == "" && n.tool != "sam" {
			return nil, r.Path
		}
	}
	return out, ""
}

// idOf is what the file calls what serves a path, "" where it does not say.
func (n naming) idOf(f gateway.Facts, path string) string {
	for _, m := range f.Methods {
		if "/"+strings.Trim(m.Path.String(), "/") == path && m.Resource.IsGiven() {
			return n.local(m.Resource)
		}
	}
	for _, r := range f.Routes {
		key := r.Key.String()
		if _, of, ok := strings.Cut(key, " "); (of == path || !ok && key == path) && r.Target.IsGiven() {
			return n.local(r.Target)
		}
	}
	return ""
}
