package gateway

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"apigw-cors/generator/cors"
)

// Parse makes an [API] of c. The error joins one [*cors.FieldError] per fault,
// in the order of Config's fields; advice is about what is legal but seldom
// wanted, and is returned with an error too.
func Parse(c Config) (API, []cors.Advice, error) {
	p := &parser{config: c}
	p.api.kind = oneOf(p, "api", c.API, "", []Kind{REST, HTTP})
	p.name()
	p.policy()
	p.auth()
	p.api.integration = oneOf(p, "integration", c.Integration, Proxy, []Integration{Proxy, NonProxy})
	p.api.preflight = oneOf(p, "preflight", c.Preflight, ByGateway, []Responder{ByGateway, ByLambda})
	p.resources()
	p.binaryMediaTypes()
	p.gatewayResponses()
	p.combinations()

	slices.SortStableFunc(p.faults, func(a, b *cors.FieldError) int { return inOrder(a.Field, a.Index, b.Field, b.Index) })
	slices.SortStableFunc(p.advice, func(a, b cors.Advice) int { return inOrder(a.Field, a.Index, b.Field, b.Index) })
	if len(p.faults) > 0 {
		errs := make([]error, len(p.faults))
		for i, f := range p.faults {
			errs[i] = f
		}
		return API{}, p.advice, errors.Join(errs...)
	}
	return p.api, p.advice, nil
}

// fields is the order in which a Config is read.
func fields() []string {
	return []string{
		"api", "name", "allowOrigins", "allowMethods", "allowHeaders", "exposeHeaders", "allowCredentials",
		"maxAge", "auth", "authHeader", "integration", "preflight", "resources", "binaryMediaTypes",
		"gatewayResponses", "gatewayResponseOrigin",
	}
}

func rank(field string) int {
	key, _, _ := strings.Cut(field, "[")
	return slices.Index(fields(), key)
}

// inOrder compares two places in a Config. What is inside of an entry, such as
// resources[0].methods, is found in order already.
func inOrder(field string, index int, other string, otherIndex int) int {
	if field == other {
		return cmp.Compare(index, otherIndex)
	}
	return cmp.Compare(rank(field), rank(other))
}

type parser struct {
	config Config
	api    API
	faults []*cors.FieldError
	advice []cors.Advice
}

func (p *parser) fault(f cors.FieldError) { p.faults = append(p.faults, &f) }

func (p *parser) isREST() bool { return p.api.kind == REST }
func (p *parser) isHTTP() bool { return p.api.kind == HTTP }

// oneOf parses a value out of a closed set; def is used for "", which is a
// fault where def is "" too.
func oneOf[T ~string](p *parser, field, value string, def T, all []T) T {
	if value == "" && def != "" {
		return def
	}
	if slices.Contains(all, T(value)) {
		return T(value)
	}
	names := make([]string, len(all))
	for i, v := range all {
		names[i] = string(v)
	}
	f := cors.FieldError{
		Field: field, Index: -1, Value: value, Reason: cors.Invalid,
		Detail: "not one of " + strings.Join(names, ", "),
		Hint:   "use one of " + strings.Join(names, ", "),
	}
	if i := slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(n, value) }); i >= 0 {
		f.Fix, f.Hint = names[i], "use "+names[i]
	}
	if value == "" {
		f.Reason, f.Detail = cors.Missing, "required"
	}
	p.fault(f)
	return def
}

const maxNameLen = 64

func (p *parser) name() {
	name := p.config.Name
	if name == "" {
		name = DefaultName
	}
	valid := len(name) <= maxNameLen
	for i := 0; i < len(name); i++ {
		c := name[i]
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		valid = valid && (letter || i > 0 && '0' <= c && c <= '9')
	}
	if !valid {
		f := cors.FieldError{
			Field: "name", Index: -1, Value: name, Reason: cors.Invalid,
			Detail: "a logical name is a letter, then letters and digits, 64 at most",
			Hint:   "use a name such as OrdersApi",
			Spec:   "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html",
		}
		if fix := strings.TrimLeft(pascalOrEmpty(name), "0123456789"); fix != "" && len(fix) <= maxNameLen {
			f.Fix, f.Hint = fix, "use "+fix
		}
		p.fault(f)
	}
	p.api.name = name
}

func pascalOrEmpty(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }) {
		return ""
	}
	return pascal(s)
}

