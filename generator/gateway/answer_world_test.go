package gateway_test

import (
	"fmt"
	"strings"
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

func at(line int) gateway.Place { return gateway.Place{File: "template.yaml", Line: line, Column: 1} }

func literal(s string) gateway.Text { return gateway.Literal(s, at(1)) }

func unknown(why string, line int) gateway.Text { return gateway.Unknown(why, at(line)) }

// put is a page's fetch that needs a preflight.
func put() cors.Request {
	return cors.Request{Origin: app, Method: "PUT", URL: "https://api.example.com/", Headers: cors.HeaderList{
		{Name: "Content-Type", Value: "application/json"},
	}}
}

// options is the OPTIONS method of a REST API's facts.
func options(f *gateway.Facts) *gateway.MethodFacts {
	for i := range f.Methods {
		if f.Methods[i].Method.String() == "OPTIONS" {
			return &f.Methods[i]
		}
	}
	return nil
}

// header is the mapping of a header of the mock.
func header(f *gateway.Facts, name string) *gateway.HeaderFacts {
	headers := options(f).Integration.Responses[0].Headers
	for i := range headers {
		if headers[i].Name.String() == name {
			return &headers[i]
		}
	}
	return nil
}

func setTemplate(f *gateway.Facts, template string) {
	options(f).Integration.Responses[0].Templates = []gateway.TemplateFacts{{MediaType: literal("application/json"), Template: gateway.Literal(template, at(7))}}
}

func TestJudge(t *testing.T) {
	const origin, methods = cors.HeaderAllowOrigin, cors.HeaderAllowMethods
	type edit = func(*gateway.Facts)
	base := rest(func(c *gateway.Config) {
		c.AllowMethods, c.Resources = []string{"GET", "PUT"}, []gateway.ResourceConfig{{Path: "/"}}
	})
	manyOrigins := rest(func(c *gateway.Config) {
		several(c)
		c.AllowMethods, c.Resources = []string{"GET", "PUT"}, []gateway.ResourceConfig{{Path: "/"}}
	})
	web := http(func(c *gateway.Config) { c.AllowMethods = []string{"GET", "PUT"} })
	for _, tt := range []struct {
		desc   string
		config gateway.Config
		edit   edit
		want   string
	}{
		{"as rendered", base, func(*gateway.Facts) {}, "allowed"},
		{"a backend that nobody knows", base, func(*gateway.Facts) {}, "unknown: what the backend of PUT / answers"},
		{"a template", manyOrigins, func(*gateway.Facts) {}, "allowed"},
		{"an unquoted value", base, func(f *gateway.Facts) { header(f, methods).Value = literal("GET,PUT") }, "DEPLOYMENT_FAILS unquoted-value"},
		{"an undeclared header", base, func(f *gateway.Facts) { options(f).Responses[0].Headers = nil }, "DEPLOYMENT_FAILS undeclared-header"},
		{"no method response", base, func(f *gateway.Facts) { options(f).Responses = nil }, "DEPLOYMENT_FAILS missing-method-response"},
		{"no integration", base, func(f *gateway.Facts) { options(f).Integration = nil }, "DEPLOYMENT_FAILS missing-integration"},
		{"a reflecting mapping", base, func(f *gateway.Facts) { header(f, origin).Value = literal(gateway.EchoOrigin) }, "DEPLOYMENT_FAILS illegal-expression"},
		{"a wrong prefix", base, func(f *gateway.Facts) { header(f, origin).Key = literal("gatewayresponse.header.X") }, "DEPLOYMENT_FAILS wrong-prefix"},
		{"a comma list", base, func(f *gateway.Facts) { header(f, origin).Value = literal("'" + app + ",https://b.example'") }, "refused: allow-origin-other"},
		{"a method that is not allowed", base, func(f *gateway.Facts) { header(f, methods).Value = literal("'GET'") }, "refused: method-not-allowed"},
		{"an unknown method list", base, func(f *gateway.Facts) { header(f, methods).Value = unknown("Methods is imported", 5) }, "unknown: Methods is imported"},
		{"an unknown origin", base, func(f *gateway.Facts) { header(f, origin).Value = unknown("Origin is imported", 5) }, "unknown: Origin is imported"},
		{"of which enough is known", base, func(f *gateway.Facts) {
			header(f, origin).Value = gateway.Text{Place: at(5), Parts: []gateway.TextPart{{Literal: "'http://"}, {Unknown: "Domain is imported"}, {Literal: "'"}}}
		}, "refused: allow-origin-other"},
		{"of which the quote is missing", base, func(f *gateway.Facts) {
			header(f, origin).Value = gateway.Text{Place: at(5), Parts: []gateway.TextPart{{Literal: "https://"}, {Unknown: "Domain is imported"}}}
		}, "DEPLOYMENT_FAILS unquoted-value"},
		{"an unknown header that no page needs", base, func(f *gateway.Facts) {
			header(f, methods).Value = literal("'GET'")
			header(f, cors.HeaderAllowHeaders).Value = unknown("Headers is imported", 5)
		}, "refused: method-not-allowed"},
		{"an API key on OPTIONS", base, func(f *gateway.Facts) {
			options(f).Auth.APIKeyRequired = gateway.Fact[bool]{Value: true, Place: at(4)}
		}, "INVALID_API_KEY refused: status-not-ok"},
		{"an authorizer on OPTIONS", base, func(f *gateway.Facts) { options(f).Auth.Type = literal("CUSTOM") }, "UNAUTHORIZED refused: status-not-ok"},
		{"a signature on OPTIONS", base, func(f *gateway.Facts) { options(f).Auth.Type = literal("AWS_IAM") }, "MISSING_AUTHENTICATION_TOKEN refused: status-not-ok"},
		{"an authorizer that is unknown", base, func(f *gateway.Facts) { options(f).Auth.Type = unknown("Auth is a parameter", 4) }, "unknown: Auth is a parameter"},
		{"no OPTIONS", base, func(f *gateway.Facts) { options(f).Method = literal("HEAD") }, "MISSING_AUTHENTICATION_TOKEN refused: status-not-ok"},
		{"no OPTIONS that the file shows", base, func(f *gateway.Facts) {
			options(f).Method = literal("HEAD")
			f.Open = []gateway.Open{{Part: gateway.OpenMethods, Why: "the body is in S3"}}
		}, "unknown: the body is in S3"},
		{"ANY takes OPTIONS", base, func(f *gateway.Facts) {
			f.Methods = f.Methods[:1]
			f.Methods[0].Method = literal("ANY")
		}, "unknown: what the backend of ANY / answers"},
		{"a resource of which the path is unknown", base, func(f *gateway.Facts) { options(f).Path = unknown("Path is a parameter", 4) }, "unknown: Path is a parameter"},
		{"a quoted status code", base, func(f *gateway.Facts) {
			options(f).Integration.RequestTemplates[0].Template = literal(`{"statusCode": "200"}`)
		}, "API_CONFIGURATION_ERROR refused: status-not-ok"},
		{"a bare key", base, func(f *gateway.Facts) {
			options(f).Integration.RequestTemplates[0].Template = literal(`{ statusCode: 200 }`)
		}, "allowed"},
		{"no request template", base, func(f *gateway.Facts) { options(f).Integration.RequestTemplates = nil }, "API_CONFIGURATION_ERROR refused: status-not-ok"},
		{"one for another media type", base, func(f *gateway.Facts) {
			options(f).Integration.RequestTemplates[0].MediaType = literal("text/plain")
			options(f).Integration.Passthrough = literal("NEVER")
		}, "UNSUPPORTED_MEDIA_TYPE refused: status-not-ok"},
		{"a status no response takes", base, func(f *gateway.Facts) { options(f).Integration.Responses[0].Pattern = literal("5..") }, "API_CONFIGURATION_ERROR refused: status-not-ok"},
		{"a binary media type", base, func(f *gateway.Facts) {
			f.BinaryMediaTypes = []gateway.Text{literal("*/*")}
			options(f).Integration.ContentHandling, options(f).Integration.Responses[0].ContentHandling = gateway.Text{}, gateway.Text{}
		}, "API_CONFIGURATION_ERROR refused: status-not-ok"},
		{"converted on one side", base, func(f *gateway.Facts) {
			f.BinaryMediaTypes = []gateway.Text{literal("*/*")}
			options(f).Integration.ContentHandling = gateway.Text{}
		}, "unknown: whether CONVERT_TO_TEXT on one side of the integration is enough"},
		{"a template that reads one spelling", manyOrigins, func(f *gateway.Facts) {
			setTemplate(f, `#set($o = $input.params().header.get("Origin"))#if($o == "`+app+`")#set($context.responseOverride.header.Access-Control-Allow-Origin = $o)#end`)
		}, "unknown: whether an absent header is null or empty to a mapping template, and whether the case of its name counts, is not documented"},
		{"the CDK's template", manyOrigins, func(f *gateway.Facts) {
			setTemplate(f, `#set($origin = $input.params().header.get("Origin"))
#if($origin == "")
  #set($origin = $input.params().header.get("origin"))
#end
#if($origin == "`+app+`")
  #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)
#end`)
		}, "allowed"},
		{"a template for another origin", manyOrigins, func(f *gateway.Facts) {
			setTemplate(f, `#set($o = $input.params().header.get("origin"))#if($o == "https://b.example")#set($context.responseOverride.header.Access-Control-Allow-Origin = $o)#end`)
		}, "refused: allow-origin-missing"},
		{"one that overrides twice", manyOrigins, func(f *gateway.Facts) {
			setTemplate(f, `#set($context.responseOverride.header.Access-Control-Allow-Origin = "*")#set($context.responseOverride.header.Access-Control-Allow-Origin = "*")`)
		}, "API_CONFIGURATION_ERROR refused: status-not-ok"},
		{"one with a stage variable", manyOrigins, func(f *gateway.Facts) {
			setTemplate(f, "\n"+`#set($context.responseOverride.header.Access-Control-Allow-Origin = $stageVariables.origin)`)
		}, "unknown: the stage variable origin is the stage's (line 2, column 84 of the template)"},
		{"one that is beyond the subset", manyOrigins, func(f *gateway.Facts) { setTemplate(f, "#macro(x)#end") },
			"unknown: the mapping template cannot be evaluated: line 1, column 1 of the template: #macro is beyond what is evaluated here"},
		{"one that asks without end", manyOrigins, func(f *gateway.Facts) {
			setTemplate(f, strings.Repeat("#if($stageVariables.x == \"y\")#end\n", 100))
		}, "unknown: too much that is unknown decides it"},
		{"an HTTP API", web, func(*gateway.Facts) {}, "allowed"},
		{"a quoted origin", web, func(f *gateway.Facts) { f.CORS.AllowOrigins.Value[0] = literal("'" + app + "'") }, "refused: allow-origin-missing"},
		{"an origin that is unknown", web, func(f *gateway.Facts) { f.CORS.AllowOrigins.Value[0] = unknown("Origin is imported", 3) }, "unknown: Origin is imported"},
		{"beside one that is listed", web, func(f *gateway.Facts) {
			f.CORS.AllowOrigins.Value = append(f.CORS.AllowOrigins.Value, unknown("Origin is imported", 3))
		}, "allowed"},
		{"headers that are unknown", web, func(f *gateway.Facts) {
			f.CORS.AllowHeaders = gateway.Fact[[]gateway.Text]{Unknown: "Headers is imported", Place: at(3)}
		}, "unknown: Headers is imported"},
		{"* with credentials", web, func(f *gateway.Facts) {
			f.CORS.AllowOrigins.Value[0] = literal("*")
			f.CORS.AllowCredentials = gateway.Fact[bool]{Value: true, Place: at(3)}
		}, "DEPLOYMENT_FAILS credentials-for-any-origin"},
		{"an authorizer in front of $default", web, func(f *gateway.Facts) { f.Routes[0].Auth.Type = literal("JWT") }, "UNAUTHORIZED refused: status-not-ok"},
		{"no CORS configuration", web, func(f *gateway.Facts) { f.CORS = nil }, "unknown: what the backend of $default answers"},
		{"one in another file", web, func(f *gateway.Facts) {
			f.CORS, f.Routes = nil, nil
			f.Open = []gateway.Open{{Part: gateway.OpenCORS, Why: "the API is a module's"}}
		}, "unknown: the API is a module's"},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			facts := mustParse(t, tt.config).Facts()
			tt.edit(&facts)
			backend := gateway.IdealBackend
			if strings.Contains(tt.want, "the backend") {
				backend = nil
			}
			if got := verdict(facts.Deploy().Judge(put(), "", backend)); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

// verdict is a verdict in one line.
func verdict(v gateway.Verdict) string {
	if v.Unknown != nil {
		return "unknown: " + v.Unknown.Why
	}
	step, refused := v.Refusal()
	if !refused {
		return "allowed"
	}
	out := fmt.Sprint("refused: ", step.Cause)
	if a := v.PreflightAnswer; a != nil && a.Failure != "" {
		out = fmt.Sprint(a.Failure, " ", out)
		if a.Basis.Fault != nil {
			out = fmt.Sprint(a.Failure, " ", a.Basis.Fault.Code)
		}
	}
	return out
}

// TestGatewayResponseInheritance: a type with a response of its own takes
// nothing from the default of its class.
func TestGatewayResponseInheritance(t *testing.T) {
	facts := mustParse(t, rest(auth("cognito"))).Facts()
	r := cors.Request{Origin: app, Method: "GET", URL: "https://api.example.com/"}
	for _, tt := range []struct {
		desc string
		own  *gateway.GatewayResponseFacts
		want string
	}{
		{"the default", nil, "allowed"},
		{"its own without headers", &gateway.GatewayResponseFacts{Type: literal("UNAUTHORIZED"), Place: at(9)}, "refused: allow-origin-missing"},
		{"its own, reflecting", &gateway.GatewayResponseFacts{Type: literal("UNAUTHORIZED"), Place: at(9), Headers: []gateway.HeaderFacts{
			{Key: literal("gatewayresponse.header.Access-Control-Allow-Origin"), Name: literal(cors.HeaderAllowOrigin), Value: literal(gateway.EchoOrigin)},
		}}, "allowed"},
		{"its own, in a spelling that browsers do not send", &gateway.GatewayResponseFacts{Type: literal("UNAUTHORIZED"), Place: at(9), Headers: []gateway.HeaderFacts{
			{Name: literal(cors.HeaderAllowOrigin), Value: literal("method.request.header.Origin")},
		}}, "unknown: whether method.request.header.Origin finds the header origin that browsers send"},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			f := facts
			if tt.own != nil {
				f.GatewayResponses = append([]gateway.GatewayResponseFacts{*tt.own}, f.GatewayResponses...)
			}
			v := f.Deploy().Judge(r, "", nil)
			if got := verdict(v); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			if tt.own != nil && v.ActualAnswer.Basis.Place() != at(9) {
				t.Errorf("decided at %+v", v.ActualAnswer.Basis.Place())
			}
		})
	}
}

// TestBasisOfAHeader: an answer leads to the line that gives a header its value.
func TestBasisOfAHeader(t *testing.T) {
	facts := mustParse(t, rest(nil)).Facts()
	header(&facts, cors.HeaderAllowOrigin).Value = gateway.Literal("'https://b.example'", at(42))
	a := facts.Deploy().Answer(request("OPTIONS /"), backend)
	h, _ := a.Basis.Header("access-control-allow-origin")
	if h.Value.Place != at(42) {
		t.Errorf("got %+v", h)
	}
}

// FuzzFactsAnswer: whatever a file tells API Gateway, judging it neither panics
// nor lets an unlisted value through as known.
func FuzzFactsAnswer(f *testing.F) {
	f.Add("OPTIONS", "/", "MOCK", `{"statusCode": 200}`, "200", "", "'*'", "#set($x = 1)", "NONE")
	f.Add("ANY", "/{a+}", "AWS", `{statusCode: 200}`, "2..", "(", "method.request.header.origin", "#if(", "")
	f.Add("", "{", "", "", "x", ".*", "'", `#set($context.responseOverride.header.Access-Control-Allow-Origin = "*")`, "CUSTOM")
	f.Fuzz(func(t *testing.T, method, path, kind, request, status, pattern, value, template, auth string) {
		facts := gateway.Facts{Kind: gateway.REST}
		for _, known := range []bool{true, false} {
			text := func(s string) gateway.Text {
				if known || !strings.Contains(s, "*") {
					return literal(s)
				}
				return unknown(s, 1)
			}
			name := text(cors.HeaderAllowOrigin)
			facts.Methods = append(facts.Methods, gateway.MethodFacts{
				Method: text(method), Path: text(path), Auth: gateway.AuthFacts{Type: text(auth)},
				Integration: &gateway.IntegrationFacts{
					Type: text(kind), RequestTemplates: []gateway.TemplateFacts{{MediaType: literal("application/json"), Template: text(request)}},
					Responses: []gateway.IntegrationResponseFacts{{
						Status: text(status), Pattern: text(pattern), Headers: []gateway.HeaderFacts{{Key: name, Name: name, Value: text(value)}},
						Templates: []gateway.TemplateFacts{{MediaType: literal("application/json"), Template: text(template)}},
					}},
				},
				Responses: []gateway.MethodResponseFacts{{Status: text(status), Headers: []gateway.HeaderFacts{{Name: name}}}},
			})
		}
		v := facts.Deploy().Judge(put(), "", nil)
		if v.Unknown == nil && v.Allowed() && !strings.Contains(value+template+request, "*") && !strings.Contains(value+template+request, "origin") {
			t.Errorf("allowed without reason: %+v", facts)
		}
	})
}
