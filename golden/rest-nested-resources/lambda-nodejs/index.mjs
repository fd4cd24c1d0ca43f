// Lambda function for the REST API Orders: Node.js 22.
//
// withCors, in cors.cjs, puts the CORS headers on every response. A function of
// your own needs the same line around its handler: cors.cjs says how.
//
// The function's handler is index.handler; cors.cjs goes into its package, too.
//
// Rendered by
//   apigw-cors generate --api rest --name Orders --allow-origins https://app.example.com --max-age 3600 --resource /orders=GET,POST --resource '/orders/{id}=GET,PATCH,DELETE' --resource '/orders/{id}/items/{item}=PUT' --resource /health=ANY --format lambda-nodejs

import { withCors } from './cors.cjs';

export const handler = withCors(async (event) => {
  return {
    statusCode: 200,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ message: 'Hello' }),
  };
});
