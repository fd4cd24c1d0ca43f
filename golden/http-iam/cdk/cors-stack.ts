// CORS for the HTTP API Signed, a whole example: AWS CDK (aws-cdk-lib v2).
//
// npm install && npx cdk deploy
//
// creates the stack below, which uses what stands above it. CDK makes a new
// deployment of the stage whenever something changes.
// API Gateway adds the CORS headers to the actual responses and ignores those of
// the function.
//
// Rendered by
//   apigw-cors generate --api http --name Signed --allow-origins https://app.example.com --auth iam --resource /items=GET,POST --resource '/items/{id}=DELETE' --format cdk --standalone

import * as cdk from 'aws-cdk-lib';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as authorizers from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as integrations from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

export const corsPreflight: apigatewayv2.CorsPreflightOptions = {
  allowOrigins: ['https://app.example.com'],
  allowMethods: [
    apigatewayv2.CorsHttpMethod.GET,
    apigatewayv2.CorsHttpMethod.POST,
    apigatewayv2.CorsHttpMethod.DELETE,
  ],
  allowHeaders: ['Content-Type', 'Authorization', 'X-Amz-Date', 'X-Amz-Security-Token', 'X-Amz-Content-Sha256'],
};

export class CorsStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props?: cdk.StackProps) {
    super(scope, id, props);

    const handler = new lambda.Function(this, 'Function', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline(functionSource),
    });
    const integration = new integrations.HttpLambdaIntegration('Integration', handler, {
      // One permission for the API: a function's policy has room for some fifty.
      scopePermissionToRoute: false,
    });
    const authorizer = new authorizers.HttpIamAuthorizer();

    const api = new apigatewayv2.HttpApi(this, 'Api', {
      apiName: 'Signed',
      corsPreflight,
      defaultAuthorizer: authorizer,
    });
    api.addRoutes({ path: '/items', methods: [apigatewayv2.HttpMethod.GET, apigatewayv2.HttpMethod.POST], integration });
    api.addRoutes({ path: '/items/{id}', methods: [apigatewayv2.HttpMethod.DELETE], integration });

    new cdk.CfnOutput(this, 'Endpoint', { value: api.apiEndpoint });
  }
}

// What --format lambda-nodejs renders, as one CommonJS module without comments.
const functionSource = [
  'exports.handler = async (event) => {',
  '  try {',
  '    return await respond(event);',
  '  } catch (error) {',
  '    console.error(error);',
  '    return {',
  '      statusCode: 500,',
  "      headers: { 'Content-Type': 'application/json' },",
  "      body: JSON.stringify({ message: 'Internal server error' }),",
  '    };',
  '  }',
  '};',
  'async function respond(event) {',
  '  return {',
  '    statusCode: 200,',
  "    headers: { 'Content-Type': 'application/json' },",
  "    body: JSON.stringify({ message: 'Hello' }),",
  '  };',
  '}',
  '',
].join('\n');
