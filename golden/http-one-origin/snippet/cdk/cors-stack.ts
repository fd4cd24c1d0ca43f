// CORS for the HTTP API Feed: AWS CDK (aws-cdk-lib v2).
//
// Keep this file beside your stack, and use there what it exports:
//
//   const api = new apigatewayv2.HttpApi(this, 'Api', { corsPreflight });
//
// CDK makes a new deployment of the stage whenever something changes.
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
