package generator

import (
	"bytes"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

func renderSAM(j job) ([]File, []cors.Advice, error) {
	if err := (stack{j.api}).names("sam"); err != nil {
		return nil, nil, err
	}
	view, err := newSAMView(j)
	if err != nil {
		return nil, nil, err
	}
	f, err := j.file("sam/template.yaml", view)
	if view.Globals {
		f.Content = outdentGlobals(f.Content)
	}
	return []File{f}, samAdvice(j.api), err
}

// samView is a SAM template. The properties of the API are the same on its own
// resource and in Globals.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification.html
type samView struct {
	Head       []string
	Standalone bool
	Globals    bool
	REST       bool
	ID         string
	Parameters []parameter
	Properties samProperties
	Function   *samFunction
	UsagePlan  bool
	InvokeURL  string
}

// samProperties are the properties of AWS::Serverless::Api or
// AWS::Serverless::HttpApi.
type samProperties struct {
	REST          bool
	Cors          *samCors
	Configuration *gateway.CORSConfiguration
	Auth          gateway.Auth
	// GuardsPreflight reports that Auth is told, if only to keep it off the
	// preflight. A REST API gets it, too, where it has no property else that
	// asks for an inline definition: linters take it for one in S3.
	GuardsPreflight  bool
	AuthHeader       string
	IdentitySource   string
	BinaryMediaTypes []string
	GatewayResponses []gateway.GatewayResponse
	Definition       *definition
}

func newSAMView(j job) (samView, error) {
	s := stack{j.api}
	v := samView{
		Standalone: j.options.Standalone,
		REST:       j.api.IsREST(),
		ID:         j.api.Name(),
		Parameters: s.parameters(),
		UsagePlan:  s.usagePlan(j.options),
		InvokeURL:  s.invokeURL(samStage),
	}
	var err error
	if v.Properties, err = newSAMProperties(j); err != nil {
		return samView{}, err
	}
	v.Globals = j.options.SAMScope == ScopeGlobals && v.Properties.Any()
	v.Head = samHead(j, v)
	v.Function, err = newSAMFunction(j)
	return v, err
}

// samStage is the stage's name in the template, which Globals cannot hold.
const samStage = "prod"

func newSAMProperties(j job) (samProperties, error) {
	api := j.api
	p := samProperties{
		REST:             api.IsREST(),
		Auth:             api.Auth(),
		AuthHeader:       api.AuthHeader().String(),
		IdentitySource:   stack{api}.identitySource(),
		BinaryMediaTypes: api.BinaryMediaTypes(),
		GatewayResponses: api.GatewayResponses(),
	}
	if c, ok := api.CORSConfiguration(); ok {
		p.Configuration = &c
	}
	limit := samCorsLimit(api)
	switch {
	case limit != nil && j.options.SAMScope == ScopeGlobals:
		return samProperties{}, limit.inGlobals()
	case limit != nil:
		p.Definition = newDefinition(api)
	case api.IsREST() && api.Preflight() == gateway.ByGateway:
		p.Cors = newSAMCors(api)
	}
	p.GuardsPreflight = p.Auth != gateway.NoAuth || p.REST && p.Cors == nil && p.Definition == nil
	return p, nil
}

// Any reports whether there is a property at all: an HTTP API whose function
// answers the preflight may need none, and SAM refuses an empty map.
func (p samProperties) Any() bool {
	return p.REST || p.Configuration != nil || p.GuardsPreflight
}

// outdentGlobals takes out the two spaces that properties stand deeper on a
// resource than in Globals: the template spells them once, for both.
func outdentGlobals(content []byte) []byte {
	start := bytes.Index(content, []byte("\nGlobals:\n"))
	end := bytes.Index(content, []byte("\nResources:\n"))
	if start < 0 || end < start {
		return content
	}
	globals := bytes.ReplaceAll(content[start:end], []byte("\n      "), []byte("\n    "))
	return bytes.Join([][]byte{content[:start], globals, content[end:]}, nil)
}
