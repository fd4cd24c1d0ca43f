package generator

import (
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// cdkView is the stack file. Its first half is the snippet: constants and
// functions to import into one's own stack. The standalone form adds a stack
// that uses them, so the lines of the snippet stand in it as they are.
type cdkView struct {
	Name    string
	Head    []string
	Imports []cdkImport
	// Environments are those that the props of a stack choose from, nil where
	// there is one policy.
	Environments *environmentsView
	REST         *cdkREST
	HTTP         *cdkHTTP
	Stack        *cdkStack
}

// cdkImport is a module of the AWS CDK.
type cdkImport struct{ Alias, Module string }

// cdkOptions is the policy in the words of the constructs' own CORS options.
type cdkOptions struct {
	gateway.CORSConfiguration
	// AnyOrigin and SeveralOrigins say what AllowOrigins holds.
	AnyOrigin, SeveralOrigins bool
	// Props: the props of the stack choose the origins.
	Props bool
}

func newCDKOptions(c gateway.CORSConfiguration) *cdkOptions {
	return &cdkOptions{
		CORSConfiguration: c, AnyOrigin: slices.Equal(c.AllowOrigins, []string{"*"}), SeveralOrigins: len(c.AllowOrigins) > 1,
	}
}

// cdkStack is the stack of the whole example.
type cdkStack struct {
	Name string
	Auth authWords
	// Backend is what the actual methods of a REST API hand requests to.
	Backend backendWords
	// AuthHeader is the authorizer's identity source where it is not
	// Authorization, the constructs' own default.
	AuthHeader string
	REST       *cdkREST
	HTTP       *cdkHTTP
	// Handler is the source of the example function, by line.
	Handler []string
	// Props: the props choose the environment.
	Props bool
}

func renderCDK(j job) ([]File, []cors.Advice, error) {
	if err := checkCDKNames(j.api); err != nil {
		return nil, nil, err
	}
	v := cdkView{Name: j.api.Name()}
	if j.api.IsREST() {
		v.REST = newCDKREST(j.api)
	} else {
		v.HTTP = newCDKHTTP(j.api)
	}
	if err := v.takeEnvironments(j); err != nil {
		return nil, nil, err
	}
	names := []string{"cdk/cors-stack.ts"}
	if j.options.Standalone {
		if err := checkStack("cdk", CDKResources(j.api)); err != nil {
			return nil, nil, err
		}
		if v.HTTP != nil && !v.HTTP.OnePermission() {
			var routes []string
			for _, r := range j.api.Routes() {
				routes = append(routes, r.Key())
			}
			if err := checkPermissions("cdk", "Handler", routes); err != nil {
				return nil, nil, err
			}
		}
		var err error
		if v.Stack, err = newCDKStack(j, v); err != nil {
			return nil, nil, err
		}
		names = append(names, "cdk/app.ts", "cdk/package.json", "cdk/tsconfig.json", "cdk/cdk.json")
	}
	v.Head, v.Imports = cdkHead(j, v), v.imports()
	files := make([]File, len(names))
	for i, name := range names {
		f, err := j.file(name, v)
		if err != nil {
			return nil, nil, err
		}
		files[i] = f
	}
	if v.REST != nil && !v.REST.InConstructor {
		return files, adviseDefaultPaths(j), nil
	}
	return files, nil, nil
}

func newCDKStack(j job, v cdkView) (*cdkStack, error) {
	handler := ""
	if j.api.InvokesFunction() {
		var err error
		if handler, err = inlineFunction(j); err != nil {
			return nil, err
		}
	}
	s := &cdkStack{Name: v.Name, Auth: newAuthWords(j.api), Backend: newBackendWords(j.api), REST: v.REST, HTTP: v.HTTP, Handler: lines(handler), Props: j.choices != nil}
	if s.Auth.Authorizer && !strings.EqualFold(s.Auth.Header, "Authorization") {
		s.AuthHeader = s.Auth.Header
	}
	return s, nil
}

// imports are the modules the file uses.
func (v cdkView) imports() []cdkImport {
	var all []cdkImport
	add := func(used bool, alias, module string) {
		if used {
			all = append(all, cdkImport{alias, module})
		}
	}
	whole, options := v.Stack != nil, (*cdkOptions)(nil)
	if v.REST != nil {
		options = v.REST.Options
	} else {
		options = v.HTTP.Options
	}
	add(whole || options != nil && options.MaxAge != nil, "cdk", "aws-cdk-lib")
	if v.REST != nil {
		add(true, "apigateway", "aws-cdk-lib/aws-apigateway")
		add(whole && v.Stack.Auth.Cognito, "cognito", "aws-cdk-lib/aws-cognito")
		add(whole && v.Stack.Backend.Service, "iam", "aws-cdk-lib/aws-iam")
		add(whole && (v.Stack.Backend.Function || v.Stack.Auth.Lambda) || v.REST.ByLambda != nil, "lambda", "aws-cdk-lib/aws-lambda")
		return all
	}
	add(true, "apigatewayv2", "aws-cdk-lib/aws-apigatewayv2")
	add(whole && v.Stack.Auth.Guarded, "authorizers", "aws-cdk-lib/aws-apigatewayv2-authorizers")
	add(whole, "integrations", "aws-cdk-lib/aws-apigatewayv2-integrations")
	add(whole, "lambda", "aws-cdk-lib/aws-lambda")
	return all
}

// lines splits s so that joining with line feeds gives s again, the one at its
// end included.
func lines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}
