package gateway

// Mapping is a header that API Gateway sets, and where its value comes from.
type Mapping struct {
	Header string
	// Value is the header's value, or a mapping expression such as
	// method.request.header.origin when Expression is true.
	Value      string
	Expression bool
}

// String is the mapping expression API Gateway is told: a static value stands
// between single quotes, else the deployment fails with "Invalid mapping
// expression specified". Values cannot hold a single quote: [Parse] refuses it,
// as no escape is documented.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
func (m Mapping) String() string {
	if m.Expression {
		return m.Value
	}
	return "'" + m.Value + "'"
}

// EchoOrigin is the mapping expression of the request's Origin header. Header
// names are case sensitive here; browsers speak HTTP/2 to API Gateway and send
// it in lower case.
const EchoOrigin = "method.request.header.origin"
