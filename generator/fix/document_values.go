package fix

import (
	"regexp"
	"strconv"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

// quote puts a static value between single quotes.
func quote(t *task) Edit {
	quoted := func(s string) string { return "'" + strings.Trim(s, "'") + "'" }
	v := t.spot.Value
	name := ""
	switch {
	case v.Tag == "!Ref" && v.Kind == reader.ScalarValue:
		name = v.Text
	case v.Kind == reader.MappingValue && len(v.Fields) == 1 && v.Fields[0].Key == "Ref":
		name = v.Fields[0].Value.Text
	default:
		return t.change(quoted)
	}
	sub := edit.String("'${" + name + "}'")
	if v.Tag != "" {
		sub = sub.Tagged("!Sub")
	} else {
		sub = edit.Map(edit.Field{Key: "Fn::Sub", Value: sub})
	}
	e := Edit{Changes: t.d.Replace(t.spot, sub)}
	for _, h := range t.mapped() {
		e.Means = append(e.Means, "- "+h.Name.String()+": "+h.Value.String(), "+ "+h.Name.String()+": '"+h.Value.String()+"'")
	}
	return e
}

// serialise writes an origin as a browser sends it.
func serialise(t *task) Edit {
	if t.f.Instead == "" {
		return not("what origin is meant is for you to say")
	}
	if t.facts().Kind == gateway.HTTP {
		return t.entry(t.f.Instead)
	}
	return t.change(func(s string) string {
		if _, quoted := inner(s); quoted {
			return "'" + t.f.Instead + "'"
		}
		return t.f.Instead
	})
}

// facts are those of the finding's API, the first of several.
func (t *task) facts() *gateway.Facts {
	if apis := t.APIs(t.f); len(apis) > 0 {
		return apis[0]
	}
	return &gateway.Facts{}
}

// entry gives an entry of an HTTP API's list another text.
func (t *task) entry(text string) Edit {
	at, ok := t.scalar(t.spot)
	if !ok || at.Value.Style == reader.Block {
		return not("a function makes the value: change it where it comes from")
	}
	return Edit{
		Changes: t.d.SetText(at, text),
		Means:   []string{"- CORS configuration: ", "+ CORS configuration: AllowOrigins: " + text, "+ CORS configuration: AllowMethods: " + text, "+ CORS configuration: AllowHeaders: " + text, "+ CORS configuration: ExposeHeaders: " + text},
	}
}

// unquote takes the inner quotes away where they are part of the value.
func unquote(t *task) Edit {
	at, ok := t.scalar(t.spot)
	if !ok {
		return not("a function makes the value: change it where it comes from")
	}
	return t.entry(strings.Trim(at.Value.Text, `'"`))
}

// correctMaxAge writes seconds where it is plain how many are meant.
func correctMaxAge(t *task) Edit {
	if f := t.facts(); f.Kind == gateway.HTTP {
		at, ok := t.scalar(t.spot)
		if !ok || at.Value.Tag != "" || f.CORS.MaxAge.Value < 0 {
			return not("how long browsers may remember a preflight is for you to say")
		}
		return Edit{Changes: t.d.SetBare(at, "86400"), Means: []string{"- CORS configuration: MaxAge: ", "+ CORS configuration: MaxAge: 86400"}}
	}
	if mapped := t.mapped(); len(mapped) > 0 {
		value, _ := inner(mapped[0].Value.String())
		if m := regexp.MustCompile(`(?i)^\s*([0-9]+)\s*(s|sec|secs|seconds)?\s*$`).FindStringSubmatch(value); m != nil {
			if seconds, err := strconv.Atoi(m[1]); err == nil {
				return t.change(func(string) string { return "'" + strconv.Itoa(seconds) + "'" })
			}
		}
	}
	return not("how long browsers may remember a preflight is for you to say")
}

// correctCredentials writes 'true' in lower case, and leaves another value out.
func correctCredentials(t *task) Edit {
	for _, h := range t.mapped() {
		value, _ := inner(h.Value.String())
		if strings.EqualFold(value, "true") {
			return t.change(func(string) string { return "'true'" })
		}
	}
	return not("whether credentials are to be allowed is for you to say: write 'true', or leave the header out")
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
		switch n := distance(letters(word), letters(t)); {
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

// distance is the number of letters to change, add or take away.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		last := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := last
			if a[i] != b[j] {
				cost++
			}
			last = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// correctPrefix gives a header's key the prefix of its place.
func correctPrefix(t *task) Edit {
	key := t.spot.Key()
	_, name, ok := strings.Cut(key, ".header.")
	if !ok {
		return not("the key is not one of a header")
	}
	prefix := "method.response.header."
	if gatewayResponse := t.spot.Above(func(s edit.Spot) bool {
		return s.Key() == "x-amazon-apigateway-gateway-responses" || s.Value.Get("Type") != nil && s.Value.Get("Type").Text == "AWS::ApiGateway::GatewayResponse"
	}); !gatewayResponse.IsZero() {
		prefix = "gatewayresponse.header."
	}
	return Edit{Changes: t.d.SetKey(t.spot, prefix+name), Means: []string{"- ", "+ " + name + ": "}}
}

// sameOrigin names the preflight's origin where a response has another.
func sameOrigin(t *task) Edit {
	if len(t.f.Related) == 0 {
		return not("the preflight names no origin in this file")
	}
	at := t.f.Related[0].Place
	for _, api := range t.APIs(t.f) {
		o, why := originOf(t.State, api)
		if why != "" {
			return not(why)
		}
		if o.at == at && at.File == t.f.Place.File {
			e := Edit{Changes: t.d.Replace(t.spot, o.tree)}
			for _, h := range t.mapped() {
				e.Means = append(e.Means, "- "+h.Name.String()+": "+h.Value.String(), "+ "+h.Name.String()+": "+o.text)
			}
			return e
		}
	}
	return not("the preflights of the API name several origins")
}

// nameOrigin names the one origin of the API where an integration response is to
// give the request's own back, which only a mapping template can.
func nameOrigin(t *task) Edit {
	mapped := t.mapped()
	if len(mapped) > 0 && strings.EqualFold(mapped[0].Name.String(), cors.HeaderAllowOrigin) && strings.HasPrefix(mapped[0].Value.String(), "method.request.") {
		h := mapped[0]
		o, why := originOf(t.State, t.facts())
		if why != "" {
			return not(why)
		}
		name := h.Name.String()
		return Edit{
			Changes: t.d.Replace(t.spot, o.tree), Means: []string{"- " + name + ": " + h.Value.String(), "+ " + name + ": " + o.text},
		}
	}
	return not("what the header is to say is for you to write")
}

// dropNull takes null out of a list of origins.
func dropNull(t *task) Edit {
	if up := t.spot.Up(); !up.IsZero() && up.Value.Kind == reader.ListValue && len(up.Value.Items) > 1 {
		return Edit{Changes: t.d.Delete(t.spot), Means: []string{"- CORS configuration: AllowOrigins: null"}}
	}
	return not("which origin is to be allowed in its place is for you to say")
}

// compareOrigins writes a comparison for a regular expression that is plainly a
// single origin.
func compareOrigins(t *task) Edit {
	at, ok := t.scalar(t.spot)
	if !ok {
		return not("a function makes the template: change it where it comes from")
	}
	// The quotes of JSON and of YAML have a backslash before them.
	call := regexp.MustCompile(`\.matches\(\s*(\\?["'])\^?(https?://[A-Za-z0-9:.\\-]+?)\$?(\\?["'])\s*\)`)
	changes := t.d.ReplaceIn(at, call, " == ${1}${2}${3}")
	for i := range changes {
		changes[i].New = strings.NewReplacer(`\\.`, ".", `\.`, ".").Replace(changes[i].New)
	}
	if len(changes) == 0 {
		return not("what the expression is to match is for you to say")
	}
	return Edit{Changes: changes, Means: []string{"- template for", "+ template for"}}
}

// readHeader takes the origin from the header alone.
func readHeader(t *task) Edit {
	at, ok := t.scalar(t.spot)
	if !ok {
		return not("a function makes the template: change it where it comes from")
	}
	call := regexp.MustCompile(`(?i)\$input\.params\(\s*(\\?["'])(origin)(\\?["'])\s*\)`)
	return Edit{Changes: t.d.ReplaceIn(at, call, "$$input.params().header.get(${1}${2}${3})"), Means: []string{"- template for", "+ template for"}}
}

// named is a value of a header for a file, with what it comes to.
type named struct {
	tree edit.Tree
	text string
	at   gateway.Place
	// credentials: the preflights allow them, too; elsewhere: no preflight names
	// the origin, and only another response does.
	credentials, elsewhere bool
}

// originOf is the one origin that the API's preflights name, otherwise that of
// its other responses; why there is none.
func originOf(s *State, api *gateway.Facts) (found named, why string) {
	preflights, others := map[string]named{}, map[string]named{}
	templates, proxies := false, false
	add := func(to map[string]named, headers []gateway.HeaderFacts) {
		h, ok := header(headers, cors.HeaderAllowOrigin)
		if !ok || !h.Value.IsGiven() {
			return
		}
		text := h.Value.String()
		value, quoted := inner(text)
		if !quoted || strings.Contains(value, ",") {
			return
		}
		n := named{text: text, at: h.Value.Place}
		if c, ok := header(headers, cors.HeaderAllowCredentials); ok {
			n.credentials = c.Value.String() == "'true'"
		}
		if literal, known := h.Value.Value(); known {
			n.tree = edit.String(literal)
		} else if d, err := s.Document(h.Value.Place.File); err == nil {
			spot := d.Find(h.Value.Place.Start, h.Value.Place.End)
			if spot.IsZero() {
				return
			}
			n.tree = edit.Copy(spot.Value)
		} else {
			return
		}
		if have, ok := to[text]; !ok || have.credentials && !n.credentials {
			to[text] = n
		}
	}
	for _, m := range api.Methods {
		to := others
		if m.Method.String() == "OPTIONS" {
			to = preflights
		}
		if m.Integration == nil {
			continue
		}
		if strings.HasSuffix(strings.ToUpper(m.Integration.Type.String()), "_PROXY") {
			proxies = proxies || m.Method.String() == "OPTIONS"
			continue
		}
		for _, r := range m.Integration.Responses {
			add(to, r.Headers)
			templates = templates || overrides(r.Templates)
		}
	}
	for _, g := range api.GatewayResponses {
		add(others, g.Headers)
	}
	from := preflights
	if len(preflights) == 0 && !templates {
		from = others
	}
	switch {
	case templates:
		return named{}, "a mapping template picks the origin of the preflights: do the same here"
	case len(from) == 0 && api.Kind == gateway.REST && api.CORS != nil && len(api.CORS.AllowOrigins.Value) == 1:
		// The file plainly says it, though where a REST API does not read it.
		value, known := api.CORS.AllowOrigins.Value[0].Value()
		if !known || !isOrigin(value) {
			return named{}, "the origin in the CORS configuration is not known"
		}
		text := "'" + value + "'"
		return named{tree: edit.String(text), text: text, at: api.CORS.AllowOrigins.Place, elsewhere: true, credentials: api.CORS.AllowCredentials.Value && value != "*"}, ""
	case len(from) == 0 && proxies:
		return named{}, "the backend answers the preflights: the file names no origin"
	case len(from) == 0:
		return named{}, "the file names no origin that could be allowed"
	case len(from) > 1:
		return named{}, "the file names several origins, and which one is meant is for you to say"
	}
	for _, n := range from {
		found = n
	}
	found.elsewhere = len(preflights) == 0
	return found, ""
}

func isOrigin(s string) bool {
	_, err := cors.ParseOrigin(s)
	return err == nil || s == "*"
}

// overrides reports whether a mapping template sets Access-Control-Allow-Origin.
func overrides(templates []gateway.TemplateFacts) bool {
	for _, t := range templates {
		text := strings.ToLower(t.Template.String())
		if strings.Contains(text, "responseoverride") && strings.Contains(text, "access-control-allow-origin") {
			return true
		}
	}
	return false
}

func header(headers []gateway.HeaderFacts, name string) (gateway.HeaderFacts, bool) {
	for _, h := range headers {
		if strings.EqualFold(h.Name.String(), name) {
			return h, true
		}
	}
	return gateway.HeaderFacts{}, false
}
