// Lambda function for the HTTP API Moved: Node.js 22.
//
// withCors, in cors.cjs, puts the CORS headers on every response. A function of
// your own needs the same line around its handler: cors.cjs says how.
//
// The function's handler is index.handler; cors.cjs goes into its package, too.
//
// Rendered by
//   apigw-cors generate --api http --name Moved --allow-origins 'https://app.example.org,https://*.example.com' --allow-methods GET,POST --allow-credentials --payload-format 1.0 --preflight lambda --resource /orders --resource '/orders/{id}=GET,DELETE' --format lambda-nodejs

import { withCors } from './cors.cjs';

export const handler = withCors(async (event) => {
  return {
    statusCode: 200,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ message: 'Hello' }),
  };
});
