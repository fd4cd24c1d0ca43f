package golden_test

func samMutations() []mutation {
	const (
		one     = "rest-one-origin/sam/template.yaml"
		public  = "rest-any-origin/sam/template.yaml"
		account = "rest-credentials-cognito/sam/template.yaml"
		images  = "rest-api-key-binary/sam/template.yaml"
		shop    = "rest-several-origins/sam/template.yaml"
	)
	return []mutation{
		{one, `AllowOrigin: "'https://app.example.com'"`, `AllowOrigin: https://app.example.com`, "unquoted-value", ""},
		{one, `AllowOrigin: "'https://app.example.com'"`, `AllowOrigin: "'https://app.example.com,https://b.example.com'"`, "comma-joined-origins", ""},
		{one, `AllowOrigin: "'https://app.example.com'"`, `AllowOrigin: "'https://app.example.com/'"`, "origin-not-serialised", ""},
		{one, `AllowOrigin: "'https://app.example.com'"`, `AllowOrigin: "'https://APP.example.com'"`, "origin-not-serialised", ""},
		{one, `AllowOrigin: "'https://app.example.com'"`, `AllowOrigin: "'app.example.com'"`, "origin-not-serialised", ""},
		{one, `AllowOrigin: "'https://app.example.com'"`, `AllowOrigin: "'https://*.example.com'"`, "origin-pattern-unsupported", ""},
		{one, `AllowOrigin: "'https://app.example.com'"`, `AllowOrigin: "'null'"`, "null-origin", ""},
		{one, `AllowMethods: "'GET,POST'"`, `AllowMethods: GET,POST`, "unquoted-value", ""},
		{one, `AllowMethods: "'GET,POST'"`, `AllowMethods: "'ANY,OPTIONS'"`, "any-in-allow-methods", ""},
		{one, `AllowMethods: "'GET,POST'"`, `AllowMethods: "'GET'"`, "allow-methods-lacks-safelisted", ""},
		{one, `        AllowHeaders: "'Content-Type'"` + "\n", "", "allow-headers-missing", "Cors:"},
		{one, `AllowHeaders: "'Content-Type'"`, `AllowHeaders: "'X-Request-Id'"`, "content-type-not-allowed", ""},
		{one, `AllowHeaders: "'Content-Type'"`, `AllowHeaders: "'Content-Type'"` + "\n        MaxAge: 600", "unquoted-value", ""},
		{one, `AllowHeaders: "'Content-Type'"`, `AllowHeaders: "'Content-Type'"` + "\n        MaxAge: \"'ten'\"", "max-age-invalid", ""},
		{one, `AllowHeaders: "'Content-Type'"`, `AllowHeaders: "'Content-Type'"` + "\n        AllowCredentials: \"true\"", "sam-credentials-ignored", ""},
		{one, `AllowHeaders: "'Content-Type'"`, `AllowHeaders: "'Content-Type'"` + "\n        ExposeHeaders: \"'X-Id'\"", "sam-refuses-cors", ""},
		{one, `AllowHeaders: "'Content-Type'"`, `AllowHeaders: "'Content-Type,*'"`, "wildcard-among-values", ""},
		{public, `AllowOrigin: "'*'"`, `AllowOrigin: "'*'"` + "\n        AllowCredentials: true", "wildcard-with-credentials", ""},
		{one, "      Cors:\n", "      CorsConfiguration:\n", "misplaced-cors-key", ""},
		{one, "        DEFAULT_4XX:\n", "        DEFAULT_4xx:\n", "gateway-response-type-unknown", ""},
		{one, "        DEFAULT_4XX:\n", "        DEFAULT_4XX:\n          StatusCode: 400\n", "gateway-response-status", "StatusCode"},
		{one, "              Access-Control-Allow-Origin: \"'https://app.example.com'\"\n        DEFAULT_5XX:", "              X-Other: \"'a'\"\n        DEFAULT_5XX:", "gateway-response-lacks-allow-origin", "DEFAULT_4XX"},
		{one, "              Access-Control-Allow-Origin: \"'https://app.example.com'\"\n        DEFAULT_5XX:", "              Access-Control-Allow-Origin: \"'https://www.example.com'\"\n        DEFAULT_5XX:", "allow-origin-differs", "www.example.com"},
		{one, "              Access-Control-Allow-Origin: \"'https://app.example.com'\"\n        DEFAULT_5XX:", "              Access-Control-Allow-Origin: https://app.example.com\n        DEFAULT_5XX:", "unquoted-value", "Origin: https"},
		{one, "        DEFAULT_5XX:\n          ResponseParameters:\n            Headers:\n              Access-Control-Allow-Origin: \"'https://app.example.com'\"\n", "", "gateway-responses-partial", "DEFAULT_4XX"},
		{account, "AddDefaultAuthorizerToCorsPreflight: false", "AddDefaultAuthorizerToCorsPreflight: true", "preflight-authorized", ""},
		{account, "        AddDefaultAuthorizerToCorsPreflight: false\n", "", "preflight-authorized", "DefaultAuthorizer: CognitoAuthorizer"},
		{images, "AddApiKeyRequiredToCorsPreflight: false", "AddApiKeyRequiredToCorsPreflight: true", "preflight-authorized", ""},
		{images, `method.response.header.Access-Control-Allow-Headers: "'Content-Type,X-Api-Key'"`, `method.response.header.Access-Control-Allow-Headers: "'Content-Type,-Api-Key'"`, "auth-header-not-allowed", ""},
		{account, `method.response.header.Access-Control-Allow-Headers: "'Content-Type,Authorization'"`, `method.response.header.Access-Control-Allow-Headers: "'Content-Type'"`, "auth-header-not-allowed", ""},
		{account, `method.response.header.Access-Control-Allow-Methods: "'GET,PUT,PATCH'"`, `method.response.header.Access-Control-Allow-Methods: "'GET,PUT'"`, "method-not-in-allow-methods", ""},
		{account, `method.response.header.Access-Control-Allow-Methods: "'GET,PUT,PATCH'"`, `method.response.header.Access-Control-Allow-Methods: "'get,put,patch'"`, "method-not-in-allow-methods", ""},
		{account, `method.response.header.Access-Control-Allow-Methods: "'GET,PUT,PATCH'"`, `method.response.header.Access-Control-Allow-Methods: "'*'"`, "wildcard-literal-with-credentials", ""},
		{account, `method.response.header.Access-Control-Allow-Credentials: "'true'"`, `method.response.header.Access-Control-Allow-Credentials: "'True'"`, "allow-credentials-not-true", ""},
		{account, "              Access-Control-Allow-Credentials: \"'true'\"\n              Vary: \"'Origin'\"\n        DEFAULT_5XX", "              Vary: \"'Origin'\"\n        DEFAULT_5XX", "gateway-response-lacks-credentials", "ResponseParameters"},
		{account, "              Vary: \"'Origin'\"\n        DEFAULT_5XX", "        DEFAULT_5XX", "vary-missing", "method.request.header.origin"},
		{account, "                    Access-Control-Max-Age:\n                      type: string\n", "", "undeclared-header", "Access-Control-Max-Age"},
		{account, "                \"204\":\n", "                \"200\":\n", "missing-method-response", "statusCode"},
		{account, `'{"statusCode": 204}'`, `'{"statusCode": "204"}'`, "preflight-fails", ""},
		{images, "                contentHandling: CONVERT_TO_TEXT\n                requestTemplates:\n                  application/json: '{\"statusCode\": 204}'\n                responses:\n                  default:\n                    statusCode: \"204\"\n                    contentHandling: CONVERT_TO_TEXT\n",
			"                requestTemplates:\n                  application/json: '{\"statusCode\": 204}'\n                responses:\n                  default:\n                    statusCode: \"204\"\n", "preflight-fails", "x-amazon-apigateway-integration"},
		{images, "method.response.header.Access-Control-Allow-Origin:", "gatewayresponse.header.Access-Control-Allow-Origin:", "wrong-prefix", ""},
		{images, `method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"`, "method.response.header.Access-Control-Allow-Origin: method.request.header.origin", "illegal-expression", ""},
		{images, "                      method.response.header.Access-Control-Allow-Origin: \"'https://app.example.com'\"\n", "", "options-lacks-cors-headers", "default:"},
		{shop, `($origin == "https://app.example.com"`, `($origin.matches("https://app.example.com")`, "origin-by-regex", "application/json: |"},
		{shop, `#set($origin = $input.params().header.get("origin"))`, `#set($origin = $input.params("origin"))`, "origin-from-query", "application/json: |"},
		{shop, "                      method.response.header.Vary: \"'Origin'\"\n", "", "vary-missing", "default:"},
	}
}

