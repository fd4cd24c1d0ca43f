// CORS for the REST API Account: AWS CDK (aws-cdk-lib v2).
//
// Keep this file beside your stack, and use there what it exports:
//
//   const api = new apigateway.RestApi(this, 'Account', {  // yours already
//     defaultCorsPreflightOptions: corsPreflight,          // new
//   });
//   addGatewayResponses(api);                              // new
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
//   apigw-cors generate --api rest --name Account --allow-origins https://app.example.com,https://admin.example.com --allow-methods GET,PUT,PATCH --allow-credentials --max-age 600 --auth cognito --format cdk

import * as cdk from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';

// An origin that is not allowed gets the first one for an answer; a browser
// refuses that as well.
export const corsPreflight: apigateway.CorsOptions = {
  allowOrigins: ['https://app.example.com', 'https://admin.example.com'],
  allowMethods: ['GET', 'PUT', 'PATCH'],
  allowHeaders: ['Content-Type', 'Authorization'],
  allowCredentials: true,
  maxAge: cdk.Duration.seconds(600),
};

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
