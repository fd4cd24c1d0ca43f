package generator

import (
	"strings"
	"testing"

	"apigw-cors/generator/gateway"
)

// What a policy withdraws used to stay live without a word. SAM replaces the
// whole definition, and apply.sh deletes before it deploys.
func TestWithdrawalIsTold(t *testing.T) {
	tests := []struct{ format, file, want string }{
		{"cloudformation", "template.yaml", "aws apigateway create-deployment --rest-api-id REST_API_ID --stage-name STAGE\n"},
		{"cdk", "cors-stack.ts", "aws apigateway create-deployment --rest-api-id REST_API_ID --stage-name STAGE\n"},
		{"terraform", "cors.tf", "terraform apply -replace=aws_api_gateway_deployment.NAME\n"},
		{"terraform", "main.tf", "terraform apply -replace=aws_api_gateway_deployment.shop\n"},
		{"sam", "template.yaml", ""},
	}
	for _, tt := range tests {
		for _, api := range []string{"rest", "http"} {
			content := filesOf(t, policy(func(c *gateway.Config) { c.API = api }), tt.format, Options{Standalone: true})[tt.file]
			head, _, _ := strings.Cut(content, "Rendered by")
			told := strings.Contains(head, "  "+tt.want) && tt.want != ""
			if told != (api == "rest" && tt.want != "") || strings.Contains(head, "you take out") != told {
				t.Errorf("%s of %s: told %t\n%s", tt.file, api, told, head)
			}
		}
	}
}
