// CORS for the REST API Paged, a whole example: AWS CDK (aws-cdk-lib v2).
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
//   apigw-cors generate --api rest --name Paged --allow-origins https://app.example.com --allow-methods GET --expose-headers ETag,X-Total-Count,x-amzn-RequestId --format cdk --standalone

import * as cdk from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

export const corsPreflight: apigateway.CorsOptions = {
  allowOrigins: ['https://app.example.com'],
  allowMethods: ['GET'],
  allowHeaders: ['Content-Type'],
};

// The errors that API Gateway answers by itself. Each value is a mapping
// expression, in which a literal has quotes of its own.
export function addGatewayResponses(api: apigateway.RestApi): void {
  const responseHeaders = {
    'Access-Control-Allow-Origin': "'https://app.example.com'",
    'Access-Control-Expose-Headers': "'ETag,X-Total-Count,x-amzn-RequestId'",
  };
  api.addGatewayResponse('DEFAULT_4XX', { type: apigateway.ResponseType.DEFAULT_4XX, responseHeaders });
  api.addGatewayResponse('DEFAULT_5XX', { type: apigateway.ResponseType.DEFAULT_5XX, responseHeaders });
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
      restApiName: 'Paged',
      cloudWatchRole: false,
      defaultCorsPreflightOptions: corsPreflight,
      defaultIntegration: new apigateway.LambdaIntegration(handler, { scopePermissionToMethod: false }),
    });
    api.root.resourceForPath('/').addMethod('GET');
    api.root.resourceForPath('/{proxy+}').addMethod('GET');
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
  "  'Access-Control-Expose-Headers': 'ETag,X-Total-Count,x-amzn-RequestId',",
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
