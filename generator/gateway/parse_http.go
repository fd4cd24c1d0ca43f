package gateway

import "apigw-cors/generator/cors"

// serviceOrigins refuses the patterns an HTTP API's CORS configuration has no
// form for.
func (p *parser) serviceOrigins() {
	for i, raw := range p.config.AllowOrigins {
		o, _, err := cors.ParseOriginPattern(raw)
		if err != nil || serviceTakes(o) {
			continue
		}
		p.fault(cors.FieldError{
			Field: "allowOrigins", Index: i, Value: raw, Reason: Unsupported,
			Detail: "the CORS configuration of an HTTP API takes exact origins, *, https://* and http://* only",
			Hint:   "list each origin, or let the Lambda function answer with preflight lambda",
			Spec:   "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html",
		})
	}
}

// serviceTakes reports whether a CORS configuration has a form for the pattern.
func serviceTakes(p cors.OriginPattern) bool {
	return p.Kind() != cors.Subdomains && p.Kind() != cors.AnyPort
}
