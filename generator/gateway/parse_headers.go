package gateway

import (
	"strings"

	"apigw-cors/generator/cors"
)

// carriesHeaders refuses the header names in a list that no file can hand to
// API Gateway. What is not a header name at all is refused by package cors.
func (p *parser) carriesHeaders(field string, names []string) {
	refused := map[int]bool{}
	for _, f := range p.faults {
		if f.Field == field {
			refused[f.Index] = true
		}
	}
	for i, name := range names {
		if !refused[i] && !carried(name) {
			p.faultInstead(notCarried(field, i, name))
		}
	}
}

// carried reports whether a static value can hold the name: it stands between
// single quotes, and no escape for one is documented; $ and # begin something
// in a mapping template.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
func carried(name string) bool { return !strings.ContainsAny(name, "'$#") }

func notCarried(field string, index int, name string) cors.FieldError {
	return cors.FieldError{
		Field: field, Index: index, Value: name, Reason: Unsupported,
		Detail: "API Gateway cannot carry a name with ' or $ or #", Hint: "rename the header",
		Spec: "https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html",
	}
}
