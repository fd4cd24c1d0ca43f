package gateway

import (
	"net/url"
	"slices"
	"strings"

	"apigw-cors/generator/cors"
)

// route is a method on a path, as a request finds it.
type route struct {
	key      string
	path     string
	segments []string
	method   string // ANY, or "" for $default
	auth     Auth
	// mock reports that a mock integration answers, with the rest.
	mock       bool
	status     int
	headers    cors.HeaderList
	perRequest bool
}

func newRoute(method, path string, auth Auth) route {
	r := route{key: method + " " + path, path: path, method: method, auth: auth}
	switch path {
	case DefaultRoute:
		r.key = path
	case "/":
	default:
		r.segments = strings.Split(path[1:], "/")
	}
	return r
}

// match finds the route of a request: the most specific path that has the
// method. Where a resource lacks the method, the next one that matches is
// asked: a greedy sibling is known to take such a request.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation
func (d *Deployment) match(r Request) (route, bool) {
	path := strings.TrimPrefix(r.Path, "/")
	if d.api.IsREST() {
		path = strings.TrimSuffix(path, "/")
	}
	for i := range d.routes {
		if t := &d.routes[i]; t.takesMethod(r.Method) && t.takesPath(path) {
			return *t, true
		}
	}
	return route{}, false
}

func (t *route) takesMethod(method string) bool {
	return t.method == method || t.method == "ANY" || t.method == ""
}

// takesPath compares a path without its leading slash. A variable stands for
// one segment, a greedy one for all that are left, and neither for nothing.
func (t *route) takesPath(path string) bool {
	if t.path == DefaultRoute {
		return true
	}
	rest, more := path, path != ""
	for _, s := range t.segments {
		if !more {
			return false
		}
		if isGreedy(s) {
			return rest != ""
		}
		var segment string
		segment, rest, more = strings.Cut(rest, "/")
		if isVariable(s) && segment != "" || s == unescape(segment) {
			continue
		}
		return false
	}
	return !more
}

func unescape(segment string) string {
	if !strings.Contains(segment, "%") {
		return segment
	}
	plain, err := url.PathUnescape(segment)
	if err != nil {
		return segment
	}
	return plain
}

func isVariable(segment string) bool { return strings.HasPrefix(segment, "{") }
func isGreedy(segment string) bool   { return strings.HasSuffix(segment, "+}") }

// sortRoutes puts what is more specific first: a name before a variable before
// a greedy one, then a method before ANY, $default last. An HTTP API looks at
// every full match before it looks at a greedy one.
func sortRoutes(routes []route, greedyLast bool) {
	slices.SortStableFunc(routes, func(a, b route) int {
		if greedyLast {
			if order := a.greed() - b.greed(); order != 0 {
				return order
			}
		}
		if order := slices.CompareFunc(a.segments, b.segments, func(x, y string) int { return width(x) - width(y) }); order != 0 {
			return order
		}
		return a.breadth() - b.breadth()
	})
}

// width is how much a segment stands for.
func width(segment string) int {
	switch {
	case isGreedy(segment):
		return 2
	case isVariable(segment):
		return 1
	}
	return 0
}

func (t *route) greed() int {
	switch {
	case t.path == DefaultRoute:
		return 2
	case len(t.segments) > 0 && isGreedy(t.segments[len(t.segments)-1]):
		return 1
	}
	return 0
}

func (t *route) breadth() int {
	if t.method == "ANY" || t.method == "" {
		return 1
	}
	return 0
}
