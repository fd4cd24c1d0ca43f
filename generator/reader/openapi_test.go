package reader

import "testing"

func TestOpenAPI(t *testing.T) {
	for _, c := range []readingCase{
		{desc: "Swagger 2: verbs of any case, security of the document and of an operation", src: `swagger: '2.0'
info: { title: Orders }
security: [{ key: [] }]
securityDefinitions:
  key: { type: apiKey, name: x-api-key, in: header }
  users: { type: apiKey, name: X-Token, in: header, x-amazon-apigateway-authtype: cognito_user_pools, x-amazon-apigateway-authorizer: { type: cognito_user_pools } }
  iam: { type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4 }
  custom: { type: apiKey, name: Unused, in: header, x-amazon-apigateway-authtype: custom, x-amazon-apigateway-authorizer: { type: request, identitySource: "method.request.header.A, method.request.querystring.b" } }
  other: { type: oauth2 }
x-amazon-apigateway-binary-media-types: ['*/*']
x-amazon-apigateway-cors: { allowOrigins: ['*'] }
x-amazon-apigateway-gateway-responses:
  DEFAULT_4XX:
    statusCode: 400
    responseParameters: { gatewayresponse.header.Access-Control-Allow-Origin: "'*'" }
parameters: { tenant: { in: header, name: X-Tenant } }
paths:
  /orders:
    parameters: [{ $ref: '#/parameters/tenant' }, { in: query, name: q }]
    GET:
      responses: { 200: { headers: { X-A: { type: string } } } }
      x-amazon-apigateway-integration:
        type: Aws
        httpMethod: POST
        passthroughBehavior: when_no_templates
        responses:
          default: { statusCode: '200', responseParameters: { method.response.header.X-A: integration.response.header.a } }
          5\d{2}: { statusCode: '500' }
    options: { security: [] }
    post: { security: [{ users: [] }, { key: [] }] }
    put: { security: [{ iam: [] }] }
    patch: { security: [{ custom: [] }] }
    delete: { security: [{ nobody: [] }] }
    head: { security: [{ other: [] }] }
    x-amazon-apigateway-any-method: { x-amazon-apigateway-auth: { type: AWS_IAM } }
`, want: []string{
			"- kind openapi", "1:1 rest API Orders", "10:42 binary */*", "11:1 CORS",
			"13:3 gateway response DEFAULT_4XX 400", "15:79 gateway response DEFAULT_4XX gatewayresponse.header.Access-Control-Allow-Origin = '*'",
			"20:5 GET /orders", "3:1 GET /orders API key true", "16:43 GET /orders asks for header X-Tenant",
			"21:20 GET /orders method response 200", "21:38 GET /orders declares method.response.header.X-A",
			"22:7 GET /orders integration AWS WHEN_NO_TEMPLATES ",
			`27:11 GET /orders integration response 200 ""`, `28:11 GET /orders integration response 500 "5\\d{2}"`,
			"27:91 GET /orders maps method.response.header.X-A = integration.response.header.a",
			"29:5 OPTIONS /orders", "30:13 POST /orders auth COGNITO_USER_POOLS", "6:32 POST /orders auth header X-Token", "30:13 POST /orders API key true",
			"31:12 PUT /orders auth AWS_IAM", "32:14 PATCH /orders auth CUSTOM", "8:156 PATCH /orders auth header A",
			"33:15 DELETE /orders auth {unknown: the document does not define the security scheme nobody}",
			"34:5 HEAD /orders", "35:73 ANY /orders auth AWS_IAM",
		}, not: []string{"OPTIONS /orders API", "HEAD /orders auth"}},
		{desc: "OpenAPI 3 of an HTTP API", src: `openapi: 3.0.1
info: { title: Feed }
x-amazon-apigateway-cors: { allowOrigins: [https://a.example.com], allowCredentials: true, maxAge: 600, exposeHeaders: [x-a] }
components:
  securitySchemes:
    jwt: { type: oauth2, x-amazon-apigateway-authorizer: { type: jwt, identitySource: $request.header.Authorization } }
  x-amazon-apigateway-integrations:
    backend: { type: HTTP_PROXY, payloadFormatVersion: '1.0' }
paths:
  /$default:
    x-amazon-apigateway-any-method: { x-amazon-apigateway-integration: { $ref: '#/components/x-amazon-apigateway-integrations/backend' }, security: [{ jwt: [] }] }
  /a: { get: { x-amazon-apigateway-integration: { $ref: '#/components/nothing' } } }
`, want: []string{
			"1:1 http API Feed", "3:1 CORS", "3:44 CORS origins https://a.example.com", "3:86 CORS credentials true", "3:100 CORS max-age 600", "3:121 CORS expose x-a",
			"11:5 route $default HTTP_PROXY 1.0", "11:139 route $default auth JWT", "6:87 route $default auth header Authorization", "12:9 route GET /a  ",
		}},
		{desc: "an integration that is not there", src: `openapi: 3.0.1
paths:
  /a: { get: { x-amazon-apigateway-integration: { $ref: other.yaml } } }
x-amazon-apigateway-request-validators: {}
`, name: "api.yaml", want: []string{"1:1 rest API api.yaml", "3:16 GET /a integration {unknown: it refers to other.yaml}  "}},
		{desc: "a document that is not for API Gateway", src: "openapi: 3.0.1\npaths: { /a: { get: {} } }\n", want: []string{"- kind "}},
		{desc: "references in a circle", src: `swagger: '2.0' # x-amazon-apigateway
paths: { /a: { $ref: '#/paths/~1b' }, /b: { $ref: '#/paths/~1a' } }
`, want: []string{"1:1 rest API api.yaml"}},
		{desc: "functions of CloudFormation in a document for one", src: `swagger: '2.0'
paths:
  /a:
    get:
      x-amazon-apigateway-integration: { type: aws_proxy, uri: { Fn::Sub: "${F.Arn}" } }
x-amazon-apigateway-gateway-responses: { Fn::If: [X, { DEFAULT_5XX: {} }, { DEFAULT_4XX: {} }] }
`, want: []string{"1:1 rest API api.yaml when X is true", "6:56 gateway response DEFAULT_5XX ", "6:77 gateway response DEFAULT_4XX "}},
	} {
		c.run(t, "api.yaml")
	}
}
