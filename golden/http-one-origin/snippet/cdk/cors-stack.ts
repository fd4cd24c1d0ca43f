// CORS for the HTTP API Feed: AWS CDK (aws-cdk-lib v2).
//
// Keep this file beside your stack, and use there what it exports:
//
//   const api = new apigatewayv2.HttpApi(this, 'Feed', {  // yours already
//     corsPreflight,                                      // new
//   });
//
// The API keeps the construct id it has: another one would replace it.
// CDK makes a new deployment of the stage whenever something changes.
// If your $default or ANY route has an authorizer, say so with --auth: the OPTIONS routes that
// are then rendered keep the preflight away from it.
// API Gateway adds the CORS headers to the actual responses and ignores those of
// the function.
//
// Rendered by
//   apigw-cors generate --api http --name Feed --allow-origins https://app.example.com --allow-methods GET,POST --format cdk

import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';

export const corsPreflight: apigatewayv2.CorsPreflightOptions = {
  allowOrigins: ['https://app.example.com'],
  allowMethods: [
    apigatewayv2.CorsHttpMethod.GET,
    apigatewayv2.CorsHttpMethod.POST,
  ],
  allowHeaders: ['Content-Type'],
};
