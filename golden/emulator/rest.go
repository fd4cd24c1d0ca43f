package emulator

import (
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"apigw-cors/golden/tools"
)

// answerREST is a REST API's answer.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html
func (d *Deployment) answerREST(r arrived) reply {
	if r.failure != "" && r.failure != FunctionFailure {
		return d.gatewayResponse(r.failure, r)
	}
	path, m := d.methodFor(r)
	switch {
	case m == nil:
		return d.gatewayResponse("MISSING_AUTHENTICATION_TOKEN", r)
	case m.APIKey && r.headers["x-api-key"] == "":
		return d.gatewayResponse("INVALID_API_KEY", r)
	case m.Auth == "AWS_IAM" && r.headers["authorization"] == "":
		return d.gatewayResponse("MISSING_AUTHENTICATION_TOKEN", r)
	case m.Auth != "NONE" && m.Auth != "AWS_IAM" && r.headers[strings.ToLower(d.identity)] == "":
		return d.gatewayResponse("UNAUTHORIZED", r)
	case m.Integration == "MOCK":
		return d.mock(m, r)
	case m.Integration == "AWS_PROXY":
		return d.proxy(Event1(path, r.Method, anyValues(r.headers)), r)
	case m.Integration == "AWS" && !m.Service:
		return d.mapped(m, r)
	case m.Integration == "AWS" || m.Integration == "HTTP":
		return d.mappedByStatus(m, r)
	}
	d.t.Errorf("an integration %q", m.Integration)
	return reply{status: http.StatusNotImplemented}
}

// methodFor finds the most specific resource that has the method; one that
// lacks it leaves the request to a greedy sibling.
func (d *Deployment) methodFor(r arrived) (path string, m *Method) {
	best := ""
	for key, candidate := range d.api.Methods {
		verb, pattern, _ := strings.Cut(key, " ")
		if verb != r.Method && verb != "ANY" || !covers(pattern, r.URL.EscapedPath()) {
			continue
		}
		rank := specificity(pattern, "012")
		if verb == "ANY" {
			rank += "~"
		}
		if m == nil || rank < best {
			best, path, m = rank, pattern, candidate
		}
	}
	return path, m
}

// covers reports whether a path with variables takes a request's path.
func covers(pattern, path string) bool {
	expression := regexp.QuoteMeta(pattern)
	expression = greedyVariable.ReplaceAllString(expression, ".+")
	expression = variable.ReplaceAllString(expression, "[^/]+")
	return regexp.MustCompile("^" + expression + "$").MatchString(path)
}

// The variables of a path, as QuoteMeta leaves them.
var (
	greedyVariable = regexp.MustCompile(`\\\{[^/]*\\\+\\\}`)
	variable       = regexp.MustCompile(`\\\{[^/]*\\\}`)
)

// specificity sorts paths: of each segment one digit, for a name, a variable
// and a greedy variable.
func specificity(pattern, digits string) string {
	var out strings.Builder
	for segment := range strings.SplitSeq(strings.Trim(pattern, "/"), "/") {
		switch {
		case strings.HasSuffix(segment, "+}"):
			out.WriteByte(digits[2])
		case strings.HasPrefix(segment, "{"):
			out.WriteByte(digits[1])
		default:
			out.WriteByte(digits[0])
		}
	}
	return out.String()
}

// statusCode finds the status in the request template of a mock, strict JSON or
// with the bare key of the CDK; the service wants a number.
var statusCode = regexp.MustCompile(`^\s*\{\s*"?statusCode"?\s*:\s*(\d{3})\s*\}\s*$`)

// mock answers a preflight, or any other request.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
func (d *Deployment) mock(m *Method, r arrived) reply {
	code := statusCode.FindStringSubmatch(m.RequestTemplate)
	if code == nil {
		return d.gatewayResponse("API_CONFIGURATION_ERROR", r)
	}
	return d.integrationResponse(m, code[1], "{}", r)
}

