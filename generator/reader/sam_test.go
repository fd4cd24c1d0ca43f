package reader

import (
	"fmt"
	"testing"
)

const samHead = `Transform: AWS::Serverless-2016-10-31
`

func TestSAM(t *testing.T) {
	for _, c := range []readingCase{
		{desc: "Cors, where it asks for what", src: samHead + `Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Cors:
        AllowOrigin: "'https://app.example.com'"
        AllowHeaders: "'Content-Type'"
        MaxAge: "'600'"
        AllowCredentials: true
      Auth:
        DefaultAuthorizer: Users
        ApiKeyRequired: true
        Authorizers: { Users: { UserPoolArn: arn } }
      GatewayResponses:
        DEFAULT_4XX:
          ResponseParameters:
            Headers:
              Access-Control-Allow-Origin: "'*'"
      BinaryMediaTypes: ["*~1*"]
  F:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Get:
          Type: Api
          Properties:
            RestApiId: !Ref Api
            Path: /orders
            Method: GET
            Auth: { ApiKeyRequired: false }
`, want: []string{
			"- kind sam", "3:3 rest API Api",
			"26:9 GET /orders by SAM event", "13:9 GET /orders auth COGNITO_USER_POOLS", "15:24 GET /orders auth header Authorization",
			"26:9 GET /orders integration AWS_PROXY  ",
			"7:7 OPTIONS /orders by SAM Cors", "13:9 OPTIONS /orders auth COGNITO_USER_POOLS", "14:9 OPTIONS /orders API key true",
			"7:7 OPTIONS /orders integration MOCK  ",
			"8:22 OPTIONS /orders maps method.response.header.Access-Control-Allow-Origin = 'https://app.example.com'",
			"9:23 OPTIONS /orders maps method.response.header.Access-Control-Allow-Headers = 'Content-Type'",
			"7:7 OPTIONS /orders maps method.response.header.Access-Control-Allow-Methods = 'GET,OPTIONS'",
			"10:17 OPTIONS /orders maps method.response.header.Access-Control-Max-Age = '600'",
			"11:27 OPTIONS /orders maps method.response.header.Access-Control-Allow-Credentials = 'true'",
			"7:7 OPTIONS /orders declares method.response.header.Access-Control-Max-Age",
			"17:9 gateway response DEFAULT_4XX ", "20:44 gateway response DEFAULT_4XX gatewayresponse.header.Access-Control-Allow-Origin = '*'",
			"21:26 binary */*",
		}, not: []string{"GET /orders API key", "refused"}},
		{desc: "an implicit API, with Globals", src: samHead + `Globals:
  Api:
    Cors: "'*'"
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Any: { Type: Api, Properties: { Path: /a, Method: any } }
`, want: []string{
			"10:9 rest API ServerlessRestApi", "10:9 ANY /a by SAM event", "4:5 OPTIONS /a by SAM Cors",
			"4:11 OPTIONS /a maps method.response.header.Access-Control-Allow-Origin = '*'",
			"4:5 OPTIONS /a maps method.response.header.Access-Control-Allow-Methods = 'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT'",
		}},
		{desc: "CorsConfiguration", src: samHead + `Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      CorsConfiguration:
        AllowOrigins: [https://a.example.com]
        AllowCredentials: 'true'
        MaxAge: 600
  F:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        All: { Type: HttpApi, Properties: { ApiId: !Ref Api } }
`, want: []string{
			"3:3 http API Api", "6:7 CORS", "7:24 CORS origins https://a.example.com", "9:17 CORS max-age 600",
			"14:9 route $default AWS_PROXY 2.0",
		}, not: []string{"credentials"}},
		{desc: "a body that is included", src: samHead + `Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Cors: "'*'"
      DefinitionBody: !Transform { Name: AWS::Include, Parameters: { Location: ./api.yaml } }
  Away:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Cors: "'*'"
      DefinitionBody: { Fn::Transform: { Name: AWS::Include, Parameters: { Location: s3://b/api.yaml } } }
  Uri:
    Type: AWS::Serverless::Api
    Properties: { StageName: prod, DefinitionUri: api.yaml }
`, more: map[string]string{"api.yaml": "swagger: '2.0'\npaths:\n  /a:\n    get: {}\n"}, want: []string{
			"4:5 GET /a", "7:7 OPTIONS /a by SAM Cors", "14:7 open everything: its body: a macro makes it", "15:3 rest API Uri",
		}, not: []string{"refused"}},
	} {
		c.run(t, "template.yaml")
	}
}

