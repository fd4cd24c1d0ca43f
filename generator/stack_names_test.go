package generator

import (
	"errors"
	"strings"
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

func TestNamesATemplateCannotHave(t *testing.T) {
	tests := []struct {
		desc, name, path string
		refused          bool
	}{
		{"a name of its own", "Orders", "/orders", false},
		{"the name of a parameter", "UserPoolArn", "/orders", true},
		{"SAM's own API", "ServerlessRestApi", "/orders", true},
		{"a path too long for a logical id", "Orders", "/" + strings.Repeat("a", 240), true},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			api, _, err := gateway.Parse(gateway.Config{
				API: "rest", Name: tt.name, Auth: "cognito",
				Config:    cors.Config{AllowOrigins: []string{"https://a.example"}, AllowMethods: []string{"GET"}},
				Resources: []gateway.ResourceConfig{{Path: tt.path}},
			})
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range []string{"sam", "cloudformation"} {
				format, _ := ParseFormat(name)
				_, _, err := Render(api, format, Options{})
				var unsupported *UnsupportedError
				if errors.As(err, &unsupported) != tt.refused {
					t.Errorf("%s: %v", name, err)
				}
			}
		})
	}
}
