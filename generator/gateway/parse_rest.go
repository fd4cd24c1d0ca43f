package gateway

import (
	"slices"
	"strings"

	"apigw-cors/generator/cors"
)

// restOnly refuses a field that says something about REST APIs alone.
func (p *parser) restOnly(field, value, hint string) bool {
	if !p.isHTTP() {
		return true
	}
	p.fault(cors.FieldError{
		Field: field, Index: -1, Value: value, Reason: Unsupported,
		Detail: "an HTTP API has no such setting", Hint: hint,
		Spec: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html",
	})
	return false
}

func (p *parser) binaryMediaTypes() {
	given := p.config.BinaryMediaTypes
	if len(given) == 0 || !p.restOnly("binaryMediaTypes", strings.Join(given, ","), "leave it out: the service tells binary bodies itself") {
		return
	}
	for i, t := range given {
		if !mediaType(t) {
			f := cors.FieldError{
				Field: "binaryMediaTypes", Index: i, Value: t, Reason: cors.Invalid,
				Detail: "not a media type", Hint: "use type/subtype, such as image/png, or */*",
				Spec: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings.html",
			}
			if strings.Contains(t, "~1") {
				f.Fix = strings.ReplaceAll(t, "~1", "/")
				f.Detail, f.Hint = "~1 is a slash in patch operations only", "use "+f.Fix
			}
			p.fault(f)
			continue
		}
		if !slices.Contains(p.api.binary, t) {
			p.api.binary = append(p.api.binary, t)
		}
	}
}

func mediaType(s string) bool {
	kind, subtype, ok := strings.Cut(s, "/")
	return ok && len(s) <= 255 && mediaToken(kind) && mediaToken(subtype)
}

// mediaToken is RFC 6838's restricted name, and `*`.
func mediaToken(s string) bool {
	return s == "*" || s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("!&-^_.+", r))
	})
}

func (p *parser) gatewayResponses() {
	p.api.origin = oneOf[ResponseOrigin](p, fieldGatewayResponseOrigin(), p.config.GatewayResponseOrigin)
	given := p.config.GatewayResponses
	if p.isHTTP() {
		const hint = "leave it out: the service adds its CORS headers to its own errors"
		if len(given) > 0 && !slices.Equal(given, []string{NoResponses}) {
			p.restOnly("gatewayResponses", strings.Join(given, ","), hint)
		}
		if p.config.GatewayResponseOrigin != "" && p.api.origin != OriginAuto {
			p.restOnly("gatewayResponseOrigin", string(p.api.origin), hint)
		}
		return
	}
	switch {
	case len(given) == 0:
		p.api.types = defaultResponseTypes()
		return
	case slices.Equal(given, []string{NoResponses}):
		return
	}
	for i, t := range given {
		if f, ok := responseTypeFault(t); !ok {
			f.Index = i
			p.fault(f)
			continue
		}
		if !slices.Contains(p.api.types, t) {
			p.api.types = append(p.api.types, t)
		}
	}
}

func responseTypeFault(t string) (cors.FieldError, bool) {
	if slices.Contains(ResponseTypes(), t) {
		return cors.FieldError{}, true
	}
	f := cors.FieldError{
		Field: "gatewayResponses", Value: t, Reason: cors.Invalid,
		Detail: "not a gateway response type",
		Hint:   "use DEFAULT_4XX and DEFAULT_5XX for all, or one of " + strings.Join(ResponseTypes(), ", "),
		Spec:   "https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html",
	}
	upper := strings.ReplaceAll(strings.ToUpper(t), "-", "_")
	switch {
	case slices.Contains(ResponseTypes(), upper):
		f.Fix, f.Hint = upper, "use "+upper
	case t == NoResponses:
		f.Reason, f.Detail, f.Hint = cors.Prohibited, "none stands alone", "give none alone, or leave it out"
	}
	return f, false
}

// combinations refuses and comments on what only several fields together say.
func (p *parser) combinations() {
	credentials := p.config.AllowCredentials
	if p.isREST() && len(p.api.types) > 0 {
		switch {
		case credentials && p.api.origin == OriginAny:
			p.fault(cors.FieldError{
				Field: "gatewayResponseOrigin", Index: -1, Value: "any", Reason: cors.Forbidden,
				Detail: "a browser refuses `*` for a request with credentials", Hint: "use auto or echo",
				Fix: "auto", Spec: "https://fetch.spec.whatwg.org/#cors-check",
			})
		case len(p.faults) == 0:
			p.adviseResponseOrigin()
		}
	}
	p.integrationCombinations()
	if p.isHTTP() && p.api.preflight == ByGateway {
		p.serviceOrigins()
	}
}
