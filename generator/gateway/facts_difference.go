package gateway

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Difference lists what only one of two sets of facts says, a line each: "- "
// what only want says, "+ " what only got says; nil where they say the same.
//
// It compares what API Gateway ends up with: a default of the service that is
// spelled out equals one that is left out, and the order of declarations does
// not count. It leaves aside where things stand, names, deployments, and what a
// snippet leaves to its surroundings: integration targets, identity sources and
// how an HTTP API's routes are integrated.
func Difference(want, got Facts) []string {
	var out []string
	only := func(sign string, here, there []string) {
		for _, line := range here {
			if !slices.Contains(there, line) {
				out = append(out, sign+" "+line)
			}
		}
	}
	w, g := want.lines(), got.lines()
	only("-", w, g)
	only("+", g, w)
	return out
}

// lines says everything in sorted lines of one fact each, so that a difference
// reads as one.
func (f Facts) lines() []string {
	var l lineList
	for _, m := range f.Methods {
		l.method(m)
	}
	for _, g := range f.GatewayResponses {
		l.add("gateway response %s: status %s", g.Type, g.Status.or("its own"))
		for _, h := range g.Headers {
			l.add("gateway response %s: %s: %s", g.Type, h.Name, h.Value)
		}
	}
	for _, b := range f.BinaryMediaTypes {
		l.add("binary media type %s", b)
	}
	for _, r := range f.Routes {
		l.add("route %s: auth %s", r.Key, r.Auth.Type.or("NONE"))
	}
	if f.CORS != nil {
		l.cors(f.CORS)
	}
	slices.Sort(l)
	return slices.Compact(l)
}

type lineList []string

func (l *lineList) add(format string, args ...any) { *l = append(*l, fmt.Sprintf(format, args...)) }

func (l *lineList) method(m MethodFacts) {
	key := m.Key()
	l.add("%s: auth %s, API key required %s", key, m.Auth.Type.or("NONE"), factWord(m.Auth.APIKeyRequired, strconv.FormatBool))
	if i := m.Integration; i == nil {
		l.add("%s: no integration", key)
	} else {
		l.add("%s: integration %s, passthrough behavior %s, content handling %s", key,
			strings.ToUpper(i.Type.String()), strings.ToUpper(i.Passthrough.or(PassthroughBehavior)), i.ContentHandling.or("passed through"))
		l.templates(key+": request template", i.RequestTemplates)
		for _, r := range i.Responses {
			at := key + ": integration response " + r.Status.String()
			l.add("%s: pattern %q, content handling %s", at, r.Pattern, r.ContentHandling.or("passed through"))
			l.templates(at+": template", r.Templates)
			for _, h := range r.Headers {
				l.add("%s: %s: %s", at, h.Name, h.Value)
			}
		}
	}
	for _, r := range m.Responses {
		at := key + ": method response " + r.Status.String()
		l.add("%s", at)
		for _, h := range r.Headers {
			l.add("%s: declares %s", at, h.Name)
		}
	}
}

// templates leaves an empty template out: it prints what no template prints
// for a browser.
func (l *lineList) templates(at string, templates []TemplateFacts) {
	for _, t := range templates {
		if text := t.Template.String(); text != "" {
			l.add("%s for %s: %q", at, t.MediaType, text)
		}
	}
}

func (l *lineList) cors(c *CORSFacts) {
	l.add("CORS configuration")
	for _, list := range []struct {
		name   string
		values Fact[[]Text]
	}{
		{"AllowOrigins", c.AllowOrigins}, {"AllowMethods", c.AllowMethods},
		{"AllowHeaders", c.AllowHeaders}, {"ExposeHeaders", c.ExposeHeaders},
	} {
		if list.values.Unknown != "" {
			l.add("CORS configuration: %s: %s", list.name, Unknown(list.values.Unknown, Place{}))
		}
		for _, v := range list.values.Value {
			l.add("CORS configuration: %s: %s", list.name, v)
		}
	}
	l.add("CORS configuration: AllowCredentials: %s", factWord(c.AllowCredentials, strconv.FormatBool))
	// -1 is how the service is told that there is none.
	if c.MaxAge.Unknown != "" || c.MaxAge.IsGiven() && c.MaxAge.Value != -1 {
		l.add("CORS configuration: MaxAge: %s", factWord(c.MaxAge, strconv.Itoa))
	}
}

// Key is the method and the path, as in "OPTIONS /orders".
func (m MethodFacts) Key() string { return m.Method.String() + " " + m.Path.String() }

// String is the text with its unknown parts named: https://{unknown: why}.
func (t Text) String() string {
	if s, known := t.Value(); known {
		return s
	}
	var b strings.Builder
	for _, p := range t.Parts {
		b.WriteString(p.Literal)
		if p.Unknown != "" {
			b.WriteString("{unknown: " + p.Unknown + "}")
		}
	}
	return b.String()
}

// or is the text, or a default of the service where it is not given or empty.
func (t Text) or(byDefault string) string {
	if s := t.String(); s != "" {
		return s
	}
	return byDefault
}

func factWord[T any](f Fact[T], word func(T) string) string {
	if f.Unknown != "" {
		return "{unknown: " + f.Unknown + "}"
	}
	return word(f.Value)
}