func cloudFormationMutations() []mutation {
	const (
		account = "rest-credentials-cognito/cloudformation/template.yaml"
		reports = "rest-non-proxy-iam/cloudformation/template.yaml"
	)
	return []mutation{
		{account, "      AuthorizationType: NONE\n", "      AuthorizationType: AWS_IAM\n", "preflight-authorized", ""},
		{account, "      AuthorizationType: NONE\n      ApiKeyRequired: false\n", "      AuthorizationType: NONE\n      ApiKeyRequired: true\n", "preflight-authorized", "ApiKeyRequired: true"},
		{account, "      HttpMethod: OPTIONS\n", "      HttpMethod: HEAD\n", "missing-options", "OptionsRootMethod"},
		{account, "      - AccountOptionsRootMethod\n", "", "deployment-misses-options", "DependsOn"},
		{account, "      - AccountDefault4xxResponse\n", "", "deployment-misses-options", "DependsOn"},
		{account, "      ResponseType: DEFAULT_5XX\n", "      ResponseType: FOO\n", "gateway-response-type-unknown", ""},
		{account, "            method.response.header.Access-Control-Allow-Headers: true\n", "", "undeclared-header", "Access-Control-Allow-Headers"},
		{account, "          - StatusCode: \"204\"\n            ContentHandling", "          - StatusCode: \"302\"\n            ContentHandling", "missing-method-response", ""},
		{account, `'{"statusCode": 204}'`, "'{statusCode: }'", "preflight-fails", ""},
		{account, `"'GET,PUT,PATCH'"`, `"GET,PUT,PATCH"`, "unquoted-value", ""},
		{account, "gatewayresponse.header.Access-Control-Allow-Origin", "method.response.header.Access-Control-Allow-Origin", "wrong-prefix", ""},
		{reports, "                #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)\n                #end\n                $input.json('$')\n          - StatusCode: \"500\"", "                #end\n                $input.json('$')\n          - StatusCode: \"500\"", "response-lacks-allow-origin", `StatusCode: "200"`},
		{reports, "      HttpMethod: OPTIONS\n", "      HttpMethod: GET\n", "missing-options", "OptionsReportsMethod"},
		{reports, "Content-Type,Authorization,X-Amz-Date", "Content-Type,X-Amz-Date", "auth-header-not-allowed", ""},
		{reports, `          - StatusCode: "500"` + "\n            SelectionPattern", `          - StatusCode: "200"` + "\n            SelectionPattern", "duplicate-integration-response", ""},
		{reports, "        gatewayresponse.header.Access-Control-Allow-Origin: \"'*'\"\n", "", "gateway-response-lacks-allow-origin", "Default4xx"},
	}
}

