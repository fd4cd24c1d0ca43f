package fix

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader/terraform"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// isFor reports whether arguments of a module name the API and, of its resources,
// only those with paths of the policy.
func (p *modulePolicy) isFor(arguments []terraform.Value) bool {
	found := false
	for _, v := range arguments {
		for _, ref := range v.References() {
			switch r := ref.Resource; {
			case r.Place == p.api.Place:
				found = true
			case r.Type == "aws_api_gateway_resource":
				if url, ok := p.pathOf(r, 0); !ok || !p.placing.covers(url) {
					return false
				}
			}
		}
	}
	return found
}

// gatewayResponses lets the gateway responses that the module has say what the
// policy says, and gives the types that it does not have.
func (p *modulePolicy) gatewayResponses() (missing []string, err error) {
	types := p.placing.target.GatewayResponses()
	for _, want := range types {
		if !slices.ContainsFunc(p.api.GatewayResponses, func(g gateway.GatewayResponseFacts) bool {
			return g.Type.String() == want.Type
		}) {
			missing = append(missing, want.Type)
		}
	}
	for _, g := range p.api.GatewayResponses {
		if !p.placing.target.Governs(g.Type.String()) {
			continue
		}
		b, err := p.terraformModule.block(g.Place)
		if err != nil && p.block.has("body") {
			continue // it is written in there
		}
		if err != nil {
			return nil, err
		}
		if err := p.setHeaders(b, gatewayResponseHeader, g.Headers, types[0].Headers); err != nil {
			return nil, refuse(g.Place, "write it out", "gateway response %s: %v", g.Type, err)
		}
	}
	return missing, nil
}

// setHeaders gives the headers of a response the policy's values, and takes those
// of CORS away that the policy does not have.
func (p *modulePolicy) setHeaders(b *terraformBlock, prefix string, have []gateway.HeaderFacts, want []gateway.Mapping) error {
	for _, w := range want {
		i := slices.IndexFunc(have, func(h gateway.HeaderFacts) bool { return strings.EqualFold(h.Name.String(), w.Header) })
		if i < 0 {
			if err := p.addKey(b, "response_parameters", prefix+w.Header, edit.Quoted(w.String())); err != nil {
				return err
			}
			continue
		}
		if s, known := have[i].Value.Value(); known && s == w.String() {
			continue
		}
		file, o, at, err := p.key(b, have[i])
		if err != nil {
			return err
		}
		if at >= 0 {
			file.Replace(o.Items[at].ValueExpr.Range(), edit.Quoted(w.String()))
		}
	}
	for _, h := range have {
		if !isCORS(h.Name.String()) || wants(want, h.Name.String()) {
			continue
		}
		file, o, at, err := p.key(b, h)
		if err != nil {
			return err
		}
		if at >= 0 {
			file.RemoveKey(o, at)
		}
	}
	return nil
}

// key is the item of a response's headers in the text as it is now; -1 where it
// is gone already, as the block makes several responses.
func (p *modulePolicy) key(b *terraformBlock, h gateway.HeaderFacts) (*edit.HCL, *hclsyntax.ObjectConsExpr, int, error) {
	file, o, err := p.object(b, "response_parameters")
	if err != nil || o == nil {
		return nil, nil, 0, cmp.Or(err, errors.New("its headers are computed"))
	}
	name, _ := h.Key.Value()
	i := edit.Key(o, name)
	if i < 0 && len(b.instances) == 1 {
		return nil, nil, 0, fmt.Errorf("%s is computed, not written out", name)
	}
	return file, o, i, nil
}

// deploy lets the API's deployments take a new snapshot when the rendered file
// changes.
func (p *modulePolicy) deploy(rendered *edit.HCL) error {
	hash := "local." + renderedName(rendered) + "_redeployment"
	if len(p.api.Deployments) == 0 {
		p.placing.note(p.api.Place, "give its triggers "+hash, "the deployment of %s is not in this module", p.api.Name)
	}
	for _, d := range p.api.Deployments {
		b, err := p.terraformModule.block(d.Place)
		if err != nil {
			return err
		}
		if b.module != p.block.module {
			p.placing.note(d.Place, "hand it "+hash+" for its triggers", "%s is in another module than the API", d.Name)
			continue
		}
		if err := p.waitForErrors(b, d); err != nil {
			return err
		}
		triggers := b.node().Body.Attributes["triggers"]
		if triggers == nil {
			b.Set(b.node(), "triggers", "{\n  cors = "+hash+"\n}", "rest_api_id")
			if err := b.createFirst(); err != nil {
				return err
			}
			continue
		}
		file, o, err := p.object(b, "triggers")
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(o.Items, func(item hclsyntax.ObjectConsItem) bool { return file.Source(item.ValueExpr) == hash }) {
			file.AddKey(o, freeKey(o, "cors"), hash)
		}
	}
	return nil
}

