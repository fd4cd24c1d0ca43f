// CORS for the REST API Reports: AWS CDK (aws-cdk-lib v2).
//
// Keep this file beside your stack, and use there what it exports:
//
//   const api = new apigateway.RestApi(this, 'Reports');             // yours already
//   addCors(api);                                                    // new, after your last addResource
//   const integration = new apigateway.LambdaIntegration(handler, {  // yours already
//     proxy: false, integrationResponses: corsIntegrationResponses,  // new
//   });
//   resource.addMethod('POST', integration, {                        // yours already
//     methodResponses: corsMethodResponses,                          // new
//   });
//
// The API keeps the construct id it has: another one would replace it.
// CDK makes a new deployment of the stage whenever something changes.
//
// CloudFormation deletes what you take out (a path, a gateway response) after
// it has made the new deployment, whose stage goes on serving it. After such a
// cdk deploy run
//
//   aws apigateway create-deployment --rest-api-id REST_API_ID --stage-name STAGE
//
// API Gateway maps the CORS headers of the actual responses, errors included;
// the function sends none.
//
// Rendered by
//   apigw-cors generate --api rest --name Reports --allow-origins https://app.example.com,https://reports.example.com --allow-methods POST --expose-headers X-Report-Id --auth iam --integration non-proxy --resource /reports --binary-media-types '*/*' --format cdk

import * as apigateway from 'aws-cdk-lib/aws-apigateway';

// CDK's own CORS options cannot convert to text, and would answer 500 with binary media types.
export function addPreflight(api: apigateway.RestApi): void {
  addMock(api.root.resourceForPath('/reports'), "'POST'");
}

// Allows the origin of the request, or none. It overrides the header once and
// prints nothing, as the status is 204.
const allowOrigin = [
  '#set($origin = $input.params().header.get("origin"))',
  '#if(!$origin || $origin == "")',
  '#set($origin = $input.params().header.get("Origin"))',
  '#end',
  '#if($origin && $origin != "" && ($origin == "https://app.example.com" || $origin == "https://reports.example.com"))',
  '#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)',
  '#end',
  '',
].join('\n');

// Each value is a mapping expression, in which a literal has quotes of its own.
// Both sides convert to text: a template cannot stand in a binary body. A
// preflight carries neither credentials nor an API key.
function addMock(resource: apigateway.IResource, allowMethods: string): void {
  const integration = new apigateway.MockIntegration({
    contentHandling: apigateway.ContentHandling.CONVERT_TO_TEXT,
    passthroughBehavior: apigateway.PassthroughBehavior.WHEN_NO_MATCH,
    requestTemplates: { 'application/json': '{"statusCode": 204}' },
    integrationResponses: [
      {
        statusCode: '204',
        contentHandling: apigateway.ContentHandling.CONVERT_TO_TEXT,
        responseParameters: {
          'method.response.header.Access-Control-Allow-Methods': allowMethods,
          'method.response.header.Access-Control-Allow-Headers': "'Content-Type,Authorization,X-Amz-Date,X-Amz-Security-Token,X-Amz-Content-Sha256'",
          'method.response.header.Vary': "'Origin'",
        },
        responseTemplates: { 'application/json': allowOrigin },
      },
    ],
  });
  resource.addMethod('OPTIONS', integration, {
    authorizationType: apigateway.AuthorizationType.NONE,
    apiKeyRequired: false,
    methodResponses: [
      {
        statusCode: '204',
        responseParameters: {
          'method.response.header.Access-Control-Allow-Origin': true,
          'method.response.header.Access-Control-Allow-Methods': true,
          'method.response.header.Access-Control-Allow-Headers': true,
          'method.response.header.Vary': true,
        },
      },
    ],
  });
}

// The errors that API Gateway answers by itself. Each value is a mapping
// expression, in which a literal has quotes of its own.
export function addGatewayResponses(api: apigateway.RestApi): void {
  const responseHeaders = {
    'Access-Control-Allow-Origin': "'*'",
    'Access-Control-Expose-Headers': "'X-Report-Id'",
  };
  api.addGatewayResponse('DEFAULT_4XX', { type: apigateway.ResponseType.DEFAULT_4XX, responseHeaders });
  api.addGatewayResponse('DEFAULT_5XX', { type: apigateway.ResponseType.DEFAULT_5XX, responseHeaders });
}

// Preflights and gateway responses, for an API that is there. A path that is not
// there is made, so it comes after the last addResource.
export function addCors(api: apigateway.RestApi): void {
  addPreflight(api);
  addGatewayResponses(api);
}

// What a non-proxy integration makes of its backend's answer, errors included.
export const corsMethodResponses: apigateway.MethodResponse[] = [
  {
    statusCode: '200',
    responseParameters: {
      'method.response.header.Access-Control-Allow-Origin': true,
      'method.response.header.Access-Control-Expose-Headers': true,
      'method.response.header.Vary': true,
    },
  },
  {
    statusCode: '500',
    responseParameters: {
      'method.response.header.Access-Control-Allow-Origin': true,
      'method.response.header.Access-Control-Expose-Headers': true,
      'method.response.header.Vary': true,
    },
  },
];

// Allows the origin of the request, or none, and passes the body on.
const responseTemplate = [
  '#set($origin = $input.params().header.get("origin"))',
  '#if(!$origin || $origin == "")',
  '#set($origin = $input.params().header.get("Origin"))',
  '#end',
  '#if($origin && $origin != "" && ($origin == "https://app.example.com" || $origin == "https://reports.example.com"))',
  '#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)',
  '#end',
  "$input.json('$')",
  '',
].join('\n');

export const corsIntegrationResponses: apigateway.IntegrationResponse[] = [
  {
    statusCode: '200',
    contentHandling: apigateway.ContentHandling.CONVERT_TO_TEXT,
    responseParameters: {
      'method.response.header.Access-Control-Expose-Headers': "'X-Report-Id'",
      'method.response.header.Vary': "'Origin'",
    },
    responseTemplates: { 'application/json': responseTemplate },
  },
  {
    statusCode: '500',
    selectionPattern: '(\\n|.)+',
    contentHandling: apigateway.ContentHandling.CONVERT_TO_TEXT,
    responseParameters: {
      'method.response.header.Access-Control-Expose-Headers': "'X-Report-Id'",
      'method.response.header.Vary': "'Origin'",
    },
    responseTemplates: { 'application/json': responseTemplate },
  },
];
