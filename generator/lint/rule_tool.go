package lint

import (
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

// told finds what the reader noted of a file under a code.
func told(code, page, fix string, safe bool) func(*reader.Reading) []Finding {
	return func(r *reader.Reading) (out []Finding) {
		for _, f := range r.Refused {
			if f.Code != code {
				continue
			}
			found := Finding{Place: f.Place, Text: f.Detail, Page: page, Fix: fix, Safe: safe}
			if f.Hint != "" {
				found.Fix = f.Hint
			}
			out = append(out, found)
		}
		return out
	}
}

const samCORSPage = "https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-corsconfiguration.html"

func samHTTPAPIOriginsIntrinsic() Rule {
	const name = "sam-httpapi-origins-intrinsic"
	return Rule{
		Name: name, Severity: Warning,
		Summary: "SAM puts a function in AllowOrigins in place of the whole CORS configuration",
		Page:    "Methods, headers and credentials are lost; the deployment may fail.",
		Why:     "SAM takes AllowOrigins apart to write the configuration, and a function that stands for the whole list cannot be taken apart: it becomes the value of x-amazon-apigateway-cors.",
		Fix:     "Write AllowOrigins as a list, with the function in its items.",
		Sources: []string{"https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-httpapi-httpapicorsconfiguration.html"},
		read:    told(name, "what else the configuration says is lost", "write AllowOrigins as a list", true),
	}
}

func misplacedCORSKey() Rule {
	const name = "misplaced-cors-key"
	return Rule{
		Name: name, Severity: Warning,
		Summary: "a CORS setting stands where nothing reads it",
		Page:    "No CORS headers, or the tool refuses the file.",
		Why:     "The resources have names of their own for it: Cors in AWS::Serverless::Api, CorsConfiguration in AWS::Serverless::HttpApi and AWS::ApiGatewayV2::Api, nothing in AWS::ApiGateway::RestApi; x-amazon-apigateway-cors stands at the root of a document.",
		Fix:     "Move the setting to where the tool looks for it.",
		Sources: []string{samCORSPage, httpCORSPage},
		read:    told(name, "the setting has no effect", "move the setting to where it is read", false),
	}
}

func samCORSShadowed() Rule {
	const name = "sam-cors-shadowed"
	return Rule{
		Name: name, Severity: Info,
		Summary: "SAM's Cors leaves out a path that has an OPTIONS method of its own",
		Page:    "What the path's own OPTIONS method says.",
		Why:     "SAM adds an OPTIONS method only where there is none.",
		Fix:     "Remove the path's own OPTIONS method, or keep both in step.",
		Sources: []string{samCORSPage},
		read:    told(name, "pages get what this OPTIONS method says", "keep both in step", false),
	}
}

func samRefusesCORS() Rule {
	const name = "sam-refuses-cors"
	return Rule{
		Name: name, Severity: Error,
		Summary: "SAM refuses a CORS setting",
		Page:    "Nothing is deployed; pages see what was deployed before.",
		Why:     "SAM checks the keys of Cors and CorsConfiguration, and of GatewayResponses, and that credentials are not allowed to any origin.",
		Fix:     "Follow what the finding says.",
		Sources: []string{samCORSPage},
		read:    told(name, nothingLive, "follow SAM's form", false),
	}
}

func samCredentialsIgnored() Rule {
	const name = "sam-credentials-ignored"
	return Rule{
		Name: name, Severity: Warning,
		Summary: "SAM ignores an AllowCredentials that is not a boolean",
		Page:    "Every request with credentials is refused.",
		Why:     "SAM takes the boolean true and nothing else; 'true' in quotes is dropped without a word.",
		Fix:     "Write AllowCredentials: true.",
		Sources: []string{samCORSPage},
		read:    told(name, "every request with credentials is refused", "write true without quotes", false),
	}
}

func httpCORSExtensionOnRESTAPI() Rule {
	return Rule{
		Name: "http-cors-extension-on-rest-api", Severity: Error,
		Summary: "x-amazon-apigateway-cors stands in the document of a REST API",
		Page:    "No CORS at all: every preflight gets 403.",
		Why:     "The extension is for HTTP APIs; a REST API ignores it.",
		Fix:     "Make it an HTTP API, or give every path an OPTIONS method with a mock integration.",
		Sources: []string{"https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-cors-configuration.html"},
		check: func(s *subject) []Finding {
			if s.facts.Kind != gateway.REST || s.facts.CORS == nil {
				return nil
			}
			return []Finding{{
				Place: s.facts.CORS.Place, Text: "a REST API ignores x-amazon-apigateway-cors", Page: "no CORS headers from it",
				Fix: "give every path an OPTIONS method with a mock integration",
			}}
		},
	}
}

func bodyCORSIgnored() Rule {
	const name = "body-cors-ignored"
	return Rule{
		Name: name, Severity: Error,
		Summary: "Terraform ignores the CORS configuration in the body of an HTTP API",
		Page:    "No CORS headers: every page is refused.",
		Why:     "The provider sets the CORS configuration by the block cors_configuration alone, and takes away what the body said.",
		Fix:     "Write the block cors_configuration.",
		Sources: []string{"https://github.com/hashicorp/terraform-provider-aws/issues/33390"},
		read:    told(name, "no CORS headers: every page is refused", "write the block cors_configuration", true),
	}
}
