package gateway

import "apigw-cors/generator/cors"

// serviceOrigins refuses the patterns an HTTP API's CORS configuration does not
// take.
func (p *parser) serviceOrigins() {
	for i, raw := range p.config.AllowOrigins {
		o, _, err := cors.ParseOriginPattern(raw)
		if err != nil || serviceTakes(o) {
			continue
		}
		f := cors.FieldError{
			Field: "allowOrigins", Index: i, Value: raw, Reason: Unsupported,
			Detail: "the CORS configuration of an HTTP API takes exact origins, *, https://* and http://* only",
			Hint:   "list each origin, or let the Lambda function answer with preflight lambda",
			Spec:   "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html",
		}
		if !hasWebScheme(o) {
			f.Detail = "an HTTP API takes http and https origins only: API Gateway v2 answers Invalid format for origin"
			f.Hint = "let the Lambda function answer with preflight lambda, or use a REST API"
		}
		p.fault(f)
	}
}

// serviceTakes reports whether a CORS configuration has a form for the pattern.
func serviceTakes(p cors.OriginPattern) bool {
	return p.Kind() != cors.Subdomains && p.Kind() != cors.AnyPort && hasWebScheme(p)
}

// hasWebScheme reports whether the pattern is for pages over http or https; apps
// and browser extensions have schemes of their own, such as capacitor.
func hasWebScheme(p cors.OriginPattern) bool {
	return p.Kind() == cors.AnyOrigin || p.Scheme() == "http" || p.Scheme() == "https"
}
