// CORS for Lambda functions of the REST API Tenants: Node.js 22.
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
// dropped. Its Vary is kept, with Origin added.
//
// An exception is logged and answered with status 500; passed on, API Gateway
// would answer, without these headers. The API's metric 5XXError counts it, the
// function's Errors does not.
//
// Rendered by
//   apigw-cors generate --api rest --name Tenants --allow-origins 'https://*.example.com' --allow-methods GET,POST --format lambda-nodejs

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

// Between prefix and suffix stands the rest of a host name, or a port.
const allowedPatterns = [
  { prefix: 'https://', suffix: '.example.com' },
];

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
    const cors = corsHeaders(event);
    try {
      return addCors(await handler(event, context), cors);
    } catch (error) {
      console.error(error);
      return addCors(failure, cors);
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
  cors = { ...cors, 'Vary': varyByOrigin(response) };
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
  return Object.fromEntries(Object.entries(headers ?? {}).filter(([name]) => !/^(access-control-.*|vary)$/i.test(name)));
}

/**
 * Vary stands on a refusal, too, or a cache would hand it to an allowed origin.
 * @param {ProxyResponse} response
 */
function varyByOrigin({ headers, multiValueHeaders }) {
  const fields = [headers, multiValueHeaders]
    .flatMap((all) => Object.entries(all ?? {}))
    .filter(([name]) => name.toLowerCase() === 'vary')
    .flatMap(([, value]) => String(value ?? '').split(','))
    .map((field) => field.trim())
    .filter((field) => field !== '' && field.toLowerCase() !== 'origin');
  return fields.includes('*') ? '*' : [...fields, 'Origin'].join(', ');
}

/**
 * @param {ProxyEvent} event
 * @returns {Record<string, string>}
 */
function corsHeaders(event) {
  const headers = {
    'Vary': 'Origin',
  };
  const origin = requestHeader(event, 'origin');
  return isAllowed(origin) ? { ...headers, 'Access-Control-Allow-Origin': origin } : headers;
}

/** @param {string} origin */
function isAllowed(origin) {
  return allowedPatterns.some(({ prefix, suffix }) =>
    origin.startsWith(prefix) && origin.endsWith(suffix) &&
    !origin.includes('@') && origin.lastIndexOf('/') === prefix.indexOf('://') + 2);
}

/**
 * Names arrive as the client wrote them, and a request without headers has null.
 * @param {ProxyEvent} event
 * @param {string} name
 */
function requestHeader(event, name) {
  const headers = Object.entries({ ...event.multiValueHeaders, ...event.headers });
  const [, value] = headers.find(([key]) => key.toLowerCase() === name) ?? [];
  return String(value ?? '');
}
