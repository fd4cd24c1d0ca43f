// The app around the example stack of Reports.
import * as cdk from 'aws-cdk-lib';
import { CorsStack } from './cors-stack';

const app = new cdk.App();
new CorsStack(app, 'ReportsStack');
app.synth();
