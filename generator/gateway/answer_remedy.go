package gateway

import (
	"math/bits"
	"slices"
	"strings"

	"apigw-cors/generator/cors"
)

// Change is a change of one field of a [Config].
type Change struct {
	// Field is the key, Value what it has after the change.
	Field, Value string
	// Text says what to do, Wanted whether one would want it.
	Text, Wanted string

	apply func(*Config)
}

// Remedy is the smallest change of c with which a page's fetch of r goes
// through: it is parsed, deployed and fetched from like any other. It is empty
// where no change of the policy helps, as for a method no page can send.
func Remedy(c Config, r cors.Request) (Config, []Change) {
	api, _, err := Parse(c)
	if err != nil {
		return c, nil
	}
	all := candidates(c, api, r)
	goals := []func(Fetched) bool{Fetched.Reached, func(f Fetched) bool { return f.Allowed() }}
	for _, goal := range goals {
		for size := 1; size <= len(all); size++ {
			for set := uint(1); set < 1<<len(all); set++ {
				if bits.OnesCount(set) != size {
					continue
				}
				changed, changes := c.clone(), []Change{}
				for i, change := range all {
					if set&(1<<i) != 0 {
						change.apply(&changed)
						changes = append(changes, change)
					}
				}
				if api, _, err := Parse(changed); err == nil && goal(api.Deploy().Fetch(r, "")) {
					return changed, changes
				}
			}
		}
	}
	return c, nil
}

func (c Config) clone() Config {
	for _, f := range table() {
		switch v := f.In(&c).(type) {
		case *[]string:
			*v = slices.Clone(*v)
		case *[]ResourceConfig:
			*v = slices.Clone(*v)
			for i, r := range *v {
				(*v)[i].Methods = slices.Clone(r.Methods)
			}
		}
	}
	return c
}

// adding is the change that adds words to the list of a field.
func adding(f Field, words []string, wanted string) Change {
	return Change{
		Field: f.Key, Value: strings.Join(words, ","), Text: "add " + joined(words) + " to " + f.Key, Wanted: wanted,
		apply: func(c *Config) { f.SetWords(c, append(f.Words(*c), words...)) },
	}
}

// setting is the change that gives a field one word.
func setting(f Field, word, wanted string) Change {
	return Change{
		Field: f.Key, Value: word, Text: "set " + f.Key + " to " + word, Wanted: wanted,
		apply: func(c *Config) { f.SetWords(c, []string{word}) },
	}
}

// resetting is the change that leaves a field at its default.
func resetting(f Field, k Kind, wanted string) Change {
	return Change{
		Field: f.Key, Value: strings.Join(f.Default(k), ","), Text: "leave " + f.Key + " at its default", Wanted: wanted,
		apply: func(c *Config) { f.SetWords(c, nil) },
	}
}

// candidates are the changes worth a try, the likelier first.
func candidates(c Config, api API, r cors.Request) []Change {
	include := r.Credentials == cors.CredentialsInclude
	all := []Change{originChange(c, r.Origin, include)}
	all = append(all, routeChange(c, api, r)...)
	if h, ok := headersChange(api, r, include); ok {
		all = append(all, h)
	}
	if include && !c.AllowCredentials {
		all = append(all, credentialsChange(r))
	}
	if api.IsREST() {
		all = append(all, resetting(fieldGatewayResponses(), REST, "yes: without it a page cannot tell a missing token from a broken network"))
	} else if api.preflight == ByLambda {
		all = append(all, setting(fieldPreflight(), string(ByGateway),
			"yes: then the service puts the CORS headers on its own errors, too, which a Lambda function cannot"))
	}
	return all
}

