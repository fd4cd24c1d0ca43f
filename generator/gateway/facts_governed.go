package gateway

import (
	"slices"
	"strings"
)

// Governs reports whether the policy speaks for a gateway response: it names the
// type, or the default that the type would follow if a file did not change it.
func (a API) Governs(responseType string) bool {
	return slices.ContainsFunc(a.types, func(own string) bool {
		switch own {
		case responseType:
			return true
		case "DEFAULT_5XX":
			return slices.Contains([]string{
				"API_CONFIGURATION_ERROR", "AUTHORIZER_CONFIGURATION_ERROR", "AUTHORIZER_FAILURE", "INTEGRATION_FAILURE", "INTEGRATION_TIMEOUT",
			}, responseType)
		case "DEFAULT_4XX":
			return !strings.HasPrefix(responseType, "DEFAULT_") && !strings.HasPrefix(responseType, "INTEGRATION_") &&
				!strings.HasPrefix(responseType, "AUTHORIZER_") && responseType != "API_CONFIGURATION_ERROR"
		}
		return false
	})
}

// MapsResponses reports whether API Gateway maps the responses of a method that
// a page calls: it then has to send their CORS headers itself.
func (m *MethodFacts) MapsResponses() bool {
	if m.Integration == nil || len(m.Integration.Responses) == 0 || m.MadeBy != "" || m.Method.String() == "OPTIONS" {
		return false
	}
	return slices.Contains([]string{"AWS", "HTTP", "MOCK"}, m.Integration.Type.String())
}

// IsFor reports whether the resource has a method that a file has: any of them
// stands for ANY.
func (r Resource) IsFor(method string) bool {
	return r.Any || method == "ANY" || slices.Contains(r.Strings(), method)
}
