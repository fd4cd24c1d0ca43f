package reader

import "testing"

const restHead = `Parameters:
  Stage: { Type: String }
  Domain: { Type: String }
  Origin: { Type: String, Default: "'https://app.example.com'" }
  Origins: { Type: CommaDelimitedList, Default: "https://a.example.com, https://b.example.com" }
  FromSSM: { Type: "AWS::SSM::Parameter::Value<String>", Default: /origin }
Mappings:
  M: { dev: { o: "'*'" } }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsTest: !Equals [!Ref Stage, test]
  NotProd: !Not [!Condition IsProd]
  Never: !And [!Equals [a, b], !Condition IsProd]
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
`

func TestCloudFormation(t *testing.T) {
	for _, c := range []readingCase{
		{desc: "paths, methods, mappings and their places", src: `Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      BinaryMediaTypes: ["*~1*"]
  Orders:
    Type: AWS::ApiGateway::Resource
    Properties: { RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: orders }
  Order:
    Type: AWS::ApiGateway::Resource
    Properties: { RestApiId: !Ref Api, ParentId: !Ref Orders, PathPart: "{id}" }
  Options:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref Order
      HttpMethod: options
      AuthorizationType: NONE
      ApiKeyRequired: 'true'
      RequestParameters: { method.request.header.X-A: true }
      Integration:
        Type: MOCK
        ContentHandling: CONVERT_TO_TEXT
        RequestTemplates: { application/json: '{"statusCode": 204}' }
        IntegrationResponses:
          - StatusCode: 204
            ResponseParameters:
              method.response.header.Vary: "'Origin'"
              Access-Control-Allow-Origin: https://app.example.com
      MethodResponses:
        - StatusCode: 204
          ResponseParameters:
            method.response.header.Vary: true
  Root:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: { Fn::GetAtt: [Api, RootResourceId] }
      HttpMethod: GET
      AuthorizationType: CUSTOM
      AuthorizerId: !Ref Authorizer
  Authorizer:
    Type: AWS::ApiGateway::Authorizer
    Properties: { RestApiId: !Ref Api, Type: REQUEST, IdentitySource: "method.request.header.X-Token, context.path" }
  Denied:
    Type: AWS::ApiGateway::GatewayResponse
    Properties:
      RestApiId: !Ref Api
      ResponseType: DEFAULT_4XX
      ResponseParameters:
        gatewayresponse.header.Access-Control-Allow-Origin: method.request.header.origin
  Deployment:
    Type: AWS::ApiGateway::Deployment
    DependsOn: [Root]
    Properties: { RestApiId: !Ref Api }
`, want: []string{
			"- kind cloudformation", "2:3 rest API Api", "5:26 binary */*",
			"12:3 OPTIONS /orders/{id}", "18:26 OPTIONS /orders/{id} auth NONE", "19:23 OPTIONS /orders/{id} API key true",
			"20:28 OPTIONS /orders/{id} asks for header X-A",
			"21:7 OPTIONS /orders/{id} integration MOCK  CONVERT_TO_TEXT",
			`24:47 OPTIONS /orders/{id} request template application/json {"statusCode": 204}`,
			`26:13 OPTIONS /orders/{id} integration response 204 ""`,
			"28:44 OPTIONS /orders/{id} maps method.response.header.Vary = 'Origin'",
			"29:44 OPTIONS /orders/{id} maps Access-Control-Allow-Origin = https://app.example.com",
			"31:11 OPTIONS /orders/{id} method response 204",
			"33:13 OPTIONS /orders/{id} declares method.response.header.Vary",
			"34:3 GET /", "44:71 GET / auth header X-Token",
			"45:3 gateway response DEFAULT_4XX ",
			"51:61 gateway response DEFAULT_4XX gatewayresponse.header.Access-Control-Allow-Origin = method.request.header.origin",
			"52:3 deployment Deployment misses [OPTIONS /orders/{id} DEFAULT_4XX] renews true false",
			"54:5 deployment Deployment is made after others",
		}},
		{desc: "JSON, and what a deployment waits for through others", name: "t.json", src: `{"Resources": {
"Api": {"Type": "AWS::ApiGateway::RestApi"},
"A": {"Type": "AWS::ApiGateway::Method", "DependsOn": "B", "Properties": {"RestApiId": {"Ref": "Api"}, "ResourceId": {"Fn::GetAtt": "Api.RootResourceId"}, "HttpMethod": "GET"}},
"B": {"Type": "AWS::ApiGateway::Method", "Properties": {"RestApiId": {"Ref": "Api"}, "ResourceId": {"Fn::GetAtt": ["Api", "RootResourceId"]}, "HttpMethod": "POST"}},
"C": {"Type": "AWS::ApiGateway::Method", "Properties": {"RestApiId": {"Ref": "Api"}, "ResourceId": {"Fn::GetAtt": ["Api", "RootResourceId"]}, "HttpMethod": "PUT"}},
"DeploymentA1b2c3d4e5": {"Type": "AWS::ApiGateway::Deployment", "DependsOn": "A", "Properties": {"RestApiId": {"Ref": "Api"}}}}}`,
			want: []string{"3:1 GET /", "6:1 deployment DeploymentA1b2c3d4e5 misses [PUT /] renews false false"}},
		{desc: "what is known of what is put together", src: restHead + `  G:
    Type: AWS::ApiGateway::GatewayResponse
    Properties:
      RestApiId: !Ref Api
      ResponseType: DEFAULT_4XX
      ResponseParameters:
        gatewayresponse.header.A: !Sub "'https://${Domain}'"
        gatewayresponse.header.B: !Ref Origin
        gatewayresponse.header.C: { "Fn::Join": ["", ["'", !Select [1, !Ref Origins], "'"]] }
        gatewayresponse.header.D: !FindInMap [M, dev, o]
        gatewayresponse.header.E: !Join [",", !Split ["|", "a|b"]]
        gatewayresponse.header.F: !Sub ["'${X}${!Y}'", { X: !Ref Origin }]
        gatewayresponse.header.G: !ImportValue other-Origin
        gatewayresponse.header.H: "'{{resolve:ssm:/origin}}'"
        gatewayresponse.header.I: !Ref FromSSM
        gatewayresponse.header.J: !Ref AWS::NoValue
        gatewayresponse.header.K: !Sub "'${AWS::Region}.example.com'"
        gatewayresponse.header.L: !If [Never, "'x'", "'y'"]
        gatewayresponse.header.M: !GetAtt Api.Name
        gatewayresponse.header.N: !Ref Nothing
        gatewayresponse.header.O: [a]
        gatewayresponse.header.P: !Base64 x
        gatewayresponse.header.Q: !Select [9, [a]]
        gatewayresponse.header.R: !FindInMap [M, prod, o, { DefaultValue: "'d'" }]
`, want: []string{
			"23:35 gateway response DEFAULT_4XX gatewayresponse.header.A = 'https://{unknown: parameter Domain has no default}'",
			"24:35 gateway response DEFAULT_4XX gatewayresponse.header.B = 'https://app.example.com'",
			"25:35 gateway response DEFAULT_4XX gatewayresponse.header.C = 'https://b.example.com'",
			"26:35 gateway response DEFAULT_4XX gatewayresponse.header.D = '*'",
			"27:35 gateway response DEFAULT_4XX gatewayresponse.header.E = a,b",
			"28:35 gateway response DEFAULT_4XX gatewayresponse.header.F = ''https://app.example.com'${Y}'",
			"29:35 gateway response DEFAULT_4XX gatewayresponse.header.G = {unknown: another stack exports other-Origin}",
			"30:35 gateway response DEFAULT_4XX gatewayresponse.header.H = '{unknown: {{resolve:ssm:/origin}} is read at the deployment}'",
			"31:35 gateway response DEFAULT_4XX gatewayresponse.header.I = {unknown: parameter FromSSM is read from Systems Manager at the deployment}",
			"33:35 gateway response DEFAULT_4XX gatewayresponse.header.K = '{unknown: AWS::Region is known once it is deployed}.example.com'",
			"34:54 gateway response DEFAULT_4XX gatewayresponse.header.L = 'y'",
			"35:35 gateway response DEFAULT_4XX gatewayresponse.header.M = {unknown: Api.Name is known once it is deployed}",
			"36:35 gateway response DEFAULT_4XX gatewayresponse.header.N = {unknown: the template has no Nothing}",
			"37:35 gateway response DEFAULT_4XX gatewayresponse.header.O = {unknown: a list stands where a text is expected}",
			"38:35 gateway response DEFAULT_4XX gatewayresponse.header.P = {unknown: Fn::Base64 is known once it is deployed}",
			"39:35 gateway response DEFAULT_4XX gatewayresponse.header.Q = {unknown: Fn::Select finds nothing at its index}",
			"40:75 gateway response DEFAULT_4XX gatewayresponse.header.R = 'd'",
		}, not: []string{"header.J"}},
		{desc: "parameters that are given", options: Options{Parameters: map[string]string{"Domain": "x.example", "Stage": "prod"}}, src: restHead + `  G:
    Type: AWS::ApiGateway::GatewayResponse
    Properties:
      RestApiId: !Ref Api
      ResponseType: DEFAULT_4XX
      ResponseParameters:
        gatewayresponse.header.A: !If [NotProd, "'*'", !Sub "'https://${Domain}'"]
`, want: []string{"15:3 rest API Api", "23:56 gateway response DEFAULT_4XX gatewayresponse.header.A = 'https://x.example'"}},
		{desc: "both ways where a condition is not known", src: restHead + `  G:
    Type: AWS::ApiGateway::GatewayResponse
    Condition: IsTest
    Properties:
      RestApiId: !Ref Api
      ResponseType: DEFAULT_4XX
      ResponseParameters: { gatewayresponse.header.A: !If [IsProd, "'p'", "'n'"], gatewayresponse.header.B: !If [NotProd, "'n'", "'p'"] }
`, want: []string{
			"15:3 rest API Api when IsTest is true and IsProd is false and NotProd is true", "15:3 rest API Api when IsTest is false",
			"23:75 gateway response DEFAULT_4XX gatewayresponse.header.A = 'n'",
			"23:123 gateway response DEFAULT_4XX gatewayresponse.header.B = 'n'",
		}, not: []string{"= 'p'"}},
		{desc: "a condition that makes no difference", src: restHead + `    Properties: { BinaryMediaTypes: !If [IsProd, !Ref AWS::NoValue, []] }
`, want: []string{"15:3 rest API Api"}, not: []string{"when"}},
		{desc: "an API under a condition", src: restHead + `    Condition: IsProd
`, want: []string{"15:3 rest API Api when IsProd is true"}},
		{desc: "a fourth unknown comparison is not taken both ways", src: `Parameters: { A: {Type: String}, B: {Type: String}, C: {Type: String}, D: {Type: String} }
Conditions: { CA: !Equals [!Ref A, x], CB: !Equals [!Ref B, x], CC: !Equals [!Ref C, x], CD: !Equals [!Ref D, x] }
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties: { BinaryMediaTypes: [!If [CA, a, b], !If [CB, a, b], !If [CC, a, b], !If [CD, a, b]] }
`, want: []string{"4:3 rest API Api when CA is true and CB is true and CC is true", "6:86 binary {unknown: condition CD is not known}"}},
		{desc: "an inline body", src: restHead + `    Properties:
      Body:
        swagger: '2.0'
        paths: { /a: { get: { x-amazon-apigateway-integration: { type: aws_proxy } } } }
`, want: []string{"20:24 GET /a", "20:31 GET /a integration AWS_PROXY  "}},
		{desc: "a body that is there, and one that is not", src: `Resources:
  Here:
    Type: AWS::ApiGateway::RestApi
    Properties: { BodyS3Location: ./api.yaml }
  There:
    Type: AWS::ApiGateway::RestApi
    Properties: { BodyS3Location: { Bucket: b, Key: k } }
  Included:
    Type: AWS::ApiGateway::RestApi
    Properties: { Body: { "Fn::Transform": { Name: AWS::Include, Parameters: { Location: api.yaml } } } }
  Away:
    Type: AWS::ApiGateway::RestApi
    Properties: { Body: { "Fn::Transform": { Name: AWS::Include, Parameters: { Location: !Sub "s3://${AWS::Region}/api.yaml" } } } }
`, more: map[string]string{"api.yaml": "swagger: '2.0'\npaths:\n  /a:\n    get: {}\n"}, want: []string{
			"2:3 rest API Here", "8:3 rest API Included", "4:5 GET /a",
			"7:19 open everything: its body is in S3", "13:19 open everything: its body: a macro makes it",
		}},
		{desc: "what may be told elsewhere", src: `Transform: [AWS::Serverless-2016-10-31, MyMacro]
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties: { CloneFrom: abc }
  Stack:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: x, Parameters: { ApiId: !Ref Api } }
  Fn::ForEach::Methods: [X, [a], {}]
Outputs:
  Id: { Value: !Ref Api, Export: { Name: api } }
`, want: []string{
			"1:41 open everything: the macro MyMacro rewrites the template", "9:3 open everything: Fn::ForEach::Methods makes more resources",
			"5:19 open everything: it is cloned from another API", "8:49 open methods: the nested stack Stack gets the API",
			"11:26 open gateway responses: other stacks may import the API",
		}},
		{desc: "an API of another stack", src: `Parameters: { ApiId: { Type: String }, ParentId: { Type: String } }
Resources:
  Items:
    Type: AWS::ApiGateway::Resource
    Properties: { RestApiId: !Ref ApiId, ParentId: !Ref ParentId, PathPart: items }
  Get:
    Type: AWS::ApiGateway::Method
    Properties: { RestApiId: !Ref ApiId, ResourceId: !Ref Items, HttpMethod: GET, AuthorizerId: !ImportValue x, AuthorizationType: CUSTOM }
  Route:
    Type: AWS::ApiGatewayV2::Route
    Properties: { ApiId: !ImportValue HttpApi, RouteKey: GET /x }
  Connect: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !ImportValue Socket, RouteKey: $connect } }
`, want: []string{
			"6:3 rest API ApiId", "8:30 open methods: the API is declared elsewhere",
			"6:3 GET {unknown: the resource above it: parameter ParentId has no default}/items",
			"8:97 GET {unknown: the resource above it: parameter ParentId has no default}/items auth header {unknown: the authorizer's identity source is told elsewhere}",
			"9:3 http API ", "9:3 route GET /x  ",
		}, not: []string{"$connect"}},
		{desc: "an HTTP API", src: `Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      ProtocolType: HTTP
      Target: !GetAtt F.Arn
      CorsConfiguration:
        AllowOrigins: [https://a.example.com, "*"]
        AllowHeaders: content-type
        AllowCredentials: true
        MaxAge: '600'
  Socket: { Type: AWS::ApiGatewayV2::Api, Properties: { ProtocolType: WEBSOCKET } }
  Connect: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Socket, RouteKey: $connect } }
  Route:
    Type: AWS::ApiGatewayV2::Route
    Properties:
      ApiId: !Ref Api
      RouteKey: GET /a
      AuthorizationType: JWT
      AuthorizerId: !Ref Jwt
      Target: !Join [/, [integrations, !Ref I]]
  I: { Type: AWS::ApiGatewayV2::Integration, Properties: { ApiId: !Ref Api, IntegrationType: AWS_PROXY, PayloadFormatVersion: '2.0' } }
  Jwt: { Type: AWS::ApiGatewayV2::Authorizer, Properties: { ApiId: !Ref Api, AuthorizerType: JWT, IdentitySource: [$request.header.Authorization] } }
`, want: []string{
			"2:3 http API Api", "6:7 route $default AWS_PROXY ", "14:3 route GET /a AWS_PROXY 2.0", "19:26 route GET /a auth JWT",
			"23:116 route GET /a auth header Authorization",
			"7:7 CORS", "8:24 CORS origins https://a.example.com", "8:47 CORS origins *", "9:23 CORS headers content-type",
			"10:27 CORS credentials true", "11:17 CORS max-age 600",
		}, not: []string{"Socket", "$connect"}},
		{desc: "CORS that is not known", src: `Parameters: { Origins: { Type: CommaDelimitedList } }
Resources:
  A: { Type: AWS::ApiGatewayV2::Api, Properties: { CorsConfiguration: !Ref Nothing } }
  B: { Type: AWS::ApiGatewayV2::Api, Properties: { CorsConfiguration: { AllowOrigins: !Ref Origins, MaxAge: soon } } }
`, want: []string{
			"3:52 open CORS configuration: the template has no Nothing", "4:73 CORS origins unknown: parameter Origins has no default",
			`4:109 CORS max-age 0"soon" is not a whole number`,
		}},
		{desc: "the CDK's names", name: "S.template.json", src: `{"Resources": {
"ApiF70": {"Type": "AWS::ApiGateway::RestApi", "Metadata": {"aws:cdk:path": "S/Api/Resource"}},
"Opt": {"Type": "AWS::ApiGateway::Method", "Properties": {"HttpMethod": "OPTIONS", "ResourceId": {"Fn::GetAtt": ["ApiF70", "RootResourceId"]}, "RestApiId": {"Ref": "ApiF70"}}},
"ApiDeployment1": {"Type": "AWS::ApiGateway::Deployment", "Metadata": {"aws:cdk:path": "S/Api/Deployment/Resource"}, "DependsOn": ["Opt"], "Properties": {"RestApiId": {"Ref": "ApiF70"}}},
"CDKMetadata": {"Type": "AWS::CDK::Metadata"}}}`,
			want: []string{"- kind cdk", "2:1 rest API S/Api", "3:1 OPTIONS /", "4:1 deployment S/Api/Deployment misses [] renews false false"}},
		{desc: "a broken file", src: "Resources:\n  A: [\n    Type: x\n", want: []string{"2:0 fault: did not find expected ',' or ']'"}},
		{desc: "nothing of ours", src: "a: 1\n", want: []string{"- kind "}},
		{desc: "keys that stand twice", src: restHead + "    Type: AWS::ApiGateway::RestApi\n", want: []string{"15:3 rest API Api", "16:5 replaced"}},
	} {
		c.run(t, "template.yaml")
	}
}
