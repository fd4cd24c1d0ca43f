// Lambda function for the HTTP API Profile: Node.js 22.
//
// It sends no CORS header on purpose: the API has a CORS configuration, so API
// Gateway adds the headers to every response and ignores those of the function.
//
// Put your own code into respond(), or paste the other functions into yours. The
// function's handler is index.handler.
//
// Rendered by
//   apigw-cors generate --api http --name Profile --allow-origins https://app.example.com,https://admin.example.com --allow-methods GET,PUT,PATCH,DELETE --allow-credentials --max-age 7200 --auth jwt --format lambda-nodejs

// API Gateway answers the preflight; should a route pass it on, an ok status is
// all it takes.
export const handler = async (event) => {
  if ((event.requestContext?.http?.method ?? event.httpMethod) === 'OPTIONS') {
    return { statusCode: 204 };
  }
  try {
    return await respond(event);
  } catch (error) {
    console.error(error);
    return {
      statusCode: 500,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ message: 'Internal server error' }),
    };
  }
};

async function respond(event) {
  return {
    statusCode: 200,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ message: 'Hello' }),
  };
}
