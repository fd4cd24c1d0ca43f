package fix

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// preflightValue is the expression with which the API's preflights send a header:
// one that stands in the module of b and means the same there.
func (m *terraformModule) preflightValue(api *gateway.Facts, b *terraformBlock, name string) (expression string, err error) {
	for _, h := range mappedHeaders(api) {
		if h.method == nil || h.method.Method.String() != "OPTIONS" || !h.named(name) {
			continue
		}
		file, err := m.file(h.Key.Place.File)
		if err != nil {
			return "", err
		}
		o, i := item(file, h.Key.Place)
		if o == nil {
			continue
		}
		x := o.Items[i].ValueExpr
		if path.Dir(h.Key.Place.File) == path.Dir(b.place.File) && isPortable(x) {
			return file.Source(x), nil
		}
		if s, known := h.Value.Value(); known && m.isWritten(h.Value.Place, s) {
			return edit.Quoted(s), nil
		}
	}
	return "", fmt.Errorf("no preflight of the API says what %s is to be", name)
}

// isWritten reports whether a text stands at a place as it is, and is not the
// default of something that may have another value.
func (m *terraformModule) isWritten(at gateway.Place, text string) bool {
	h, err := m.file(at.File)
	if err != nil {
		return false
	}
	x := expressionAt(h, at)
	if x == nil {
		return false
	}
	s, literal := edit.Text(x)
	return literal && s == text && m.isOwn(h, at) == nil
}

// isPortable reports whether an expression means the same in another block.
func isPortable(x hclsyntax.Expression) bool {
	for _, t := range x.Variables() {
		if root := t.RootName(); root == "each" || root == "count" || root == "self" {
			return false
		}
	}
	return true
}

// preflightOrigin is the expression of the origin that the preflights allow: of
// a template that picks one, any.
func (m *terraformModule) preflightOrigin(api *gateway.Facts, b *terraformBlock) (string, error) {
	origin, err := m.preflightValue(api, b, cors.HeaderAllowOrigin)
	if err != nil && slices.ContainsFunc(api.Methods, picksOrigin) {
		return `"'*'"`, nil
	}
	return origin, err
}

// picksOrigin reports whether a template of an OPTIONS method sets
// Access-Control-Allow-Origin.
func picksOrigin(m gateway.MethodFacts) bool {
	if m.Method.String() != "OPTIONS" || m.Integration == nil {
		return false
	}
	for _, r := range m.Integration.Responses {
		for _, t := range r.Templates {
			if strings.Contains(strings.ToLower(t.Template.String()), "responseoverride.header.access-control-allow-origin") {
				return true
			}
		}
	}
	return false
}
