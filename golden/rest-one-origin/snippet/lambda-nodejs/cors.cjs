// CORS for Lambda functions of the REST API Api: Node.js 22.
//
// One line puts it around a handler, in an ES module as in a CommonJS module:
//
//   import { withCors } from './cors.cjs';
//   export const handler = withCors(async (event) => { ... });
//
//   const { withCors } = require('./cors.cjs');
//   exports.handler = withCors(async (event) => { ... });
//
// It puts the CORS headers on every response: a browser hides one without them
// from the page, errors included. API Gateway answers the preflight.
//
// The policy alone decides: other Access-Control-* headers of a response are
// dropped.
//
// An exception is logged and answered with status 500; passed on, API Gateway
// would answer, without these headers. The API's metric 5XXError counts it, the
// function's Errors does not.
//
// Rendered by
//   apigw-cors generate --api rest --allow-origins https://app.example.com --allow-methods GET,POST --format lambda-nodejs

exports.withCors = withCors;

/**
 * What is read of an event.
 * @typedef {object} ProxyEvent
 * @property {string} [httpMethod]
 * @property {string} [resource]
 * @property {Record<string, string | undefined> | null} [headers]
 * @property {Record<string, string[] | undefined> | null} [multiValueHeaders]
 */

/**
 * A response of a function.
 * @typedef {object} ProxyResponse
 * @property {number} statusCode
 * @property {Record<string, string | number | boolean>} [headers]
 * @property {Record<string, (string | number | boolean)[]>} [multiValueHeaders]
 * @property {string} body
 * @property {boolean} [isBase64Encoded]
 */

// One origin for everybody, so there is nothing to decide and nothing to vary.
const corsHeaders = {
  'Access-Control-Allow-Origin': 'https://app.example.com',
};

const failure = {
  statusCode: 500,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ message: 'Internal server error' }),
};

/**
 * Wraps an async handler.
 * @template {ProxyEvent} Event
 * @template Context
 * @param {(event: Event, context: Context) => Promise<ProxyResponse> | ProxyResponse} handler
 * @returns {(event: Event, context: Context) => Promise<ProxyResponse>}
 */
function withCors(handler) {
  return async (event, context) => {
    try {
      return addCors(await handler(event, context), corsHeaders);
    } catch (error) {
      console.error(error);
      return addCors(failure, corsHeaders);
    }
  };
}

/**
 * Puts the CORS headers in the place of those the response has.
 * @param {ProxyResponse} response
 * @param {Record<string, string>} cors
 * @returns {ProxyResponse}
 */
function addCors(response, cors) {
  if (Object(response) !== response) {
    throw new TypeError('The handler returned no response');
  }
  const headers = otherHeaders(response.headers);
  if (!response.multiValueHeaders) {
    return { ...response, headers: { ...headers, ...cors } };
  }
  const multiValueHeaders = otherHeaders(response.multiValueHeaders);
  for (const [name, value] of Object.entries(cors)) {
    multiValueHeaders[name] = [value];
  }
  return { ...response, headers, multiValueHeaders };
}

/**
 * @template Value
 * @param {Record<string, Value> | null | undefined} headers
 * @returns {Record<string, Value>}
 */
function otherHeaders(headers) {
  return Object.fromEntries(Object.entries(headers ?? {}).filter(([name]) => !/^access-control-/i.test(name)));
}
