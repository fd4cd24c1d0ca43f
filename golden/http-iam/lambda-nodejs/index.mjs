// Lambda function for the HTTP API Signed: Node.js 22.
//
// It sends no CORS header on purpose: the API has a CORS configuration, so API
// Gateway adds the headers to every response and ignores those of the function.
//
// Put your own code into respond(), or paste the other functions into yours. The
// function's handler is index.handler.
//
// Rendered by
//   apigw-cors generate --api http --name Signed --allow-origins https://app.example.com --auth iam --resource /items=GET,POST --resource '/items/{id}=DELETE' --format lambda-nodejs

export const handler = async (event) => {
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
