package reader

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"apigw-cors/generator/gateway"
)

// read reads one file of some, in txtar's manner: the first one where they have
// no names.
func read(t testing.TB, files map[string]string, name string, o Options) Reading {
	t.Helper()
	fsys := fstest.MapFS{}
	for n, src := range files {
		fsys[n] = &fstest.MapFile{Data: []byte(src)}
	}
	r, err := Read(fsys, name, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// dump says everything that a reading says, a line each, with the places.
func dump(r Reading) []string {
	var d dumper
	d.add(gateway.Place{}, "kind %s", r.Kind)
	for _, f := range r.Faults {
		d.add(f.Place, "fault: %s", f.Detail)
	}
	for _, f := range r.Refused {
		d.add(f.Place, "refused: %s", f.Detail)
	}
	for _, p := range r.Replaced {
		d.add(p, "replaced")
	}
	for _, f := range r.APIs {
		d.facts(f)
	}
	return d.lines
}

type dumper struct{ lines []string }

func (d *dumper) add(p gateway.Place, format string, args ...any) {
	at := "-"
	if !p.IsZero() {
		at = fmt.Sprintf("%d:%d", p.Line, p.Column)
	}
	d.lines = append(d.lines, at+" "+fmt.Sprintf(format, args...))
}

func (d *dumper) facts(f gateway.Facts) {
	name := string(f.Kind) + " API " + f.Name
	if f.When != "" {
		name += " when " + f.When
	}
	d.add(f.Place, "%s", name)
	for _, o := range f.Open {
		d.add(o.Place, "open %s: %s", o.Part, o.Why)
	}
	for _, m := range f.Methods {
		d.method(m)
	}
	for _, g := range f.GatewayResponses {
		d.add(g.Place, "gateway response %s %s", g.Type, g.Status)
		d.headers("gateway response "+g.Type.String(), g.Headers)
	}
	for _, b := range f.BinaryMediaTypes {
		d.add(b.Place, "binary %s", b)
	}
	for _, x := range f.Deployments {
		d.add(x.Place, "deployment %s misses %v renews %v %v", x.Name, x.Misses, x.Renews.IsGiven(), x.Renews.Value)
		if !x.After.IsZero() {
			d.add(x.After, "deployment %s is made after others", x.Name)
		}
	}
	for _, r := range f.Routes {
		d.add(r.Place, "route %s %s %s", r.Key, r.Integration, r.Payload)
		d.auth("route "+r.Key.String(), r.Auth)
	}
	if c := f.CORS; c != nil {
		d.add(c.Place, "CORS")
		for name, l := range map[string]gateway.Fact[[]gateway.Text]{"origins": c.AllowOrigins, "methods": c.AllowMethods, "headers": c.AllowHeaders, "expose": c.ExposeHeaders} {
			if l.Unknown != "" {
				d.add(l.Place, "CORS %s unknown: %s", name, l.Unknown)
			}
			for _, v := range l.Value {
				d.add(v.Place, "CORS %s %s", name, v)
			}
		}
		if c.AllowCredentials.IsGiven() {
			d.add(c.AllowCredentials.Place, "CORS credentials %v%s", c.AllowCredentials.Value, c.AllowCredentials.Unknown)
		}
		if c.MaxAge.IsGiven() {
			d.add(c.MaxAge.Place, "CORS max-age %d%s", c.MaxAge.Value, c.MaxAge.Unknown)
		}
	}
}

func (d *dumper) method(m gateway.MethodFacts) {
	key := m.Key()
	by := ""
	if m.MadeBy != "" {
		by = " by " + m.MadeBy
	}
	d.add(m.Place, "%s%s", key, by)
	d.auth(key, m.Auth)
	for _, h := range m.RequestHeaders {
		d.add(h.Place, "%s asks for header %s", key, h)
	}
	for _, r := range m.Responses {
		d.add(r.Place, "%s method response %s", key, r.Status)
		d.headers(key+" declares", r.Headers)
	}
	i := m.Integration
	if i == nil {
		return
	}
	d.add(i.Place, "%s integration %s %s %s", key, i.Type, i.Passthrough, i.ContentHandling)
	for _, x := range i.RequestTemplates {
		d.add(x.Template.Place, "%s request template %s %s", key, x.MediaType, x.Template)
	}
	for _, r := range i.Responses {
		d.add(r.Place, "%s integration response %s %q", key, r.Status, r.Pattern)
		d.headers(key+" maps", r.Headers)
		for _, x := range r.Templates {
			d.add(x.Template.Place, "%s response template %s %s", key, x.MediaType, x.Template)
		}
	}
}

func (d *dumper) auth(key string, a gateway.AuthFacts) {
	if a.Type.IsGiven() {
		d.add(a.Type.Place, "%s auth %s", key, a.Type)
	}
	for _, h := range a.Headers {
		d.add(h.Place, "%s auth header %s", key, h)
	}
	if a.APIKeyRequired.IsGiven() {
		d.add(a.APIKeyRequired.Place, "%s API key %v%s", key, a.APIKeyRequired.Value, a.APIKeyRequired.Unknown)
	}
}

func (d *dumper) headers(of string, headers []gateway.HeaderFacts) {
	for _, h := range headers {
		if h.Value.IsGiven() {
			d.add(h.Value.Place, "%s %s = %s", of, h.Key, h.Value)
		} else {
			d.add(h.Key.Place, "%s %s", of, h.Key)
		}
	}
}

// readingCase is a file, and lines that its dump has, or has not.
type readingCase struct {
	desc, src string
	name      string
	more      map[string]string
	options   Options
	want, not []string
}

func (c readingCase) run(t *testing.T, byDefault string) {
	t.Run(c.desc, func(t *testing.T) {
		name := c.name
		if name == "" {
			name = byDefault
		}
		files := map[string]string{name: c.src}
		for n, src := range c.more {
			files[n] = src
		}
		lines := dump(read(t, files, name, c.options))
		all := "\n" + strings.Join(lines, "\n") + "\n"
		for _, line := range c.want {
			if !strings.Contains(all, "\n"+line+"\n") {
				t.Errorf("no line %q; %q", line, like(lines, line))
			}
		}
		for _, line := range c.not {
			if strings.Contains(all, line) {
				t.Errorf("%q is in%s", line, all)
			}
		}
	})
}

// like are the lines of which one has the end or the beginning.
func like(lines []string, line string) (out []string) {
	place, text, _ := strings.Cut(line, " ")
	for _, have := range lines {
		p, rest, _ := strings.Cut(have, " ")
		if p == place || rest == text {
			out = append(out, have)
		}
	}
	return out
}