// TestSAMRefuses holds what the SAM transform refuses, and where; the file is
// read in spite of it.
func TestSAMRefuses(t *testing.T) {
	api := func(properties string) string {
		return samHead + "Resources:\n  Api:\n    Type: AWS::Serverless::Api\n    Properties:\n      StageName: prod\n" + properties +
			"  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Events:\n" +
			"        E: { Type: Api, Properties: { RestApiId: !Ref Api, Path: /a, Method: get } }\n"
	}
	event := func(properties string) string {
		return samHead + "Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Events:\n        E: { Type: Api, Properties: { " + properties + " } }\n"
	}
	for i, c := range []struct{ src, want string }{
		{api("      Cors: [a]\n"), "7:13 refused: SAM refuses Cors: it is a text or a map"},
		{api("      Cors: { ExposeHeaders: x }\n"), "7:15 refused: SAM refuses Cors: it has no key ExposeHeaders"},
		{api("      Cors: { AllowOrigin: '' }\n"), "7:7 refused: SAM refuses Cors: AllowOrigin has no value"},
		{api("      Cors: { AllowCredentials: true }\n"), `7:33 refused: SAM refuses Cors: AllowCredentials cannot be true where AllowOrigin is "'*'" or not set`},
		{api("      DefinitionUri: s3://b/k\n      Cors: x\n"), "8:7 refused: SAM refuses Cors: it works only with an OpenAPI document in DefinitionBody"},
		{api("      DefinitionUri: s3://b/k\n      GatewayResponses: { X: {} }\n"), "8:7 refused: SAM refuses GatewayResponses: it works only with an OpenAPI document in DefinitionBody"},
		{api("      Auth: { DefaultAuthorizer: X }\n"), "7:34 refused: SAM refuses DefaultAuthorizer: Authorizers have no X"},
		{api("      GatewayResponses: { X: { responseParameters: {} } }\n"), "7:32 refused: SAM refuses the gateway response X: it has no property responseParameters"},
		{api("      GatewayResponses: { X: { ResponseParameters: { headers: {} } } }\n"), "7:54 refused: SAM refuses the gateway response parameter headers: write names under Headers, without a prefix"},
		{api("      GatewayResponses: { X: !Ref Y }\n"), "7:27 refused: SAM refuses the gateway response X: it must be a map"},
		{event("Path: /a, Method: get, RestApiId: !ImportValue x"), "7:73 refused: the event's API is not a reference to an API of its kind in this template"},
		{event("Path: !Ref P, Method: get"), "7:9 refused: event E: Path and Method must be texts"},
		{event("Path: /a, Method: get, Auth: { Authorizer: NONE }"), "7:82 refused: SAM refuses the authorizer NONE: the API has no DefaultAuthorizer"},
		{event("Path: /a, Method: get, Auth: { Authorizer: X }"), "7:82 refused: SAM refuses the authorizer X: the API's Authorizers do not have it"},
		{event("Path: /a, Method: get, Auth: { ApiKeyRequired: false }"), "7:86 refused: SAM refuses ApiKeyRequired: false: the API does not require a key"},
		{event("Path: /a, Method: get, RequestParameters: [X-A]"), "7:82 refused: SAM refuses the request parameter: write it as method.request.header.NAME, querystring or path likewise"},
		{event("Path: /a, Method: get") + "        G: { Type: Api, Properties: { Path: /a, Method: GET } }\n", "8:9 refused: SAM refuses GET /a: it is defined more than once"},
		{samHead + "Globals: { Api: { StageName: x } }\nResources: { A: { Type: AWS::Serverless::Api } }\n", "2:19 refused: SAM does not support StageName in Globals.Api"},
		{samHead + "Resources: { A: { Type: AWS::Serverless::HttpApi, Properties: { CorsConfiguration: { AllowOrigin: x } } } }\n", "2:86 refused: SAM refuses CorsConfiguration: it has no key AllowOrigin"},
		{samHead + "Resources: { A: { Type: AWS::Serverless::HttpApi, Properties: { CorsConfiguration: x } } }\n", "2:84 refused: SAM refuses CorsConfiguration: it is true or a map"},
	} {
		readingCase{desc: fmt.Sprint(i), src: c.src, want: []string{c.want}}.run(t, "template.yaml")
	}
}