func terraformMutations() []mutation {
	const (
		account    = "rest-credentials-cognito/terraform/cors.tf"
		deployment = "rest-credentials-cognito/terraform/main.tf"
		reports    = "rest-non-proxy-iam/terraform/cors.tf"
	)
	return []mutation{
		{account, "aws_api_gateway_method_response.account_cors[each.key].status_code", `"204"`, "integration-response-race", "integration_response\" \"account_cors"},
		{account, `authorization    = "NONE"`, `authorization    = "AWS_IAM"`, "preflight-authorized", ""},
		{account, "api_key_required = false", "api_key_required = true", "preflight-authorized", ""},
		{account, `"'Content-Type,Authorization'"`, `"Content-Type,Authorization"`, "unquoted-value", ""},
		{account, `"'Content-Type,Authorization'"`, `"'Content-Type'"`, "auth-header-not-allowed", ""},
		{account, `allow_methods = "'GET,PUT,PATCH'"`, `allow_methods = "'GET,PATCH'"`, "method-not-in-allow-methods", ""},
		{account, `    "method.response.header.Access-Control-Max-Age"           = true` + "\n", "", "undeclared-header", "Max-Age"},
		{account, `"{\"statusCode\": 204}"`, `"{\"statusCode\": \"204\"}"`, "preflight-fails", ""},
		{account, `toset(["DEFAULT_4XX", "DEFAULT_5XX"])`, `toset(["DEFAULT_4XX"])`, "gateway-responses-partial", "gateway_response\" \"account_cors"},
		{account, `    "gatewayresponse.header.Access-Control-Allow-Credentials" = "'true'"` + "\n", "", "gateway-response-lacks-credentials", "response_parameters"},
		{deployment, `    cors = local.account_cors_redeployment

    methods = sha1(jsonencode([
      [for o in aws_api_gateway_method.account : [o.id, o.authorization, o.authorizer_id]],
      [for o in aws_api_gateway_integration.account : [o.id, o.type, o.uri]],
    ]))
  }

  depends_on = [
    aws_api_gateway_integration.account,
    aws_api_gateway_integration_response.account_cors,
    aws_api_gateway_gateway_response.account_cors,
  ]
`, `  }
`, "deployment-misses-options", "aws_api_gateway_deployment"},
		{deployment, `  triggers = {
    cors = local.account_cors_redeployment

    methods = sha1(jsonencode([
      [for o in aws_api_gateway_method.account : [o.id, o.authorization, o.authorizer_id]],
      [for o in aws_api_gateway_integration.account : [o.id, o.type, o.uri]],
    ]))
  }

`, "", "stale-deployment", "aws_api_gateway_deployment"},
		{reports, `      #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)
      #end
      $input.json('$')`, `      #end
      $input.json('$')`, "response-lacks-allow-origin", "reports_cors_200"},
		{reports, `"'POST'"`, `"'ANY'"`, "any-in-allow-methods", ""},
	}
}

