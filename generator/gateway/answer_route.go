package gateway

import (
	"net/url"
	"slices"
	"strings"
)

// route is a method on a path, as a request finds it.
type route struct {
	key      string
	path     string
	segments []string
	verb     string // ANY, or "" for $default
	auth     callerAuth
	// doubt is why it cannot be known which requests it takes.
	doubt Doubt

	method      *MethodFacts
	route       *RouteFacts
	integration integration
}

func (t *route) setPath(verb, path string) {
	t.key, t.verb, t.path = verb+" "+path, verb, path
	switch path {
	case DefaultRoute:
		t.key = path
	case "/", "":
	default:
		t.segments = strings.Split(strings.TrimPrefix(path, "/"), "/")
	}
}

func (d *Deployment) methodRoute(m *MethodFacts, templates templateCache) route {
	t := route{method: m, auth: callerAuth{m.Auth.Type, m.Auth.Headers, m.Auth.APIKeyRequired}}
	t.setPath(strings.ToUpper(m.Method.String()), m.Path.String())
	for _, text := range []Text{m.Method, m.Path} {
		if why := text.Unknown(); why != "" {
			t.doubt = Doubt{why, text.Place}
		}
	}
	t.integration = newIntegration(m.Integration, templates)
	return t
}

func serviceRoute(r *RouteFacts) route {
	t := route{route: r, auth: callerAuth{r.Auth.Type, r.Auth.Headers, r.Auth.APIKeyRequired}}
	key := r.Key.String()
	if verb, path, ok := strings.Cut(key, " "); ok {
		t.setPath(strings.ToUpper(verb), path)
	} else {
		t.setPath("", key)
	}
	if why := r.Key.Unknown(); why != "" {
		t.doubt = Doubt{why, r.Key.Place}
	}
	return t
}

// match finds the route of a request: the most specific path that has the
// method; nil where there is none. Where a resource lacks the method, the next
// one that matches is asked: a greedy sibling is known to take such a request.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation
func (d *Deployment) match(w *world, r Request) *route {
	path := strings.TrimPrefix(r.Path, "/")
	if d.isREST() {
		path = strings.TrimSuffix(path, "/")
	}
	for i := range d.routes {
		t := &d.routes[i]
		if t.doubt.Why != "" {
			if w.choose(2, t.doubt) == 1 {
				return t
			}
		} else if t.takesMethod(r.Method) && t.takesPath(path) {
			return t
		}
	}
	return nil
}

func (t *route) takesMethod(method string) bool {
	return t.verb == method || t.verb == "ANY" || t.verb == ""
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
	if t.verb == "ANY" || t.verb == "" {
		return 1
	}
	return 0
}
