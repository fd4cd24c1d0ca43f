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
// wanted, and is returned with an error too. A value or a list over its bound
// ([MaxValue], [MaxEntries]) is the only fault that is then told.
func Parse(c Config) (API, []cors.Advice, error) {
	p := &parser{config: c, faults: outOfBounds(c)}
	if len(p.faults) > 0 {
		return API{}, nil, p.refusal()
	}
	p.api.kind = oneOf[Kind](p, fieldAPI(), c.API)
	p.name()
	p.policy()
	p.auth()
	p.api.integration = oneOf[Integration](p, fieldIntegration(), c.Integration)
	p.backend()
	p.payloadFormat()
	p.api.preflight = oneOf[Responder](p, fieldPreflight(), c.Preflight)
	p.resources()
	p.references()
	p.binaryMediaTypes()
	p.gatewayResponses()
	p.combinations()
	p.adviseErrors()
	p.adviseReservedPaths()
	p.quotas()

	p.sort()
	if len(p.faults) > 0 {
		return API{}, p.advice, p.refusal()
	}
	return p.api, p.advice, nil
}

// refusal joins the faults.
func (p *parser) refusal() error {
	errs := make([]error, len(p.faults))
	for i, f := range p.faults {
		errs[i] = f
	}
	return errors.Join(errs...)
}

// sort brings faults and advice into the order of the fields, and of the
// entries in a list. What is inside of an entry, such as resources[0].methods,
// is found in order already.
func (p *parser) sort() {
	rank := map[string]int{}
	for i, f := range table() {
		rank[f.Key] = i
	}
	compare := func(field string, index int, other string, otherIndex int) int {
		if field == other {
			return cmp.Compare(index, otherIndex)
		}
		key, _, _ := strings.Cut(field, "[")
		otherKey, _, _ := strings.Cut(other, "[")
		return cmp.Compare(rank[key], rank[otherKey])
	}
	slices.SortStableFunc(p.faults, func(a, b *cors.FieldError) int { return compare(a.Field, a.Index, b.Field, b.Index) })
	slices.SortStableFunc(p.advice, func(a, b cors.Advice) int { return compare(a.Field, a.Index, b.Field, b.Index) })
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

// oneOf parses a value out of the field's closed set; "" is its default, and a
// fault where it has none.
func oneOf[T ~string](p *parser, field Field, value string) T {
	def := T(strings.Join(field.Default(p.api.kind), ""))
	names := field.Names()
	switch {
	case value == "" && def != "":
		return def
	case slices.Contains(names, value):
		return T(value)
	}
	f := cors.FieldError{
		Field: field.Key, Index: -1, Value: value, Reason: cors.Invalid,
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
		name := cors.UpperMethod(raw)
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
	field := fieldAuth()
	p.api.auth = oneOf[Auth](p, field, p.config.Auth)
	for _, v := range field.Values {
		if v.Name != string(p.api.auth) || v.Only == "" || p.api.kind == "" || v.Only == p.api.kind {
			continue
		}
		p.fault(cors.FieldError{
			Field: "auth", Index: -1, Value: v.Name, Reason: Unsupported,
			Detail: p.kindName() + " cannot do it", Hint: v.Instead,
			Spec: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html",
		})
	}
	p.authHeader()
	p.api.allowHeaders = withRequired(p.api.policy.AllowHeaders(), p.api.auth.requestHeaders(p.api.authHeader))
	if p.api.allowHeaders.Contains(authorization()) {
		// What the auth needs is named, whatever `*` covers.
		p.advice = slices.DeleteFunc(p.advice, func(a cors.Advice) bool { return a.Code == cors.CodeWildcardNotAuthorization })
	}
}

func (p *parser) kindName() string {
	if p.isHTTP() {
		return "an HTTP API"
	}
	return "a REST API"
}
