package generator

import (
	"slices"
	"strconv"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// handlerView is an example Lambda function. The snippet and the standalone
// form are one: a function is pasted whole, or in parts.
type handlerView struct {
	Name, Command string
	REST, Proxy   bool
	// Sends reports that the function must send the CORS headers of actual
	// responses. Otherwise API Gateway does, and the function sends none.
	Sends bool
	// PerRequest reports that Access-Control-Allow-Origin depends on the
	// request. Headers are the constant ones.
	PerRequest bool
	Headers    []gateway.Mapping
	Origins    []string
	Patterns   []cors.OriginRule
	// Preflight reports that the function answers the preflight, with
	// PreflightHeaders and the methods of the resource asked for: Methods
	// where all have the same, else MethodsOf it.
	Preflight        bool
	Methods          string
	MethodsOf        []resourceMethods
	PreflightHeaders []gateway.Mapping
	// CatchesOptions reports that a route sends OPTIONS requests here though
	// API Gateway answers the preflight.
	CatchesOptions bool
}

// resourceMethods are the methods a preflight allows at one path.
type resourceMethods struct{ Path, Methods string }

func newHandlerView(j job, format string) handlerView {
	api := j.api
	v := handlerView{
		Name: api.Name(), Command: Command(api, []string{format}, Options{}),
		REST: api.IsREST(), Proxy: api.Integration() == gateway.Proxy,
		Sends:     api.ActualResponder() == gateway.ByLambda,
		Preflight: api.Preflight() == gateway.ByLambda,
	}
	v.CatchesOptions = !v.REST && !v.Preflight &&
		slices.ContainsFunc(api.Resources(), func(r gateway.Resource) bool { return r.Any })
	if v.Sends {
		v.Headers, v.PerRequest = api.ActualHeaders()
	}
	if v.PerRequest {
		v.Origins, v.Patterns = splitRules(api.Policy().AllowOrigins())
	}
	if v.Preflight {
		v.PreflightHeaders = preflightHeaders(api)
		if api.SameMethods() {
			v.Methods = strings.Join(api.Resources()[0].AllowMethods.Strings(), ",")
		} else {
			v.MethodsOf = methodsByPath(api)
		}
	}
	return v
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

// inlineHandler is the source of the Node.js function for a template that
// holds it: CloudFormation saves it as index.js, a CommonJS module. Comments
// are left to the file it comes from.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html
func inlineHandler(j job) (string, error) {
	f, err := j.file(nodeJSPath, newHandlerView(j, "lambda-nodejs"))
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for line := range strings.Lines(string(f.Content)) {
		if text := strings.TrimSpace(line); text != "" && !strings.HasPrefix(text, "//") {
			b.WriteString(strings.Replace(line, "export const handler", "exports.handler", 1))
		}
	}
	return b.String(), nil
}