// waitForErrors lets a deployment wait for the gateway responses of the module
// that it may miss.
func (p *modulePolicy) waitForErrors(b *terraformBlock, d gateway.DeploymentFacts) error {
	var places []gateway.Place
	for _, g := range p.api.GatewayResponses {
		if kind := g.Type.String(); p.placing.target.Governs(kind) && slices.Contains(d.Misses, kind) {
			places = append(places, g.Place)
		}
	}
	missed, err := p.blocks(places...)
	if err != nil || len(missed) == 0 {
		return err
	}
	if list := b.hashed(); list != nil {
		for _, part := range missed {
			b.AddItems(list, part.snapshot())
			list = b.hashed()
		}
		return nil
	}
	return b.dependOn(missed)
}

// freeKey is a key that an object does not have.
func freeKey(o *hclsyntax.ObjectConsExpr, name string) string {
	out := name
	for i := 2; edit.Key(o, out) >= 0; i++ {
		out = fmt.Sprintf("%s_%d", name, i)
	}
	return out
}

// responses lets the responses of the actual methods carry what the policy wants
// where API Gateway maps them; otherwise they are the backend's.
func (p *modulePolicy) responses(*edit.HCL) error {
	headers, perRequest := p.placing.target.ActualHeaders()
	var backends []string
	for i := range p.api.Methods {
		m := &p.api.Methods[i]
		if url, known := m.Path.Value(); isBehindProxy(m) && known && p.placing.covers(url) && m.Method.String() != "OPTIONS" {
			backends = append(backends, m.Key())
		}
		if !p.placing.maps(m) {
			continue
		}
		for _, r := range m.Integration.Responses {
			if err := p.actual(m, r, headers, perRequest); err != nil {
				return refuse(r.Place, "", "%s, status %s: %v", m.Key(), r.Status, err)
			}
		}
	}
	if len(backends) > 0 {
		p.placing.note(p.api.Place, "generate --format lambda-nodejs and lambda-python render a wrapper that does", "behind a proxy integration the backend sends the CORS headers of its responses: %s", strings.Join(backends, ", "))
	}
	return nil
}

func isBehindProxy(m *gateway.MethodFacts) bool {
	return m.Integration != nil && strings.HasSuffix(strings.ToUpper(m.Integration.Type.String()), "_PROXY")
}

// actual lets one integration response carry the policy's headers.
func (p *modulePolicy) actual(m *gateway.MethodFacts, r gateway.IntegrationResponseFacts, headers []gateway.Mapping, perRequest bool) error {
	b, err := p.terraformModule.block(r.Place)
	if err != nil {
		return err
	}
	declared := []string{}
	for _, h := range headers {
		declared = append(declared, h.Header)
	}
	if perRequest {
		declared = append(declared, cors.HeaderAllowOrigin)
	}
	for _, name := range declared {
		if err := p.declare(m, r.Status.String(), name); err != nil {
			return err
		}
	}
	if err := p.setHeaders(b, methodHeader, r.Headers, headers); err != nil {
		return err
	}
	have := templateOf(r.Templates)
	want, err := p.placing.responseTemplate(m, have)
	if err != nil || strings.TrimSpace(want) == strings.TrimSpace(have) {
		return err
	}
	return p.setTemplate(b, want)
}

// setTemplate gives a response the mapping template for JSON.
func (p *modulePolicy) setTemplate(b *terraformBlock, template string) error {
	const media = "application/json"
	_, o, err := p.object(b, "response_templates")
	if err != nil {
		return err
	}
	text := heredoc(template)
	switch i := -1; {
	case o == nil:
		b.Set(b.node(), "response_templates", "{\n  "+edit.Quoted(media)+" = "+strings.ReplaceAll(text, "\n", "\n  ")+"\n}", "")
	default:
		if i = edit.Key(o, media); i < 0 {
			return p.addKey(b, "response_templates", media, text)
		}
		b.Replace(o.Items[i].ValueExpr.Range(), text)
	}
	return nil
}

// heredoc is a text of several lines in HCL's syntax.
func heredoc(text string) string {
	text = strings.NewReplacer("${", "$${", "%{", "%%{").Replace(strings.TrimRight(text, "\n"))
	return "<<-EOT\n  " + strings.ReplaceAll(text, "\n", "\n  ") + "\nEOT"
}
