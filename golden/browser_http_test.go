package golden_test

import (
	"maps"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// answerHTTP is an HTTP API's answer.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
func (d *deployed) answerHTTP(t testing.TB, r arrived) reply {
	route := d.routeFor(r)
	auth, known := d.routes[route]
	headers := d.serviceHeaders(r)
	fail := func(status int) reply {
		if headers == nil {
			headers = map[string]string{}
		}
		headers["Content-Type"] = "application/json"
		return reply{status, headers, `{"message":"` + http.StatusText(status) + `"}`}
	}
	switch {
	case r.failure != "" && r.failure != functionFailure:
		return fail(failureStatus(r.failure))
	case auth == "AWS_IAM" && r.headers["authorization"] == "":
		return fail(http.StatusForbidden)
	case known && auth != "NONE" && auth != "AWS_IAM" && r.headers[strings.ToLower(d.identity)] == "":
		return fail(http.StatusUnauthorized)
	case d.cors != nil && r.isPreflight():
		return reply{status: http.StatusNoContent, headers: d.preflightHeaders(headers)}
	case !known:
		return fail(http.StatusNotFound)
	}
	out := d.proxy(t, event2(pathOf(route), r.Method, anyValues(r.headers)), r)
	if d.cors == nil {
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

func pathOf(route string) string { return route[strings.IndexByte(route, ' ')+1:] }

// routeFor is the key of the route that takes a request: a full match before a
// greedy one before $default.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
func (d *deployed) routeFor(r arrived) string {
	best, rank := gateway.DefaultRoute, ""
	for key := range d.routes {
		verb, pattern, _ := strings.Cut(key, " ")
		if key == gateway.DefaultRoute || verb != r.Method && verb != "ANY" || !covers(pattern, r.URL.EscapedPath()) {
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
func (d *deployed) serviceHeaders(r arrived) map[string]string {
	origin := r.headers["origin"]
	if d.cors == nil || origin == "" {
		return nil
	}
	for _, allowed := range d.cors.AllowOrigins {
		scheme, every := strings.CutSuffix(allowed, "*")
		switch {
		case allowed == "*":
			origin = "*"
		case allowed == origin, every && strings.HasPrefix(origin, scheme):
		default:
			continue
		}
		out := map[string]string{cors.HeaderAllowOrigin: origin}
		if d.cors.AllowCredentials {
			out[cors.HeaderAllowCredentials] = "true"
		}
		if names := strings.Join(d.cors.ExposeHeaders, ","); names != "" {
			out[cors.HeaderExposeHeaders] = names
		}
		return out
	}
	return nil
}

func (d *deployed) preflightHeaders(headers map[string]string) map[string]string {
	if headers == nil {
		return nil
	}
	if methods := strings.Join(d.cors.AllowMethods, ","); methods != "" {
		headers[cors.HeaderAllowMethods] = methods
	}
	if names := strings.Join(d.cors.AllowHeaders, ","); names != "" {
		headers[cors.HeaderAllowHeaders] = names
	}
	if d.cors.MaxAge != nil && *d.cors.MaxAge >= 0 {
		headers[cors.HeaderMaxAge] = strconv.Itoa(*d.cors.MaxAge)
	}
	return headers
}
