package generator

import (
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

func renderSAM(j job) ([]File, []cors.Advice, error) {
	if err := (stack{j.api}).checkNames("sam", j.options.Standalone); err != nil {
		return nil, nil, err
	}
	view, err := newSAMView(j)
	if err != nil {
		return nil, nil, err
	}
	if err := checkEvents(view.Function); err != nil {
		return nil, nil, err
	}
	f, err := j.file("sam/template.yaml", view)
	if err == nil {
		err = checkTemplate("sam", f.Content)
	}
	advice := samAdvice(j.api)
	if samCorsLimit(j.api) != nil || j.api.IsREST() && j.api.Preflight() == gateway.ByLambda {
		advice = append(advice, adviseDefaultPaths(j)...)
	}
	return []File{f}, advice, err
}

// samView is a SAM template. The properties of the API stand on its own
// resource, or in Globals: they are spelled once, for both.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification.html
type samView struct {
	Head       []string
	Standalone bool
	REST       bool
	// Type is AWS::Serverless's name of the API's kind.
	Type, ID            string
	Parameters          []parameter
	Properties, Globals yamlLines
	Function            *samFunction
	// Marks: comments say what is yours already, and what is new.
	Marks     bool
	UsagePlan bool
	InvokeURL string
	// Environments choose values from a mapping.
	Environments *environmentsView
}

// samProperties are the properties of AWS::Serverless::Api or
// AWS::Serverless::HttpApi.
type samProperties struct {
	Cors          *samCors
	Configuration *gateway.CORSConfiguration
	REST          bool
	Words         authWords
	// GuardsPreflight reports that Auth is told, if only to keep it off the
	// preflight. A REST API always gets it: an API that the properties are pasted
	// into may have a DefaultAuthorizer of its own.
	GuardsPreflight  bool
	IdentitySource   string
	BinaryMediaTypes []string
	GatewayResponses []gateway.GatewayResponse
	Definition       *definition
	Marks            bool
}

func newSAMView(j job) (samView, error) {
	s := stack{j.api}
	v := samView{
		Standalone: j.options.Standalone,
		REST:       j.api.IsREST(),
		Type:       samType(j.api),
		ID:         s.apiID(),
		Parameters: s.parameters(),
		UsagePlan:  s.usagePlan(j.options),
		InvokeURL:  s.invokeURL(samStage),
		Marks:      !j.options.Standalone,
	}
	properties, err := newSAMProperties(j)
	if err != nil {
		return v, err
	}
	content, err := j.execute("sam/properties.yaml", properties)
	if err != nil {
		return v, err
	}
	v.Environments = j.stackEnvironments()
	block := yamlLines(strings.Trim(string(content), "\n"))
	if j.options.Chosen(samScope()) == samGlobals {
		v.Globals = block
	} else {
		v.Properties = block
	}
	v.Head = samHead(j, v)
	v.Function, err = newSAMFunction(j)
	return v, err
}

// samGlobals puts the properties into Globals.
const samGlobals = "globals"

// samScope is where the properties of a SAM template stand.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
func samScope() Option {
	return Option{
		Name: "sam-scope", Title: "SAM scope",
		Note:  "Where the properties stand in the SAM template.",
		Usage: "where SAM properties stand",
		Help:  "Globals serve every API of the template, but some settings cannot stand there.",
		Values: []OptionValue{
			{"resource", "on the API itself"},
			{samGlobals, "in Globals, for every API of the template"},
		},
	}
}

// samType is the type of an API among AWS::Serverless's, and of its events.
func samType(api gateway.API) string {
	if api.IsREST() {
		return "Api"
	}
	return "HttpApi"
}

// samStage is the stage's name in the template, which Globals cannot hold.
const samStage = "prod"

// IsNew reports that the first property is one that no API has without CORS.
func (p samProperties) IsNew() bool {
	return p.Cors != nil || p.Configuration != nil || len(p.GatewayResponses) > 0 || p.Definition != nil
}

func newSAMProperties(j job) (samProperties, error) {
	api := j.api
	p := samProperties{
		REST:             api.IsREST(),
		Words:            newAuthWords(api),
		IdentitySource:   stack{api}.identitySource(),
		BinaryMediaTypes: api.BinaryMediaTypes(),
		GatewayResponses: api.GatewayResponses(),
		Marks:            !j.options.Standalone,
	}
	if c, ok := api.CORSConfiguration(); ok {
		p.Configuration = &c
	}
	limit := samCorsLimit(api)
	switch {
	case limit != nil && j.options.Chosen(samScope()) == samGlobals:
		return samProperties{}, limit.inGlobals()
	case limit != nil:
		p.Definition = newDefinition(api)
	case api.IsREST() && api.Preflight() == gateway.ByGateway:
		p.Cors = newSAMCors(api)
	}
	p.GuardsPreflight = p.REST || p.Words.Guarded
	return p, nil
}
