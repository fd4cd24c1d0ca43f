package generator

import "apigw-cors/generator/gateway"

// authWords is what the actual methods ask for, in the words that Terraform and
// the AWS CLI share.
type authWords struct {
	// Type is the authorization type, Header the identity source.
	Type, Header                             string
	Authorizer, APIKey, Cognito, Lambda, JWT bool
}

func newAuthWords(api gateway.API) authWords {
	a := authWords{
		Type: "NONE", Header: api.AuthHeader().String(), Authorizer: api.HasAuthorizer(),
		APIKey: api.Auth() == gateway.APIKey, Cognito: api.Auth() == gateway.Cognito,
		Lambda: api.Auth() == gateway.Lambda, JWT: api.Auth() == gateway.JWT,
	}
	switch api.Auth() {
	case gateway.IAM:
		a.Type = "AWS_IAM"
	case gateway.Cognito:
		a.Type = "COGNITO_USER_POOLS"
	case gateway.Lambda:
		a.Type = "CUSTOM"
	case gateway.JWT:
		a.Type = "JWT"
	}
	return a
}
