package fix

import (
	"regexp"
	"strconv"
	"strings"

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

// facts are those of the finding's API, the first of several.
func (t *task) facts() *gateway.Facts {
	if apis := t.APIs(t.f); len(apis) > 0 {
		return apis[0]
	}
	return &gateway.Facts{}
}

// entry gives an entry of an HTTP API's list another text: become says what
// becomes of a text.
func (t *task) entry(become func(string) string) Edit {
	at, ok := t.scalar(t.spot)
	if !ok || at.Value.Style == reader.Block {
		return not("a function makes the value: change it where it comes from")
	}
	text := become(at.Value.Text)
	if !keepsNames(at.Value.Text, text) {
		return not("a parameter makes the value: change it where it comes from")
	}
	e := Edit{Changes: t.d.SetText(at, text), Means: []string{"- CORS configuration: "}}
	for _, api := range t.APIs(t.f) {
		if api.CORS == nil {
			continue
		}
		for _, list := range [][]gateway.Text{api.CORS.AllowOrigins.Value, api.CORS.AllowMethods.Value, api.CORS.AllowHeaders.Value, api.CORS.ExposeHeaders.Value} {
			for _, entry := range list {
				if entry.Place == t.f.Place {
					text = become(entry.String())
				}
			}
		}
	}
	for _, list := range []string{"AllowOrigins", "AllowMethods", "AllowHeaders", "ExposeHeaders"} {
		e.Means = append(e.Means, "+ CORS configuration: "+list+": "+text)
	}
	return e
}

// unquote takes the inner quotes away where they are part of the value.
func unquote(t *task) Edit {
	return t.entry(func(s string) string { return strings.Trim(s, `'"`) })
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

// correctPrefix gives a header's key the prefix of its place.
func correctPrefix(t *task) Edit {
	key := t.spot.Key()
	_, name, ok := strings.Cut(key, ".header.")
	if !ok {
		return not("the key is not one of a header")
	}
	prefix := "method.response.header."
	if gatewayResponse := t.spot.Above(func(s edit.Spot) bool {
		return s.Key() == "x-amazon-apigateway-gateway-responses" || s.Value.Get("Type") != nil && s.Value.Get("Type").Text == responseKind
	}); !gatewayResponse.IsZero() {
		prefix = "gatewayresponse.header."
	}
	return Edit{Changes: t.d.SetKey(t.spot, prefix+name), Means: []string{"- ", "+ " + name + ": "}}
}
