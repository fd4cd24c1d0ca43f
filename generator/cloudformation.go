package generator

import (
	"apigw-cors/generator/cors"
)

func renderCloudFormation(j job) ([]File, []cors.Advice, error) {
	if err := (stack{j.api}).checkNames("cloudformation", j.options.Standalone); err != nil {
		return nil, nil, err
	}
	view, err := newCloudFormationView(j)
	if err != nil {
		return nil, nil, err
	}
	f, err := j.file("cloudformation/template.yaml", view)
	if err == nil {
		err = checkTemplate("cloudformation", f.Content)
	}
	var advice []cors.Advice
	if j.api.IsREST() {
		advice = adviseDefaultPaths(j)
	}
	return []File{f}, advice, err
}

// cloudFormationView is a template. A snippet stands on its own, too: it has
// what answers the preflight and sends CORS headers, and what that refers to.
type cloudFormationView struct {
	Head       []string
	Standalone bool
	ID         string
	Parameters []parameter
	REST       *restStack
	HTTP       *httpStack
	Function   *cloudFormationFunction
	Authorizer *cloudFormationAuthorizer
	UsagePlan  bool
	InvokeURL  string
	// Marks: comments say what is yours already, and what is new.
	Marks, Existing bool
	// Environments choose values from a mapping.
	Environments *environmentsView
}

func newCloudFormationView(j job) (cloudFormationView, error) {
	s := stack{j.api}
	v := cloudFormationView{
		Head:       cloudFormationHead(j),
		Standalone: j.options.Standalone,
		ID:         s.apiID(),
		UsagePlan:  s.usagePlan(j.options),
		InvokeURL:  s.invokeURL("${" + j.api.Name() + "Stage}"),
		Marks:      !j.options.Standalone,
		Existing:   s.existing(),

		Environments: j.stackEnvironments(),
	}
	var invokes bool
	if j.api.IsREST() {
		var err error
		if v.REST, err = newRESTStack(j); err != nil {
			return v, err
		}
		v.Authorizer, invokes = v.REST.Authorizer, v.REST.invokesFunction()
	} else {
		for _, r := range j.api.Routes() {
			if s.existing() && r.Preflight && r.Integration.String() == "" {
				return v, logicalIDs("cloudformation").missing(j.api, r.Path)
			}
		}
		v.HTTP = newHTTPStack(j)
		v.Authorizer, invokes = v.HTTP.Authorizer, v.HTTP.Integration != ""
	}
	v.Parameters = s.backendParameters()
	if v.Authorizer != nil {
		v.Parameters = s.parameters()
	}
	if !invokes {
		return v, nil
	}
	f, err := j.function()
	v.Function = &cloudFormationFunction{*f, s.executeARN("*"), v.Marks}
	return v, err
}

// cloudFormationFunction is the example function, its role, and the permission
// to invoke it.
type cloudFormationFunction struct {
	function
	InvokedBy string
	Marks     bool
}

// cloudFormationAuthorizer is the authorizer of the actual methods.
type cloudFormationAuthorizer struct {
	ID, API string
	Words   authWords
	// IdentitySource is where the token is found.
	IdentitySource string
	// URI and InvokedBy are for a Lambda authorizer.
	URI, InvokedBy string
}

func (s stack) authorizer() *cloudFormationAuthorizer {
	id := s.authorizerID()
	return &cloudFormationAuthorizer{
		ID: id, API: s.apiID(), Words: newAuthWords(s.api), IdentitySource: s.identitySource(),
		URI: invocationURI(authorizerFunctionARN), InvokedBy: s.executeARN("authorizers/${" + id + "}"),
	}
}

func (s stack) authorizerID() string { return s.api.Name() + "Authorizer" }