// policy parses the CORS policy, and holds it against what API Gateway can
// carry.
func (p *parser) policy() {
	c := p.config.Config
	off := c.MaxAge == "-1" && p.isHTTP()
	if off {
		c.MaxAge = ""
	}
	policy, advice, err := cors.Parse(c)
	p.api.policy = policy
	p.advice = append(p.advice, advice...)
	p.faults = append(p.faults, cors.Faults(err)...)
	if seconds, ok := policy.MaxAge(); ok || off {
		p.api.maxAge = maxAge{seconds: seconds, set: true}
		if off {
			p.api.maxAge.seconds = -1
		}
	}
	for i, raw := range c.AllowMethods {
		name := strings.ToUpper(strings.TrimSpace(raw))
		if _, err := cors.ParseMethod(name); err == nil && !known(name) && name != "ANY" {
			p.faultInstead(unknownMethod("allowMethods", i, raw))
		}
	}
	p.carriesHeaders("allowHeaders", c.AllowHeaders)
	p.carriesHeaders("exposeHeaders", c.ExposeHeaders)
}

// faultInstead refuses a value that package cors takes: what is refused needs
// no advice besides.
func (p *parser) faultInstead(f cors.FieldError) {
	p.fault(f)
	p.advice = slices.DeleteFunc(p.advice, func(a cors.Advice) bool { return a.Field == f.Field && a.Index == f.Index })
}

// HTTPMethods lists the methods API Gateway knows, in alphabetical order. ANY
// stands for all of them.
func HTTPMethods() []string {
	return []string{"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"}
}

func known(method string) bool { return slices.Contains(HTTPMethods(), method) }

func unknownMethod(field string, i int, value string) cors.FieldError {
	f := cors.FieldError{
		Field: field, Index: i, Value: value, Reason: Unsupported,
		Detail: "API Gateway has no such method",
		Hint:   "use one of " + strings.Join(HTTPMethods(), ", "),
		Spec:   "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-method-settings-method-request.html",
	}
	if similar, ok := cors.SimilarMethod(value); ok {
		f.Fix, f.Hint = similar.String(), "did you mean "+similar.String()+"?"
	}
	return f
}

// Unsupported is the reason for what the API type cannot do, however it is
// spelled.
const Unsupported cors.Reason = "unsupported"

func (p *parser) auth() {
	p.api.auth = oneOf(p, "auth", p.config.Auth, NoAuth, []Auth{NoAuth, APIKey, IAM, Cognito, Lambda, JWT})
	instead := ""
	switch {
	case p.isREST() && p.api.auth == JWT:
		instead = "use cognito for a user pool, or lambda"
	case p.isHTTP() && p.api.auth == Cognito:
		instead = "use jwt: its issuer can be a user pool"
	case p.isHTTP() && p.api.auth == APIKey:
		instead = "use a REST API, or lambda"
	}
	if instead != "" {
		p.fault(cors.FieldError{
			Field: "auth", Index: -1, Value: string(p.api.auth), Reason: Unsupported,
			Detail: p.kindName() + " cannot do it", Hint: instead,
			Spec: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html",
		})
	}
	p.authHeader()
	p.api.allowHeaders = withRequired(p.api.policy.AllowHeaders(), p.api.auth.requestHeaders(p.api.authHeader))
}

func (p *parser) authHeader() {
	given := p.config.AuthHeader
	if !p.api.HasAuthorizer() {
		if headers := p.api.auth.requestHeaders(cors.HeaderName{}); len(headers) > 0 {
			p.api.authHeader = headers[0]
		}
		if given != "" {
			p.advice = append(p.advice, cors.Advice{
				Code: codeAuthHeaderUnused, Severity: cors.Note, Field: "authHeader", Index: -1, Value: given,
				Detail: "auth " + string(p.api.auth) + " reads no header of your choice", Hint: "leave it out",
			})
		}
		return
	}
	p.api.authHeader = authorization()
	if given == "" {
		return
	}
	n, err := cors.ParseHeaderName(given)
	for _, f := range cors.Faults(err) {
		f.Field, f.Index = "authHeader", -1
		p.fault(*f)
	}
	switch {
	case err != nil:
	case !carried(given):
		p.fault(notCarried("authHeader", -1, given))
	default:
		p.api.authHeader = n
	}
}

func (p *parser) kindName() string {
	if p.isHTTP() {
		return "an HTTP API"
	}
	return "a REST API"
}
