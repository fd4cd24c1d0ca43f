package generator

import "apigw-cors/generator/gateway"

// authWords is what the actual methods ask for, in API Gateway's words.
type authWords struct {
	// Type is the authorization type, Header the identity source.
	Type, Header string
	// Guarded reports that they ask for anything, Authorizer that they ask
	// an authorizer; the others say what it is.
	Guarded, Authorizer, APIKey, IAM, Cognito, Lambda, JWT bool
}

func newAuthWords(api gateway.API) authWords {
	auth := api.Auth()
	return authWords{
		Type: authorizationType(auth), Header: api.AuthHeader().String(),
		Guarded: auth != gateway.NoAuth, Authorizer: api.HasAuthorizer(), APIKey: auth == gateway.APIKey,
		IAM: auth == gateway.IAM, Cognito: auth == gateway.Cognito, Lambda: auth == gateway.Lambda, JWT: auth == gateway.JWT,
	}
}

// authorizationType is the authorization type of a method or a route.
// https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethod.html
func authorizationType(a gateway.Auth) string {
	switch a {
	case gateway.IAM:
		return "AWS_IAM"
	case gateway.Cognito:
		return "COGNITO_USER_POOLS"
	case gateway.Lambda:
		return "CUSTOM"
	case gateway.JWT:
		return "JWT"
	}
	return "NONE"
}