func originChange(c Config, origin string, include bool) Change {
	f := fieldAllowOrigins()
	change := adding(f, []string{origin}, "yes, if you run that site: its pages may then read what the API answers")
	if slices.Contains(c.AllowOrigins, "*") {
		change.Text = "replace * in " + f.Key + " by " + origin + " and the other origins you know"
		change.apply = func(c *Config) { f.SetWords(c, []string{origin}) }
	}
	p, _, err := cors.ParseOriginPattern(origin)
	switch {
	case err != nil:
	case p.IsLoopback():
		change.Wanted = "while you develop; keep it out of the policy that goes to production"
	case strings.HasPrefix(origin, "http://"):
		change.Wanted = "hardly: whoever sits on the network can alter a page that comes over http; serve it over https"
	case include:
		change.Wanted = "only if you trust every page of that site to act for the signed-in user"
	}
	return change
}

// routeChange allows the method on the resource that takes the path, or adds
// one that does.
func routeChange(c Config, api API, r cors.Request) []Change {
	method := cors.NormaliseMethod(r.Method)
	if !known(method) {
		return nil
	}
	path := NewRequest(r).Path
	i, found := api.Deploy().resourceOf(path)
	switch {
	case !found:
		resource := ResourceConfig{Path: path, Methods: []string{method}}
		change := adding(fieldResources(), []string{resource.String()}, "yes, if the API serves this path; otherwise look for the slip in the path")
		change.Text = "add the resource " + path + " with " + method
		return []Change{change}
	case len(c.Resources) > i && len(c.Resources[i].Methods) > 0:
		return []Change{{
			Field: fieldResources().Key, Value: method, Text: "add " + method + " to the methods of " + c.Resources[i].Path,
			Wanted: "yes, if pages are meant to call it there",
			apply:  func(c *Config) { c.Resources[i].Methods = append(c.Resources[i].Methods, method) },
		}}
	}
	return []Change{adding(fieldAllowMethods(), []string{method},
		"yes, if pages are meant to call it on every resource; otherwise name the methods of each")}
}

// resourceOf is the index of the resource that takes path.
func (d *Deployment) resourceOf(path string) (int, bool) {
	path = strings.TrimPrefix(path, "/")
	if d.api.IsREST() {
		path = strings.TrimSuffix(path, "/")
	}
	for _, t := range d.routes {
		if !t.takesPath(path) {
			continue
		}
		if i := slices.IndexFunc(d.api.resources, func(r Resource) bool { return r.Path == t.path }); i >= 0 {
			return i, true
		}
	}
	return 0, false
}

func headersChange(api API, r cors.Request, include bool) (Change, bool) {
	var names []string
	for _, h := range r.Headers {
		n, err := cors.ParseHeaderName(h.Name)
		covered := api.allowHeaders.Contains(n) || api.allowHeaders.Any() && !include && !cors.IsNonWildcardRequestHeader(h.Name)
		if err == nil && !covered && !cors.IsSafelistedRequestHeader(h) {
			names = append(names, h.Name)
		}
	}
	return adding(fieldAllowHeaders(), names,
		"yes, if the API reads it; otherwise leave it out of the request, which may even spare the preflight"), len(names) > 0
}

// credentialsChange writes wildcards out: with credentials they are literal.
func credentialsChange(r cors.Request) Change {
	f := fieldAllowCredentials()
	return Change{
		Field: f.Key, Value: "true", Text: "set " + f.Key + " to true, and write out what * stands for in the other fields",
		Wanted: "only if the API knows its users by cookie or TLS client certificate; for a token in a header, fetch with credentials: \"omit\" instead",
		apply: func(c *Config) {
			c.AllowCredentials = true
			if slices.Contains(c.AllowMethods, "*") {
				c.AllowMethods = HTTPMethods()
			}
			if slices.Contains(c.AllowHeaders, "*") {
				c.AllowHeaders = slices.DeleteFunc(c.AllowHeaders, isStar)
				for _, h := range r.Headers {
					if !cors.IsSafelistedRequestHeader(h) {
						c.AllowHeaders = append(c.AllowHeaders, h.Name)
					}
				}
			}
			c.ExposeHeaders = slices.DeleteFunc(c.ExposeHeaders, isStar)
			if c.GatewayResponseOrigin == string(OriginAny) {
				c.GatewayResponseOrigin = ""
			}
		},
	}
}

func isStar(s string) bool { return s == "*" }
