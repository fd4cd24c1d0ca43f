package gateway_test

import (
	"fmt"
	"strings"
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// TestReviewA5MappingTemplate: a template that API Gateway does not take is
// refused, and a large one is not.
func TestReviewA5MappingTemplate(t *testing.T) {
	origins := func(prefix string) (out []string) {
		for i := range gateway.MaxEntries {
			out = append(out, fmt.Sprintf("https://%sa%d.%sexample.com:65535", prefix, i, strings.Repeat(strings.Repeat("b", 55)+".", 4)))
		}
		return out
	}
	for _, test := range []struct {
		desc    string
		origins []string
		refused bool
	}{
		{"the longest list of long origins", origins(""), false},
		{"the same of patterns, each compared twice", origins("*."), true},
	} {
		_, _, err := gateway.Parse(gateway.Config{API: "rest", Config: cors.Config{AllowOrigins: test.origins, AllowMethods: []string{"GET"}}})
		refused := false
		for _, f := range cors.Faults(err) {
			refused = refused || f.Field == "allowOrigins" && strings.Contains(f.Detail, "mapping template")
		}
		if refused != test.refused {
			t.Errorf("%s: %v", test.desc, err)
		}
	}
}
