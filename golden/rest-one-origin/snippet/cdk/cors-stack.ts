// CORS for the REST API Api: AWS CDK (aws-cdk-lib v2).
//
// Keep this file beside your stack, and use there what it exports:
//
//   const api = new apigateway.RestApi(this, 'Api', {  // yours already
//     defaultCorsPreflightOptions: corsPreflight,      // new
//   });
//   addGatewayResponses(api);                          // new
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
//   apigw-cors generate --api rest --allow-origins https://app.example.com --allow-methods GET,POST --format cdk

import * as apigateway from 'aws-cdk-lib/aws-apigateway';

export const corsPreflight: apigateway.CorsOptions = {
  allowOrigins: ['https://app.example.com'],
  allowMethods: ['GET', 'POST'],
  allowHeaders: ['Content-Type'],
};

// The errors that API Gateway answers by itself. Each value is a mapping
// expression, in which a literal has quotes of its own.
export function addGatewayResponses(api: apigateway.RestApi): void {
  const responseHeaders = {
    'Access-Control-Allow-Origin': "'https://app.example.com'",
  };
  api.addGatewayResponse('DEFAULT_4XX', { type: apigateway.ResponseType.DEFAULT_4XX, responseHeaders });
  api.addGatewayResponse('DEFAULT_5XX', { type: apigateway.ResponseType.DEFAULT_5XX, responseHeaders });
}
