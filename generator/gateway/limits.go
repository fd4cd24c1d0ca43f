package gateway

import (
	"fmt"
	"strconv"
	"strings"

	"apigw-cors/generator/cors"
)

// The quotas of API Gateway that a policy can meet. maxMappingTemplate, in
// bytes, is fixed; the number of resources of a REST API, and of routes of an
// HTTP API, AWS raises when it is asked to.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
const (
	maxMappingTemplate = 300 << 10
	maxResources       = 300
	maxRoutes          = 300
	// maxHeaderValues is, in bytes, what a request's line and headers may come
	// to: a preflight that asks for more header names does not get through.
	maxHeaderValues = 10240
)

const (
	codeQuota      = "quota"
	codeHeaderSize = "header-size"
)

const quotaSpec = "https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html"

// quotas refuses what no account can have, and tells what it has to be asked
// for. It is about a policy without a fault.
func (p *parser) quotas() {
	if len(p.faults) > 0 {
		return
	}
	longest := 0
	if m, ok := p.api.Mock(p.api.Resources()[0]); ok {
		longest = len(m.ResponseTemplate)
	}
	for _, r := range p.api.IntegrationResponses() {
		longest = max(longest, len(r.ResponseTemplate))
	}
	if longest > maxMappingTemplate {
		p.fault(cors.FieldError{
			Field: "allowOrigins", Index: -1, Value: strconv.Itoa(len(p.api.policy.AllowOrigins())) + " origins", Reason: Unsupported,
			Detail: fmt.Sprintf("the mapping template that compares them has %d bytes, and API Gateway takes %d", longest, maxMappingTemplate),
			Hint:   "use preflight lambda, or a wildcard over a domain", Spec: quotaSpec,
		})
	}
	if n := len(strings.Join(p.api.AllowHeaders().Strings(), ",")); n > maxHeaderValues {
		p.advice = append(p.advice, cors.Advice{
			Code: codeHeaderSize, Severity: cors.Warning, Field: "allowHeaders", Index: -1,
			Detail: fmt.Sprintf("the names have %d bytes, and API Gateway takes %d bytes of a request's headers: no page can send all of them", n, maxHeaderValues),
			Hint:   "list what pages send", Spec: quotaSpec,
		})
	}
	what, n, most := "resources of a REST API", len(p.api.Tree())-1, maxResources
	if p.isHTTP() {
		what, n, most = "routes of an HTTP API", len(p.api.Routes()), maxRoutes
	}
	if n > most {
		p.advice = append(p.advice, cors.Advice{
			Code: codeQuota, Severity: cors.Warning, Field: "resources", Index: -1,
			Detail: fmt.Sprintf("%d %s, and an account may have %d unless AWS has raised its quota", n, what, most),
			Hint:   "ask for a higher quota, or serve several paths by one: /orders/{proxy+}", Spec: quotaSpec,
		})
	}
}
