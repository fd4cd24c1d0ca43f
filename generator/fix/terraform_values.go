package fix

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/lint"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// of are the means of a change of one thing that API Gateway is told.
func of(what ...string) (means []string) {
	for _, w := range what {
		means = append(means, "- "+w, "+ "+w)
	}
	return means
}

// valueQuoted puts the inner quotes around a static value.
func (m *terraformModule) valueQuoted(f lint.Finding, api *gateway.Facts) ([]string, error) {
	var names []string
	for _, h := range headersAt(api, f.Place) {
		names = append(names, ": "+h.Name.String()+": ")
	}
	return of(names...), m.quote(api, f.Place)
}

// headersListed lists what a page sends in Access-Control-Allow-Headers.
func (m *terraformModule) headersListed(f lint.Finding, api *gateway.Facts) ([]string, error) {
	isNew := api.Kind == gateway.REST && len(headersAt(api, f.Place)) == 0 || api.CORS != nil && len(api.CORS.AllowHeaders.Value) == 0
	if isNew && sendsBodies(api) && !slices.Contains(f.Missing, "Content-Type") {
		// A list that allows nothing else would keep a JSON body out.
		f.Missing = append([]string{"Content-Type"}, f.Missing...)
	}
	return m.wordsListed(f, api, cors.HeaderAllowHeaders, "allow_headers", "AllowHeaders")
}

// sendsBodies reports whether a page may send a body to the API.
func sendsBodies(api *gateway.Facts) bool {
	takes := func(verb string) bool {
		return verb == "POST" || verb == "PUT" || verb == "PATCH" || verb == "ANY" || verb == gateway.DefaultRoute
	}
	return slices.ContainsFunc(api.Methods, func(m gateway.MethodFacts) bool { return takes(m.Method.String()) }) ||
		slices.ContainsFunc(api.Routes, func(r gateway.RouteFacts) bool {
			verb, _, _ := strings.Cut(r.Key.String(), " ")
			return takes(verb)
		})
}

// methodsListed lists what a path takes in Access-Control-Allow-Methods, in upper
// case.
func (m *terraformModule) methodsListed(f lint.Finding, api *gateway.Facts) ([]string, error) {
	return m.wordsListed(f, api, cors.HeaderAllowMethods, "allow_methods", "AllowMethods")
}

func (m *terraformModule) wordsListed(f lint.Finding, api *gateway.Facts, header, argument, fact string) ([]string, error) {
	if len(f.Missing) == 0 {
		return nil, errors.New("what is missing is not known")
	}
	if api.Kind == gateway.HTTP {
		return of("CORS configuration: " + fact), m.listHas(f.Place, api, argument, f.Missing)
	}
	means := append(of(": "+header+": "), "+ declares "+header)
	if slices.ContainsFunc(headersAt(api, f.Place), func(h mappedHeader) bool { return h.named(header) }) {
		return means, m.rewrite(f.Place, func(value string) (string, error) {
			return listed(f.Missing)(inUpperCase(value, f.Missing))
		})
	}
	return means, m.mapHeader(api, f.Place, header, edit.Quoted("'"+strings.Join(f.Missing, ",")+"'"))
}

// inUpperCase leaves out of a list what stands there in another case. What stands
// in ${} has names that are to stay.
func inUpperCase(value string, words []string) string {
	if strings.Contains(value, "${") {
		return value
	}
	for _, word := range words {
		if i := strings.Index(strings.ToUpper(value), word); methodOrder(word) >= 0 && i >= 0 && value[i:i+len(word)] != word {
			return strings.ToUpper(value)
		}
	}
	return value
}

// anyReplaced lists the methods that a path takes in place of ANY.
func (m *terraformModule) anyReplaced(f lint.Finding, api *gateway.Facts) ([]string, error) {
	if api.Kind == gateway.HTTP {
		return nil, errors.New("list the methods of the routes by hand")
	}
	var methods []string
	for _, h := range headersAt(api, f.Place) {
		if h.method == nil {
			continue
		}
		for _, verb := range verbsOf(api, h.method.Path.String()) {
			if !slices.Contains(methods, verb) {
				methods = append(methods, verb)
			}
		}
	}
	if len(methods) == 0 {
		return nil, errors.New("the path has no other method")
	}
	return of(": " + cors.HeaderAllowMethods + ": "), m.rewrite(f.Place, func(value string) (string, error) {
		if strings.Contains(value, "${") {
			return "", errors.New("a part of the list is computed")
		}
		inner := strings.Split(strings.Trim(value, "'"), ",")
		inner = slices.DeleteFunc(inner, func(w string) bool {
			w = strings.ToUpper(strings.TrimSpace(w))
			return w == "ANY" || slices.Contains(methods, w)
		})
		list := slices.Clone(methods)
		for _, w := range inner {
			list = insertWord(list, strings.TrimSpace(w))
		}
		return "'" + strings.Join(list, ",") + "'", nil
	})
}

