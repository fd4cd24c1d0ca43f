// The app around the example stack of Greedy.
import * as cdk from 'aws-cdk-lib';
import { CorsStack } from './cors-stack';

const app = new cdk.App();
new CorsStack(app, 'GreedyStack');
app.synth();
