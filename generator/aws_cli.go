package generator

import (
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// renderAWSCLI renders apply.sh and the JSON files it hands to the AWS CLI:
// shorthand would eat the inner quotes of a static value, and a shell the
// dollar signs of a mapping template.
func renderAWSCLI(j job) ([]File, []cors.Advice, error) {
	documents := cliDocuments(j.api)
	v := newCLIView(j)
	v.Documents = len(documents) > 0
	script, err := j.file("aws-cli/apply.sh", v)
	if err != nil {
		return nil, nil, err
	}
	script.Executable = true
	files := []File{script}
	for _, d := range documents {
		content, err := encodeJSON(d.content, "  ")
		if err != nil {
			return nil, nil, err
		}
		files = append(files, File{Path: "aws-cli/" + d.name, Content: content})
	}
	if v.REST {
		return files, adviseDefaultPaths(j), nil
	}
	return files, nil, nil
}

// cliView is what apply.sh is made of.
type cliView struct {
	Head []string
	API  string
	REST bool
	// Usage lists the arguments; CreateUsage those after --create.
	Usage, CreateUsage      []string
	Create                  bool
	Function                bool
	Documents               bool
	Auth                    authWords
	Preflights              []cliPreflight
	Methods                 []cliMethod
	Actual                  []gateway.IntegrationResponse
	GatewayResponses        []gateway.GatewayResponse
	Tree                    []gateway.Node
	BinaryMediaTypes        []string
	Backend                 backendWords
	CORS                    bool
	PreflightRoutes, Routes []string
	PayloadFormat           string
}

// Arguments is how many arguments the script takes.
func (v cliView) Arguments() int { return len(v.Usage) }

// CreateArguments is how many it takes with --create.
func (v cliView) CreateArguments() int { return 1 + len(v.CreateUsage) }

// Mark is what the script knows its own OPTIONS methods, routes and deployments
// by. It has the policy's name, as there may be several policies for one API.
func (v cliView) Mark() string { return "apigw-cors-" + v.API }

// GatewayResponseTypes are the types of the gateway responses.
func (v cliView) GatewayResponseTypes() []string {
	var types []string
	for _, r := range v.GatewayResponses {
		types = append(types, r.Type)
	}
	return types
}

// Permits reports whether the script has functions to let the API invoke.
func (v cliView) Permits() bool {
	return v.Create && (v.Backend.Function || v.Auth.Lambda) || v.REST && v.Function
}

// StageArgument is the place of STAGE among the arguments with --create, and
// AuthArgument that of what the auth has to know.
func (v cliView) StageArgument() int { return 2 + slices.Index(v.CreateUsage, "STAGE") }
func (v cliView) AuthArgument() int  { return v.StageArgument() + 1 }

// cliPreflight is a resource and the document with its headers, "" where the
// function answers.
type cliPreflight struct{ Path, File string }

type cliMethod struct{ Method, Path string }

func newCLIView(j job) cliView {
	v := cliView{
		API: j.api.Name(), REST: j.api.IsREST(), Create: j.options.Standalone,
		Function: j.api.Preflight() == gateway.ByLambda, Auth: newAuthWords(j.api),
		Backend: newBackendWords(j.api),
	}
	v.CreateUsage = v.Backend.cliArguments()
	if v.REST {
		v.rest(j.api)
	} else {
		v.http(j.api)
	}
	switch {
	case v.Auth.Cognito:
		v.CreateUsage = append(v.CreateUsage, "USER_POOL_ARN")
	case v.Auth.Lambda:
		v.CreateUsage = append(v.CreateUsage, "AUTHORIZER_FUNCTION_ARN")
	case v.Auth.JWT:
		v.CreateUsage = append(v.CreateUsage, "ISSUER", "AUDIENCE")
	}
	v.Head = cliHead(j, v)
	return v
}

func (v *cliView) rest(api gateway.API) {
	v.Usage = []string{"REST_API_ID", "STAGE"}
	v.CreateUsage = append(v.CreateUsage, "STAGE")
	if v.Function {
		v.Usage = append(v.Usage, "FUNCTION_ARN")
	}
	for _, r := range api.Resources() {
		p := cliPreflight{Path: r.Path}
		if m, ok := api.Mock(r); ok {
			p.File = preflightFile(m)
		}
		v.Preflights = append(v.Preflights, p)
		for _, m := range r.Strings() {
			v.Methods = append(v.Methods, cliMethod{m, r.Path})
		}
	}
	v.Actual = api.IntegrationResponses()
	v.GatewayResponses = api.GatewayResponses()
	v.Tree = api.Tree()[1:]
	v.BinaryMediaTypes = api.BinaryMediaTypes()
}

func (v *cliView) http(api gateway.API) {
	v.Usage = []string{"API_ID"}
	v.PayloadFormat = string(api.PayloadFormat())
	_, v.CORS = api.CORSConfiguration()
	for _, r := range api.Routes() {
		if r.Preflight {
			v.PreflightRoutes = append(v.PreflightRoutes, r.Key())
		} else {
			v.Routes = append(v.Routes, r.Key())
		}
	}
	if len(v.PreflightRoutes) > 0 {
		v.Usage = append(v.Usage, "INTEGRATION_ID")
	}
}

// cliArguments are what --create has to know of the backend.
func (w backendWords) cliArguments() []string {
	switch {
	case w.HTTP:
		return []string{"BACKEND_URL"}
	case w.Service:
		return []string{"SERVICE_URI", "SERVICE_ROLE_ARN"}
	case w.Mock:
		return nil
	}
	return []string{"FUNCTION_ARN"}
}

// preflightFile names the document of a mock by the methods it allows:
// preflight-get-post.json. Two mocks of an API differ in nothing else.
func preflightFile(m gateway.Mock) string {
	methods := strings.ToLower(strings.Trim(allowMethods(m), "'"))
	if methods == "*" {
		methods = "any"
	}
	return "preflight-" + strings.ReplaceAll(methods, ",", "-") + ".json"
}
