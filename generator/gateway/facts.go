package gateway

import "strings"

// Facts are what API Gateway is told about one API by a file that somebody
// wrote: read, not decided, and therefore as wrong and as incomplete as the
// file. What the file leaves to a default of the service stays absent here;
// what cannot be known from the file is unknown, with the reason.
//
// A REST API has Methods, GatewayResponses, BinaryMediaTypes and Deployments;
// an HTTP API has CORS and Routes.
type Facts struct {
	Kind Kind
	// Name is how the file's author calls the API: a logical id, a construct
	// path, a resource address, or the title of an OpenAPI document.
	Name string
	// Tool is what reads the file: "sam", "cloudformation", "cdk", "openapi",
	// "terraform" or "serverless".
	Tool  string
	Place Place
	// When names the conditions under which the facts hold, as in
	// "IsProd is true"; "" where they always do.
	When string

	Methods          []MethodFacts
	GatewayResponses []GatewayResponseFacts
	BinaryMediaTypes []Text
	Deployments      []DeploymentFacts

	CORS   *CORSFacts
	Routes []RouteFacts

	// Open lists what else may be told about the API where nobody can see it:
	// a body in S3, a module from a registry, another stack. A conclusion from
	// absence must ask it first.
	Open []Open
}

// Open is a part of an API that the file does not show.
type Open struct {
	// Part is what may be there.
	Part  Part
	Why   string
	Place Place
}

// Part is a part of what API Gateway is told.
type Part string

// The parts. Everything stands for all of them.
const (
	Everything         Part = "everything"
	OpenMethods        Part = "methods"
	OpenResponses      Part = "gateway responses"
	OpenCORS           Part = "CORS configuration"
	OpenDeployment     Part = "deployment"
	OpenMethodResponse Part = "method responses"
)

// IsOpen reports why part of the API may be told elsewhere; "" where the file
// says it all.
func (f *Facts) IsOpen(part Part) (why string) {
	for _, o := range f.Open {
		if o.Part == part || o.Part == Everything {
			return o.Why
		}
	}
	return ""
}

// Place is where something stands in a file.
type Place struct {
	// File is a path with slashes, relative to where reading began.
	File string
	// Line and Column count from 1, the column in characters; 0 where only
	// the file is known.
	Line, Column int
	// Start and End are the offsets in bytes of the text that says it, quotes
	// included; both 0 where that is unknown.
	Start, End int
}

// IsZero reports whether there is no place: nothing in a file says it.
func (p Place) IsZero() bool { return p.File == "" }

// Fact is a value that a file gives, or does not.
type Fact[T any] struct {
	Value T
	// Unknown is why the value cannot be known; "" where it is known.
	Unknown string
	// Place is zero where the file does not give it: Value is then the zero
	// value of its type, not the service's default.
	Place Place
}

// IsGiven reports whether the file gives a value, known or not.
func (f Fact[T]) IsGiven() bool { return !f.Place.IsZero() }

// Text is a string that a file gives, of which some parts may be unknown: of
// "'https://${Domain}'" the quotes are known even where Domain is not. The
// zero Text stands for one that is not given.
type Text struct {
	Parts []TextPart
	Place Place
}

// TextPart is a stretch of a [Text]: a literal, or unknown with the reason.
type TextPart struct {
	Literal string
	Unknown string
}

// Literal is a known Text.
func Literal(s string, at Place) Text {
	return Text{Parts: []TextPart{{Literal: s}}, Place: at}
}

// Unknown is a Text of which nothing is known but why.
func Unknown(why string, at Place) Text {
	return Text{Parts: []TextPart{{Unknown: why}}, Place: at}
}

// IsGiven reports whether the file gives a text, known or not.
func (t Text) IsGiven() bool { return !t.Place.IsZero() || len(t.Parts) > 0 }

// Value is the text, and whether all of it is known. A text that is not given
// is known to be "".
func (t Text) Value() (s string, known bool) {
	if t.Unknown() != "" {
		return "", false
	}
	var b strings.Builder
	for _, p := range t.Parts {
		b.WriteString(p.Literal)
	}
	return b.String(), true
}

// Unknown is why the first unknown part cannot be known; "" where all of it is.
func (t Text) Unknown() string {
	for _, p := range t.Parts {
		if p.Unknown != "" {
			return p.Unknown
		}
	}
	return ""
}

