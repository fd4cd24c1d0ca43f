import * as cdk from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

export class OrdersStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props?: cdk.StackProps) {
    super(scope, id, props);

    const backend = (name: string) =>
      new lambda.Function(this, name, {
        runtime: lambda.Runtime.NODEJS_22_X,
        handler: 'index.handler',
        code: lambda.Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'),
      });
    const customers = new apigateway.CognitoUserPoolsAuthorizer(this, 'Customers', {
      cognitoUserPools: [new cognito.UserPool(this, 'Pool')],
    });

    const api = new apigateway.RestApi(this, 'OrdersApi', {
      cloudWatchRole: false,
      defaultMethodOptions: { authorizer: customers },
    });
    const orders = api.root.addResource('orders');
    orders.addMethod('GET', new apigateway.LambdaIntegration(backend('List')));
    const order = orders.addResource('{id}');
    order.addMethod('PUT', new apigateway.LambdaIntegration(backend('Change')));
  }
}
