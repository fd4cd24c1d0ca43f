package reader

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader/terraform"
)

// The bounds of a module: bytes of a file, and files.
const (
	MaxModuleFileBytes = terraform.MaxFileSize
	MaxModuleFiles     = terraform.MaxFiles
)

// isTerraform reports whether a file is one of a Terraform module.
func isTerraform(name string) bool {
	return strings.HasSuffix(name, ".tf") || strings.HasSuffix(name, ".tf.json")
}

// terraform reads the module in a folder.
func (r *reading) terraform(folder string) error {
	r.Kind = Terraform
	c := terraform.Load(r.fsys, folder, terraform.Options{Variables: r.options.Variables, Plan: r.options.Plan})
	for _, f := range c.Faults {
		r.Faults = append(r.Faults, Fault{Place: f.Place, Detail: f.Reason})
	}
	r.APIs = append(r.APIs, terraformFacts(r, c)...)
	r.Files = append(r.Files, c.Files()...)
	return nil
}

// terraformPlan reads a plan or a state, with the module beside it where there
// is one.
func (r *reading) terraformPlan(name string) error {
	plan, err := fs.ReadFile(r.fsys, name)
	if err != nil {
		return err
	}
	r.options.Plan = plan
	return r.terraform(path.Dir(name))
}

// terraformFacts turns the resources of a configuration into facts.
func terraformFacts(r *reading, c *terraform.Configuration) []gateway.Facts {
	m := &terraformModel{reading: r, configuration: c, byKey: map[string]*terraformAPI{}, sockets: map[string]bool{}}
	for _, kind := range []struct {
		name string
		read func(*terraform.Resource)
	}{
		{"aws_api_gateway_rest_api", m.restAPI},
		{"aws_apigatewayv2_api", m.httpAPI},
		{"aws_api_gateway_method", m.method},
		{"aws_api_gateway_integration", m.integration},
		{"aws_api_gateway_method_response", m.methodResponse},
		{"aws_api_gateway_integration_response", m.integrationResponse},
		{"aws_api_gateway_gateway_response", m.gatewayResponse},
		{"aws_apigatewayv2_route", m.route},
		// A deployment misses what the others have.
		{"aws_api_gateway_deployment", m.deployment},
	} {
		for _, resource := range c.Resources {
			if resource.Type == kind.name && !resource.IsData {
				kind.read(resource)
			}
		}
	}
	m.elsewhere()
	for _, f := range c.Faults {
		for _, a := range m.apis {
			a.open(gateway.Everything, f.Place.File+" cannot be read", f.Place)
		}
	}
	var out []gateway.Facts
	for _, a := range m.apis {
		if !a.elsewhere || !hasSocketRoute(a.facts.Routes) {
			out = append(out, a.finish())
		}
	}
	return out
}

// terraformModel gathers the APIs of a configuration.
type terraformModel struct {
	*reading
	configuration *terraform.Configuration
	apis          []*terraformAPI
	byKey         map[string]*terraformAPI
	// sockets are the WebSocket APIs: no browser asks CORS of those.
	sockets map[string]bool
}

// terraformAPI is an API in the making.
type terraformAPI struct {
	facts gateway.Facts
	// elsewhere: it is made where nobody can see it.
	elsewhere        bool
	methods          []*terraformMethod
	byKey            map[string]*terraformMethod
	gatewayResponses []*terraform.Resource
}

// terraformMethod is a method with the resources that make it.
type terraformMethod struct {
	facts gateway.MethodFacts
	// parts are what must be there before a deployment takes its snapshot.
	parts []*terraform.Resource
	// own is the method's resource; nil where only its integration or a
	// response is here.
	own         *terraform.Resource
	integration *terraform.Resource
	// responses are the resources of the method responses in facts,
	// integrationResponses those of the integration's.
	responses, integrationResponses []*terraform.Resource
}

// api is the API that an argument names: a resource of the configuration, or
// one that is made elsewhere and of which we only see what is added here.
func (m *terraformModel) api(at *terraform.Resource, argument string, kind gateway.Kind) *terraformAPI {
	v := at.Get(argument)
	key := terraformKey(v)
	if a := m.byKey[key]; a != nil {
		return a
	}
	a := m.add(key, gateway.Facts{Kind: kind, Name: key, Place: at.Place})
	a.elsewhere = true
	why := "the API is made elsewhere"
	if ref, ok := v.Reference(); ok {
		a.facts.Name = strings.TrimSuffix(ref.String(), ".id")
		why = ref.Resource.Address + " is made elsewhere"
	} else if unknown := v.Text().Unknown(); unknown != "" {
		why = unknown
		a.facts.Name = at.Source(argument)
	}
	a.open(gateway.Everything, why, a.facts.Place)
	return a
}

func (m *terraformModel) add(key string, f gateway.Facts) *terraformAPI {
	f.Tool = string(Terraform)
	a := &terraformAPI{facts: f, byKey: map[string]*terraformMethod{}}
	m.byKey[key] = a
	m.apis = append(m.apis, a)
	return a
}

// open notes that a part may be told elsewhere, once for each reason.
func (a *terraformAPI) open(part gateway.Part, why string, at gateway.Place) {
	if !slices.ContainsFunc(a.facts.Open, func(o gateway.Open) bool { return o.Part == part && o.Why == why }) {
		a.facts.Open = append(a.facts.Open, gateway.Open{Part: part, Why: why, Place: at})
	}
}

