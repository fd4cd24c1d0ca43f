package gateway

import (
	"strings"

	"apigw-cors/generator/cors"
)

// paths checks the paths of an API, one after the other.
type paths struct {
	// taken holds the paths so far, variables the path variable below each path.
	taken     map[string]bool
	variables map[string]string
}

func newPaths() *paths { return &paths{map[string]bool{}, map[string]string{}} }

// path checks the path of a resource, also against those before it.
func (p *parser) path(field, path string, before *paths) {
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
	case len(path) > maxPathLen:
		f.Detail, f.Hint = "over 1024 bytes long", "use a shorter path"
	default:
		f.Detail, f.Hint = pathFault(path)
		if fix := mended(path); f.Detail != "" && fix != "" {
			f.Fix, f.Hint = fix, "use "+fix
		}
	}
	if f.Detail != "" {
		p.fault(f)
		return
	}
	other, clash := before.clash(path)
	switch {
	case before.taken[path]:
		f.Reason, f.Detail, f.Hint = cors.Prohibited, "named twice", "merge the two entries' methods"
		p.fault(f)
	case clash != "" && p.isREST():
		f.Reason = Unsupported
		f.Detail = "a REST API resource takes one path variable, here both " + other + " and " + clash
		f.Hint = "call both " + other
		p.fault(f)
	}
	before.taken[path] = true
}

// clash finds the first segment of a path that is a variable of another name
// than the one that stands there already, and else notes its variables.
func (p *paths) clash(path string) (other, own string) {
	start := 1
	for segment := range strings.SplitSeq(path[1:], "/") {
		if parent := path[:start]; strings.HasPrefix(segment, "{") {
			if there, ok := p.variables[parent]; ok && there != segment {
				return there, segment
			}
			p.variables[parent] = segment
		}
		start += len(segment) + 1
	}
	return "", ""
}

const maxPathLen = 1024

// pathFault says what is wrong with a path, and how to mend it.
func pathFault(path string) (detail, hint string) {
	switch several := strings.FieldsFunc(path, separatesPaths); {
	case len(several) > 1:
		var each []string
		for _, one := range several {
			if fix := mended(one); fix != "" {
				one = fix
			}
			each = append(each, one)
		}
		return "several paths in one", "give each an entry of its own: " + strings.Join(each, " and ")
	case path[0] != '/':
		return "a path starts with a slash", "use /" + path
	case strings.HasSuffix(path, "/"):
		return "a path does not end with a slash", "take it away"
	}
	return segmentsFault(path)
}

// separatesPaths reports what stands between paths, and in none.
func separatesPaths(r rune) bool { return r == ',' || r == ' ' || r == '\t' }

// mended is the path that was meant, as API Gateway writes it, where that is
// plain: with :id or * as other routers have them, without its slash, or with
// one too many. Otherwise it is "".
func mended(path string) string {
	segments := strings.Split(strings.Trim(path, "/, \t"), "/")
	for i, s := range segments {
		if name, ok := strings.CutPrefix(s, ":"); ok {
			segments[i] = "{" + name + "}"
		} else if s == "*" && i == len(segments)-1 {
			segments[i] = "{proxy+}"
		}
	}
	path = "/" + strings.Join(segments, "/")
	if detail, _ := segmentsFault(path); detail != "" {
		return ""
	}
	return path
}

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
		if strings.HasPrefix(name, ":") {
			return s + " would be taken as it stands, not as a path variable", "write a path variable as {name}"
		}
		if name == "." || name == ".." {
			return "whoever sends a request takes the segment " + s + " away first", "write the path without it"
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
