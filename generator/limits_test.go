package generator

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// TestReviewA5Limits: what a service refuses when it is deployed is refused
// here, with the way out, and one less is rendered.
func TestReviewA5Limits(t *testing.T) {
	paths := func(n int, methods ...string) (out []gateway.ResourceConfig) {
		for i := range n {
			out = append(out, gateway.ResourceConfig{Path: fmt.Sprintf("/p%d", i), Methods: methods})
		}
		return out
	}
	for _, test := range []struct {
		desc, format string
		api          string
		resources    []gateway.ResourceConfig
		feature      string
	}{
		{"a stack of CloudFormation", "cloudformation", "rest", paths(98, "GET", "POST"), ""},
		{"a resource, two methods and OPTIONS a path", "cloudformation", "rest", paths(130, "GET", "POST"), "resources in one stack"},
		{"a stack of the CDK", "cdk", "rest", paths(120, "GET", "POST"), ""},
		{"as many as the CDK cannot deploy", "cdk", "rest", paths(130, "GET", "POST"), "resources in one stack"},
		{"events of SAM", "sam", "rest", paths(50, "GET"), ""},
		{"more events than a function's policy has room for", "sam", "rest", paths(40, "GET", "POST"), "80 routes to one function"},
		{"routes of SAM", "sam", "http", paths(70, "GET"), "70 routes to one function"},
		{"Terraform has neither limit", "terraform", "rest", paths(200, "GET", "POST"), ""},
	} {
		t.Run(test.desc, func(t *testing.T) {
			api, _, err := gateway.Parse(gateway.Config{
				API: test.api, Resources: test.resources,
				Config: cors.Config{AllowOrigins: []string{"https://app.example.com"}, AllowMethods: []string{"GET", "POST"}},
			})
			if err != nil {
				t.Fatal(err)
			}
			format, ok := ParseFormat(test.format)
			if !ok {
				t.Fatal("no such format")
			}
			_, _, err = Render(api, format, Options{Standalone: true})
			var unsupported *UnsupportedError
			switch {
			case test.feature == "" && err != nil:
				t.Errorf("refused: %v", err)
			case test.feature != "" && (!errors.As(err, &unsupported) || !strings.Contains(unsupported.Feature, test.feature) || unsupported.Instead == ""):
				t.Errorf("%v, want %q", err, test.feature)
			}
		})
	}
}
