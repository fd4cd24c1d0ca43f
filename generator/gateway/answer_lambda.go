package gateway

import (
	"slices"

	"apigw-cors/generator/cors"
)

// Lambda is what the Lambda function rendered for this API answers to r. For
// facts that were read it is a function that knows no CORS.
func (d *Deployment) Lambda(r Request) cors.Response {
	response := cors.Response{
		Status: 200, Body: `{"message":"Hello"}`,
		Headers: cors.HeaderList{{Name: "Content-Type", Value: "application/json"}},
	}
	if d.api.ActualResponder() == ByLambda {
		headers, _ := d.api.ActualHeaders()
		headers = slices.DeleteFunc(headers, func(m Mapping) bool { return m.Header == cors.HeaderAllowOrigin })
		response.Headers = append(response.Headers, d.api.allowOrigin(r, list(headers))...)
	}
	if r.Method != "OPTIONS" || d.api.IsREST() && d.api.preflight == ByGateway {
		return response
	}
	// Without a preflight of its own the function only sees an OPTIONS request
	// that a catch-all route passes on.
	response.Status, response.Body = 204, ""
	if d.api.preflight == ByLambda {
		if t := d.match(nil, r); t != nil {
			response.Headers = d.api.allowOrigin(r, d.lambdaPreflight(t.path))
		}
	}
	return response
}

func (d *Deployment) lambdaPreflight(path string) cors.HeaderList {
	var out cors.HeaderList
	for _, r := range d.api.resources {
		if r.Path == path || r.Path == DefaultRoute {
			out = list(d.api.mock(r.AllowMethods.Strings()).Headers)
			if r.Path == path {
				break
			}
		}
	}
	// -1 is the HTTP API's way to leave Access-Control-Max-Age out.
	return slices.DeleteFunc(out, func(h cors.Header) bool {
		return h.Name == cors.HeaderAllowOrigin || h.Name == cors.HeaderMaxAge && h.Value == "-1"
	})
}

// allowOrigin puts Access-Control-Allow-Origin in front of headers if the
// request's origin is allowed. A missing Origin is allowed by a constant only.
func (a API) allowOrigin(r Request, headers cors.HeaderList) cors.HeaderList {
	out := make(cors.HeaderList, 0, len(headers)+2)
	origin, static := a.policy.StaticOrigin()
	if !static {
		sent := r.Header(cors.HeaderOrigin)
		allowed := a.policy.AllowOrigins()
		if sent != "" && slices.ContainsFunc(allowed, func(p cors.OriginPattern) bool { return p.Matches(sent) }) {
			origin = sent
		}
	}
	if origin != "" {
		out = append(out, cors.Header{Name: cors.HeaderAllowOrigin, Value: origin})
	}
	return append(out, headers...)
}

func list(mappings []Mapping) cors.HeaderList {
	var out cors.HeaderList
	for _, m := range mappings {
		out = append(out, cors.Header{Name: m.Header, Value: m.Value})
	}
	return out
}
