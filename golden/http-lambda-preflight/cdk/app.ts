// The app around the example stack of Branches.
import * as cdk from 'aws-cdk-lib';
import { CorsStack } from './cors-stack';

const app = new cdk.App();
new CorsStack(app, 'BranchesStack');
app.synth();
