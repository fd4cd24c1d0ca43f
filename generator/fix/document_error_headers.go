package fix

import (
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

// carry lets a gateway response carry headers.
func (t *task) carry(g gateway.GatewayResponseFacts, headers ...mapping) Edit {
	if g.Place.File != t.d.Name {
		return not("the gateway response is written in another file")
	}
	at := t.d.Find(g.Place.Start, g.Place.End)
	if at.IsZero() || at.Value.Kind != reader.MappingValue || at.Value.Alias || at.Value.Tag != "" {
		return not("the gateway response is written elsewhere")
	}
	key, prefix, below := "responseParameters", gatewayResponseHeader, ""
	switch {
	case at.Value.Get("Properties") != nil:
		at, key = at.Child("Properties"), "ResponseParameters"
	case !at.Above(func(s edit.Spot) bool { return s.Key() == "GatewayResponses" }).IsZero():
		key, prefix, below = "ResponseParameters", "", "Headers"
	}
	e := Edit{}
	var fields []edit.Field
	for _, h := range headers {
		fields = append(fields, edit.Field{Key: prefix + h.name, Value: h.tree})
		e.Means = append(e.Means, "+ gateway response "+g.Type.String()+": "+h.name+": "+h.text)
	}
	way := []string{key}
	if below != "" {
		way = append(way, below)
	}
	for len(way) > 0 {
		child := at.Child(way[0])
		if child.IsZero() {
			break
		}
		at, way = child, way[1:]
	}
	value := edit.Map(fields...)
	if len(way) == 0 {
		e.Changes = t.setAll(at, fields...)
	} else {
		if len(way) == 2 {
			value = edit.Map(edit.Field{Key: way[1], Value: value})
		}
		e.Changes = t.setAll(at, edit.Field{Key: way[0], Value: value})
	}
	if e.Changes == nil {
		return not("the headers of the gateway response are written elsewhere")
	}
	return e
}

// errorHeaders are what gateway responses of the API carry: what those that are
// there carry, otherwise the one origin of the preflights. Where a mapping
// template picks it, a gateway response, which evaluates none, allows any origin,
// or with credentials the page's own.
func (t *task) errorHeaders(api *gateway.Facts) (out []mapping, why string) {
	o, why := t.originOf(api)
	credentials := o.credentials
	if why != "" {
		picked := false
		for _, m := range api.Methods {
			if m.Method.String() != "OPTIONS" || m.Integration == nil {
				continue
			}
			for _, r := range m.Integration.Responses {
				picked = picked || overrides(r.Templates)
				c, _ := header(r.Headers, cors.HeaderAllowCredentials)
				credentials = credentials || c.Value.String() == "'true'"
			}
		}
		if !picked {
			return nil, why
		}
		o = named{tree: edit.String("'*'"), text: "'*'"}
		if credentials {
			o = named{tree: edit.String("method.request.header.origin"), text: "method.request.header.origin"}
		}
	}
	if o.text == "'*'" {
		credentials = false
	}
	out = append(out, mapping{cors.HeaderAllowOrigin, o.tree, o.text})
	if credentials {
		out = append(out, mapping{cors.HeaderAllowCredentials, edit.String("'true'"), "'true'"})
	}
	if strings.HasPrefix(o.text, "method.request.") {
		out = append(out, mapping{cors.HeaderVary, edit.String("'Origin'"), "'Origin'"})
	}
	return out, ""
}

// likeOthers are the CORS headers of a gateway response that is there.
func (t *task) likeOthers(api *gateway.Facts) (out []mapping) {
	for _, g := range api.GatewayResponses {
		_, ok := header(g.Headers, cors.HeaderAllowOrigin)
		if !ok {
			continue
		}
		out = nil
		for _, h := range g.Headers {
			name := h.Name.String()
			if !strings.HasPrefix(strings.ToLower(name), "access-control-") && !strings.EqualFold(name, cors.HeaderVary) {
				continue
			}
			m := mapping{name: name, text: h.Value.String()}
			if m.tree, ok = t.again(h.Value); !ok {
				return nil
			}
			out = append(out, m)
		}
		return out
	}
	return nil
}

// carryInError lets a gateway response carry an origin.
func carryInError(t *task) Edit {
	for _, api := range t.APIs(t.f) {
		for _, g := range api.GatewayResponses {
			if g.Place != t.f.Place {
				continue
			}
			headers := t.likeOthers(api)
			if headers == nil {
				var why string
				if headers, why = t.errorHeaders(api); why != "" {
					return not(why)
				}
			}
			return t.carry(g, headers...)
		}
	}
	return not("the gateway response is written elsewhere")
}

// allowInError lets a gateway response allow credentials.
func allowInError(t *task) Edit {
	for _, api := range t.APIs(t.f) {
		for _, g := range api.GatewayResponses {
			if at := g.HeadersPlace; at != t.f.Place && g.Place != t.f.Place {
				continue
			}
			if h, _ := header(g.Headers, cors.HeaderAllowOrigin); h.Value.String() == "'*'" {
				return not("the gateway response allows any origin, which credentials do not go with: name the page's origin")
			}
			return t.carry(g, mapping{cors.HeaderAllowCredentials, edit.String("'true'"), "'true'"})
		}
	}
	return not("the gateway response is written elsewhere")
}

// dropStatus leaves the status of a default gateway response out.
func dropStatus(t *task) Edit {
	return Edit{Changes: t.d.Delete(t.spot), Means: []string{"- gateway response " + t.f.Subject + ": status ", "+ gateway response " + t.f.Subject + ": status "}}
}

// quoteMessage takes the quotes off a variable that has its own.
func quoteMessage(t *task) Edit {
	at, ok := t.scalar(t.spot)
	if !ok || !strings.Contains(at.Value.Text, `"$context.error.messageString"`) {
		return not("what the body is to say is for you to write")
	}
	text := strings.ReplaceAll(at.Value.Text, `"$context.error.messageString"`, "$context.error.messageString")
	return Edit{Changes: t.d.SetText(at, text)}
}

// nameType corrects the type of a gateway response that is plainly meant.
func nameType(t *task) Edit {
	for _, api := range t.APIs(t.f) {
		for _, g := range api.GatewayResponses {
			if g.Type.Place != t.f.Place {
				continue
			}
			have := g.Type.String()
			want := nearestType(have)
			if want == "" {
				return not("which type is meant is for you to say: " + strings.Join(gateway.ResponseTypes(), ", "))
			}
			e := Edit{Means: []string{"- gateway response " + have + ": ", "+ gateway response " + want + ": "}}
			if t.spot.Key() == have {
				e.Changes = t.d.SetKey(t.spot, want)
			} else if at, ok := t.scalar(t.spot); ok {
				e.Changes = t.d.SetText(at, want)
			} else {
				return not("a function makes the type: change it where it comes from")
			}
			return e
		}
	}
	return not("the type is not known")
}

// nearestType is the one gateway response type that differs from a word in case
// and signs alone, or in a letter or two.
func nearestType(word string) string {
	letters := func(s string) string {
		return strings.NewReplacer("_", "", "-", "", " ", "", ".", "").Replace(strings.ToUpper(s))
	}
	best, second, found := 3, 3, ""
	for _, t := range gateway.ResponseTypes() {
		switch n := cors.Distance(letters(word), letters(t)); {
		case n < best:
			best, second, found = n, best, t
		case n < second:
			second = n
		}
	}
	if best == second {
		return ""
	}
	return found
}