// MethodFacts are a method of a REST API's resource.
type MethodFacts struct {
	// Method is "GET" or "ANY" in upper case; Path is that of the resource
	// from the root, "/orders/{id}".
	Method, Path Text
	// Resource is what the file calls the resource of the path: a logical id, or
	// an address of Terraform. Not given for the root, and where the file has no
	// name for it.
	Resource Text
	Place    Place
	Auth     AuthFacts
	// RequestHeaders are the request headers the method declares
	// (method.request.header.NAME, or the parameters of an operation).
	RequestHeaders []Text
	// Integration is nil where the file gives none.
	Integration *IntegrationFacts
	// Responses are the method responses.
	Responses []MethodResponseFacts
	// Validated is true where a request validator may answer 400 by itself.
	Validated Fact[bool]
	// MadeBy is what wrote the method on the author's behalf, such as "SAM
	// Cors"; its places are then those of the property that asked for it.
	MadeBy string
}

// AuthFacts are what a method or a route asks of its caller.
type AuthFacts struct {
	// Type is the control plane's word: NONE, AWS_IAM, CUSTOM,
	// COGNITO_USER_POOLS or JWT. Absent means NONE.
	Type Text
	// Headers are the request headers of the authorizer's identity source.
	Headers []Text
	// APIKeyRequired is beside Type: a method may ask for both.
	APIKeyRequired Fact[bool]
}

// IntegrationFacts are the integration of a method.
type IntegrationFacts struct {
	// Type is MOCK, AWS, AWS_PROXY, HTTP or HTTP_PROXY.
	Type            Text
	Passthrough     Text
	ContentHandling Text
	// Target is the integration's URI.
	Target           Text
	RequestTemplates []TemplateFacts
	Responses        []IntegrationResponseFacts
	Place            Place
}

// TemplateFacts are the mapping template for a media type.
type TemplateFacts struct {
	MediaType, Template Text
}

// IntegrationResponseFacts are what an integration makes of its backend's
// answer.
type IntegrationResponseFacts struct {
	Status Text
	// Pattern is the selection pattern; absent (or "default" in OpenAPI, given
	// as absent here) marks the default response.
	Pattern         Text
	ContentHandling Text
	Headers         []HeaderFacts
	Templates       []TemplateFacts
	Place           Place
	// AfterMethodResponse is false where the tool may create this before the
	// method response that declares its headers (Terraform without a reference
	// or depends_on); API Gateway refuses that now and then. Not given where
	// the tool has no such race.
	AfterMethodResponse Fact[bool]
	// AfterIntegration is false where the tool may create this before the
	// integration whose answer it maps: the same race.
	AfterIntegration Fact[bool]
}

// HeaderFacts are a header that a response is told to carry.
type HeaderFacts struct {
	// Key is as the file has it, "method.response.header.Vary"; Name is the
	// header's name without the prefix, as the tool will have it.
	Key, Name Text
	// Value is the mapping expression: a static value stands between inner
	// single quotes. Not given in a method response.
	Value Text
}

// MethodResponseFacts are a method response: the headers that may be mapped.
type MethodResponseFacts struct {
	Status  Text
	Headers []HeaderFacts
	Place   Place
}

// GatewayResponseFacts are a gateway response of a REST API.
type GatewayResponseFacts struct {
	// Type is the response type, such as DEFAULT_4XX.
	Type, Status Text
	Headers      []HeaderFacts
	// HeadersPlace is where the file gives the headers; zero where it gives
	// none.
	HeadersPlace Place
	Templates    []TemplateFacts
	Place        Place
}

// DeploymentFacts are a deployment of a REST API: a snapshot.
type DeploymentFacts struct {
	Name  string
	Place Place
	// Misses are the keys ("OPTIONS /orders") of methods, and the types of
	// gateway responses, that the tool may create after the snapshot is taken.
	Misses []string
	// After is where the file says what is made before it: DependsOn,
	// depends_on; zero where it does not.
	After Place
	// Renews is false where a change of the API takes no new snapshot: no
	// triggers in Terraform, the same logical id in CloudFormation. Not given
	// where the tool sees to it, as SAM and CDK do.
	Renews Fact[bool]
}

// CORSFacts are the CORS configuration of an HTTP API. A list that is absent
// is not given.
type CORSFacts struct {
	AllowOrigins, AllowMethods, AllowHeaders, ExposeHeaders Fact[[]Text]
	AllowCredentials                                        Fact[bool]
	MaxAge                                                  Fact[int]
	Place                                                   Place
}

// RouteFacts are a route of an HTTP API.
type RouteFacts struct {
	// Key is "GET /orders", or "$default".
	Key   Text
	Auth  AuthFacts
	Place Place
	// Integration is the integration type, such as AWS_PROXY; Payload its
	// payload format version.
	Integration, Payload Text
	// Target is what the file calls the integration, as MethodFacts.Resource.
	Target Text
}
