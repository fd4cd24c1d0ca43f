// CORS for the HTTP API Branches, a whole example: AWS CDK (aws-cdk-lib v2).
//
// npm install && npx cdk deploy
//
// creates the stack below, which uses what stands above it. CDK makes a new
// deployment of the stage whenever something changes.
// The actual responses get their CORS headers from the function: keep
// withCors around the handler when you put your own code in its place.
//
// Rendered by
//   apigw-cors generate --api http --name Branches --allow-origins 'https://*.example.com,http://localhost:*' --allow-methods GET,POST --expose-headers X-Request-Id --auth jwt --preflight lambda --format cdk --standalone

import * as cdk from 'aws-cdk-lib';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as authorizers from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as integrations from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

// The Lambda function answers the preflight, which carries no credentials.
export function addPreflight(api: apigatewayv2.HttpApi, integration: apigatewayv2.HttpRouteIntegration): void {
  const authorizer = new apigatewayv2.HttpNoneAuthorizer();
  const methods = [apigatewayv2.HttpMethod.OPTIONS];
  api.addRoutes({ path: '/{proxy+}', methods, integration, authorizer });
  api.addRoutes({ path: '/', methods, integration, authorizer });
}

export class CorsStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props?: cdk.StackProps) {
    super(scope, id, props);

    const handler = new lambda.Function(this, 'Function', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline(functionSource),
    });
    const integration = new integrations.HttpLambdaIntegration('Integration', handler);

    const issuer = new cdk.CfnParameter(this, 'JwtIssuer', {
      description: 'Issuer of the tokens, such as the URL of a Cognito user pool',
    });
    const audience = new cdk.CfnParameter(this, 'JwtAudience', {
      description: 'Audience of the tokens, such as the id of an app client',
    });
    const authorizer = new authorizers.HttpJwtAuthorizer('Authorizer', issuer.valueAsString, {
      jwtAudience: [audience.valueAsString],
    });

    const api = new apigatewayv2.HttpApi(this, 'Api', {
      apiName: 'Branches',
      defaultAuthorizer: authorizer,
      defaultIntegration: integration,
    });
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
  "  'http://localhost',",
  '];',
  'const allowedPatterns = [',
  "  { prefix: 'https://', suffix: '.example.com' },",
  "  { prefix: 'http://localhost:', suffix: '' },",
  '];',
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
  '  return {',
  '    statusCode: 204,',
  '    headers: {',
  '      ...corsHeaders(event),',
  "      'Access-Control-Allow-Methods': 'GET,POST',",
  "      'Access-Control-Allow-Headers': 'Content-Type,Authorization',",
  '    },',
  "    body: '',",
  '  };',
  '}',
  'function addCors(response, cors) {',
  '  if (Object(response) !== response) {',
  "    throw new TypeError('The handler returned no response');",
  '  }',
  '  const headers = otherHeaders(response.headers);',
  "  cors = { ...cors, 'Access-Control-Expose-Headers': 'X-Request-Id', 'Vary': varyByOrigin(response) };",
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
