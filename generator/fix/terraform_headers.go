package fix

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

const (
	methodHeader          = "method.response.header."
	gatewayResponseHeader = "gatewayresponse.header."
)

// mappedHeader is a header that a response of a REST API is told to carry.
type mappedHeader struct {
	gateway.HeaderFacts
	// response is where the block of its response stands.
	response gateway.Place
	// method is nil for a gateway response.
	method *gateway.MethodFacts
	status string
}

// mappedHeaders are all that an API's responses are told to carry.
func mappedHeaders(api *gateway.Facts) (out []mappedHeader) {
	for i := range api.Methods {
		m := &api.Methods[i]
		if m.Integration == nil {
			continue
		}
		for _, r := range m.Integration.Responses {
			for _, h := range r.Headers {
				out = append(out, mappedHeader{h, r.Place, m, r.Status.String()})
			}
		}
	}
	for _, g := range api.GatewayResponses {
		for _, h := range g.Headers {
			out = append(out, mappedHeader{h, g.Place, nil, ""})
		}
	}
	return out
}

// named reports whether the header has a name, prefixed or not.
func (h *mappedHeader) named(name string) bool {
	got := h.Name.String()
	if _, after, ok := strings.Cut(got, ".header."); ok {
		got = after
	}
	return strings.EqualFold(got, name)
}

// headersAt are the headers whose value, or else whose key, stands at a place.
func headersAt(api *gateway.Facts, at gateway.Place) (out []mappedHeader) {
	for _, h := range mappedHeaders(api) {
		if h.Value.Place == at || h.Key.Place == at {
			out = append(out, h)
		}
	}
	return out
}

// item is the item of an object that begins at a place of the text that was
// parsed at first.
func item(h *edit.HCL, at gateway.Place) (found *hclsyntax.ObjectConsExpr, index int) {
	for _, b := range h.Blocks() {
		hclsyntax.VisitAll(b.Body, func(n hclsyntax.Node) hcl.Diagnostics {
			if o, ok := n.(*hclsyntax.ObjectConsExpr); ok {
				for i, item := range o.Items {
					if r := item.KeyExpr.Range(); r.Start.Byte == at.Start && r.End.Byte == at.End {
						found, index = o, i
					}
				}
			}
			return nil
		})
	}
	return found, index
}

// rewrite changes the value of the headers at a place, where it is a literal, or
// the literal parts of a template: those that the mapping, a local or a caller
// of the module gives.
func (m *terraformModule) rewrite(at gateway.Place, change func(string) (string, error)) error {
	h, err := m.file(at.File)
	if err != nil {
		return err
	}
	x := expressionAt(h, at)
	if x == nil {
		return errors.New("its value is computed")
	}
	if err := m.isOwn(h, at); err != nil {
		return err
	}
	if s, ok := edit.Text(x); ok {
		text, err := change(s)
		if err != nil {
			return err
		}
		h.Replace(x.Range(), edit.Quoted(text))
		return nil
	}
	// Between its quotes, a template is changed as it is written.
	source := h.Source(x)
	if len(source) < 2 || source[0] != '"' || source[len(source)-1] != '"' {
		return fmt.Errorf("%q is computed, not written out", source)
	}
	text, err := change(source[1 : len(source)-1])
	if err != nil {
		return err
	}
	if !keepsNames(source, text) {
		return fmt.Errorf("a part of %s is computed: change it where it comes from", source)
	}
	h.Replace(x.Range(), `"`+text+`"`)
	return nil
}

// expressionAt is the outermost expression that stands at a place.
func expressionAt(h *edit.HCL, at gateway.Place) (found hclsyntax.Expression) {
	for _, b := range h.Blocks() {
		hclsyntax.VisitAll(b.Body, func(n hclsyntax.Node) hcl.Diagnostics {
			x, ok := n.(hclsyntax.Expression)
			if ok && found == nil && x.Range().Start.Byte == at.Start && x.Range().End.Byte == at.End {
				found = x
			}
			return nil
		})
	}
	return found
}

// isOwn refuses a value that comes from a local or a variable which serves
// something else, too.
func (m *terraformModule) isOwn(h *edit.HCL, at gateway.Place) error {
	for _, b := range h.Blocks() {
		r := b.Range()
		if at.Start < r.Start.Byte || b.CloseBraceRange.End.Byte < at.End {
			continue
		}
		switch b.Type {
		case "locals":
			for _, a := range b.Body.Attributes {
				if a.Range().Start.Byte <= at.Start && at.End <= a.Range().End.Byte {
					return m.servesOnly(path.Dir(at.File), "local."+a.Name)
				}
			}
		case "variable":
			return fmt.Errorf("the value is the default of var.%s, which a caller may replace", b.Labels[0])
		}
	}
	return nil
}

