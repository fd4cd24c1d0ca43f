// CORS for the REST API Orders, a whole example: AWS CDK (aws-cdk-lib v2).
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
// The actual responses get their CORS headers from the function: keep
// withCors around the handler when you put your own code in its place.
//
// Rendered by
//   apigw-cors generate --api rest --name Orders --allow-origins https://app.example.com --max-age 3600 --resource /orders=GET,POST --resource '/orders/{id}=GET,PATCH,DELETE' --resource '/orders/{id}/items/{item}=PUT' --resource /health=ANY --format cdk --standalone

import * as cdk from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

export const corsPreflight: apigateway.CorsOptions = {
  allowOrigins: ['https://app.example.com'],
  allowHeaders: ['Content-Type'],
  maxAge: cdk.Duration.seconds(3600),
};

// Each resource allows its own methods. Where nothing is served, no preflight
// is answered.
export function addPreflight(api: apigateway.RestApi): void {
  api.root.resourceForPath('/orders').addCorsPreflight({
    ...corsPreflight,
    allowMethods: ['GET', 'POST'],
  });
  api.root.resourceForPath('/orders/{id}').addCorsPreflight({
    ...corsPreflight,
    allowMethods: ['GET', 'PATCH', 'DELETE'],
  });
  api.root.resourceForPath('/orders/{id}/items/{item}').addCorsPreflight({
    ...corsPreflight,
    allowMethods: ['PUT'],
  });
  api.root.resourceForPath('/health').addCorsPreflight({
    ...corsPreflight,
    allowMethods: ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'],
  });
}

// The errors that API Gateway answers by itself. Each value is a mapping
// expression, in which a literal has quotes of its own.
export function addGatewayResponses(api: apigateway.RestApi): void {
  const responseHeaders = {
    'Access-Control-Allow-Origin': "'https://app.example.com'",
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

export class CorsStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props?: cdk.StackProps) {
    super(scope, id, props);

    const handler = new lambda.Function(this, 'Function', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline(functionSource),
    });

    const api = new apigateway.RestApi(this, 'Api', {
      restApiName: 'Orders',
      cloudWatchRole: false,
      defaultIntegration: new apigateway.LambdaIntegration(handler, { scopePermissionToMethod: false }),
    });
    api.root.resourceForPath('/orders').addMethod('GET');
    api.root.resourceForPath('/orders').addMethod('POST');
    api.root.resourceForPath('/orders/{id}').addMethod('GET');
    api.root.resourceForPath('/orders/{id}').addMethod('PATCH');
    api.root.resourceForPath('/orders/{id}').addMethod('DELETE');
    api.root.resourceForPath('/orders/{id}/items/{item}').addMethod('PUT');
    api.root.resourceForPath('/health').addMethod('ANY');
    addPreflight(api);
    addGatewayResponses(api);
  }
}

// What --format lambda-nodejs renders, as one CommonJS module without comments.
const functionSource = [
  'exports.handler = withCors(async (event) => {',
  '  return {',
  '    statusCode: 200,',
  "    headers: { 'Content-Type': 'application/json' },",
  "    body: JSON.stringify({ message: 'Hello' }),",
  '  };',
  '});',
  'const corsHeaders = {',
  "  'Access-Control-Allow-Origin': 'https://app.example.com',",
  '};',
  'const failure = {',
  '  statusCode: 500,',
  "  headers: { 'Content-Type': 'application/json' },",
  "  body: JSON.stringify({ message: 'Internal server error' }),",
  '};',
  'function withCors(handler) {',
  '  return async (event, context) => {',
  '    try {',
  '      return addCors(await handler(event, context), corsHeaders);',
  '    } catch (error) {',
  '      console.error(error);',
  '      return addCors(failure, corsHeaders);',
  '    }',
  '  };',
  '}',
  'function addCors(response, cors) {',
  '  if (Object(response) !== response) {',
  "    throw new TypeError('The handler returned no response');",
  '  }',
  '  const headers = otherHeaders(response.headers);',
  '  if (!response.multiValueHeaders) {',
  '    return { ...response, headers: { ...headers, ...cors } };',
  '  }',
  '  const multiValueHeaders = otherHeaders(response.multiValueHeaders);',
  '  for (const [name, value] of Object.entries(cors)) {',
  '    multiValueHeaders[name] = [value];',
  '  }',
  '  return { ...response, headers, multiValueHeaders };',
  '}',
  'function otherHeaders(headers) {',
  '  return Object.fromEntries(Object.entries(headers ?? {}).filter(([name]) => !/^access-control-/i.test(name)));',
  '}',
  '',
].join('\n');
