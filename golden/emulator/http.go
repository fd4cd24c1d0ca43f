package emulator

import (
	"maps"
	"net/http"
	"strconv"
	"strings"
)

// answerHTTP is an HTTP API's answer.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
func (d *Deployment) answerHTTP(r arrived) reply {
	route := d.routeFor(r)
	auth, known := d.api.Routes[route]
	headers := d.serviceHeaders(r)
	fail := func(status int) reply {
		if headers == nil {
			headers = map[string]string{}
		}
		headers["Content-Type"] = "application/json"
		return reply{status, headers, `{"message":"` + http.StatusText(status) + `"}`}
	}
	switch {
	case r.failure != "" && r.failure != FunctionFailure:
		return fail(failureStatus(r.failure))
	case auth == "AWS_IAM" && r.headers["authorization"] == "":
		return fail(http.StatusForbidden)
	case known && auth != "NONE" && auth != "AWS_IAM" && r.headers[strings.ToLower(d.identity)] == "":
		return fail(http.StatusUnauthorized)
	case d.api.CORS != nil && r.isPreflight():
		return reply{status: http.StatusNoContent, headers: d.preflightHeaders(headers)}
	case !known:
		return fail(http.StatusNotFound)
	}
	out := d.proxy(d.event(route, r), r)
	if d.api.CORS == nil {
		return out
	}
	// The service ignores the CORS headers of its backend.
	for name := range out.headers {
		if strings.HasPrefix(strings.ToLower(name), "access-control-") {
			delete(out.headers, name)
		}
	}
	maps.Copy(out.headers, headers)
	return out
}

// event is what the function behind a route gets.
func (d *Deployment) event(route string, r arrived) map[string]any {
	if d.api.PayloadFormat == "1.0" {
		return Event1(pathOf(route), r.Method, anyValues(r.headers))
	}
	return Event2(pathOf(route), r.Method, anyValues(r.headers))
}

func pathOf(route string) string { return route[strings.IndexByte(route, ' ')+1:] }

// routeFor is the key of the route that takes a request: a full match before a
// greedy one before $default.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
func (d *Deployment) routeFor(r arrived) string {
	best, rank := defaultRoute, ""
	for key := range d.api.Routes {
		verb, pattern, _ := strings.Cut(key, " ")
		if key == defaultRoute || verb != r.Method && verb != "ANY" || !covers(pattern, r.URL.EscapedPath()) {
			continue
		}
		n := specificity(pattern, "013")
		if strings.HasSuffix(n, "3") {
			n = "2" + n
		}
		if verb == "ANY" {
			n += "~"
		}
		if rank == "" || n < rank {
			best, rank = key, n
		}
	}
	return best
}

// serviceHeaders are the CORS headers of every response to a request with an
// allowed origin, which is echoed; nil for another.
func (d *Deployment) serviceHeaders(r arrived) map[string]string {
	origin := r.headers["origin"]
	if d.api.CORS == nil || origin == "" {
		return nil
	}
	for _, allowed := range d.api.CORS.AllowOrigins {
		scheme, every := strings.CutSuffix(allowed, "*")
		switch {
		case allowed == "*":
			origin = "*"
		case allowed == origin, every && strings.HasPrefix(origin, scheme):
		default:
			continue
		}
		out := map[string]string{"Access-Control-Allow-Origin": origin}
		if d.api.CORS.AllowCredentials {
			out["Access-Control-Allow-Credentials"] = "true"
		}
		if names := strings.Join(d.api.CORS.ExposeHeaders, ","); names != "" {
			out["Access-Control-Expose-Headers"] = names
		}
		return out
	}
	return nil
}

func (d *Deployment) preflightHeaders(headers map[string]string) map[string]string {
	if headers == nil {
		return nil
	}
	if methods := strings.Join(d.api.CORS.AllowMethods, ","); methods != "" {
		headers["Access-Control-Allow-Methods"] = methods
	}
	if names := strings.Join(d.api.CORS.AllowHeaders, ","); names != "" {
		headers["Access-Control-Allow-Headers"] = names
	}
	if d.api.CORS.MaxAge != nil && *d.api.CORS.MaxAge >= 0 {
		headers["Access-Control-Max-Age"] = strconv.Itoa(*d.api.CORS.MaxAge)
	}
	return headers
}
