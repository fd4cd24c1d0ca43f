// Lambda function for the REST API Account: Node.js 22.
//
// It sends the CORS headers with every response: a browser hides one without them
// from the page, errors included. API Gateway answers the preflight.
//
// Put your own code into respond(), or paste the other functions into yours. The
// function's handler is index.handler.
//
// Rendered by
//   apigw-cors generate --api rest --name Account --allow-origins https://app.example.com,https://admin.example.com --allow-methods GET,PUT,PATCH --allow-credentials --max-age 600 --auth cognito --format lambda-nodejs

// A browser sends an origin in one form only, so values are compared byte by byte.
const allowedOrigins = [
  'https://app.example.com',
  'https://admin.example.com',
];

export const handler = async (event) => {
  const cors = corsHeaders(event);
  try {
    const response = await respond(event);
    return { ...response, headers: { ...response.headers, ...cors } };
  } catch (error) {
    console.error(error);
    return {
      statusCode: 500,
      headers: { 'Content-Type': 'application/json', ...cors },
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

// Vary stands on a refusal, too, or a cache would hand it to an allowed origin.
// Whatever else your responses vary by belongs into the same header.
function corsHeaders(event) {
  const headers = {
    'Access-Control-Allow-Credentials': 'true',
    'Vary': 'Origin',
  };
  const origin = requestHeader(event, 'origin');
  if (isAllowed(origin)) {
    headers['Access-Control-Allow-Origin'] = origin;
  }
  return headers;
}

function isAllowed(origin) {
  return allowedOrigins.includes(origin);
}

// Names arrive as the client wrote them, and a request without headers has null.
function requestHeader(event, name) {
  const headers = Object.entries({ ...event.multiValueHeaders, ...event.headers });
  const [, value] = headers.find(([key]) => key.toLowerCase() === name) ?? [];
  return String(value ?? '');
}