// verbsOf are the methods that pages may send to a path, in the usual order.
func verbsOf(api *gateway.Facts, path string) (out []string) {
	for _, m := range api.Methods {
		verb, known := m.Method.Value()
		switch {
		case !known || m.Path.String() != path || verb == "OPTIONS":
		case verb == "ANY":
			for _, v := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"} {
				if !slices.Contains(out, v) {
					out = insertWord(out, v)
				}
			}
		case !slices.Contains(out, verb):
			out = insertWord(out, verb)
		}
	}
	return out
}

// originWritten writes an origin as browsers send it.
func (m *terraformModule) originWritten(f lint.Finding, api *gateway.Facts) ([]string, error) {
	if f.Instead == "" {
		return nil, errors.New("which origin is meant is not plain")
	}
	return of(": "+cors.HeaderAllowOrigin+": ", "AllowOrigins: "), m.rewrite(f.Place, func(value string) (string, error) {
		if strings.HasPrefix(value, "'") {
			return "'" + f.Instead + "'", nil
		}
		return f.Instead, nil
	})
}

// entryUnquoted takes inner quotes away from an entry of an HTTP API's lists.
func (m *terraformModule) entryUnquoted(f lint.Finding, api *gateway.Facts) ([]string, error) {
	return of("CORS configuration: "), m.rewrite(f.Place, func(value string) (string, error) {
		return strings.Trim(value, `'"`), nil
	})
}

// originsSplit gives each origin of an HTTP API's list an entry of its own; on a
// REST API a mapping template picks one.
func (m *terraformModule) originsSplit(f lint.Finding, api *gateway.Facts) ([]string, error) {
	if api.Kind != gateway.HTTP {
		return m.originsPicked(f, api)
	}
	h, err := m.file(f.Place.File)
	if err != nil {
		return nil, err
	}
	list, i := listAround(h, f.Place)
	if list == nil {
		return nil, errors.New("the list is computed")
	}
	joined, ok := edit.Text(list.Exprs[i])
	if !ok {
		return nil, errors.New("a part of the entry is computed")
	}
	if err := m.isOwn(h, f.Place); err != nil {
		return nil, err
	}
	var items []string
	for origin := range strings.SplitSeq(joined, ",") {
		if origin = strings.TrimSpace(origin); origin != "" {
			items = append(items, edit.Quoted(origin))
		}
	}
	h.Replace(list.Exprs[i].Range(), strings.Join(items, ", "))
	return of("CORS configuration: AllowOrigins"), nil
}

// listAround is the list with an element that stands at a place.
func listAround(h *edit.HCL, at gateway.Place) (found *hclsyntax.TupleConsExpr, index int) {
	for _, b := range h.Blocks() {
		hclsyntax.VisitAll(b.Body, func(n hclsyntax.Node) hcl.Diagnostics {
			if list, ok := n.(*hclsyntax.TupleConsExpr); ok {
				for i, x := range list.Exprs {
					if x.Range().Start.Byte == at.Start && x.Range().End.Byte == at.End {
						found, index = list, i
					}
				}
			}
			return nil
		})
	}
	return found, index
}

// prefixed gives the key of a header the prefix of its place.
func (m *terraformModule) prefixed(f lint.Finding, api *gateway.Facts) ([]string, error) {
	for _, header := range headersAt(api, f.Place) {
		prefix := methodHeader
		if header.method == nil {
			prefix = gatewayResponseHeader
		}
		_, name, ok := strings.Cut(header.Key.String(), ".header.")
		if !ok || strings.HasPrefix(header.Key.String(), prefix) {
			continue
		}
		return of(name), m.rewrite(header.Key.Place, func(key string) (string, error) {
			_, name, _ := strings.Cut(key, ".header.")
			return prefix + name, nil
		})
	}
	return nil, errors.New("its headers are computed")
}

// maxAgeWithinRange gives an HTTP API's max_age the greatest value it takes.
func (m *terraformModule) maxAgeWithinRange(f lint.Finding, api *gateway.Facts) ([]string, error) {
	if api.CORS == nil || api.CORS.MaxAge.Place != f.Place || api.CORS.MaxAge.Value < 86400 {
		return nil, errors.New("how many seconds are meant is not plain")
	}
	h, err := m.file(f.Place.File)
	if err != nil {
		return nil, err
	}
	x := expressionAt(h, f.Place)
	if x == nil {
		return nil, errors.New("its value is computed")
	}
	h.Replace(x.Range(), "86400")
	return of("CORS configuration: MaxAge"), m.isOwn(h, f.Place)
}

