import * as cdk from 'aws-cdk-lib';
import { OrdersStack } from './orders-stack';

const app = new cdk.App();
new OrdersStack(app, 'Orders');
app.synth();