// mapped answers what a non-proxy integration makes of its function.
func (d *Deployment) mapped(m *Method, r arrived) reply {
	if r.failure == FunctionFailure {
		return d.integrationResponse(m, "Internal server error", `{"errorMessage":"Internal server error"}`, r)
	}
	return d.integrationResponse(m, "", string(d.function.Call(d.t, map[string]any{})), r)
}

// mappedByStatus answers what a non-proxy integration makes of an HTTP backend or
// an AWS service: the status code selects the response.
func (d *Deployment) mappedByStatus(m *Method, r arrived) reply {
	status := "200"
	if r.failure == FunctionFailure {
		status = "500"
	}
	return d.integrationResponse(m, status, `{"message":"Hello"}`, r)
}

// integrationResponse is the one whose pattern covers the result, or else the
// default.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-integration-settings-integration-response.html
func (d *Deployment) integrationResponse(m *Method, result, body string, r arrived) reply {
	var status string
	var chosen *Response
	for code, candidate := range m.Responses {
		isDefault := candidate.Pattern == ""
		if isDefault && chosen == nil || !isDefault && regexp.MustCompile("^(?:"+candidate.Pattern+")$").MatchString(result) {
			status, chosen = code, candidate
		}
	}
	if chosen == nil {
		return d.gatewayResponse("API_CONFIGURATION_ERROR", r)
	}
	// A template needs text, and the body is binary where the type of the Accept
	// header is. One that is binary by its own type goes through as it is.
	text := chosen.ContentHandling == "CONVERT_TO_TEXT" && (m.Integration != "MOCK" || m.ContentHandling == "CONVERT_TO_TEXT")
	through := (m.Integration == "HTTP" || m.Service) && chosen.Template == ""
	if slices.Contains(d.api.BinaryMediaTypes, "*/*") && !text && !through {
		return d.gatewayResponse("API_CONFIGURATION_ERROR", r)
	}
	out := reply{headers: map[string]string{"Content-Type": "application/json"}, body: body}
	out.status, _ = strconv.Atoi(status)
	for name, expression := range chosen.Headers {
		if !slices.Contains(chosen.Declared, name) {
			d.t.Errorf("%s is mapped and not declared", name)
		}
		out.headers[name] = d.literal(expression)
	}
	if chosen.Template != "" {
		result := d.engine.Run(d.t, tools.MappingTemplate{
			Template: chosen.Template, Headers: r.headers, Body: body,
			Query: map[string]string{"origin": "https://spoofed.example"}, Absent: tools.AbsentEmpty,
		})
		out.body = result.Body
		maps.Copy(out.headers, result.Headers)
		if result.Status != nil {
			out.status = *result.Status
		}
	}
	return out
}

// literal is a static value, between its inner quotes.
func (d *Deployment) literal(expression string) string {
	value, opened := strings.CutPrefix(expression, "'")
	value, closed := strings.CutSuffix(value, "'")
	if !opened || !closed {
		d.t.Errorf("not a static value: %s", expression)
	}
	return value
}

// gatewayResponse is what the API answers itself. One that is not customised
// takes the default of its class.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
func (d *Deployment) gatewayResponse(kind string, r arrived) reply {
	out := reply{status: failureStatus(kind), body: `{"message":"` + kind + `"}`}
	out.headers = map[string]string{"Content-Type": "application/json"}
	headers, own := d.api.GatewayResponses[kind]
	if !own {
		headers = d.api.GatewayResponses["DEFAULT_"+strconv.Itoa(out.status/100)+"XX"]
	}
	for name, expression := range headers {
		if from, ok := strings.CutPrefix(expression, "method.request.header."); !ok {
			out.headers[name] = d.literal(expression)
		} else if value := r.headers[from]; value != "" {
			out.headers[name] = value
		}
	}
	return out
}

func failureStatus(kind string) int {
	switch kind {
	case "UNAUTHORIZED":
		return http.StatusUnauthorized
	case "ACCESS_DENIED", "INVALID_API_KEY", "MISSING_AUTHENTICATION_TOKEN":
		return http.StatusForbidden
	case "THROTTLED":
		return http.StatusTooManyRequests
	case "INTEGRATION_TIMEOUT":
		return http.StatusGatewayTimeout
	}
	return http.StatusInternalServerError
}
