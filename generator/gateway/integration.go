package gateway

import "slices"

// IntegrationResponse is what a non-proxy integration of a REST API makes of
// its backend's answer.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-integration-settings-integration-response.html
type IntegrationResponse struct {
	StatusCode string
	// SelectionPattern is a regular expression over the error message of a
	// Lambda function, or over the status code of any other backend; ""
	// marks the default response.
	SelectionPattern string
	// ContentHandling is CONVERT_TO_TEXT where a binary media type could
	// cover the body, which is text; otherwise "".
	ContentHandling string
	Headers         []Mapping
	// ResponseTemplate passes the body on and sets Access-Control-Allow-Origin
	// for an allowed origin; "" where every header is static and the body the
	// backend's.
	ResponseTemplate string
}

// DeclaredHeaders are the headers the method response of this status must
// declare.
func (r IntegrationResponse) DeclaredHeaders() []string { return declaredHeaders(r.Headers) }

// IntegrationResponses are the mappings of a non-proxy integration, the
// success and the errors alike: the console's "Enable CORS" leaves the errors
// out. There are none for a proxy integration.
func (a API) IntegrationResponses() []IntegrationResponse {
	if a.kind != REST || a.integration != NonProxy {
		return nil
	}
	headers, perRequest := a.ActualHeaders()
	success := IntegrationResponse{StatusCode: "200", Headers: headers}
	if perRequest {
		success.ResponseTemplate = overrideTemplate(a.policy.AllowOrigins()) + a.backend.body()
	} else if a.backend == MockBackend {
		success.ResponseTemplate = a.backend.body()
	}
	if len(a.binary) > 0 && !a.bodyMayBeBinary() || a.backend == MockBackend {
		success.ContentHandling = ContentHandling
	}
	out := []IntegrationResponse{success}
	for _, e := range a.backend.errors() {
		failed := success
		failed.StatusCode, failed.SelectionPattern, failed.Headers = e.StatusCode, e.SelectionPattern, slices.Clone(headers)
		out = append(out, failed)
	}
	return out
}

// errors are the status and the pattern of each response to a failure. A Lambda
// function that fails has an error message, and its status is 200 all the same;
// of any other backend the pattern reads the status code.
func (b Backend) errors() []IntegrationResponse {
	switch b {
	case LambdaBackend:
		return []IntegrationResponse{{StatusCode: "500", SelectionPattern: `(\n|.)+`}}
	case HTTPBackend, ServiceBackend:
		return []IntegrationResponse{
			{StatusCode: "400", SelectionPattern: `4\d{2}`},
			{StatusCode: "500", SelectionPattern: `5\d{2}`},
		}
	}
	return nil
}

// body is the end of a mapping template that writes the body of a response. A
// mock has none to pass on.
func (b Backend) body() string {
	switch b {
	case LambdaBackend:
		return "$input.json('$')\n"
	case MockBackend:
		return `{"message": "Hello"}` + "\n"
	}
	return "$input.body\n"
}

// MockRequest is the request template of a mock backend: it selects the one
// integration response there is.
const MockRequest = `{"statusCode": 200}`

// bodyMayBeBinary reports whether a binary media type could cover a body that
// is binary: what a Lambda function returns behind a non-proxy integration is
// JSON, and a mock's body is a template's.
func (a API) bodyMayBeBinary() bool { return a.backend == HTTPBackend || a.backend == ServiceBackend }
