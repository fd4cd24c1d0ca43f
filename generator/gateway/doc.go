// Package gateway holds what Amazon API Gateway is told: its own words for a
// CORS policy. [Parse] turns the strings of a [Config] into an [API], and the
// API decides once what every target only spells: the OPTIONS method of each
// resource with its static headers and its mapping template, the gateway
// responses, the CORS configuration and the preflight routes of an HTTP API,
// and who must send which header on the actual response.
//
// The package does no I/O, and nothing in it knows a template language of a
// tool. What API Gateway does with these values is described in the
// [developer guide].
//
// [developer guide]: https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
package gateway
