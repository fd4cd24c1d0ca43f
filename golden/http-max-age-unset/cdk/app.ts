// The app around the example stack of Live.
import * as cdk from 'aws-cdk-lib';
import { CorsStack } from './cors-stack';

const app = new cdk.App();
new CorsStack(app, 'LiveStack');
app.synth();
