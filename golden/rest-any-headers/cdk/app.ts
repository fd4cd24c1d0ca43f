// The app around the example stack of Open.
import * as cdk from 'aws-cdk-lib';
import { CorsStack } from './cors-stack';

const app = new cdk.App();
new CorsStack(app, 'OpenStack');
app.synth();
