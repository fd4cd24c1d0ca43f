// CORS for the REST API Catalogue, a whole example: AWS CDK (aws-cdk-lib v2).
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
// the HTTP backend sends none.
//
// Rendered by
//   apigw-cors generate --api rest --name Catalogue --allow-origins https://shop.example.com --allow-methods GET --expose-headers ETag --allow-credentials --integration non-proxy --backend-type http --resource /items=GET,POST --resource '/items/{id}=ANY' --format cdk --standalone

import * as cdk from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';

export const corsPreflight: apigateway.CorsOptions = {
  allowOrigins: ['https://shop.example.com'],
  allowHeaders: ['Content-Type'],
  allowCredentials: true,
};

// Each resource allows its own methods. Where nothing is served, no preflight
// is answered.
export function addPreflight(api: apigateway.RestApi): void {
  api.root.resourceForPath('/items').addCorsPreflight({
    ...corsPreflight,
    allowMethods: ['GET', 'POST'],
  });
  api.root.resourceForPath('/items/{id}').addCorsPreflight({
    ...corsPreflight,
    allowMethods: ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'],
  });
}

// The errors that API Gateway answers by itself. Each value is a mapping
// expression, in which a literal has quotes of its own.
export function addGatewayResponses(api: apigateway.RestApi): void {
  const responseHeaders = {
    'Access-Control-Allow-Origin': "'https://shop.example.com'",
    'Access-Control-Allow-Credentials': "'true'",
    'Access-Control-Expose-Headers': "'ETag'",
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
      'method.response.header.Access-Control-Allow-Credentials': true,
      'method.response.header.Access-Control-Expose-Headers': true,
    },
  },
  {
    statusCode: '400',
    responseParameters: {
      'method.response.header.Access-Control-Allow-Origin': true,
      'method.response.header.Access-Control-Allow-Credentials': true,
      'method.response.header.Access-Control-Expose-Headers': true,
    },
  },
  {
    statusCode: '500',
    responseParameters: {
      'method.response.header.Access-Control-Allow-Origin': true,
      'method.response.header.Access-Control-Allow-Credentials': true,
      'method.response.header.Access-Control-Expose-Headers': true,
    },
  },
];

export const corsIntegrationResponses: apigateway.IntegrationResponse[] = [
  {
    statusCode: '200',
    responseParameters: {
      'method.response.header.Access-Control-Allow-Origin': "'https://shop.example.com'",
      'method.response.header.Access-Control-Allow-Credentials': "'true'",
      'method.response.header.Access-Control-Expose-Headers': "'ETag'",
    },
  },
  {
    statusCode: '400',
    selectionPattern: '4\\d{2}',
    responseParameters: {
      'method.response.header.Access-Control-Allow-Origin': "'https://shop.example.com'",
      'method.response.header.Access-Control-Allow-Credentials': "'true'",
      'method.response.header.Access-Control-Expose-Headers': "'ETag'",
    },
  },
  {
    statusCode: '500',
    selectionPattern: '5\\d{2}',
    responseParameters: {
      'method.response.header.Access-Control-Allow-Origin': "'https://shop.example.com'",
      'method.response.header.Access-Control-Allow-Credentials': "'true'",
      'method.response.header.Access-Control-Expose-Headers': "'ETag'",
    },
  },
];

export class CorsStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props?: cdk.StackProps) {
    super(scope, id, props);

    const backendUrl = new cdk.CfnParameter(this, 'BackendUrl', {
      description: 'URL of the HTTP backend, such as https://backend.example.com/orders',
    });
    const integration = (httpMethod: string) =>
      new apigateway.HttpIntegration(backendUrl.valueAsString, {
        proxy: false,
        httpMethod,
        options: { integrationResponses: corsIntegrationResponses },
      });

    const api = new apigateway.RestApi(this, 'Api', {
      restApiName: 'Catalogue',
      cloudWatchRole: false,
      defaultMethodOptions: {
        methodResponses: corsMethodResponses,
      },
    });
    api.root.resourceForPath('/items').addMethod('GET', integration('GET'));
    api.root.resourceForPath('/items').addMethod('POST', integration('POST'));
    api.root.resourceForPath('/items/{id}').addMethod('ANY', integration('ANY'));
    addPreflight(api);
    addGatewayResponses(api);
  }
}
