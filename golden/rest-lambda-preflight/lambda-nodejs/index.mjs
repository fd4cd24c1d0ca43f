// Lambda function for the REST API Dynamic: Node.js 22.
//
// It answers the preflight, and sends the CORS headers with every response. A
// browser hides a response without them from the page, errors included.
//
// Put your own code into respond(), or paste the other functions into yours. The
// function's handler is index.handler.
//
// Rendered by
//   apigw-cors generate --api rest --name Dynamic --allow-origins 'https://app.example.com,https://*.preview.example.com' --allow-methods GET,POST --allow-credentials --auth lambda --auth-header X-Session --preflight lambda --format lambda-nodejs

// A browser sends an origin in one form only, so values are compared byte by byte.
const allowedOrigins = [
  'https://app.example.com',
];
const allowedPatterns = [
  { prefix: 'https://', suffix: '.preview.example.com' },
];

export const handler = async (event) => {
  if (event.httpMethod === 'OPTIONS') {
    return preflight(event);
  }
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

function preflight(event) {
  return {
    statusCode: 204,
    headers: {
      ...corsHeaders(event),
      'Access-Control-Allow-Methods': 'GET,POST',
      'Access-Control-Allow-Headers': 'Content-Type,X-Session',
    },
    body: '',
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
  return allowedOrigins.includes(origin) || allowedPatterns.some(({ prefix, suffix }) =>
    origin.startsWith(prefix) && origin.endsWith(suffix) &&
    !origin.includes('@') && origin.lastIndexOf('/') === prefix.indexOf('://') + 2);
}

// Names arrive as the client wrote them, and a request without headers has null.
function requestHeader(event, name) {
  const headers = Object.entries({ ...event.multiValueHeaders, ...event.headers });
  const [, value] = headers.find(([key]) => key.toLowerCase() === name) ?? [];
  return String(value ?? '');
}
