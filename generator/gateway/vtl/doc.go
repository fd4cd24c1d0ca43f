// Package vtl evaluates the mapping templates of API Gateway: the part of the
// Velocity Template Language that CORS templates use, with the variables that
// API Gateway gives them. [Parse] reads a template, [Template.Run] evaluates it
// on a request.
//
// Nothing is guessed. What lies beyond the subset, or depends on what only a
// live request knows ($context.identity, a stage variable), is [Unknown], with
// the reason and the place in the template; where the way on depends on it, the
// caller is asked ([Environment.Choose]). Running is bounded in steps, output
// and nesting, so a hostile template can neither hang nor grow.
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
// https://velocity.apache.org/engine/1.7/vtl-reference.html
package vtl
