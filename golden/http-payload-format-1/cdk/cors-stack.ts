// CORS for the HTTP API Moved, a whole example: AWS CDK (aws-cdk-lib v2).
//
// npm install && npx cdk deploy
//
// creates the stack below, which uses what stands above it. CDK makes a new
// deployment of the stage whenever something changes.
// The actual responses get their CORS headers from the function: keep
// withCors around the handler when you put your own code in its place.
//
// Rendered by
//   apigw-cors generate --api http --name Moved --allow-origins 'https://app.example.org,https://*.example.com' --allow-methods GET,POST --allow-credentials --payload-format 1.0 --preflight lambda --resource /orders --resource '/orders/{id}=GET,DELETE' --format cdk --standalone

import * as cdk from 'aws-cdk-lib';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as integrations from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

// The Lambda function answers the preflight, which carries no credentials.
export function addPreflight(api: apigatewayv2.HttpApi, integration: apigatewayv2.HttpRouteIntegration): void {
  const authorizer = new apigatewayv2.HttpNoneAuthorizer();
  const methods = [apigatewayv2.HttpMethod.OPTIONS];
  api.addRoutes({ path: '/orders', methods, integration, authorizer });
  api.addRoutes({ path: '/orders/{id}', methods, integration, authorizer });
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
      payloadFormatVersion: apigatewayv2.PayloadFormatVersion.VERSION_1_0,
    });

    const api = new apigatewayv2.HttpApi(this, 'Api', {
      apiName: 'Moved',
    });
    api.addRoutes({ path: '/orders', methods: [apigatewayv2.HttpMethod.GET, apigatewayv2.HttpMethod.POST], integration });
    api.addRoutes({ path: '/orders/{id}', methods: [apigatewayv2.HttpMethod.GET, apigatewayv2.HttpMethod.DELETE], integration });
    addPreflight(api, integration);

    new cdk.CfnOutput(this, 'Endpoint', { value: api.apiEndpoint });
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
  'const allowedOrigins = [',
  "  'https://app.example.org',",
  '];',
  'const allowedPatterns = [',
  "  { prefix: 'https://', suffix: '.example.com' },",
  '];',
  'const allowMethods = {',
  "  '/orders': 'GET,POST',",
  "  '/orders/{id}': 'GET,DELETE',",
  '};',
  'const failure = {',
  '  statusCode: 500,',
  "  headers: { 'Content-Type': 'application/json' },",
  "  body: JSON.stringify({ message: 'Internal server error' }),",
  '};',
  'function withCors(handler) {',
  '  return async (event, context) => {',
  "    if ((event.requestContext?.http?.method ?? event.httpMethod) === 'OPTIONS') {",
  '      return preflight(event);',
  '    }',
  '    const cors = corsHeaders(event);',
  '    try {',
  '      return addCors(structured(event, await handler(event, context)), cors);',
  '    } catch (error) {',
  '      console.error(error);',
  '      return addCors(failure, cors);',
  '    }',
  '  };',
  '}',
  'function structured(event, result) {',
  "  if (event.version !== '2.0') {",
  '    return result;',
  '  }',
  '  if (result?.statusCode === undefined) {',
  '    return {',
  '      statusCode: 200,',
  "      headers: { 'Content-Type': 'application/json' },",
  "      body: typeof result === 'string' ? result : JSON.stringify(result ?? null),",
  '    };',
  '  }',
  '  return { ...result, multiValueHeaders: undefined };',
  '}',
  'function preflight(event) {',
  "  const methods = allowMethods[(event.routeKey ?? event.resource ?? '').replace(/^.* /, '')];",
  '  return {',
  '    statusCode: 204,',
  '    headers: {',
  '      ...corsHeaders(event),',
  "      ...(methods && { 'Access-Control-Allow-Methods': methods }),",
  "      'Access-Control-Allow-Headers': 'Content-Type',",
  '    },',
  "    body: '',",
  '  };',
  '}',
  'function addCors(response, cors) {',
  '  if (Object(response) !== response) {',
  "    throw new TypeError('The handler returned no response');",
  '  }',
  '  const headers = otherHeaders(response.headers);',
  "  cors = { ...cors, 'Vary': varyByOrigin(response) };",
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
  '  return Object.fromEntries(Object.entries(headers ?? {}).filter(([name]) => !/^(access-control-.*|vary)$/i.test(name)));',
  '}',
  'function varyByOrigin({ headers, multiValueHeaders }) {',
  '  const fields = [headers, multiValueHeaders]',
  '    .flatMap((all) => Object.entries(all ?? {}))',
  "    .filter(([name]) => name.toLowerCase() === 'vary')",
  "    .flatMap(([, value]) => String(value ?? '').split(','))",
  '    .map((field) => field.trim())',
  "    .filter((field) => field !== '' && field.toLowerCase() !== 'origin');",
  "  return fields.includes('*') ? '*' : [...fields, 'Origin'].join(', ');",
  '}',
  'function corsHeaders(event) {',
  '  const headers = {',
  "    'Access-Control-Allow-Credentials': 'true',",
  "    'Vary': 'Origin',",
  '  };',
  "  const origin = requestHeader(event, 'origin');",
  "  return isAllowed(origin) ? { ...headers, 'Access-Control-Allow-Origin': origin } : headers;",
  '}',
  'function isAllowed(origin) {',
  '  return allowedOrigins.includes(origin) || allowedPatterns.some(({ prefix, suffix }) =>',
  '    origin.startsWith(prefix) && origin.endsWith(suffix) &&',
  "    !origin.includes('@') && origin.lastIndexOf('/') === prefix.indexOf('://') + 2);",
  '}',
  'function requestHeader(event, name) {',
  '  const headers = Object.entries({ ...event.multiValueHeaders, ...event.headers });',
  '  const [, value] = headers.find(([key]) => key.toLowerCase() === name) ?? [];',
  "  return String(value ?? '');",
  '}',
  '',
].join('\n');
