// CORS for Lambda functions of the HTTP API Moved: Node.js 22.
//
// One line puts it around a handler, in an ES module as in a CommonJS module:
//
//   import { withCors } from './cors.cjs';
//   export const handler = withCors(async (event) => { ... });
//
//   const { withCors } = require('./cors.cjs');
//   exports.handler = withCors(async (event) => { ... });
//
// It answers the preflight itself, and puts the CORS headers on every response: a
// browser hides one without them from the page, errors included.
//
// The policy alone decides: other Access-Control-* headers of a response are
// dropped. Its Vary is kept, with Origin added.
//
// An exception is logged and answered with status 500; passed on, API Gateway
// would answer, without these headers. The API's metric 5xx counts it, the
// function's Errors does not.
//
// Rendered by
//   apigw-cors generate --api http --name Moved --allow-origins 'https://app.example.org,https://*.example.com' --allow-methods GET,POST --allow-credentials --payload-format 1.0 --preflight lambda --resource /orders --resource '/orders/{id}=GET,DELETE' --format lambda-nodejs

exports.withCors = withCors;

/**
 * What is read of an event of payload format 1.0 or 2.0.
 * @typedef {object} ProxyEvent
 * @property {string} [version]
 * @property {string} [routeKey]
 * @property {string} [resource]
 * @property {string} [httpMethod]
 * @property {RequestContext} [requestContext]
 * @property {Record<string, string | undefined> | null} [headers]
 * @property {Record<string, string[] | undefined> | null} [multiValueHeaders]
 */

/**
 * @typedef {object} RequestContext
 * @property {RequestContextHttp} [http]
 */

/**
 * @typedef {object} RequestContextHttp
 * @property {string} [method]
 */

/**
 * A response of a function.
 * @typedef {object} ProxyResponse
 * @property {number} statusCode
 * @property {Record<string, string | number | boolean>} [headers]
 * @property {Record<string, (string | number | boolean)[]>} [multiValueHeaders]
 * @property {string[]} [cookies]
 * @property {string} [body]
 * @property {boolean} [isBase64Encoded]
 */

// A browser sends an origin in one form only, so values are compared byte by byte.
const allowedOrigins = [
  'https://app.example.org',
];

// Between prefix and suffix stands the rest of a host name, or a port.
const allowedPatterns = [
  { prefix: 'https://', suffix: '.example.com' },
];

/**
 * Each resource allows its own methods.
 * @type {Record<string, string>}
 */
const allowMethods = {
  '/orders': 'GET,POST',
  '/orders/{id}': 'GET,DELETE',
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
 * @param {(event: Event, context: Context) => unknown} handler
 * @returns {(event: Event, context: Context) => Promise<ProxyResponse>}
 */
function withCors(handler) {
  return async (event, context) => {
    if ((event.requestContext?.http?.method ?? event.httpMethod) === 'OPTIONS') {
      return preflight(event);
    }
    const cors = corsHeaders(event);
    try {
      return addCors(structured(event, await handler(event, context)), cors);
    } catch (error) {
      console.error(error);
      return addCors(failure, cors);
    }
  };
}

/**
 * Payload format 2.0 makes a response of any result without a status code, and
 * reads no multiValueHeaders.
 * @param {ProxyEvent} event
 * @param {any} result
 * @returns {ProxyResponse}
 */
function structured(event, result) {
  if (event.version !== '2.0') {
    return result;
  }
  if (result?.statusCode === undefined) {
    return {
      statusCode: 200,
      headers: { 'Content-Type': 'application/json' },
      body: typeof result === 'string' ? result : JSON.stringify(result ?? null),
    };
  }
  return { ...result, multiValueHeaders: undefined };
}

/**
 * @param {ProxyEvent} event
 * @returns {ProxyResponse}
 */
function preflight(event) {
  const methods = allowMethods[(event.routeKey ?? event.resource ?? '').replace(/^.* /, '')];
  return {
    statusCode: 204,
    headers: {
      ...corsHeaders(event),
      ...(methods && { 'Access-Control-Allow-Methods': methods }),
      'Access-Control-Allow-Headers': 'Content-Type',
    },
    body: '',
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
    'Access-Control-Allow-Credentials': 'true',
    'Vary': 'Origin',
  };
  const origin = requestHeader(event, 'origin');
  return isAllowed(origin) ? { ...headers, 'Access-Control-Allow-Origin': origin } : headers;
}

/** @param {string} origin */
function isAllowed(origin) {
  return allowedOrigins.includes(origin) || allowedPatterns.some(({ prefix, suffix }) =>
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
