package reader

import "testing"

func TestServerless(t *testing.T) {
	for _, c := range []readingCase{
		{desc: "cors blocks", src: `service: shop
provider: { name: aws, apiGateway: { binaryMediaTypes: ['*/*'] } }
custom:
  cors:
    origins: ['https://*.example.com', '${self:custom.second}']
    headers: [Content-Type]
    allowCredentials: true
    maxAge: 600
  more: more.example
  second: https://${env:DOMAIN, 'b.example'}
functions:
  a:
    handler: a.b
    events:
      - http: GET /orders
      - http: { path: orders, method: post, cors: true, private: true, authorizer: aws_iam }
      - http:
          path: /items/{id}/
          method: any
          cors: ${self:custom.cors}
          authorizer: { arn: 'arn:aws:cognito-idp:us-east-1:1:userpool/x', name: n }
      - http: { path: more, method: get, cors: '${file(./more.yml):block}' }
      - http: { path: lam, method: get, integration: lambda, cors: { origin: 'https://${ssm:/x}' } }
      - http: { path: open, method: get, cors: '${file(cors.js)}' }
resources:
  Resources:
    G:
      Type: AWS::ApiGateway::GatewayResponse
      Properties: { RestApiId: !Ref ApiGatewayRestApi, ResponseType: DEFAULT_4XX, ResponseParameters: { gatewayresponse.header.Access-Control-Allow-Origin: "'*'" } }
`, want: []string{
			"- kind serverless", "11:1 rest API ApiGatewayRestApi", "2:57 binary */*",
			"15:9 GET /orders by Serverless http event", "16:9 POST /orders by Serverless http event", "16:72 POST /orders auth AWS_IAM", "16:57 POST /orders API key true",
			"16:45 OPTIONS /orders by Serverless cors", "16:45 OPTIONS /orders integration MOCK  CONVERT_TO_TEXT",
			"16:45 OPTIONS /orders maps method.response.header.Access-Control-Allow-Methods = 'OPTIONS,POST'",
			"16:45 OPTIONS /orders maps method.response.header.Access-Control-Allow-Origin = '*'",
			"21:11 ANY /items/{id} auth COGNITO_USER_POOLS",
			"5:15 OPTIONS /items/{id} maps method.response.header.Access-Control-Allow-Origin = 'https://*.example.com'",
			"6:15 OPTIONS /items/{id} maps method.response.header.Access-Control-Allow-Headers = 'Content-Type'",
			"7:23 OPTIONS /items/{id} maps method.response.header.Access-Control-Allow-Credentials = 'true'",
			"8:13 OPTIONS /items/{id} maps method.response.header.Access-Control-Max-Age = '600'",
			"20:11 OPTIONS /items/{id} response template application/json #set($origin = $input.params(\"Origin\"))\n#if($origin == \"\") #set($origin = $input.params(\"origin\")) #end\n#if($origin.matches(\"https://.+[.]example[.]com\") || $origin.matches(\"https://b[.]example\")) #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin) #end",
			"23:78 GET /lam maps method.response.header.Access-Control-Allow-Origin = 'https://{unknown: the variable ssm:/x is read at the deployment}'",
			"24:42 open methods: cors: the file cors.js is not read",
			"29:157 gateway response DEFAULT_4XX gatewayresponse.header.Access-Control-Allow-Origin = '*'",
			"2:11 OPTIONS /more maps method.response.header.Access-Control-Allow-Origin = 'https://more.example'",
		}, more: map[string]string{"more.yml": "block:\n  origin: https://${self:custom.more}\n"}, not: []string{"OPTIONS /open"}},
		{desc: "an HTTP API", src: `service: feed
provider:
  name: aws
  httpApi:
    payload: '1.0'
    cors: { allowedOrigins: 'https://a.example', allowCredentials: true, maxAge: 60 }
    authorizers: { jwt: { type: jwt, identitySource: $request.header.Authorization } }
functions:
  - a:
      handler: a.b
      events:
        - httpApi: '*'
        - httpApi: { path: /a, method: get, authorizer: { name: jwt } }
        - httpApi: { path: /b, method: post, authorizer: { type: aws_iam } }
`, want: []string{
			"8:1 http API HttpApi", "6:5 CORS", "6:29 CORS origins https://a.example", "6:68 CORS credentials true", "6:82 CORS max-age 60",
			"6:5 CORS headers Authorization", "6:5 CORS methods DELETE",
			"12:11 route $default AWS_PROXY 1.0", "13:11 route GET /a AWS_PROXY 1.0", "13:45 route GET /a auth JWT", "7:54 route GET /a auth header Authorization",
			"14:46 route POST /b auth AWS_IAM",
		}},
		{desc: "variables in a circle", src: `service: x
provider: { name: aws }
custom: { a: '${self:custom.b}', b: '${self:custom.a}' }
functions:
  f: { events: [{ http: { path: a, method: get, cors: { origin: '${self:custom.a}' } } }] }
`, want: []string{"3:37 OPTIONS /a maps method.response.header.Access-Control-Allow-Origin = '{unknown: the variable self:custom.a refers to itself}'"}},
		{desc: "an API of another service", src: `service: x
provider: { name: aws, apiGateway: { restApiId: abc } }
functions: { f: { events: [{ http: 'GET a' }] } }
`, want: []string{"2:38 open gateway responses: the API is declared elsewhere"}},
		{desc: "nothing with HTTP", src: "service: x\nprovider: { name: aws }\nfunctions: { f: { handler: a } }\n", want: []string{"- kind serverless"}},
	} {
		c.run(t, "serverless.yml")
	}
}