// terraformKey tells what an id is the id of: two values that come from the
// same variable are the same thing, even where nobody knows which.
func terraformKey(v terraform.Value) string {
	if ref, ok := v.Reference(); ok {
		return ref.String()
	}
	return v.Text().String()
}

// unknownInstances opens a part of the API where a block makes an unknown
// number of them.
func (a *terraformAPI) unknownInstances(r *terraform.Resource, part gateway.Part) {
	if r.Open != "" {
		a.open(part, r.Open, r.Place)
	}
}

// elsewhere opens the APIs that modules are given whose files are not at hand.
func (m *terraformModel) elsewhere() {
	for _, call := range m.configuration.Elsewhere {
		for _, argument := range call.Arguments {
			for _, ref := range argument.References() {
				if a := m.extended(ref); a != nil {
					a.open(gateway.Everything, call.Why, call.Place)
				}
			}
		}
	}
}

// extended is the API to which one can add with a reference: its id, that of
// its root or of another of its resources.
func (m *terraformModel) extended(ref terraform.Reference) *terraformAPI {
	switch ref.Resource.Type {
	case "aws_api_gateway_rest_api", "aws_apigatewayv2_api":
		if ref.Attribute == "id" || ref.Attribute == "root_resource_id" {
			return m.byKey[ref.Resource.Address+".id"]
		}
	case "aws_api_gateway_resource":
		return m.byKey[terraformKey(ref.Resource.Get("rest_api_id"))]
	}
	return nil
}

// finish puts the methods into the facts.
func (a *terraformAPI) finish() gateway.Facts {
	for _, method := range a.methods {
		a.facts.Methods = append(a.facts.Methods, method.facts)
	}
	return a.facts
}

// pathOf is the path of the resource that an argument names.
func (m *terraformModel) pathOf(v terraform.Value, depth int) gateway.Text {
	ref, ok := v.Reference()
	if !ok || depth > 100 {
		why := v.Text().Unknown()
		if why == "" {
			why = "an id does not tell the path"
		}
		return gateway.Unknown(why, v.Place())
	}
	switch r := ref.Resource; {
	case ref.Attribute == "root_resource_id":
		return gateway.Literal("/", v.Place())
	case r.Type == "aws_api_gateway_resource" && r.IsData:
		return r.Get("path").Text()
	case r.Type == "aws_api_gateway_resource":
		if known := r.Get("path").Text(); known.IsGiven() {
			return known
		}
		parent, part := m.pathOf(r.Get("parent_id"), depth+1), r.Get("path_part").Text()
		out := gateway.Text{Place: part.Place, Parts: slices.Clone(parent.Parts)}
		if s, known := parent.Value(); !known || s != "/" {
			out.Parts = append(out.Parts, gateway.TextPart{Literal: "/"})
		}
		return merged(append(out.Parts, part.Parts...), out.Place)
	}
	return gateway.Unknown(v.Text().Unknown(), v.Place())
}

// merged joins neighbouring literals.
func merged(parts []gateway.TextPart, at gateway.Place) gateway.Text {
	out := gateway.Text{Place: at}
	for _, p := range parts {
		if n := len(out.Parts); n > 0 && p.Unknown == "" && out.Parts[n-1].Unknown == "" {
			out.Parts[n-1].Literal += p.Literal
		} else {
			out.Parts = append(out.Parts, p)
		}
	}
	return out
}

// terraformText is an argument's value; "" is as good as not given there.
func terraformText(v terraform.Value) gateway.Text {
	t := v.Text()
	if s, known := t.Value(); known && s == "" {
		return gateway.Text{}
	}
	return t
}

func terraformBool(v terraform.Value) gateway.Fact[bool] {
	if !v.IsGiven() {
		return gateway.Fact[bool]{}
	}
	b, why := v.Bool()
	return gateway.Fact[bool]{Value: b, Unknown: why, Place: v.Place()}
}

// terraformHeaders are the header parameters of a map such as
// response_parameters. A key without the prefix is the name of a header that
// the service will not take for one.
func terraformHeaders(v terraform.Value, prefix string, mapped bool) []gateway.HeaderFacts {
	entries, _ := v.Entries()
	var out []gateway.HeaderFacts
	for _, entry := range entries {
		key := entry.Key.Text()
		if s, _ := key.Value(); strings.Contains(s, ".path.") || strings.Contains(s, ".querystring.") {
			continue
		}
		h := gateway.HeaderFacts{Key: key, Name: withoutPrefix(key, prefix)}
		if mapped {
			h.Value = entry.Value.Text()
		}
		out = append(out, h)
	}
	return out
}

// withoutPrefix takes a prefix from a text, which may be unknown in parts.
func withoutPrefix(t gateway.Text, prefix string) gateway.Text {
	if len(t.Parts) == 0 {
		return t
	}
	out := gateway.Text{Place: t.Place, Parts: slices.Clone(t.Parts)}
	out.Parts[0].Literal = strings.TrimPrefix(out.Parts[0].Literal, prefix)
	return out
}

func terraformTemplates(v terraform.Value) []gateway.TemplateFacts {
	entries, _ := v.Entries()
	var out []gateway.TemplateFacts
	for _, entry := range entries {
		out = append(out, gateway.TemplateFacts{MediaType: entry.Key.Text(), Template: entry.Value.Text()})
	}
	return out
}

// terraformTexts are the elements of a list.
func terraformTexts(v terraform.Value) (out []gateway.Text) {
	items, _ := v.Items()
	for _, item := range items {
		out = append(out, item.Text())
	}
	return out
}
