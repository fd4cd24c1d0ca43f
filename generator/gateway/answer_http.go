package gateway

import (
	"strconv"
	"strings"

	"apigw-cors/generator/cors"
)

// corsRules are the CORS configuration of an HTTP API, ready to answer.
type corsRules struct {
	facts   *CORSFacts
	any     bool
	origins []originRule
	// actual are the headers of every response to an allowed origin, but for
	// Access-Control-Allow-Origin; preflight are those of a preflight.
	actual, preflight []mappedHeader
}

// originRule is an entry of the allowed origins.
type originRule struct {
	text  Text
	rule  cors.OriginRule
	doubt Doubt
}

func newCORSRules(f *CORSFacts) *corsRules {
	if f == nil {
		return nil
	}
	c := &corsRules{facts: f}
	origins := f.AllowOrigins.Value
	if f.AllowOrigins.Unknown != "" {
		origins = append([]Text{Unknown(f.AllowOrigins.Unknown, f.AllowOrigins.Place)}, origins...)
	}
	for _, t := range origins {
		s, known := t.Value()
		o := originRule{text: t, rule: cors.OriginRule{Equals: s}, doubt: Doubt{t.Unknown(), t.Place}}
		switch {
		case !known:
		case s == "*":
			c.any = true
		case s == "https://*" || s == "http://*":
			o.rule = cors.OriginRule{Prefix: strings.TrimSuffix(s, "*")}
		}
		c.origins = append(c.origins, o)
	}
	methods := listHeader(cors.HeaderAllowMethods, f.AllowMethods)
	headers := listHeader(cors.HeaderAllowHeaders, f.AllowHeaders)
	exposed := listHeader(cors.HeaderExposeHeaders, f.ExposeHeaders)
	var credentials, maxAge []mappedHeader
	switch {
	case f.AllowCredentials.Unknown != "":
		credentials = []mappedHeader{doubtfulHeader(cors.HeaderAllowCredentials, f.AllowCredentials.Unknown, f.AllowCredentials.Place)}
	case f.AllowCredentials.Value:
		credentials = []mappedHeader{staticHeader(cors.HeaderAllowCredentials, "true")}
	}
	// -1 is how the service is told that there is none.
	if f.MaxAge.IsGiven() && f.MaxAge.Unknown == "" && f.MaxAge.Value >= 0 {
		maxAge = []mappedHeader{staticHeader(cors.HeaderMaxAge, strconv.Itoa(f.MaxAge.Value))}
	}
	for _, part := range [][]mappedHeader{methods, headers, exposed, credentials, maxAge} {
		c.preflight = append(c.preflight, part...)
	}
	c.actual = append(append(c.actual, credentials...), exposed...)
	return c
}

func staticHeader(name, s string) mappedHeader {
	return mappedHeader{name, true, value{text: s}}
}

func doubtfulHeader(name, why string, at Place) mappedHeader {
	d := Doubt{why, at}
	return mappedHeader{name, true, value{kind: doubtful, parts: []TextPart{{Unknown: why}}, doubt: d}}
}

// listHeader joins a list of names; some of them may be unknown.
func listHeader(name string, f Fact[[]Text]) []mappedHeader {
	if f.Unknown != "" {
		return []mappedHeader{doubtfulHeader(name, f.Unknown, f.Place)}
	}
	var parts []TextPart
	var doubt Doubt
	for i, t := range f.Value {
		if i > 0 {
			parts = append(parts, TextPart{Literal: ","})
		}
		parts = append(parts, t.Parts...)
		if doubt.Why == "" && t.Unknown() != "" {
			doubt = Doubt{t.Unknown(), t.Place}
		}
	}
	switch {
	case len(parts) == 0:
		return nil
	case doubt.Why == "":
		s, _ := Text{Parts: parts}.Value()
		return []mappedHeader{staticHeader(name, s)}
	}
	return []mappedHeader{{name, true, value{kind: doubtful, parts: parts, doubt: doubt}}}
}

// allowOrigin is the Access-Control-Allow-Origin for r: the one origin that is
// allowed, or `*`; "" where there is none. Values are plain here: quotes would
// belong to an origin that no browser has.
func (c *corsRules) allowOrigin(w *world, r Request) string {
	if c.any {
		return "*"
	}
	origin := r.Header(cors.HeaderOrigin)
	for _, o := range c.origins {
		if o.doubt.Why == "" {
			if o.rule.Matches(origin) {
				return origin
			}
			continue
		}
		if couldBe(o.text.Parts, origin) || couldBe(o.text.Parts, "*") || couldBe(o.text.Parts, "https://*") {
			if w.choose(2, o.doubt) == 0 {
				return origin
			}
		}
	}
	return ""
}

// serviceAnswer is what an HTTP API answers to a preflight from its CORS
// configuration, whether or not a route takes OPTIONS. An origin that is not
// allowed gets an answer without CORS headers.
func (d *Deployment) serviceAnswer(w *world, r Request, a Answer) Answer {
	a.Source, a.Basis.CORS = FromService, d.facts.CORS
	if fault := d.faultOf(nil); fault != nil {
		a.Source, a.Failure, a.Basis.Fault = FromNothing, DeploymentFails, fault
		return a
	}
	a.Status = 204
	a.Headers = d.corsHeaders(w, r, d.cors.preflight)
	return a
}

// serviceHeaders are the CORS headers an HTTP API adds to every response to a
// request with an allowed origin, its own errors included.
func (d *Deployment) serviceHeaders(w *world, r Request) cors.HeaderList {
	if r.Header(cors.HeaderOrigin) == "" {
		return nil
	}
	return d.corsHeaders(w, r, d.cors.actual)
}

func (d *Deployment) corsHeaders(w *world, r Request, headers []mappedHeader) cors.HeaderList {
	origin := d.cors.allowOrigin(w, r)
	if origin == "" {
		return nil
	}
	out := make(cors.HeaderList, 0, len(headers)+2)
	out = append(out, cors.Header{Name: cors.HeaderAllowOrigin, Value: origin})
	for i := range headers {
		out = headers[i].add(w, out, r, nil)
	}
	return out
}
