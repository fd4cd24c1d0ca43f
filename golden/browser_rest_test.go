package golden_test

import (
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"apigw-cors/generator/gateway"
)

// reply is a response on its way to the browser. Header names are as they were
// set.
type reply struct {
	status  int
	headers map[string]string
	body    string
}

// deployed is an API as a tool made it, ready to answer: whatever it knows of
// API Gateway it has from the documentation, not from the model.
type deployed struct {
	*seen
	// identity is the header that the auth reads.
	identity string
	// function is behind every integration but a mock.
	function handler
	engine   velocity
}

// answerREST is a REST API's answer.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html
func (d *deployed) answerREST(t testing.TB, r arrived) reply {
	if r.failure != "" && r.failure != functionFailure {
		return d.gatewayResponse(t, r.failure, r)
	}
	path, m := d.methodFor(r)
	switch {
	case m == nil:
		return d.gatewayResponse(t, "MISSING_AUTHENTICATION_TOKEN", r)
	case m.apiKey && r.headers["x-api-key"] == "":
		return d.gatewayResponse(t, "INVALID_API_KEY", r)
	case m.auth == "AWS_IAM" && r.headers["authorization"] == "":
		return d.gatewayResponse(t, "MISSING_AUTHENTICATION_TOKEN", r)
	case m.auth != "NONE" && m.auth != "AWS_IAM" && r.headers[strings.ToLower(d.identity)] == "":
		return d.gatewayResponse(t, "UNAUTHORIZED", r)
	case m.integration == "MOCK":
		return d.mock(t, m, r)
	case m.integration == "AWS_PROXY":
		return d.proxy(t, event1(path, r.Method, anyValues(r.headers)), r)
	case m.integration == "AWS":
		return d.mapped(t, m, r)
	}
	t.Errorf("an integration %q", m.integration)
	return reply{status: http.StatusNotImplemented}
}

// methodFor finds the most specific resource that has the method; one that
// lacks it leaves the request to a greedy sibling.
func (d *deployed) methodFor(r arrived) (path string, m *seenMethod) {
	best := ""
	for key, candidate := range d.methods {
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

// mock answers a preflight.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
func (d *deployed) mock(t testing.TB, m *seenMethod, r arrived) reply {
	code := statusCode.FindStringSubmatch(m.requestTemplate)
	if code == nil {
		return d.gatewayResponse(t, "API_CONFIGURATION_ERROR", r)
	}
	return d.integrationResponse(t, m, code[1], "{}", r)
}

// mapped answers what a non-proxy integration makes of its function.
func (d *deployed) mapped(t testing.TB, m *seenMethod, r arrived) reply {
	if r.failure == functionFailure {
		return d.integrationResponse(t, m, "Internal server error", `{"errorMessage":"Internal server error"}`, r)
	}
	return d.integrationResponse(t, m, "", string(d.function.call(t, map[string]any{})), r)
}

// integrationResponse is the one whose pattern covers the result, or else the
// default.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-integration-settings-integration-response.html
func (d *deployed) integrationResponse(t testing.TB, m *seenMethod, result, body string, r arrived) reply {
	var status string
	var chosen *seenResponse
	for code, candidate := range m.responses {
		isDefault := candidate.pattern == ""
		if isDefault && chosen == nil || !isDefault && regexp.MustCompile("^(?:"+candidate.pattern+")$").MatchString(result) {
			status, chosen = code, candidate
		}
	}
	if chosen == nil {
		return d.gatewayResponse(t, "API_CONFIGURATION_ERROR", r)
	}
	// A template needs text, and the body is binary where the type of the Accept
	// header is.
	text := m.contentHandling == gateway.ContentHandling && chosen.contentHandling == gateway.ContentHandling
	if slices.Contains(d.binaryMediaTypes, "*/*") && !text {
		return d.gatewayResponse(t, "API_CONFIGURATION_ERROR", r)
	}
	out := reply{headers: map[string]string{"Content-Type": "application/json"}, body: body}
	out.status, _ = strconv.Atoi(status)
	for name, expression := range chosen.headers {
		if !slices.Contains(chosen.declared, name) {
			t.Errorf("%s is mapped and not declared", name)
		}
		out.headers[name] = literal(t, expression)
	}
	if chosen.template != "" {
		result := d.engine.run(t, vtlRun{
			Template: chosen.template, Headers: r.headers, Body: body,
			Query: map[string]string{"origin": "https://spoofed.example"}, Absent: absentEmpty,
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
func literal(t testing.TB, expression string) string {
	value, opened := strings.CutPrefix(expression, "'")
	value, closed := strings.CutSuffix(value, "'")
	if !opened || !closed {
		t.Errorf("not a static value: %s", expression)
	}
	return value
}

// gatewayResponse is what the API answers itself. One that is not customised
// takes the default of its class.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
func (d *deployed) gatewayResponse(t testing.TB, kind string, r arrived) reply {
	out := reply{status: failureStatus(kind), body: `{"message":"` + kind + `"}`}
	out.headers = map[string]string{"Content-Type": "application/json"}
	headers, own := d.gatewayResponses[kind]
	if !own {
		headers = d.gatewayResponses["DEFAULT_"+strconv.Itoa(out.status/100)+"XX"]
	}
	for name, expression := range headers {
		if from, ok := strings.CutPrefix(expression, "method.request.header."); !ok {
			out.headers[name] = literal(t, expression)
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
