// The app around the example stack of Catalogue.
import * as cdk from 'aws-cdk-lib';
import { CorsStack } from './cors-stack';

const app = new cdk.App();
new CorsStack(app, 'CatalogueStack');
app.synth();
