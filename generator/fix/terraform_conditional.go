package fix

import (
	"path"
	"slices"
	"strings"

	"apigw-cors/generator/edit"
	"apigw-cors/generator/reader/terraform"
)

// conditional is the block for the OPTIONS method of a path of which count or
// for_each makes none; "" where there is none. Where the values of today's
// variables make none, others do, and API Gateway refuses two methods of a kind.
func (m *terraformModule) conditional(file, module, resourceID string) string {
	for _, name := range m.sources(path.Dir(file)) {
		h, err := m.file(name)
		if err != nil {
			continue
		}
		for _, b := range h.Blocks() {
			if b.Type != "resource" || len(b.Labels) != 2 || b.Labels[0] != "aws_api_gateway_method" {
				continue
			}
			verb, id := b.Body.Attributes["http_method"], b.Body.Attributes["resource_id"]
			if verb == nil || id == nil || h.Source(id.Expr) != resourceID {
				continue
			}
			text, _ := edit.Text(verb.Expr)
			isMade := slices.ContainsFunc(m.configuration.Resources, func(r *terraform.Resource) bool {
				return r.Type == b.Labels[0] && r.Name == b.Labels[1] && moduleOf(r.Address) == module
			})
			if strings.EqualFold(text, "OPTIONS") && !isMade {
				return b.Labels[0] + "." + b.Labels[1]
			}
		}
	}
	return ""
}
