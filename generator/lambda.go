package generator

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// functionLanguage is how a language runs and spells a function.
type functionLanguage struct {
	// example is the path of the example, module the wrapper's name beside it.
	example, module string
	layout          layout
	// runtime is what AWS calls the language's version, entry the example's
	// handler, wrapper the function that goes around a handler, as in usage.
	runtime, entry, wrapper string
	usage                   []string
}

// render composes the example and, unless API Gateway sends the headers, the
// module of the wrapper.
func (l functionLanguage) render(j job, v functionView, example, module []string) ([]File, error) {
	rendered := j.renderedBy(false)
	v.Head = l.exampleHead(j.api, v, rendered)
	first, err := j.templates.compose(l.layout, example, v)
	files := []File{{Path: l.example, Content: first}}
	if err != nil || len(module) == 0 {
		return files, err
	}
	v.Head = l.wrapperHead(j.api, v, rendered)
	second, err := j.templates.compose(l.layout, module, v)
	return append(files, File{Path: path.Join(path.Dir(l.example), l.module), Content: second}), err
}

// functionView is an example Lambda function and the wrapper that sends the CORS
// headers for it. The snippet and the standalone form are one.
type functionView struct {
	// Head is the comment a file starts with. Inline reports that the function
	// stands in a template instead, as one CommonJS module.
	Head   []string
	Inline bool
	REST   bool
	proxy  bool
	// sends reports that the function must send the CORS headers of actual
	// responses. Otherwise API Gateway does, and the function sends none.
	sends bool
	// PerRequest reports that Access-Control-Allow-Origin depends on the
	// request. Headers are the constant ones, but for Exposed where it is not "":
	// the value of Access-Control-Expose-Headers, which browsers do not read on a
	// preflight response, and which a function that answers the preflight adds to
	// the others alone.
	PerRequest bool
	Headers    []gateway.Mapping
	Exposed    string
	Origins    []string
	Patterns   []cors.OriginRule
	// Preflight reports that the function answers the preflight, with
	// PreflightHeaders and the methods of the resource asked for: Methods
	// where all have the same, else MethodsOf it.
	Preflight        bool
	Methods          string
	MethodsOf        []resourceMethods
	PreflightHeaders []gateway.Mapping
	// catchesOptions reports that a route sends OPTIONS requests here though
	// API Gateway answers the preflight.
	catchesOptions bool
}

// resourceMethods are the methods a preflight allows at one path.
type resourceMethods struct{ Path, Methods string }

func newFunctionView(api gateway.API) functionView {
	v := functionView{
		REST: api.IsREST(), proxy: api.Integration() == gateway.Proxy,
		sends:     api.ActualResponder() == gateway.ByLambda,
		Preflight: api.Preflight() == gateway.ByLambda,
	}
	v.catchesOptions = !v.REST && !v.Preflight &&
		slices.ContainsFunc(api.Resources(), func(r gateway.Resource) bool { return r.Any })
	if v.sends {
		v.Headers, v.PerRequest = api.ActualHeaders()
	}
	if v.PerRequest {
		v.Origins, v.Patterns = splitRules(api.Policy().AllowOrigins())
	}
	if v.Preflight {
		v.Headers = slices.DeleteFunc(v.Headers, func(m gateway.Mapping) bool {
			if m.Header == cors.HeaderExposeHeaders {
				v.Exposed = m.Value
			}
			return m.Header == cors.HeaderExposeHeaders
		})
		v.PreflightHeaders = preflightHeaders(api)
		if api.SameMethods() {
			v.Methods = strings.Join(api.Resources()[0].AllowMethods.Strings(), ",")
		} else {
			v.MethodsOf = methodsByPath(api)
		}
	}
	return v
}

// example names the definitions of the example's own code. Those of the two
// languages have the same names.
func (v functionView) example() []string {
	switch {
	case !v.proxy:
		return []string{"non-proxy", "non-proxy respond"}
	case v.sends:
		return []string{"wrapped"}
	case v.catchesOptions:
		return []string{"plain with OPTIONS", "respond"}
	}
	return []string{"plain", "respond"}
}

// wrapper names the definitions a wrapper consists of; none where API Gateway
// sends the headers.
func (v functionView) wrapper() []string {
	if !v.sends {
		return nil
	}
	var all []string
	add := func(when bool, names ...string) {
		if when {
			all = append(all, names...)
		}
	}
	add(len(v.Origins) > 0, "origins")
	add(len(v.Patterns) > 0, "patterns")
	add(!v.PerRequest, "constant headers")
	add(len(v.MethodsOf) > 0, "methods by path")
	add(true, "failure", "with cors")
	add(!v.REST, "structured")
	add(v.Methods != "", "preflight")
	add(len(v.MethodsOf) > 0, "preflight by path")
	add(true, "add cors")
	add(!v.PerRequest, "other headers")
	add(v.PerRequest, "other headers, without Vary", "vary", "headers per request")
	switch {
	case len(v.Patterns) == 0:
		add(v.PerRequest, "allowed by origins")
	case len(v.Origins) == 0:
		add(true, "allowed by patterns")
	default:
		add(true, "allowed by either")
	}
	add(v.PerRequest, "request header")
	return all
}

// splitRules takes the two halves of a rule apart: a list of values to equal,
// and pairs of prefix and suffix.
func splitRules(allowed []cors.OriginPattern) (origins []string, patterns []cors.OriginRule) {
	for _, p := range allowed {
		rule := p.Rule()
		if rule.Equals != "" {
			origins = append(origins, rule.Equals)
		}
		if rule.Prefix != "" {
			patterns = append(patterns, rule)
		}
	}
	return origins, patterns
}

// preflightHeaders are the headers of a preflight response, besides those of
// the actual response and Access-Control-Allow-Methods.
// https://fetch.spec.whatwg.org/#http-responses
func preflightHeaders(api gateway.API) []gateway.Mapping {
	out := []gateway.Mapping{{Header: cors.HeaderAllowHeaders, Value: strings.Join(api.AllowHeaders().Strings(), ",")}}
	if seconds, ok := api.MaxAge(); ok && seconds >= 0 {
		out = append(out, gateway.Mapping{Header: cors.HeaderMaxAge, Value: strconv.Itoa(seconds)})
	}
	return out
}

// methodsByPath lists what a preflight asks for by the paths that can stand in
// an event. Requests for $default come through the OPTIONS routes that go
// before it.
func methodsByPath(api gateway.API) []resourceMethods {
	var out []resourceMethods
	add := func(path string, r gateway.Resource) {
		taken := slices.ContainsFunc(out, func(m resourceMethods) bool { return m.Path == path })
		if !taken {
			out = append(out, resourceMethods{path, strings.Join(r.AllowMethods.Strings(), ",")})
		}
	}
	for _, r := range api.Resources() {
		add(r.Path, r)
	}
	for _, r := range api.Resources() {
		if r.Path == gateway.DefaultRoute {
			add("/{proxy+}", r)
			add("/", r)
		}
	}
	return out
}
