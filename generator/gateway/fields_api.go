package gateway

import "slices"

// The fields of the API the policy is for.

func fieldAPI() Field {
	return Field{
		Key: "api", Flag: "api", Required: "required",
		Summary: "type of the API",
		Help: `Of the addresses, https://ID.execute-api.REGION.amazonaws.com/prod with a stage is mostly a REST API, without one an HTTP API. Of the responses, x-amz-apigw-id is a REST API's header, apigw-requestid an HTTP API's.
An HTTP API is cheaper and has CORS built in, for its own errors, too. A REST API has more (API keys, Cognito authorizers, request validation, private endpoints) and no CORS of its own: OPTIONS methods, the function's headers and gateway responses are rendered for you. More: apigw-cors help http-or-rest.`,
		Values: []Value{
			{Name: string(REST), Detail: "REST API: OPTIONS on every path, headers sent by the function"},
			{Name: string(HTTP), Detail: "HTTP API: the service answers preflights and adds the headers"},
		},
		ask: asking{
			place: 10, title: "API type", informs: true,
			note: "Which one have you got? The console names the type beside each API; `aws apigateway get-rest-apis` lists REST APIs, `aws apigatewayv2 get-apis` HTTP APIs. For a new one take http, unless you need what only rest has.",
		},
		of: func(c *Config) any { return &c.API },
	}
}

func fieldName() Field {
	return Field{
		Key: "name", Flag: "name", Noun: "name",
		Summary:  "logical name of the API",
		Help:     `A letter, then letters and digits. Logical ids and resource names start with it.`,
		Pattern:  "^[A-Za-z][A-Za-z0-9]{0,63}$",
		Examples: []string{"OrdersApi"},
		defaults: always(DefaultName),
		ask: asking{
			place: 150, title: "Name", seldom: true,
			note: "The logical name that resources are named after.",
		},
		of: func(c *Config) any { return &c.Name },
	}
}

func fieldAuth() Field {
	return Field{
		Key: "auth", Flag: "auth",
		Summary: "what stands in front of the methods, never of the preflight",
		Help: `A browser sends the preflight without token, key and signature, so whatever guards the methods must not guard OPTIONS: what is rendered sees to that.
The headers the auth needs are added to Access-Control-Allow-Headers.`,
		Values: []Value{
			{Name: string(NoAuth), Detail: "open to every caller"},
			{Name: string(APIKey), Detail: "a key in the header X-Api-Key", Only: REST, Instead: "use a REST API, or lambda"},
			{Name: string(IAM), Detail: "requests signed with AWS credentials"},
			{Name: string(Cognito), Detail: "a token of a Cognito user pool", Only: REST, Instead: "use jwt: its issuer can be a user pool"},
			{Name: string(Lambda), Detail: "a Lambda authorizer"},
			{Name: string(JWT), Detail: "a token of an OpenID Connect issuer, Cognito included", Only: HTTP, Instead: "use cognito for a user pool, or lambda"},
		},
		defaults: always(string(NoAuth)),
		ask: asking{
			place: 40, title: "Auth", informs: true,
			note: "What API Gateway asks of a caller. The preflight never has to pass it.",
		},
		of: func(c *Config) any { return &c.Auth },
	}
}

func fieldAuthHeader() Field {
	return Field{
		Key: "authHeader", Flag: "auth-header", Noun: "header",
		Summary: "request header the authorizer reads",
		Help:    `The authorizer's identity source. If it is not Authorization, pages have to be allowed to send it; that is done for you.`,
		Values:  []Value{{Name: "Authorization"}}, Open: true,
		Pattern: "^" + headerPattern + "$", Examples: []string{"X-Token"},
		defaults: always("Authorization"),
		ask: asking{
			place: 50, title: "Auth header",
			note: "The request header the authorizer reads its token from.",
			moot: func(c Config) bool { return !Auth(c.Auth).hasAuthorizer() },
		},
		of: func(c *Config) any { return &c.AuthHeader },
	}
}

func fieldIntegration() Field {
	return Field{
		Key: "integration", Flag: "integration", Only: REST,
		Summary: "how requests reach the backend",
		Help: `With proxy the Lambda function gets the whole request and writes the whole response, so it has to send the CORS headers of actual responses: the formats lambda-nodejs and lambda-python show how.
With non-proxy API Gateway maps the response and adds the headers. An HTTP proxy is a proxy, too: its backend has to send them, and all else is the same.`,
		Values: []Value{
			{Name: string(Proxy), Detail: "as they are; the function sends the CORS headers"},
			{Name: string(NonProxy), Detail: "mapped; API Gateway adds the CORS headers", Only: REST, Instead: "use proxy, or a REST API"},
		},
		defaults: always(string(Proxy)),
		ask: asking{
			place: 110, title: "Integration",
			note: "How requests reach the backend.",
		},
		of: func(c *Config) any { return &c.Integration },
	}
}

