package gateway

import (
	"strings"

	"apigw-cors/generator/cors"
)

// path checks the i-th resource's path, also against those before it.
func (p *parser) path(field string, i int, all []ResourceConfig) {
	path := all[i].Path
	f := cors.FieldError{
		Field: field + ".path", Index: -1, Value: path, Reason: cors.Invalid,
		Spec: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html#setup-method-resources",
	}
	if p.isHTTP() {
		f.Spec = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html"
	}
	switch {
	case path == "":
		f.Reason, f.Detail, f.Hint = cors.Missing, "required", "give a path such as /orders/{id}"
	case path == DefaultRoute && p.isHTTP(), path == "/":
	case path == DefaultRoute:
		f.Reason, f.Detail = Unsupported, "$default is a route of HTTP APIs"
		f.Fix, f.Hint = "/{proxy+}", "use /{proxy+}, and / for the root"
	case path[0] != '/':
		f.Detail, f.Fix, f.Hint = "a path starts with a slash", "/"+path, "use /"+path
	case len(path) > maxPathLen:
		f.Detail, f.Hint = "over 1024 bytes long", "use a shorter path"
	case strings.HasSuffix(path, "/"):
		f.Fix = "/" + strings.Trim(path, "/")
		f.Detail, f.Hint = "a path does not end with a slash", "use "+f.Fix
	default:
		f.Detail, f.Hint = segmentsFault(path)
	}
	if f.Detail != "" {
		p.fault(f)
		return
	}
	for j := range i {
		if other := all[j].Path; other == path {
			f.Reason, f.Detail, f.Hint = cors.Prohibited, "named twice", "merge the two entries' methods"
			p.fault(f)
			return
		} else if a, b, ok := variableClash(other, path); ok && p.isREST() {
			f.Reason = Unsupported
			f.Detail = "a REST API resource takes one path variable, here both " + a + " and " + b
			f.Hint = "call both " + a
			p.fault(f)
			return
		}
	}
}

const maxPathLen = 1024

// segmentsFault says what is wrong with a path's segments, and how to mend it.
func segmentsFault(path string) (detail, hint string) {
	segments := strings.Split(path[1:], "/")
	variables := map[string]bool{}
	for i, s := range segments {
		name, variable := strings.CutPrefix(s, "{")
		if variable {
			var closed bool
			if name, closed = strings.CutSuffix(name, "}"); !closed {
				return "path variable " + s + " is not closed", "write it as {name}, alone between slashes"
			}
			greedy := strings.HasSuffix(name, "+")
			name = strings.TrimSuffix(name, "+")
			if greedy && i < len(segments)-1 {
				return "the greedy path variable " + s + " is not the last segment", "put it last, or take the + away"
			}
			if variables[name] {
				return "path variable {" + name + "} stands twice", "give each variable its own name"
			}
			variables[name] = true
		}
		if name == "" {
			return "an empty segment", "name every segment, and every path variable"
		}
		if i := strings.IndexFunc(name, func(r rune) bool { return !pathRune(r) }); i >= 0 {
			return "API Gateway takes letters, digits and . _ - : in a segment, not in " + s,
				"write a path variable as {name}, alone between slashes; leave query and wildcards out"
		}
	}
	return "", ""
}

func pathRune(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("._-:", r)
}

// variableClash finds the first segment where two paths with the same parents
// have differently named path variables.
func variableClash(a, b string) (string, string, bool) {
	as, bs := strings.Split(a, "/"), strings.Split(b, "/")
	for i := range min(len(as), len(bs)) {
		if as[i] == bs[i] {
			continue
		}
		if strings.HasPrefix(as[i], "{") && strings.HasPrefix(bs[i], "{") {
			return as[i], bs[i], true
		}
		return "", "", false
	}
	return "", "", false
}