func httpMutations() []mutation {
	const (
		profileSAM       = "http-credentials-jwt-default/sam/template.yaml"
		profile          = "http-credentials-jwt-default/cloudformation/template.yaml"
		profileTerraform = "http-credentials-jwt-default/terraform/cors.tf"
		gate             = "http-any-route-lambda-authorizer/sam/template.yaml"
	)
	return []mutation{
		{profileSAM, `          - "https://app.example.com"` + "\n", `          - "'https://app.example.com'"` + "\n", "quoted-value", ""},
		{profileSAM, `          - "https://app.example.com"` + "\n", `          - "https://app.example.com/"` + "\n", "origin-not-serialised", ""},
		{profileSAM, `          - "https://app.example.com"` + "\n", `          - "https://app.example.com,https://b.example.com"` + "\n", "comma-joined-origins", ""},
		{profileSAM, "          - Authorization\n", "", "auth-header-not-allowed", "AllowHeaders"},
		{profileSAM, "          - Content-Type\n          - Authorization\n", "          - \"*\"\n          - Authorization\n", "wildcard-literal-with-credentials", "AllowHeaders"},
		{profileSAM, "        MaxAge: 7200\n", "        MaxAge: 90000\n", "max-age-invalid", ""},
		{profile, "        AllowOrigins:\n          - \"https://app.example.com\"\n          - \"https://admin.example.com\"\n", "", "allow-origins-missing", "CorsConfiguration"},
		{profile, `          - "https://app.example.com"` + "\n", "          - \"*\"\n", "wildcard-with-credentials", "AllowCredentials"},
		{profile, `      RouteKey: "OPTIONS /{proxy+}"`, `      RouteKey: "HEAD /{proxy+}"`, "http-any-authorizer", "$default"},
		{profileTerraform, `allow_headers     = ["Content-Type", "Authorization"]`, `allow_headers     = ["Content-Type"]`, "auth-header-not-allowed", ""},
		{profileTerraform, `    allow_origins     = ["https://app.example.com", "https://admin.example.com"]` + "\n", "", "allow-origins-missing", "cors_configuration"},
		{profileTerraform, `"https://app.example.com", `, `"https://*.example.com", `, "origin-pattern-unsupported", ""},
		{gate, "          - Authorization\n      Auth:", "      Auth:", "auth-header-not-allowed", "AllowHeaders"},
	}
}
