package fix

import "strings"

// body puts the policy into the OpenAPI document that the API's body is, and lets
// the API's deployments take a new snapshot when the document changes.
func (p *modulePolicy) body() error {
	// Gateway responses may be resources beside the document.
	missing, err := p.gatewayResponses()
	if err != nil {
		return err
	}
	h, err := p.document()
	switch {
	case err != nil:
		return err
	case h == nil:
		err = p.encoded(missing)
	default:
		if err = p.placing.operations(h, nil, nil); err == nil {
			err = p.placing.documentResponses(h, nil, missing)
		}
	}
	if err != nil {
		return err
	}
	for _, d := range p.api.Deployments {
		b, err := p.terraformModule.block(d.Place)
		if err != nil {
			return err
		}
		hash := "sha1(" + p.block.address() + ".body)"
		switch {
		case b.has("triggers"):
		case b.module != p.block.module:
			p.placing.note(d.Place, "hand it "+hash+" for its triggers", "%s is in another module than the API", d.Name)
		default:
			b.Set(b.node(), "triggers", "{\n  redeployment = "+hash+"\n}", "rest_api_id")
			if err := b.createFirst(); err != nil {
				return err
			}
		}
	}
	return nil
}

// document is the text that the API's methods stand in, a file or a heredoc; nil
// where an object of the configuration says them.
func (p *modulePolicy) document() (*sheet, error) {
	file := ""
	for _, m := range p.api.Methods {
		if file != "" && m.Place.File != file {
			return nil, refuse(m.Place, "", "the methods of %s stand in several files", p.api.Name)
		}
		file = m.Place.File
	}
	if !isConfiguration(file) {
		h, err := p.placing.open(file)
		if err != nil {
			return nil, refuse(p.api.Place, "write it so that it is YAML or JSON before its values are put in", "%s cannot be edited: %v", file, err)
		}
		return h, nil
	}
	text := p.block.expression("body")
	if !strings.HasPrefix(text, "<<") {
		return nil, nil
	}
	// The document is all lines but the first and the last.
	start := strings.IndexByte(text, '\n') + 1
	end := strings.LastIndexByte(strings.TrimRight(text, "\r\n"), '\n') + 1
	h, err := p.placing.part(file, p.block.node().Body.Attributes["body"].Expr.Range().Start.Byte+start, text[start:max(start, end)])
	if err != nil {
		return nil, refuse(p.api.Place, aFile, "the heredoc cannot be edited: %v", err)
	}
	return h, nil
}