func fieldBackendType() Field {
	return Field{
		Key: "backendType", Flag: "backend-type", Only: REST,
		Summary: "what answers behind a non-proxy integration",
		Help: `API Gateway chooses an integration response by the error message of a Lambda function, but by the status of an HTTP backend or an AWS service: what counts as an error differs, and each error needs the CORS headers, too. A mock answers by itself. Any other than lambda makes the integration non-proxy.
The body is passed on as it is; that of a Lambda function is JSON. Where several origins are allowed a mapping template passes it on, as application/json.`,
		Values: []Value{
			{Name: string(LambdaBackend), Detail: "a Lambda function; one that fails becomes a 500", Only: REST},
			{Name: string(HTTPBackend), Detail: "a URL; its 4xx become a 400, its 5xx a 500", Only: REST},
			{Name: string(ServiceBackend), Detail: "an AWS service; its 4xx become a 400, its 5xx a 500", Only: REST},
			{Name: string(MockBackend), Detail: "API Gateway itself, with a 200", Only: REST},
		},
		defaults: always(string(LambdaBackend)),
		ask: asking{
			place: 115, title: "Backend type",
			note: "What API Gateway hands requests to, and whose answers it maps.",
			moot: func(c Config) bool { return c.Integration != string(NonProxy) },
		},
		of: func(c *Config) any { return &c.BackendType },
	}
}

func fieldPayloadFormat() Field {
	return Field{
		Key: "payloadFormat", Flag: "payload-format", Only: HTTP,
		Summary: "version of the event that the Lambda function gets",
		Help: `With 1.0 a function written for a REST API goes on as it is: it finds the method in httpMethod and answers with a statusCode. With 2.0 it may answer with any value, which becomes the body of a 200.
The functions that are rendered take both.`,
		Values: []Value{
			{Name: string(PayloadFormat2), Detail: "the HTTP API's own form", Only: HTTP},
			{Name: string(PayloadFormat1), Detail: "the form of a REST API", Only: HTTP},
		},
		defaults: always(string(PayloadFormat2)),
		ask: asking{
			place: 117, title: "Payload format", seldom: true,
			note: "The version of the event that the Lambda function gets.",
		},
		of: func(c *Config) any { return &c.PayloadFormat },
	}
}

func fieldPreflight() Field {
	return Field{
		Key: "preflight", Flag: "preflight",
		Summary: "who answers OPTIONS",
		Help:    `API Gateway answers by itself, fast and without a call that costs. Take lambda if the function knows better who may call: origins out of a database, for example. It then has to answer OPTIONS on every path.`,
		Values: []Value{
			{Name: string(ByGateway), Detail: "API Gateway, without a call of the function"},
			{Name: string(ByLambda), Detail: "the function: more code, more calls, any rule you like"},
		},
		defaults: always(string(ByGateway)),
		ask: asking{
			place: 120, title: "Preflight",
			noteOf: func(c Config) string {
				const note = "Who answers the OPTIONS request that a browser sends ahead."
				if beyondService(c) {
					return note + " The CORS configuration of an HTTP API has no form for these origins, so take lambda, or name each origin."
				}
				return note
			},
			// The function is the only one to answer where the service cannot.
			propose: func(c Config) []string {
				if beyondService(c) {
					return []string{string(ByLambda)}
				}
				return nil
			},
			informsOf: beyondService,
			moot:      func(c Config) bool { return c.Integration == string(NonProxy) },
			quiet:     func(c Config) bool { return kindOf(c) == HTTP && !beyondService(c) },
		},
		of: func(c *Config) any { return &c.Preflight },
	}
}

func fieldAPIID() Field {
	return Field{
		Key: "apiId", Flag: "api-id", Noun: "id",
		Summary: "what your own file calls the API, so that what is rendered refers to it",
		Help: `The API's logical id in a SAM or CloudFormation template (OrdersApi), or its address in Terraform (aws_api_gateway_rest_api.orders, or an expression such as var.rest_api_id).
The paths have ids, too: in cors.yaml the key id of a resource, here /orders=GET,POST=OrdersResource or /orders==aws_api_gateway_resource.orders. On an HTTP API it is the id of the path's integration, and only OPTIONS routes need it.
With ids only what is new is rendered, and goes into your project as it is. CDK and the AWS CLI find everything by its path and need none.`,
		Pattern:  referencePattern,
		Examples: []string{"OrdersApi", "aws_api_gateway_rest_api.orders", `module.api["eu"].rest_api_id`},
		ask: asking{
			place: 155, title: "API id", seldom: true,
			note: "What your own template or Terraform module calls the API, if it is there already.",
		},
		of: func(c *Config) any { return &c.APIID },
	}
}