// quote puts the inner quotes around a value where it is mapped.
func (m *terraformModule) quote(api *gateway.Facts, at gateway.Place) error {
	headers := headersAt(api, at)
	if len(headers) == 0 {
		return errors.New("its value is computed")
	}
	// One step mends all that is mapped under the key; others with the same value
	// are mended in the next.
	key := headers[0].Key.Place
	h, err := m.file(key.File)
	if err != nil {
		return err
	}
	o, i := item(h, key)
	if o == nil {
		return errors.New("its headers are computed")
	}
	x := o.Items[i].ValueExpr
	source := h.Source(x)
	switch {
	case strings.HasPrefix(source, `"`):
		h.Replace(x.Range(), `"'`+source[1:len(source)-1]+`'"`)
	case path.Dir(at.File) != path.Dir(key.File) || !allUnquoted(api, key):
		// A module may be given a value with its quotes elsewhere.
		return m.rewrite(at, func(s string) (string, error) { return "'" + s + "'", nil })
	default:
		h.Replace(x.Range(), `"'${`+source+`}'"`)
	}
	return nil
}

// allUnquoted reports whether every value that is mapped under a key lacks its
// inner quotes.
func allUnquoted(api *gateway.Facts, key gateway.Place) bool {
	for _, h := range mappedHeaders(api) {
		if s, known := h.Value.Value(); h.Key.Place == key && (!known || strings.HasPrefix(s, "'")) {
			return false
		}
	}
	return true
}

// listed adds words to a list between inner quotes, in its own form.
func listed(words []string) func(string) (string, error) {
	return func(value string) (string, error) {
		inner, quoted := strings.CutPrefix(value, "'")
		inner = strings.TrimSuffix(inner, "'")
		separator := ","
		if strings.Contains(inner, ", ") {
			separator = ", "
		}
		list := slices.DeleteFunc(strings.Split(inner, separator), func(w string) bool { return strings.TrimSpace(w) == "" })
		for _, word := range words {
			list = insertWord(list, word)
		}
		out := strings.Join(list, separator)
		if quoted {
			out = "'" + out + "'"
		}
		return out, nil
	}
}

// methodOrder is the order in which most lists of methods are written.
func methodOrder(method string) int {
	return slices.Index([]string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}, strings.TrimSpace(method))
}

// insertWord adds a word last, or a method where it belongs in a list that is in
// the usual order.
func insertWord(list []string, word string) []string {
	order := methodOrder(word)
	sorted := order >= 0 && slices.IsSortedFunc(list, func(a, b string) int { return methodOrder(a) - methodOrder(b) })
	if !sorted {
		if n := len(list); order >= 0 && n > 0 && strings.TrimSpace(list[n-1]) == "OPTIONS" {
			return slices.Insert(list, n-1, word)
		}
		return append(list, word)
	}
	i := slices.IndexFunc(list, func(w string) bool { return methodOrder(w) > order })
	if i < 0 {
		i = len(list)
	}
	return slices.Insert(list, i, word)
}

// declare lets the method responses of a status declare a header.
func (m *terraformModule) declare(method *gateway.MethodFacts, status, name string) error {
	for _, r := range method.Responses {
		if r.Status.String() != status {
			continue
		}
		if slices.ContainsFunc(r.Headers, func(h gateway.HeaderFacts) bool { return strings.EqualFold(h.Name.String(), name) }) {
			return nil
		}
		b, err := m.block(r.Place)
		if err != nil {
			return err
		}
		return m.addKey(b, "response_parameters", methodHeader+name, "true")
	}
	return fmt.Errorf("there is no method response %s to declare %s", status, name)
}

// addKey adds a key to the object that an attribute of a block is.
func (m *terraformModule) addKey(b *terraformBlock, attribute, key, value string) error {
	h, o, err := m.object(b, attribute)
	switch {
	case err != nil:
		return err
	case o == nil:
		b.Set(b.node(), attribute, "{\n  "+edit.Quoted(key)+" = "+value+"\n}", "")
	case edit.Key(o, key) < 0:
		h.AddKey(o, edit.Quoted(key), value)
	}
	return nil
}

// mapHeader lets the integration responses at a place send a header, and declares
// it; the value is an expression.
func (m *terraformModule) mapHeader(api *gateway.Facts, response gateway.Place, name, value string) error {
	found := false
	for i := range api.Methods {
		method := &api.Methods[i]
		if method.Integration == nil {
			continue
		}
		for _, r := range method.Integration.Responses {
			if r.Place != response {
				continue
			}
			if err := m.declare(method, r.Status.String(), name); err != nil {
				return err
			}
			found = true
		}
	}
	if !found {
		return errors.New("the integration response is not found")
	}
	b, err := m.block(response)
	if err != nil {
		return err
	}
	return m.addKey(b, "response_parameters", methodHeader+name, value)
}
