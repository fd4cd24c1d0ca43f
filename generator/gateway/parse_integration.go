package gateway

import (
	"strings"

	"apigw-cors/generator/cors"
)

// backend parses what stands behind the integrations. One that cannot stand
// behind a proxy says enough: the integration need not be given.
func (p *parser) backend() {
	given := p.config.BackendType
	p.api.backend = oneOf[Backend](p, fieldBackendType(), given)
	if p.api.backend == LambdaBackend || !p.restOnly("backendType", given, "leave it out: the service adds the CORS headers whatever the backend is") {
		return
	}
	switch {
	case p.config.Integration == "":
		p.api.integration = NonProxy
	case p.api.integration == Proxy:
		p.fault(cors.FieldError{
			Field: "backendType", Index: -1, Value: given, Reason: cors.Prohibited,
			Detail: "behind a proxy integration the response is the backend's own: API Gateway maps none",
			Hint:   "use integration non-proxy, or leave it out and let the backend send the CORS headers; the preflight is the same",
			Spec:   "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html",
		})
	}
}

func (p *parser) payloadFormat() {
	given := p.config.PayloadFormat
	p.api.payload = oneOf[PayloadFormat](p, fieldPayloadFormat(), given)
	if p.isREST() && p.api.payload != PayloadFormat2 {
		p.fault(cors.FieldError{
			Field: "payloadFormat", Index: -1, Value: given, Reason: Unsupported,
			Detail: "a REST API has one form of event, which is that of payload format 1.0", Hint: "leave it out",
			Spec: "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html",
		})
	}
}

// integrationCombinations refuses what a non-proxy integration excludes.
func (p *parser) integrationCombinations() {
	if p.api.integration != NonProxy {
		return
	}
	switch {
	case p.isHTTP():
		p.fault(cors.FieldError{
			Field: "integration", Index: -1, Value: string(NonProxy), Reason: Unsupported,
			Detail: "an HTTP API hands requests to Lambda as a proxy only", Hint: "use proxy, or a REST API", Fix: string(Proxy),
			Spec: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html",
		})
	case p.api.preflight == ByLambda:
		p.fault(cors.FieldError{
			Field: "preflight", Index: -1, Value: string(ByLambda), Reason: cors.Prohibited,
			Detail: "behind a non-proxy integration the Lambda function sees no headers and sets none",
			Hint:   "use gateway, or integration proxy", Fix: string(ByGateway),
			Spec: "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-custom-integrations.html",
		})
	}
	if _, static := p.api.policy.StaticOrigin(); !static && len(p.api.binary) > 0 && p.api.bodyMayBeBinary() && len(p.faults) == 0 {
		p.fault(cors.FieldError{
			Field: "binaryMediaTypes", Index: -1, Value: strings.Join(p.api.binary, ","), Reason: cors.Prohibited,
			Detail: "a mapping template chooses among several origins, and it needs a text body; that of an HTTP backend or an AWS service may be binary",
			Hint:   "leave it out, allow one origin, or use integration proxy",
			Spec:   payloadSpec,
		})
	}
}

const payloadSpec = "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html"
