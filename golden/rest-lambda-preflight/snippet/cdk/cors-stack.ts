// CORS for the REST API Dynamic: AWS CDK (aws-cdk-lib v2).
//
// Keep this file beside your stack, and use there what it exports:
//
//   const api = new apigateway.RestApi(this, 'Dynamic');  // yours already
//   addCors(api, handler);                                // new, after your last addResource
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
// The actual responses must get their CORS headers from your function: --format
// lambda-nodejs and --format lambda-python render a wrapper that sends them.
//
// Rendered by
//   apigw-cors generate --api rest --name Dynamic --allow-origins 'https://app.example.com,https://*.preview.example.com' --allow-methods GET,POST --allow-credentials --auth lambda --auth-header X-Session --preflight lambda --format cdk

import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as lambda from 'aws-cdk-lib/aws-lambda';

// A preflight carries neither credentials nor an API key.
export function addPreflight(api: apigateway.RestApi, handler: lambda.IFunction): void {
  // One permission for the API: a function's policy has room for some fifty.
  const integration = new apigateway.LambdaIntegration(handler, { scopePermissionToMethod: false });
  const options = { authorizationType: apigateway.AuthorizationType.NONE, apiKeyRequired: false };
  api.root.resourceForPath('/').addMethod('OPTIONS', integration, options);
  api.root.resourceForPath('/{proxy+}').addMethod('OPTIONS', integration, options);
}

// The errors that API Gateway answers by itself. Each value is a mapping
// expression, in which a literal has quotes of its own.
export function addGatewayResponses(api: apigateway.RestApi): void {
  const responseHeaders = {
    'Access-Control-Allow-Origin': 'method.request.header.origin',
    'Access-Control-Allow-Credentials': "'true'",
    'Vary': "'Origin'",
  };
  api.addGatewayResponse('DEFAULT_4XX', { type: apigateway.ResponseType.DEFAULT_4XX, responseHeaders });
  api.addGatewayResponse('DEFAULT_5XX', { type: apigateway.ResponseType.DEFAULT_5XX, responseHeaders });
}

// Preflights and gateway responses, for an API that is there. A path that is not
// there is made, so it comes after the last addResource.
export function addCors(api: apigateway.RestApi, handler: lambda.IFunction): void {
  addPreflight(api, handler);
  addGatewayResponses(api);
}
