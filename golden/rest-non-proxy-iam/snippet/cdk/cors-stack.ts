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
//   apigw-cors generate --api rest --name Reports --allow-origins https://app.example.com,https://reports.example.com --allow-methods POST --expose-headers X-Report-Id --auth iam --integration non-proxy --resource /reports --format cdk

import * as apigateway from 'aws-cdk-lib/aws-apigateway';

// An origin that is not allowed gets the first one for an answer; a browser
// refuses that as well.
export const corsPreflight: apigateway.CorsOptions = {
  allowOrigins: ['https://app.example.com', 'https://reports.example.com'],
  allowHeaders: ['Content-Type', 'Authorization', 'X-Amz-Date', 'X-Amz-Security-Token', 'X-Amz-Content-Sha256'],
};

// Each resource allows its own methods. Where nothing is served, no preflight
// is answered.
export function addPreflight(api: apigateway.RestApi): void {
  api.root.resourceForPath('/reports').addCorsPreflight({
    ...corsPreflight,
    allowMethods: ['POST'],
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

// All of it, for an API that is there. A path that is not there is made, so it
// comes after the last addResource.
export function addCors(api: apigateway.RestApi): void {
  addPreflight(api);
  addGatewayResponses(api);
}

// What a non-proxy integration makes of the function's answer, errors included.
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
const allowOriginAndBody = [
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
    responseParameters: {
      'method.response.header.Access-Control-Expose-Headers': "'X-Report-Id'",
      'method.response.header.Vary': "'Origin'",
    },
    responseTemplates: { 'application/json': allowOriginAndBody },
  },
  {
    statusCode: '500',
    selectionPattern: '(\\n|.)+',
    responseParameters: {
      'method.response.header.Access-Control-Expose-Headers': "'X-Report-Id'",
      'method.response.header.Vary': "'Origin'",
    },
    responseTemplates: { 'application/json': allowOriginAndBody },
  },
];
