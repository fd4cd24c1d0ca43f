package fix

import (
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

// inOwnWords is a value that is new to a file, where the policy's origin is said
// as the file says it already, such as by !Sub of a parameter, so that both
// change together.
func (p *placing) inOwnWords(h *sheet, v *reader.Value) *reader.Value {
	out := *v
	out.Fields, out.Items = slices.Clone(v.Fields), slices.Clone(v.Items)
	for i, f := range out.Fields {
		out.Fields[i].Value = p.inOwnWords(h, f.Value)
		if strings.HasSuffix(f.Key, cors.HeaderAllowOrigin) && f.Value.Kind == reader.ScalarValue {
			if own := p.wordsFor(h, f.Value.Text); own != nil {
				out.Fields[i].Value = own
			}
		}
	}
	for i, item := range out.Items {
		out.Items[i].Value = p.inOwnWords(h, item.Value)
	}
	return &out
}

// wordsFor is the function in a file whose value is known to be an origin; nil
// where there is none.
func (p *placing) wordsFor(h *sheet, origin string) *reader.Value {
	d, err := p.Document(h.name)
	if err != nil || len(p.facts) != 1 {
		return nil // where conditions decide, a function may say one thing and another
	}
	var headers []gateway.HeaderFacts
	for _, f := range p.facts {
		for _, m := range f.Methods {
			if m.Integration == nil {
				continue
			}
			for _, r := range m.Integration.Responses {
				headers = append(headers, r.Headers...)
			}
		}
		for _, g := range f.GatewayResponses {
			headers = append(headers, g.Headers...)
		}
	}
	for _, header := range headers {
		value, known := header.Value.Value()
		if !known || value != origin || header.Value.Place.File != h.name || !strings.EqualFold(header.Name.String(), cors.HeaderAllowOrigin) {
			continue
		}
		if s := d.Find(header.Value.Place.Start, header.Value.Place.End); !s.IsZero() && isFunction(s.Value) && !s.Value.Alias {
			return s.Value
		}
	}
	return nil
}
