// Lambda function for the REST API Public: Node.js 22.
//
// It sends the CORS headers with every response: a browser hides one without them
// from the page, errors included. API Gateway answers the preflight.
//
// Put your own code into respond(), or paste the other functions into yours. The
// function's handler is index.handler.
//
// Rendered by
//   apigw-cors generate --api rest --name Public --allow-origins '*' --allow-methods GET --max-age 7200 --format lambda-nodejs

// One origin for everybody, so there is nothing to decide and nothing to vary.
const corsHeaders = {
  'Access-Control-Allow-Origin': '*',
};

export const handler = async (event) => {
  try {
    const response = await respond(event);
    return { ...response, headers: { ...response.headers, ...corsHeaders } };
  } catch (error) {
    console.error(error);
    return {
      statusCode: 500,
      headers: { 'Content-Type': 'application/json', ...corsHeaders },
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
