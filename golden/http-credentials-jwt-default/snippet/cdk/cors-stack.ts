// CORS for the HTTP API Profile: AWS CDK (aws-cdk-lib v2).
//
// Keep this file beside your stack, and use there what it exports:
//
//   const api = new apigatewayv2.HttpApi(this, 'Profile', {  // yours already
//     corsPreflight,                                         // new
//   });
//   addPreflight(api, integration);                          // new
//
// The API keeps the construct id it has: another one would replace it.
// CDK makes a new deployment of the stage whenever something changes.
// API Gateway adds the CORS headers to the actual responses and ignores those of
// the function.
//
// Rendered by
//   apigw-cors generate --api http --name Profile --allow-origins https://app.example.com,https://admin.example.com --allow-methods GET,PUT,PATCH,DELETE --allow-credentials --max-age 7200 --auth jwt --format cdk

import * as cdk from 'aws-cdk-lib';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';

export const corsPreflight: apigatewayv2.CorsPreflightOptions = {
  allowOrigins: ['https://app.example.com', 'https://admin.example.com'],
  allowMethods: [
    apigatewayv2.CorsHttpMethod.GET,
    apigatewayv2.CorsHttpMethod.PUT,
    apigatewayv2.CorsHttpMethod.PATCH,
    apigatewayv2.CorsHttpMethod.DELETE,
  ],
  allowHeaders: ['Content-Type', 'Authorization'],
  allowCredentials: true,
  maxAge: cdk.Duration.seconds(7200),
};

// A $default or ANY route catches OPTIONS, too, and its authorizer would refuse
// the preflight, which carries no credentials. The greedy path does not match
// the root.
export function addPreflight(api: apigatewayv2.HttpApi, integration: apigatewayv2.HttpRouteIntegration): void {
  const authorizer = new apigatewayv2.HttpNoneAuthorizer();
  const methods = [apigatewayv2.HttpMethod.OPTIONS];
  api.addRoutes({ path: '/{proxy+}', methods, integration, authorizer });
  api.addRoutes({ path: '/', methods, integration, authorizer });
}
