package gateway

import (
	"slices"
	"strconv"
	"strings"

	"apigw-cors/generator/cors"
)

const resourceSpec = "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html"

// resources parses the paths and their methods. Where none is given the API
// serves everything.
func (p *parser) resources() {
	given := p.config.Resources
	if len(given) == 0 {
		for _, path := range defaultPaths(p.api.kind) {
			given = append(given, ResourceConfig{Path: path})
		}
	}
	names := newNames()
	needPolicyMethods := false
	before := newPaths()
	for i, rc := range given {
		field := resourceField(i)
		p.path(field, rc.Path, before)
		r := Resource{Path: rc.Path, Name: names.take(rc.Path)}
		for _, raw := range rc.Methods {
			r.given = append(r.given, cors.UpperMethod(raw))
		}
		if len(rc.Methods) == 0 {
			needPolicyMethods = true
			r.AllowMethods = p.api.policy.AllowMethods()
		} else {
			r.AllowMethods = p.methods(field+".methods", rc.Methods)
		}
		r.Any = r.AllowMethods.Any() || isAny(rc.Methods) || rc.Path == DefaultRoute
		if !r.Any {
			r.Methods = actualMethods(r.AllowMethods)
		}
		p.api.resources = append(p.api.resources, r)
	}
	p.policyMethods(needPolicyMethods)
}

func resourceField(i int) string { return "resources[" + strconv.Itoa(i) + "]" }

// defaultPaths are what an API of the type serves that names no path: all.
func defaultPaths(k Kind) []string {
	if k == HTTP {
		return []string{DefaultRoute}
	}
	return []string{"/", "/{proxy+}"}
}

func (p *parser) policyMethods(needed bool) {
	given := p.config.AllowMethods
	switch {
	case needed && len(given) == 0:
		p.fault(cors.FieldError{
			Field: "allowMethods", Index: -1, Reason: cors.Missing, Detail: "required",
			Hint: "name the methods of the actual requests, such as GET,POST; OPTIONS need not be listed",
			Spec: "https://fetch.spec.whatwg.org/#http-access-control-allow-methods",
		})
	case !needed && len(given) > 0:
		p.advice = append(p.advice, cors.Advice{
			Code: codeAllowMethodsUnused, Severity: cors.Note, Field: "allowMethods", Index: -1,
			Value:  strings.Join(given, ","),
			Detail: "every resource names its own methods, so these are allowed nowhere", Hint: "leave them out",
		})
	case needed && slices.Equal(given, []string{"OPTIONS"}):
		p.fault(onlyOptions("allowMethods", 0))
	}
}

func onlyOptions(field string, i int) cors.FieldError {
	return cors.FieldError{
		Field: field, Index: i, Value: "OPTIONS", Reason: cors.Prohibited,
		Detail: "OPTIONS is the preflight's own method, no actual request is left",
		Hint:   "name the methods of the actual requests, such as GET,POST",
		Spec:   "https://fetch.spec.whatwg.org/#cors-preflight-request",
	}
}

// actualMethods takes OPTIONS out of the methods a browser may ask for: the
// preflight is not an actual request.
func actualMethods(allowed cors.Methods) []cors.Method {
	return slices.DeleteFunc(allowed.List(), func(m cors.Method) bool { return m.String() == "OPTIONS" })
}

func isAny(methods []string) bool {
	return len(methods) == 1 && cors.UpperMethod(methods[0]) == "ANY"
}

// methods parses the methods of one resource: API Gateway's own, or ANY alone.
func (p *parser) methods(field string, given []string) cors.Methods {
	if isAny(given) {
		return p.every()
	}
	var list []cors.Method
	for i, raw := range given {
		upper := cors.UpperMethod(raw)
		switch {
		case upper == "ANY":
			p.fault(cors.FieldError{
				Field: field, Index: i, Value: raw, Reason: cors.Prohibited,
				Detail: "ANY already takes every method", Hint: "give ANY alone, or leave it out",
				Spec: resourceSpec,
			})
			continue
		case upper == "*":
			p.fault(cors.FieldError{
				Field: field, Index: i, Value: raw, Reason: cors.Invalid,
				Detail: "API Gateway calls every method ANY", Hint: "use ANY", Fix: "ANY", Spec: resourceSpec,
			})
			continue
		}
		m, err := cors.ParseMethod(upper)
		switch {
		case err != nil:
			for _, f := range cors.Faults(err) {
				f.Field, f.Index = field, i
				p.fault(*f)
			}
		case !known(upper):
			p.fault(unknownMethod(field, i, raw))
		default:
			if upper != raw {
				p.advice = append(p.advice, cors.Advice{
					Code: "method-normalised", Severity: cors.Note, Field: field, Index: i, Value: raw,
					Detail: "method names are case sensitive; taken as " + upper, Hint: "write " + upper,
					Spec: "https://fetch.spec.whatwg.org/#concept-method-normalize",
				})
			}
			list = append(list, m)
		}
	}
	if len(list) == 1 && list[0].String() == "OPTIONS" && len(given) == 1 {
		p.fault(onlyOptions(field, 0))
	}
	return cors.NewMethods(false, list...)
}

// every is ANY in Access-Control-Allow-Methods: a browser compares it by name,
// and with credentials even `*` is one.
func (p *parser) every() cors.Methods {
	if p.isHTTP() && !p.config.AllowCredentials {
		return cors.NewMethods(true)
	}
	var list []cors.Method
	for _, name := range HTTPMethods() {
		list = append(list, method(name))
	}
	return cors.NewMethods(false, list...)
}

// method is for names known to be valid.
func method(name string) cors.Method {
	m, err := cors.ParseMethod(name)
	if err != nil {
		panic(err)
	}
	return m
}
