package generator

import (
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// cdkView is the stack file. Its first half is the snippet: constants and
// functions to import into one's own stack. The standalone form adds a stack
// that uses them, so the lines of the snippet stand in it as they are.
type cdkView struct {
	Name, Command string
	Standalone    bool
	// HandlerSends reports that the Lambda function sends the CORS headers of
	// actual responses.
	HandlerSends bool
	Auth         gateway.Auth
	// AuthHeader is the authorizer's identity source where it is not
	// Authorization, the constructs' own default.
	AuthHeader string
	REST       *cdkREST
	HTTP       *cdkHTTP
	// Handler is the source of the example function, by line.
	Handler []string
}

// cdkOptions is the policy in the words of the constructs' own CORS options.
type cdkOptions gateway.CORSConfiguration

// What stands in front of the methods of the example.
func (v cdkView) Guarded() bool          { return v.Auth != gateway.NoAuth }
func (v cdkView) APIKey() bool           { return v.Auth == gateway.APIKey }
func (v cdkView) IAM() bool              { return v.Auth == gateway.IAM }
func (v cdkView) Cognito() bool          { return v.Auth == gateway.Cognito }
func (v cdkView) LambdaAuthorizer() bool { return v.Auth == gateway.Lambda }
func (v cdkView) JWT() bool              { return v.Auth == gateway.JWT }

// UsesCDK reports whether the file needs the module of Stack and Duration.
func (v cdkView) UsesCDK() bool {
	var o *cdkOptions
	switch {
	case v.HTTP != nil:
		o = v.HTTP.Options
	case v.REST.Default != nil:
		o = v.REST.Default
	default:
		o = v.REST.PerResource
	}
	return v.Standalone || o != nil && o.MaxAge != nil
}

func renderCDK(j job) ([]File, []cors.Advice, error) {
	if err := cdkNames(j.api); err != nil {
		return nil, nil, err
	}
	api := j.api
	v := cdkView{
		Name: api.Name(), Command: j.command(j.options.Standalone),
		Standalone: j.options.Standalone, Auth: api.Auth(),
		HandlerSends: api.ActualResponder() == gateway.ByLambda,
	}
	if api.HasAuthorizer() && !strings.EqualFold(api.AuthHeader().String(), "Authorization") {
		v.AuthHeader = api.AuthHeader().String()
	}
	if api.IsREST() {
		v.REST = newCDKREST(api)
	} else {
		v.HTTP = newCDKHTTP(api)
	}
	names := []string{"cdk/cors-stack.ts"}
	if v.Standalone {
		handler, err := inlineFunction(j)
		if err != nil {
			return nil, nil, err
		}
		v.Handler = lines(handler)
		names = append(names, "cdk/app.ts", "cdk/package.json", "cdk/tsconfig.json", "cdk/cdk.json")
	}
	files := make([]File, len(names))
	for i, name := range names {
		f, err := j.file(name, v)
		if err != nil {
			return nil, nil, err
		}
		files[i] = f
	}
	return files, nil, nil
}

// lines splits s so that joining with line feeds gives s again, the one at its
// end included.
func lines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}
