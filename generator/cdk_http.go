package generator

import (
	"apigw-cors/generator/gateway"
)

// cdkHTTP is an HTTP API in CDK's words.
type cdkHTTP struct {
	// Options are the CORS configuration, nil where the Lambda function
	// answers the preflight.
	Options *cdkOptions
	// AllowMethods are its methods, as members of CorsHttpMethod.
	AllowMethods []string
	// MaxAgeOff is max-age -1, which Duration cannot hold.
	MaxAgeOff bool
	// Preflight are the paths with an OPTIONS route of their own.
	Preflight []string
	// DefaultRoute reports a $default route; Routes are the others.
	DefaultRoute bool
	Routes       []cdkRoute
	// PayloadFormat1 is for functions that take the event of a REST API.
	PayloadFormat1 bool
}

// OnePermission reports that a permission for the API as a whole covers all
// routes. Its source ends in a stage, a method and a path, and that of $default
// has no path.
func (v *cdkHTTP) OnePermission() bool { return !v.DefaultRoute }

// IntegrationOptions reports that the integration has any.
func (v *cdkHTTP) IntegrationOptions() bool { return v.OnePermission() || v.PayloadFormat1 }

// cdkRoute is the routes of one path.
type cdkRoute struct {
	Path    string
	Methods []string
}

func newCDKHTTP(api gateway.API) *cdkHTTP {
	v := &cdkHTTP{PayloadFormat1: api.PayloadFormat() == gateway.PayloadFormat1}
	if c, ok := api.CORSConfiguration(); ok {
		v.Options = newCDKOptions(c)
		for _, m := range c.AllowMethods {
			v.AllowMethods = append(v.AllowMethods, cdkMethod(m))
		}
		if v.MaxAgeOff = c.MaxAge != nil && *c.MaxAge < 0; v.MaxAgeOff {
			v.Options.MaxAge = nil
		}
	}
	for _, r := range api.Routes() {
		switch {
		case r.Preflight:
			v.Preflight = append(v.Preflight, r.Path)
		case r.Path == gateway.DefaultRoute:
			v.DefaultRoute = true
		case len(v.Routes) > 0 && v.Routes[len(v.Routes)-1].Path == r.Path:
			last := &v.Routes[len(v.Routes)-1]
			last.Methods = append(last.Methods, r.Method)
		default:
			v.Routes = append(v.Routes, cdkRoute{r.Path, []string{r.Method}})
		}
	}
	return v
}

// cdkMethod is a method's name in CorsHttpMethod.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_apigatewayv2.CorsHttpMethod.html
func cdkMethod(m string) string {
	if m == "*" {
		return "ANY"
	}
	return m
}
