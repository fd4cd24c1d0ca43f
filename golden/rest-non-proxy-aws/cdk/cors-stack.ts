// CORS for the REST API Queue, a whole example: AWS CDK (aws-cdk-lib v2).
//
// npm install && npx cdk deploy
//
// creates the stack below, which uses what stands above it. CDK makes a new
// deployment of the stage whenever something changes.
// The value of a parameter alone takes the command below.
//
// CloudFormation deletes what you take out (a path, a gateway response) after
// it has made the new deployment, whose stage goes on serving it. After such a
// cdk deploy run
//
//   aws apigateway create-deployment --rest-api-id REST_API_ID --stage-name STAGE
//
// API Gateway maps the CORS headers of the actual responses, errors included;
// the AWS service sends none.
//
// Rendered by
//   apigw-cors generate --api rest --name Queue --allow-origins 'https://app.example.com,https://*.partners.example.com' --allow-methods POST --auth cognito --integration non-proxy --backend-type aws --resource /messages --format cdk --standalone

import * as cdk from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

// CDK's own CORS options cannot compare an origin with a pattern.
export function addPreflight(api: apigateway.RestApi): void {
  addMock(api.root.resourceForPath('/messages'), "'POST'");
}

// Allows the origin of the request, or none. It overrides the header once and
// prints nothing, as the status is 204.
const allowOrigin = [
  '#set($origin = $input.params().header.get("origin"))',
  '#if(!$origin || $origin == "")',
  '#set($origin = $input.params().header.get("Origin"))',
  '#end',
  '#if($origin && $origin != "" && ($origin == "https://app.example.com" || ($origin.startsWith("https://") && $origin.endsWith(".partners.example.com") && $origin.indexOf("@") == -1 && $origin.lastIndexOf("/") == 7)))',
  '#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)',
  '#end',
  '',
].join('\n');

// Each value is a mapping expression, in which a literal has quotes of its own.
// Both sides convert to text: a template cannot stand in a binary body. A
// preflight carries neither credentials nor an API key.
function addMock(resource: apigateway.IResource, allowMethods: string): void {
  const integration = new apigateway.MockIntegration({
    contentHandling: apigateway.ContentHandling.CONVERT_TO_TEXT,
    passthroughBehavior: apigateway.PassthroughBehavior.WHEN_NO_MATCH,
    requestTemplates: { 'application/json': '{"statusCode": 204}' },
    integrationResponses: [
      {
        statusCode: '204',
        contentHandling: apigateway.ContentHandling.CONVERT_TO_TEXT,
        responseParameters: {
          'method.response.header.Access-Control-Allow-Methods': allowMethods,
          'method.response.header.Access-Control-Allow-Headers': "'Content-Type,Authorization'",
          'method.response.header.Vary': "'Origin'",
        },
        responseTemplates: { 'application/json': allowOrigin },
      },
    ],
  });
  resource.addMethod('OPTIONS', integration, {
    authorizationType: apigateway.AuthorizationType.NONE,
    apiKeyRequired: false,
    methodResponses: [
      {
        statusCode: '204',
        responseParameters: {
          'method.response.header.Access-Control-Allow-Origin': true,
          'method.response.header.Access-Control-Allow-Methods': true,
          'method.response.header.Access-Control-Allow-Headers': true,
          'method.response.header.Vary': true,
        },
      },
    ],
  });
}

// The errors that API Gateway answers by itself. Each value is a mapping
// expression, in which a literal has quotes of its own.
export function addGatewayResponses(api: apigateway.RestApi): void {
  const responseHeaders = {
    'Access-Control-Allow-Origin': "'*'",
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

// What a non-proxy integration makes of its backend's answer, errors included.
export const corsMethodResponses: apigateway.MethodResponse[] = [
  {
    statusCode: '200',
    responseParameters: {
      'method.response.header.Access-Control-Allow-Origin': true,
      'method.response.header.Vary': true,
    },
  },
  {
    statusCode: '400',
    responseParameters: {
      'method.response.header.Access-Control-Allow-Origin': true,
      'method.response.header.Vary': true,
    },
  },
  {
    statusCode: '500',
    responseParameters: {
      'method.response.header.Access-Control-Allow-Origin': true,
      'method.response.header.Vary': true,
    },
  },
];

// Allows the origin of the request, or none, and passes the body on.
const responseTemplate = [
  '#set($origin = $input.params().header.get("origin"))',
  '#if(!$origin || $origin == "")',
  '#set($origin = $input.params().header.get("Origin"))',
  '#end',
  '#if($origin && $origin != "" && ($origin == "https://app.example.com" || ($origin.startsWith("https://") && $origin.endsWith(".partners.example.com") && $origin.indexOf("@") == -1 && $origin.lastIndexOf("/") == 7)))',
  '#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)',
  '#end',
  '$input.body',
  '',
].join('\n');

export const corsIntegrationResponses: apigateway.IntegrationResponse[] = [
  {
    statusCode: '200',
    responseParameters: {
      'method.response.header.Vary': "'Origin'",
    },
    responseTemplates: { 'application/json': responseTemplate },
  },
  {
    statusCode: '400',
    selectionPattern: '4\\d{2}',
    responseParameters: {
      'method.response.header.Vary': "'Origin'",
    },
    responseTemplates: { 'application/json': responseTemplate },
  },
  {
    statusCode: '500',
    selectionPattern: '5\\d{2}',
    responseParameters: {
      'method.response.header.Vary': "'Origin'",
    },
    responseTemplates: { 'application/json': responseTemplate },
  },
];

export class CorsStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props?: cdk.StackProps) {
    super(scope, id, props);

    const serviceUri = new cdk.CfnParameter(this, 'ServiceUri', {
      description: 'Action of an AWS service, such as arn:aws:apigateway:REGION:dynamodb:action/Scan',
    });
    const serviceRoleArn = new cdk.CfnParameter(this, 'ServiceRoleArn', {
      description: 'ARN of a role that API Gateway may assume and that may call the action',
    });
    const integration = new apigateway.Integration({
      type: apigateway.IntegrationType.AWS,
      integrationHttpMethod: 'POST',
      uri: serviceUri.valueAsString,
      options: {
        credentialsRole: iam.Role.fromRoleArn(this, 'ServiceRole', serviceRoleArn.valueAsString),
        integrationResponses: corsIntegrationResponses,
      },
    });

    const userPoolArn = new cdk.CfnParameter(this, 'UserPoolArn', {
      description: 'ARN of the Cognito user pool whose users may call the API',
    });
    const authorizer = new apigateway.CognitoUserPoolsAuthorizer(this, 'Authorizer', {
      cognitoUserPools: [cognito.UserPool.fromUserPoolArn(this, 'UserPool', userPoolArn.valueAsString)],
    });

    const api = new apigateway.RestApi(this, 'Api', {
      restApiName: 'Queue',
      cloudWatchRole: false,
      defaultIntegration: integration,
      defaultMethodOptions: {
        authorizer,
        methodResponses: corsMethodResponses,
      },
    });
    api.root.resourceForPath('/messages').addMethod('POST');
    addPreflight(api);
    addGatewayResponses(api);
  }
}
