// Package gateway holds what Amazon API Gateway is told, in its own words, and
// what it makes of it.
//
// [Parse] turns the strings of a [Config] into an [API]; [Fields] is the table of
// what a Config may say: its keys, flags, values, defaults, help and questions,
// which every reader of a policy goes by.
//
// The API decides once what every target only spells: the OPTIONS method of
// each resource with its static headers and its mapping template ([Mock]), the
// gateway responses ([GatewayResponse]), the integration responses
// ([IntegrationResponse]), the CORS configuration and the preflight routes of an
// HTTP API ([CORSConfiguration], [Route]), the tree of resources ([Node]), and who
// must send which header on the actual response ([Responder]).
//
// [Facts] are the same from the other side: what files that people wrote tell
// API Gateway, each with the [Place] where it stands, or why it is unknown.
// [API.Facts] are those of a policy. Either way a [Deployment] answers requests
// as the deployed API would: [Deployment.Answer] one request,
// [Deployment.Fetch] all that a page's fetch consists of. [Remedy] is the
// smallest change of a policy with which a fetch goes through.
//
// The package does no I/O, and nothing in it knows a template language of a
// tool; mapping templates are evaluated by package vtl. What API Gateway does
// with these values is described in the [developer guide].
//
// [developer guide]: https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
package gateway
