package fix

import (
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

// allowHeaders lists the request headers that are missing.
func allowHeaders(t *task) Edit {
	if len(t.f.Missing) == 0 {
		return not("which headers pages send is for you to say")
	}
	return t.allow(cors.HeaderAllowHeaders, "AllowHeaders", func(list string) string { return extended(list, t.f.Missing) }, t.f.Missing)
}

// allowMethods lists the methods that are missing, in upper case.
func allowMethods(t *task) Edit {
	if len(t.f.Missing) == 0 {
		return not("which methods pages send is for you to say")
	}
	// What stands in ${} is a name, and what it is today is not for an edit to know.
	at, ok := t.scalar(t.spot)
	substitutes := ok && strings.Contains(at.Value.Text, "${")
	return t.allow(cors.HeaderAllowMethods, "AllowMethods", func(list string) string {
		missing := slices.Clone(t.f.Missing)
		if substitutes {
			return extended(list, missing)
		}
		text, _ := inner(list)
		for _, have := range words(text) {
			if i := slices.Index(missing, strings.ToUpper(have)); i >= 0 {
				list = strings.ToUpper(list)
				missing = slices.Delete(missing, i, i+1)
			}
		}
		if len(missing) == 0 {
			return list
		}
		return extended(list, missing)
	}, t.f.Missing)
}

// nameMethods puts the methods of the paths in the place of ANY, or of a * that
// is no wildcard, and adds to others what is left out.
func nameMethods(t *task) Edit {
	methods := t.methodsBehind()
	if len(methods) == 0 {
		return not("the methods behind it are not known")
	}
	become := func(list string) string {
		text, quoted := inner(list)
		comma := ","
		if strings.Contains(text, ", ") {
			comma = ", "
		}
		var out []string
		for _, word := range words(text) {
			known := slices.ContainsFunc(methods, func(m string) bool { return strings.EqualFold(m, word) })
			if word != "*" && !strings.EqualFold(word, "ANY") && !known {
				out = append(out, word)
			}
		}
		if list = strings.Join(appendNew(methods, out...), comma); quoted {
			list = "'" + list + "'"
		}
		return list
	}
	return t.allow(cors.HeaderAllowMethods, "AllowMethods", become, methods)
}

// nameHeaders puts the names that are missing in the place of a * that is no
// wildcard. What pages send besides is refused then, so a person decides.
func nameHeaders(t *task) Edit {
	if strings.Contains(t.f.Text, cors.HeaderAllowMethods) {
		return nameMethods(t)
	}
	if len(t.f.Missing) == 0 {
		return not("which headers pages send is for you to say")
	}
	return t.allow(cors.HeaderAllowHeaders, "AllowHeaders", func(list string) string {
		text, quoted := inner(list)
		var out []string
		for _, word := range words(text) {
			if word != "*" {
				out = append(out, word)
			}
		}
		for _, name := range t.f.Missing {
			if !slices.ContainsFunc(out, func(w string) bool { return strings.EqualFold(w, name) }) {
				out = append(out, name)
			}
		}
		if list = strings.Join(out, ","); quoted {
			list = "'" + list + "'"
		}
		return list
	}, t.f.Missing)
}

func appendNew(list []string, more ...string) []string {
	out := slices.Clone(list)
	for _, s := range more {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// allMethods are those that stand for ANY.
func allMethods() []string { return []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"} }

// methodsOf are the methods of a path of a REST API but OPTIONS, those of ANY
// one by one.
func methodsOf(api *gateway.Facts, path string) (out []string) {
	for _, m := range api.Methods {
		if m.Path.String() != path {
			continue
		}
		switch verb, known := m.Method.Value(); {
		case !known || verb == "OPTIONS":
		case verb == "ANY":
			out = appendNew(out, allMethods()...)
		default:
			out = appendNew(out, verb)
		}
	}
	return out
}

// methodsBehind are the methods of the paths whose preflights have the list that
// the finding is at.
func (t *task) methodsBehind() (out []string) {
	for _, api := range t.APIs(t.f) {
		for _, m := range api.Methods {
			if m.Method.String() != "OPTIONS" || m.Integration == nil {
				continue
			}
			for _, r := range m.Integration.Responses {
				if h, ok := header(r.Headers, cors.HeaderAllowMethods); ok && h.Value.Place == t.f.Place {
					out = appendNew(out, methodsOf(api, m.Path.String())...)
				}
			}
		}
		for _, r := range api.Routes {
			switch verb, _, ok := strings.Cut(r.Key.String(), " "); {
			case !ok || verb == "ANY":
				out = appendNew(out, allMethods()...)
			case verb != "OPTIONS":
				out = appendNew(out, strings.ToUpper(verb))
			}
		}
	}
	return out
}

// allow changes a list of names: become says what becomes of the static value
// of a REST API; items are those of an HTTP API's list, or of one that is not
// there yet.
func (t *task) allow(name, key string, become func(string) string, items []string) Edit {
	if t.facts().Kind == gateway.HTTP {
		return t.allowHTTP(key, become, items)
	}
	for _, h := range t.mapped() {
		if strings.EqualFold(h.Name.String(), name) {
			return t.change(become)
		}
	}
	m, r := t.respondingHere()
	if r == nil {
		return not("what answers the preflight maps no headers here")
	}
	if name == cors.HeaderAllowMethods {
		items = methodsOf(t.facts(), m.Path.String())
	}
	value := become("'" + strings.Join(items, ",") + "'")
	if name == cors.HeaderAllowHeaders {
		// A list that is new has all that pages send, or it would be at fault itself.
		path := m.Path.String()
		if m.MadeBy == samCORS {
			path = ""
		}
		for _, need := range needs(t.facts(), path) {
			if !slices.ContainsFunc(items, func(item string) bool { return strings.EqualFold(item, need) }) {
				items = append(items, need)
			}
		}
		value = "'" + strings.Join(items, ",") + "'"
	}
	return t.mapHeaders(t.spot, m, r, mapping{name, edit.String(value), value})
}

// respondingHere is the integration response that the finding's place is.
func (t *task) respondingHere() (*gateway.MethodFacts, *gateway.IntegrationResponseFacts) {
	for _, api := range t.APIs(t.f) {
		for i := range api.Methods {
			m := &api.Methods[i]
			if m.Integration == nil {
				continue
			}
			for j := range m.Integration.Responses {
				if r := &m.Integration.Responses[j]; r.Place == t.f.Place {
					return m, r
				}
			}
		}
	}
	return nil, nil
}

func (t *task) allowHTTP(key string, become func(string) string, items []string) Edit {
	s := t.spot
	e := Edit{Means: []string{"+ CORS configuration: " + key + ": "}}
	var list []edit.Tree
	for _, item := range items {
		list = append(list, edit.String(item))
	}
	if s.Value.Kind == reader.MappingValue && s.Value.Tag == "" {
		for _, k := range [...]string{key, strings.ToLower(key[:1]) + key[1:]} {
			if child := s.Child(k); !child.IsZero() {
				s = child
			}
		}
	}
	switch v := s.Value; {
	case v.Kind == reader.ListValue && v.Tag == "" && !v.Alias:
		e.Means = append(e.Means, "- CORS configuration: "+key+": ")
		return t.relist(e, s, become, items)
	case v.Kind == reader.MappingValue && v.Tag == "" && v.Get("Fn::If") == nil && v.Get("Ref") == nil && s.Key() != key:
		if len(v.Fields) > 0 && v.Fields[0].Key != "" && v.Fields[0].Key[0] >= 'a' {
			key = strings.ToLower(key[:1]) + key[1:]
		}
		e.Changes = t.setAll(s, edit.Field{Key: key, Value: edit.List(list...)})
		return e
	case v.Kind == reader.ScalarValue && v.Text == "true" && s.Key() == "CorsConfiguration":
		e.Changes = t.d.Replace(s, edit.Map(edit.Field{Key: "AllowOrigins", Value: edit.List(edit.String("*"))}, edit.Field{Key: key, Value: edit.List(list...)}))
		return e
	case v.Null && s.Key() != "CorsConfiguration":
		e.Changes = t.d.Replace(s, edit.List(list...))
		return e
	}
	return not("a function makes the list: change it where it comes from")
}

// relist makes the items of a list what they become.
func (t *task) relist(e Edit, s edit.Spot, become func(string) string, items []string) Edit {
	var have []string
	for _, item := range s.Value.Items {
		if item.Value.Kind != reader.ScalarValue || item.Value.Tag != "" || item.Value.Alias {
			have = append(have, "")
			continue
		}
		have = append(have, item.Value.Text)
	}
	if len(have) == 0 {
		var list []edit.Tree
		for _, item := range items {
			list = append(list, edit.String(item))
		}
		e.Changes = t.d.Replace(s, edit.List(list...))
		return e
	}
	want := words(become(strings.Join(slices.DeleteFunc(slices.Clone(have), func(w string) bool { return w == "" }), ",")))
	var gone []int
	for i, item := range have {
		if item != "" && !slices.Contains(want, item) {
			gone = append(gone, i)
		}
	}
	want = slices.DeleteFunc(want, func(w string) bool { return slices.Contains(have, w) })
	for _, i := range gone {
		if len(want) > 0 {
			e.Changes = append(e.Changes, t.d.SetText(s.Item(i), want[0])...)
			want = want[1:]
			continue
		}
		if len(gone) > 1 {
			return not("the list is to be written anew")
		}
		e.Changes = append(e.Changes, t.d.Delete(s.Item(i))...)
	}
	for _, w := range want {
		e.Changes = append(e.Changes, t.d.Append(s, edit.String(w))...)
	}
	return e
}
