// Package gateway holds what Amazon API Gateway is told: its own words for a
// CORS policy. [Parse] turns the strings of a [Config] into an [API], and the
// API decides once what every target only spells: the OPTIONS method of each
// resource with its static headers and its mapping template, the gateway
// responses, the CORS configuration and the preflight routes of an HTTP API,
// and who must send which header on the actual response.
//
// [Facts] are the same from the other side: what a file that people have tells
// API Gateway, with the place of each value and the reason where one cannot be
// known. [API.Facts] are those of a policy, [Difference] compares two. A
// [Deployment] answers requests from facts as API Gateway does, mapping
// templates included (package vtl), and names the facts behind each answer.
// [Deployment.Judge] gives the browser's verdict, or what unknown it depends
// on; [Deployment.Faults] are the reasons for which nothing is deployed at all.
//
// The package does no I/O, and nothing in it knows a template language of a
// tool. What API Gateway does with these values is described in the
// [developer guide].
//
// [developer guide]: https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
package gateway