func fieldResources() Field {
	return Field{
		Key: "resources", Flag: "resource",
		Summary: "paths the API serves, each with its own methods or those of all",
		Help: `The paths that the API serves, such as /orders/{id}, with blanks between them. A path alone has the methods named before; /orders=GET,POST has its own, and its preflight allows just these. ANY stands for every method.
For a REST API / and /{proxy+} are everything, for an HTTP API $default.`,
		InsteadOfEmpty: "name a path, or leave it out to serve every path",
		Entries: []Field{
			{
				Key: "path", Required: "required", Summary: "path of the resource, or $default on an HTTP API",
				Pattern: `^(/\S*|\$default)$`, Examples: []string{"/orders/{id}", "/", "/{proxy+}"},
				ofEntry: func(r *ResourceConfig) any { return &r.Path },
			},
			{
				Key: "methods", Summary: "methods of the resource, or ANY alone; without them it has those of allowMethods",
				Values:         entryMethods(),
				Pattern:        anyCase(append(HTTPMethods(), "ANY")),
				Examples:       []string{"GET", "PUT"},
				InsteadOfEmpty: "name a method, or leave the key out to use allowMethods",
				ofEntry:        func(r *ResourceConfig) any { return &r.Methods },
			},
			{
				Key: "id", Summary: "what your own file calls the resource (REST API) or the integration (HTTP API); see apiId",
				Pattern: referencePattern, Examples: []string{"OrdersResource", "aws_api_gateway_resource.orders"},
				ofEntry: func(r *ResourceConfig) any { return &r.ID },
			},
		},
		defaults: defaultPaths,
		ask: asking{
			place: 100, title: "Resources",
			note: "The paths of the API, blanks between them. A path may name its methods: /orders=GET,POST /orders/{id}=GET,PUT",
		},
		of: func(c *Config) any { return &c.Resources },
	}
}

func entryMethods() []Value {
	values := []Value{{Name: "ANY", Detail: "every method", Alone: true}}
	for _, m := range HTTPMethods() {
		values = append(values, Value{Name: m})
	}
	return values
}

func fieldBinaryMediaTypes() Field {
	return Field{
		Key: "binaryMediaTypes", Flag: "binary-media-types", Only: REST,
		Summary:  "media types treated as binary",
		Help:     `With */* even the preflight counts as binary, which breaks it unless it is converted to text: what is rendered does that.`,
		Pattern:  `^[^/\s]+/[^/\s]+$`,
		Examples: []string{"image/png", "*/*"},
		ask: asking{
			place: 160, title: "Binary media types", seldom: true,
			note: "Media types that the API treats as binary, such as image/png or */*.",
		},
		of: func(c *Config) any { return &c.BinaryMediaTypes },
	}
}

func fieldGatewayResponses() Field {
	values := []Value{
		{Name: "DEFAULT_4XX", Detail: "the client's errors, but for types you customise"},
		{Name: "DEFAULT_5XX", Detail: "the server's errors, but for types you customise"},
	}
	for _, t := range ResponseTypes() {
		if !slices.Contains(defaultResponseTypes(), t) {
			values = append(values, Value{Name: t})
		}
	}
	return Field{
		Key: "gatewayResponses", Flag: "gateway-responses", Only: REST,
		Summary: "gateway responses that get CORS headers, or none",
		Help: `When the token is missing, a quota is used up or the function fails to answer, API Gateway responds itself, and without CORS headers. A browser then tells the page of a network error, and the status is lost.
DEFAULT_4XX and DEFAULT_5XX cover every error whose own type is not customised. With none no gateway response is rendered.`,
		Values:         append(values, Value{Name: NoResponses, Alone: true}),
		InsteadOfEmpty: "use none for no gateway response, or leave it out for DEFAULT_4XX and DEFAULT_5XX",
		defaults:       always(defaultResponseTypes()...),
		ask: asking{
			place: 130, title: "Gateway responses", more: "Response types, such as UNAUTHORIZED, with commas between them.",
			note:  "API Gateway's own errors, such as 401 and 429. Without CORS headers a page sees a network error in their place.",
			empty: []string{NoResponses},
			offer: func(_ Config, all []Value) []Value {
				return without(all, func(v Value) bool { return v.Detail == "" })
			},
		},
		of: func(c *Config) any { return &c.GatewayResponses },
	}
}

func fieldGatewayResponseOrigin() Field {
	return Field{
		Key: "gatewayResponseOrigin", Flag: "gateway-response-origin", Only: REST,
		Summary: "origin that gateway responses allow: auto names it if there is one only; for several it is any, or with credentials echo",
		Help: `A gateway response runs no template, so it cannot check the origin: it names one origin, or any (*), or echoes what the request says. Its body is API Gateway's generic message; keep user data out of it.
A browser refuses * for requests with credentials; echo serves those.`,
		Values: []Value{
			{Name: string(OriginAuto)},
			{Name: string(OriginAny), Detail: "*: every site can read the errors", Wildcard: true},
			{Name: string(OriginEcho), Detail: "the request's origin: every site can read the errors"},
		},
		defaults: always(string(OriginAuto)),
		ask: asking{
			place: 140, title: "Gateway response origin",
			note:  "A gateway response cannot look the origin up in a list.",
			moot:  func(c Config) bool { return slices.Equal(c.GatewayResponses, []string{NoResponses}) },
			quiet: func(c Config) bool { return staticOrigin(c) || c.AllowCredentials },
			offer: func(c Config, all []Value) []Value {
				all[0].Detail = "any, as there are several origins"
				switch {
				case staticOrigin(c):
					all[0].Detail = "the one origin"
				case c.AllowCredentials:
					all[0].Detail = "echo, as there are several origins"
				}
				return all
			},
		},
		of: func(c *Config) any { return &c.GatewayResponseOrigin },
	}
}
