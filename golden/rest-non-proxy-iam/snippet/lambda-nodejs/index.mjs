// Lambda function for the REST API Reports: Node.js 22.
//
// It sends no CORS header on purpose: behind a non-proxy integration API Gateway
// makes the response of what the function returns, and maps the headers itself.
//
// Put your own code into respond(), or paste the other functions into yours. The
// function's handler is index.handler.
//
// Rendered by
//   apigw-cors generate --api rest --name Reports --allow-origins https://app.example.com,https://reports.example.com --allow-methods POST --expose-headers X-Report-Id --auth iam --integration non-proxy --resource /reports --binary-media-types '*/*' --format lambda-nodejs

// The message of an error selects the integration response of status 500, and its
// body goes to the caller.
export const handler = async (event) => {
  try {
    return await respond(event);
  } catch (error) {
    console.error(error);
    throw new Error('Internal server error');
  }
};

async function respond(event) {
  return { message: 'Hello' };
}
