package gateway

import (
	"slices"
	"strconv"
	"strings"

	"apigw-cors/generator/cors"
)

func httpRoutes(given []Route) []route {
	var out []route
	for _, r := range given {
		out = append(out, newRoute(r.Method, r.Path, r.Auth))
	}
	sortRoutes(out, true)
	return out
}

// serviceAnswer is what an HTTP API answers to a preflight from its CORS
// configuration, whether or not a route takes OPTIONS. An origin that is not
// allowed gets an answer without CORS headers.
func (d *Deployment) serviceAnswer(r Request, route string) Answer {
	a := Answer{Source: FromService, Route: route}
	a.Status = 204
	if headers := d.allowOrigin(r, d.preflight); allows(headers) {
		a.Headers = headers
	}
	return a
}

// serviceHeaders are the CORS headers an HTTP API adds to every response to a
// request with an allowed origin, its own errors included.
func (d *Deployment) serviceHeaders(r Request) cors.HeaderList {
	if r.Header(cors.HeaderOrigin) == "" {
		return nil
	}
	if headers := d.allowOrigin(r, d.actual); allows(headers) {
		return headers
	}
	return nil
}

func allows(headers cors.HeaderList) bool {
	return len(headers) > 0 && headers[0].Name == cors.HeaderAllowOrigin
}

// configuredPreflight is what the service adds to a preflight response, but
// for Access-Control-Allow-Origin.
func configuredPreflight(c CORSConfiguration) cors.HeaderList {
	var out cors.HeaderList
	add := func(name, value string) {
		if value != "" {
			out = append(out, cors.Header{Name: name, Value: value})
		}
	}
	add(cors.HeaderAllowMethods, strings.Join(c.AllowMethods, ","))
	add(cors.HeaderAllowHeaders, strings.Join(c.AllowHeaders, ","))
	add(cors.HeaderExposeHeaders, strings.Join(c.ExposeHeaders, ","))
	if c.AllowCredentials {
		add(cors.HeaderAllowCredentials, "true")
	}
	if c.MaxAge != nil && *c.MaxAge >= 0 {
		add(cors.HeaderMaxAge, strconv.Itoa(*c.MaxAge))
	}
	return slices.Clip(out)
}
