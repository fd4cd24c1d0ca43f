// CORS for the HTTP API Gate, a whole example: AWS CDK (aws-cdk-lib v2).
//
// npm install && npx cdk deploy
//
// creates the stack below, which uses what stands above it. CDK makes a new
// deployment of the stage whenever something changes.
// API Gateway adds the CORS headers to the actual responses and ignores those of
// the function.
//
// Rendered by
//   apigw-cors generate --api http --name Gate --allow-origins https://app.example.com --allow-headers X-Request-Id --auth lambda --resource /orders=ANY --resource '/orders/{id}=GET,DELETE' --format cdk --standalone

import * as cdk from 'aws-cdk-lib';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as authorizers from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as integrations from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

export const corsPreflight: apigatewayv2.CorsPreflightOptions = {
  allowOrigins: ['https://app.example.com'],
  allowMethods: [
    apigatewayv2.CorsHttpMethod.ANY,
  ],
  allowHeaders: ['X-Request-Id', 'Content-Type', 'Authorization'],
};

// A $default or ANY route catches OPTIONS, too, and its authorizer would refuse
// the preflight, which carries no credentials. The greedy path does not match
// the root.
export function addPreflight(api: apigatewayv2.HttpApi, integration: apigatewayv2.HttpRouteIntegration): void {
  const authorizer = new apigatewayv2.HttpNoneAuthorizer();
  const methods = [apigatewayv2.HttpMethod.OPTIONS];
  api.addRoutes({ path: '/orders', methods, integration, authorizer });
}

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

    const authorizerArn = new cdk.CfnParameter(this, 'AuthorizerFunctionArn', {
      description: 'ARN of the Lambda authorizer, in the account and region of this stack',
    });
    const authorizerFunction = lambda.Function.fromFunctionAttributes(this, 'AuthorizerFunction', {
      functionArn: authorizerArn.valueAsString,
      sameEnvironment: true,
    });
    const authorizer = new authorizers.HttpLambdaAuthorizer('Authorizer', authorizerFunction, {
      responseTypes: [authorizers.HttpLambdaResponseType.SIMPLE],
    });

    const api = new apigatewayv2.HttpApi(this, 'Api', {
      apiName: 'Gate',
      corsPreflight,
      defaultAuthorizer: authorizer,
    });
    api.addRoutes({ path: '/orders', methods: [apigatewayv2.HttpMethod.ANY], integration });
    api.addRoutes({ path: '/orders/{id}', methods: [apigatewayv2.HttpMethod.GET, apigatewayv2.HttpMethod.DELETE], integration });
    addPreflight(api, integration);

    new cdk.CfnOutput(this, 'Endpoint', { value: api.apiEndpoint });
  }
}

// What --format lambda-nodejs renders, as one CommonJS module without comments.
const functionSource = [
  'exports.handler = async (event) => {',
  "  if ((event.requestContext?.http?.method ?? event.httpMethod) === 'OPTIONS') {",
  '    return { statusCode: 204 };',
  '  }',
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