// credentialsTrue writes true as browsers want it.
func (m *terraformModule) credentialsTrue(f lint.Finding, api *gateway.Facts) ([]string, error) {
	return of(": " + cors.HeaderAllowCredentials + ": "), m.rewrite(f.Place, func(value string) (string, error) {
		if !strings.EqualFold(strings.Trim(value, "'"), "true") {
			return "", errors.New("whether credentials are meant is not plain")
		}
		return "'true'", nil
	})
}

// credentialsLeftOut allows no credentials beside any origin: no page could use
// them, and to name origins is for a person.
func (m *terraformModule) credentialsLeftOut(f lint.Finding, api *gateway.Facts) ([]string, error) {
	if api.Kind == gateway.HTTP {
		b, cors, err := m.corsBlock(api)
		if err != nil {
			return nil, err
		}
		b.Remove(cors, "allow_credentials")
		return of("CORS configuration: AllowCredentials"), nil
	}
	headers := headersAt(api, f.Place)
	if len(headers) == 0 {
		return nil, errors.New("its headers are computed")
	}
	at := headers[0].Key.Place
	h, err := m.file(at.File)
	if err != nil {
		return nil, err
	}
	o, i := item(h, at)
	if o == nil {
		return nil, errors.New("its headers are computed")
	}
	h.RemoveKey(o, i)
	return []string{"- : " + cors.HeaderAllowCredentials + ": "}, m.isOwn(h, at)
}

// variesByOrigin adds Vary: Origin.
func (m *terraformModule) variesByOrigin(f lint.Finding, api *gateway.Facts) ([]string, error) {
	means := []string{"+ : " + cors.HeaderVary + ": ", "+ declares " + cors.HeaderVary}
	const value = `"'Origin'"`
	for _, h := range mappedHeaders(api) {
		if h.method == nil && h.Value.Place == f.Place {
			b, err := m.block(h.response)
			if err != nil {
				return nil, err
			}
			return means, m.addKey(b, "response_parameters", gatewayResponseHeader+cors.HeaderVary, value)
		}
	}
	return means, m.mapHeader(api, f.Place, cors.HeaderVary, value)
}

// corsBlock is the cors_configuration of an HTTP API.
func (m *terraformModule) corsBlock(api *gateway.Facts) (*terraformBlock, *hclsyntax.Block, error) {
	b, err := m.block(api.Place)
	if err != nil {
		return nil, nil, err
	}
	inner := edit.Nested(b.node(), "cors_configuration")
	if inner == nil {
		return nil, nil, errors.New("cors_configuration is made by a dynamic block")
	}
	return b, inner, nil
}

// listHas adds words to a list of an HTTP API's CORS configuration.
func (m *terraformModule) listHas(at gateway.Place, api *gateway.Facts, argument string, words []string) error {
	var items []string
	for _, w := range words {
		items = append(items, edit.Quoted(w))
	}
	h, err := m.file(at.File)
	if err != nil {
		return err
	}
	if list, ok := expressionAt(h, at).(*hclsyntax.TupleConsExpr); ok {
		if err := m.isOwn(h, at); err != nil {
			return err
		}
		h.AddItems(list, items...)
		return nil
	}
	b, cors, err := m.corsBlock(api)
	if err != nil {
		return err
	}
	if a := cors.Body.Attributes[argument]; a != nil {
		return fmt.Errorf("%q is computed, not written out", b.Source(a.Expr))
	}
	after := ""
	for _, name := range []string{"allow_origins", "allow_methods"} {
		if cors.Body.Attributes[name] != nil {
			after = name
		}
	}
	b.Set(cors, argument, "["+strings.Join(items, ", ")+"]", after)
	return nil
}

// bodyInJSON writes the body of a gateway response in JSON.
func (m *terraformModule) bodyInJSON(f lint.Finding, api *gateway.Facts) ([]string, error) {
	return nil, m.rewrite(f.Place, func(body string) (string, error) {
		if strings.Contains(body, "#set(") || strings.Contains(body, "#if(") {
			return "", errors.New("what its directives are to do is not plain")
		}
		return strings.ReplaceAll(strings.ReplaceAll(body, "'", `"`), `"$context.error.messageString"`, "$context.error.messageString"), nil
	})
}
