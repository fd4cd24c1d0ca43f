package generator

import (
	"slices"

	"apigw-cors/generator/gateway"
)

// restStack is a REST API as AWS::ApiGateway resources.
type restStack struct {
	ID, Name string
	// Existing: the API and its resources stand in the template already.
	Existing         bool
	BinaryMediaTypes []string
	Resources        []restResource
	Methods          []restMethod
	Responses        []restResponse
	Authorizer       *cloudFormationAuthorizer
	// Marks: comments say what is yours already, and what is new.
	Marks bool
	// Deployment is its logical id, empty while its hash is being computed.
	Deployment string
}

type restResource struct {
	ID, API, Part string
	// Parent is the logical id of the parent resource, "" for the root.
	Parent string
}

type restMethod struct {
	ID, API, Method string
	// Resource is the logical id of the resource, "" for the root.
	Resource string
	// AuthorizationType, Authorizer and APIKey are what a caller must bring:
	// nothing, where the method answers the preflight.
	AuthorizationType string
	Authorizer        string
	APIKey            bool
	// Mark says of the method, and those after it, whose they are.
	Mark string
	// Mock answers the preflight; otherwise Backend does, which is invoked by
	// URI where it is a function. Responses map its answer unless the
	// integration is a proxy.
	Mock      *gateway.Mock
	Backend   backendWords
	URI       string
	Responses []gateway.IntegrationResponse
}

type restResponse struct {
	ID, API string
	gateway.GatewayResponse
}

func newRESTStack(j job) (*restStack, error) {
	for _, n := range j.api.Resources() {
		if j.api.APIID().String() != "" && n.Path != "/" && n.ID.String() == "" {
			return nil, logicalIDs("cloudformation").missing(j.api, n.Path)
		}
	}
	hash, err := deploymentHash(j)
	if err != nil {
		return nil, err
	}
	r := newDeployedAPI(j.api, j.options.Standalone)
	r.Marks = !j.options.Standalone
	r.Deployment = r.Name + "Deployment" + hash
	return r, nil
}

// newDeployedAPI is what a deployment takes a snapshot of. A snippet has only
// the methods that concern CORS.
func newDeployedAPI(api gateway.API, standalone bool) *restStack {
	s := stack{api}
	r := &restStack{ID: s.apiID(), Name: api.Name(), Existing: s.existing(), BinaryMediaTypes: api.BinaryMediaTypes()}
	ids := map[string]string{"": "", "/": ""}
	for _, n := range api.Resources() {
		if r.Existing {
			ids[n.Path] = n.ID.String()
		}
	}
	for _, n := range api.Tree() {
		if n.Path != "/" && !r.Existing {
			ids[n.Path] = r.Name + n.Name + "Resource"
			r.Resources = append(r.Resources, restResource{ID: ids[n.Path], API: r.ID, Part: n.Part, Parent: ids[n.Parent]})
		}
		if n.Resource == nil {
			continue
		}
		r.Methods = append(r.Methods, s.optionsMethod(*n.Resource, ids[n.Path]))
		if standalone || api.Integration() == gateway.NonProxy {
			r.Methods = append(r.Methods, s.actualMethods(*n.Resource, ids[n.Path])...)
		}
	}
	for _, g := range api.GatewayResponses() {
		r.Responses = append(r.Responses, restResponse{r.Name + pascalWord(g.Type) + "Response", r.ID, g})
	}
	if !standalone {
		markMethods(r.Methods)
	}
	if slices.ContainsFunc(r.Methods, func(m restMethod) bool { return m.Authorizer != "" }) {
		r.Authorizer = s.authorizer()
	}
	return r
}

// markMethods says where new methods, and methods of yours, begin.
func markMethods(methods []restMethod) {
	last := ""
	for i, m := range methods {
		mark := markNew
		if m.Responses != nil {
			mark = markYours + "; new are the responses"
		}
		if mark != last {
			methods[i].Mark = mark
		}
		last = mark
	}
}

func (s stack) method(r gateway.Resource, method, resource string) restMethod {
	return restMethod{
		ID: s.api.Name() + pascalWord(method) + r.Name + "Method", API: s.apiID(),
		Method: method, Resource: resource, AuthorizationType: authorizationType(gateway.NoAuth),
	}
}

func (s stack) optionsMethod(r gateway.Resource, resource string) restMethod {
	m := s.method(r, "OPTIONS", resource)
	if mock, ok := s.api.Mock(r); ok {
		m.Mock = &mock
	} else {
		m.URI = s.functionURI()
	}
	return m
}

func (s stack) actualMethods(r gateway.Resource, resource string) []restMethod {
	var out []restMethod
	for _, name := range r.Strings() {
		m := s.method(r, name, resource)
		if m.Backend = newBackendWords(s.api); m.Backend.Function {
			m.URI = s.functionURI()
		}
		m.Responses = s.api.IntegrationResponses()
		m.AuthorizationType = authorizationType(s.api.Auth())
		m.APIKey = s.api.Auth() == gateway.APIKey
		if s.api.HasAuthorizer() {
			m.Authorizer = s.authorizerID()
		}
		out = append(out, m)
	}
	return out
}

func (r *restStack) invokesFunction() bool {
	return slices.ContainsFunc(r.Methods, func(m restMethod) bool { return m.URI != "" })
}
