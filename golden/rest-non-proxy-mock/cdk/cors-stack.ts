// CORS for the REST API Draft, a whole example: AWS CDK (aws-cdk-lib v2).
//
// npm install && npx cdk deploy
//
// creates the stack below, which uses what stands above it. CDK makes a new
// deployment of the stage whenever something changes.
//
// CloudFormation deletes what you take out (a path, a gateway response) after
// it has made the new deployment, whose stage goes on serving it. After such a
// cdk deploy run
//
//   aws apigateway create-deployment --rest-api-id REST_API_ID --stage-name STAGE
//
// The mocks of the actual methods send the CORS headers, too.
//
// Rendered by
//   apigw-cors generate --api rest --name Draft --allow-origins https://app.example.com,http://localhost:3000 --allow-methods GET,PUT --integration non-proxy --backend-type mock --resource / --resource /drafts --binary-media-types '*/*' --format cdk --standalone

import * as cdk from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';

// CDK's own CORS options cannot convert to text, and would answer 500 with binary media types.
export function addPreflight(api: apigateway.RestApi): void {
  addMock(api.root.resourceForPath('/'), "'GET,PUT'");
  addMock(api.root.resourceForPath('/drafts'), "'GET,PUT'");
}

// Allows the origin of the request, or none. It overrides the header once and
// prints nothing, as the status is 204.
const allowOrigin = [
  '#set($origin = $input.params().header.get("origin"))',
  '#if(!$origin || $origin == "")',
  '#set($origin = $input.params().header.get("Origin"))',
  '#end',
  '#if($origin && $origin != "" && ($origin == "https://app.example.com" || $origin == "http://localhost:3000"))',
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
          'method.response.header.Access-Control-Allow-Headers': "'Content-Type'",
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
      'method.response.header.Vary': true,
    },
  },
];

// Allows the origin of the request, or none; the body of the mock's answer.
const responseTemplate = [
  '#set($origin = $input.params().header.get("origin"))',
  '#if(!$origin || $origin == "")',
  '#set($origin = $input.params().header.get("Origin"))',
  '#end',
  '#if($origin && $origin != "" && ($origin == "https://app.example.com" || $origin == "http://localhost:3000"))',
  '#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)',
  '#end',
  '{"message": "Hello"}',
  '',
].join('\n');

export const corsIntegrationResponses: apigateway.IntegrationResponse[] = [
  {
    statusCode: '200',
    contentHandling: apigateway.ContentHandling.CONVERT_TO_TEXT,
    responseParameters: {
      'method.response.header.Vary': "'Origin'",
    },
    responseTemplates: { 'application/json': responseTemplate },
  },
];

export class CorsStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props?: cdk.StackProps) {
    super(scope, id, props);

    const integration = new apigateway.MockIntegration({
      contentHandling: apigateway.ContentHandling.CONVERT_TO_TEXT,
      requestTemplates: { 'application/json': '{"statusCode": 200}' },
      integrationResponses: corsIntegrationResponses,
    });

    const api = new apigateway.RestApi(this, 'Api', {
      restApiName: 'Draft',
      cloudWatchRole: false,
      binaryMediaTypes: ['*/*'],
      defaultIntegration: integration,
      defaultMethodOptions: {
        methodResponses: corsMethodResponses,
      },
    });
    api.root.resourceForPath('/').addMethod('GET');
    api.root.resourceForPath('/').addMethod('PUT');
    api.root.resourceForPath('/drafts').addMethod('GET');
    api.root.resourceForPath('/drafts').addMethod('PUT');
    addPreflight(api);
    addGatewayResponses(api);
  }
}
