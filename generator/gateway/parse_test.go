package gateway_test

import (
	"reflect"
	"strings"
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

func rest(edit func(*gateway.Config)) gateway.Config { return config("rest", edit) }
func http(edit func(*gateway.Config)) gateway.Config { return config("http", edit) }

func config(api string, edit func(*gateway.Config)) gateway.Config {
	c := gateway.Config{API: api, Config: cors.Config{
		AllowOrigins: []string{"https://app.example.com"}, AllowMethods: []string{"GET", "POST"},
	}}
	if edit != nil {
		edit(&c)
	}
	return c
}

func mustParse(t *testing.T, c gateway.Config) gateway.API {
	t.Helper()
	api, _, err := gateway.Parse(c)
	if err != nil {
		t.Fatalf("Parse(%+v): %v", c, err)
	}
	return api
}

func TestParseFaults(t *testing.T) {
	tests := []struct {
		desc   string
		config gateway.Config
		want   []string // "path reason fix"
	}{
		{"nothing at all", gateway.Config{}, []string{"api missing ", "allowOrigins missing ", "allowMethods missing "}},
		{"API type in capitals", rest(func(c *gateway.Config) { c.API = "REST" }), []string{"api invalid rest"}},
		{"name with a hyphen", rest(func(c *gateway.Config) { c.Name = "orders-api" }), []string{"name invalid OrdersApi"}},
		{"name of digits", rest(func(c *gateway.Config) { c.Name = "42" }), []string{"name invalid "}},
		{"API key on an HTTP API", http(func(c *gateway.Config) { c.Auth = "api-key" }), []string{"auth unsupported "}},
		{"cognito on an HTTP API", http(func(c *gateway.Config) { c.Auth = "cognito" }), []string{"auth unsupported "}},
		{"jwt on a REST API", rest(func(c *gateway.Config) { c.Auth = "jwt" }), []string{"auth unsupported "}},
		{"non-proxy on an HTTP API", http(func(c *gateway.Config) { c.Integration = "non-proxy" }), []string{"integration unsupported proxy"}},
		{"a method API Gateway has not", rest(func(c *gateway.Config) { c.AllowMethods = []string{"GET", "PROPFIND"} }), []string{"allowMethods[1] unsupported "}},
		{"a blank does not hide a method", http(func(c *gateway.Config) { c.AllowMethods = []string{" 00"} }), []string{"allowMethods[0] unsupported "}},
		{"a slip of a method", rest(func(c *gateway.Config) { c.AllowMethods = []string{"GTE"} }), []string{"allowMethods[0] unsupported GET"}},
		{"only OPTIONS", rest(func(c *gateway.Config) { c.AllowMethods = []string{"OPTIONS"} }), []string{"allowMethods[0] prohibited "}},
		{"a resource with only OPTIONS", rest(func(c *gateway.Config) {
			c.AllowMethods, c.Resources = nil, []gateway.ResourceConfig{{Path: "/a", Methods: []string{"OPTIONS"}}}
		}), []string{"resources[0].methods[0] prohibited "}},
		{"`*` for a resource's methods", rest(func(c *gateway.Config) {
			c.AllowMethods, c.Resources = nil, []gateway.ResourceConfig{{Path: "/a", Methods: []string{"*"}}}
		}), []string{"resources[0].methods[0] invalid ANY"}},
		{"ANY beside another", rest(func(c *gateway.Config) {
			c.AllowMethods, c.Resources = nil, []gateway.ResourceConfig{{Path: "/a", Methods: []string{"GET", "ANY"}}}
		}), []string{"resources[0].methods[1] prohibited "}},
		{"paths", rest(func(c *gateway.Config) {
			c.Resources = []gateway.ResourceConfig{
				{Path: "orders"}, {Path: "/orders/"}, {Path: "/{proxy+}/x"}, {Path: "/a//b"}, {Path: "/a/{id"}, {Path: "/{a}/{a}"},
				{Path: "/a?b=c"}, {Path: "$default"}, {Path: ""}, {Path: "/x"}, {Path: "/x"}, {Path: "/y/{id}"}, {Path: "/y/{other}/z"},
			}
		}), []string{
			"resources[0].path invalid /orders", "resources[1].path invalid /orders", "resources[2].path invalid ",
			"resources[3].path invalid ", "resources[4].path invalid ", "resources[5].path invalid ", "resources[6].path invalid ",
			"resources[7].path unsupported /{proxy+}", "resources[8].path missing ", "resources[10].path prohibited ",
			"resources[12].path unsupported ",
		}},
		{"header names with characters of mapping templates", rest(func(c *gateway.Config) {
			c.AllowHeaders, c.ExposeHeaders = []string{"X'Y", "X-Fine", "X$Y", "X,Y", "X#"}, []string{"'X-A'", "X-A$"}
			c.Auth, c.AuthHeader = "lambda", "X'Y"
		}), []string{
			"allowHeaders[0] unsupported ", "allowHeaders[2] unsupported ", "allowHeaders[3] invalid ", "allowHeaders[4] unsupported ",
			"exposeHeaders[0] invalid X-A", "exposeHeaders[1] unsupported ", "authHeader unsupported ",
		}},
		{"binary media types", rest(func(c *gateway.Config) { c.BinaryMediaTypes = []string{"*/*", "*~1*", "png"} }),
			[]string{"binaryMediaTypes[1] invalid */*", "binaryMediaTypes[2] invalid "}},
		{"REST settings on an HTTP API", http(func(c *gateway.Config) {
			c.BinaryMediaTypes, c.GatewayResponses, c.GatewayResponseOrigin = []string{"*/*"}, []string{"DEFAULT_4XX"}, "echo"
		}), []string{"binaryMediaTypes unsupported ", "gatewayResponses unsupported ", "gatewayResponseOrigin unsupported "}},
		{"response types", rest(func(c *gateway.Config) { c.GatewayResponses = []string{"default_4xx", "FOO", "none"} }),
			[]string{"gatewayResponses[0] invalid DEFAULT_4XX", "gatewayResponses[1] invalid ", "gatewayResponses[2] prohibited "}},
		{"any gateway response origin with credentials", rest(func(c *gateway.Config) {
			c.AllowCredentials, c.GatewayResponseOrigin = true, "any"
		}), []string{"gatewayResponseOrigin forbidden auto"}},
		{"a Lambda preflight behind a non-proxy integration", rest(func(c *gateway.Config) {
			c.Integration, c.Preflight = "non-proxy", "lambda"
		}), []string{"preflight prohibited gateway"}},
		{"a template in front of a backend with binary bodies", rest(func(c *gateway.Config) {
			c.BackendType, c.BinaryMediaTypes, c.AllowOrigins = "http", []string{"*/*"}, []string{"https://*.example.com"}
		}), []string{"binaryMediaTypes prohibited "}},
		{"another backend than a function behind a proxy integration", rest(func(c *gateway.Config) {
			c.Integration, c.BackendType = "proxy", "http"
		}), []string{"backendType prohibited "}},
		{"a backend type on an HTTP API", http(func(c *gateway.Config) { c.BackendType = "mock" }), []string{"backendType unsupported "}},
		{"an unknown backend type", rest(func(c *gateway.Config) { c.BackendType = "AWS" }), []string{"backendType invalid aws"}},
		{"patterns on an HTTP API", http(func(c *gateway.Config) {
			c.AllowOrigins = []string{"https://a.example", "https://*.example.com", "http://localhost:*", "https://*"}
		}), []string{"allowOrigins[1] unsupported ", "allowOrigins[2] unsupported "}},
		{"max-age -1 on a REST API", rest(func(c *gateway.Config) { c.MaxAge = "-1" }), []string{"maxAge "}},
		{"max-age -2 on an HTTP API", http(func(c *gateway.Config) { c.MaxAge = "-2" }), []string{"maxAge "}},
		{"faults of every field, in the order of the fields", gateway.Config{
			API: "soap", Name: "-", Auth: "basic", Preflight: "nobody", Integration: "half",
			Config:    cors.Config{AllowOrigins: []string{"null"}, AllowMethods: []string{"GET"}, MaxAge: "soon"},
			Resources: []gateway.ResourceConfig{{Path: "x"}}, GatewayResponseOrigin: "some",
		}, []string{"api ", "name ", "allowOrigins[0] ", "maxAge ", "auth ", "integration ", "preflight ", "resources[0].path ", "gatewayResponseOrigin "}},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			api, _, err := gateway.Parse(tt.config)
			var got []string
			for _, f := range cors.Faults(err) {
				got = append(got, f.Path()+" "+string(f.Reason)+" "+f.Fix)
				if f.Detail == "" || f.Hint == "" {
					t.Errorf("%v: needs a detail and a hint", f)
				}
			}
			if len(got) != len(tt.want) {
				t.Fatalf("got %q, want %q", got, tt.want)
			}
			for i := range got {
				if !strings.HasPrefix(got[i], tt.want[i]) {
					t.Errorf("fault %d: got %q, want %q", i, got[i], tt.want[i])
				}
			}
			if !reflect.DeepEqual(api, gateway.API{}) {
				t.Error("an API came with the faults")
			}
		})
	}
}

func TestParseAdvice(t *testing.T) {
	tests := []struct {
		desc   string
		config gateway.Config
		want   string
	}{
		{"the plain case gives none", rest(nil), ""},
		{"several origins without credentials", rest(func(c *gateway.Config) {
			c.AllowOrigins = append(c.AllowOrigins, "https://b.example")
		}), "gateway-response-any-origin"},
		{"several origins with credentials", rest(func(c *gateway.Config) {
			c.AllowOrigins, c.AllowCredentials = append(c.AllowOrigins, "https://b.example"), true
		}), "gateway-response-echo"},
		{"no gateway responses", rest(func(c *gateway.Config) {
			c.AllowOrigins, c.GatewayResponses = append(c.AllowOrigins, "https://b.example"), []string{"none"}
		}), "errors-unreadable"},
		{"`*` where the auth does not send Authorization", rest(func(c *gateway.Config) { c.AllowHeaders, c.Auth = []string{"*"}, "api-key" }), "wildcard-not-authorization"},
		{"methods nobody uses", rest(func(c *gateway.Config) {
			c.Resources = []gateway.ResourceConfig{{Path: "/a", Methods: []string{"GET"}}}
		}), "allow-methods-unused"},
		{"a header nobody reads", rest(func(c *gateway.Config) { c.Auth, c.AuthHeader = "iam", "X-Token" }), "auth-header-unused"},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			_, advice, err := gateway.Parse(tt.config)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, a := range advice {
				got = append(got, a.Code)
			}
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("got advice %q, want %q", s, tt.want)
			}
		})
	}
}

func TestAllowHeaders(t *testing.T) {
	tests := []struct {
		desc   string
		config gateway.Config
		want   string
	}{
		{"JSON bodies need Content-Type", rest(nil), "Content-Type"},
		{"named already, kept as written", rest(func(c *gateway.Config) { c.AllowHeaders = []string{"content-type", "X-A"} }), "content-type,X-A"},
		{"API key", rest(func(c *gateway.Config) { c.Auth = "api-key" }), "Content-Type,X-Api-Key"},
		{"IAM", rest(func(c *gateway.Config) { c.Auth = "iam" }), "Content-Type,Authorization,X-Amz-Date,X-Amz-Security-Token,X-Amz-Content-Sha256"},
		{"Cognito with its own header", rest(func(c *gateway.Config) { c.Auth, c.AuthHeader = "cognito", "X-Token" }), "Content-Type,X-Token"},
		{"`*` does not cover Authorization", http(func(c *gateway.Config) { c.Auth, c.AllowHeaders = "jwt", []string{"*"} }), "*,Authorization"},
		{"`*` covers the rest", rest(func(c *gateway.Config) { c.Auth, c.AllowHeaders = "api-key", []string{"*"} }), "*"},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			if got := strings.Join(mustParse(t, tt.config).AllowHeaders().Strings(), ","); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestConfigIsTheShortestThatParsesToTheSame(t *testing.T) {
	tests := []struct {
		desc        string
		given, want gateway.Config
	}{
		{"defaults spelled out", rest(func(c *gateway.Config) {
			c.Name, c.Auth, c.Integration, c.Preflight = "Api", "none", "proxy", "gateway"
			c.GatewayResponses, c.GatewayResponseOrigin = []string{"DEFAULT_4XX", "DEFAULT_5XX"}, "auto"
		}), rest(nil)},
		{"everything set", rest(func(c *gateway.Config) {
			c.Name, c.Auth, c.AuthHeader, c.Integration = "Orders", "lambda", "X-Token", "non-proxy"
			c.Resources = []gateway.ResourceConfig{{Path: "/a", Methods: []string{"ANY"}}, {Path: "/b"}}
			c.BinaryMediaTypes, c.GatewayResponses, c.GatewayResponseOrigin = []string{"*/*"}, []string{"none"}, "echo"
		}), rest(func(c *gateway.Config) {
			c.Name, c.Auth, c.AuthHeader, c.Integration = "Orders", "lambda", "X-Token", "non-proxy"
			c.Resources = []gateway.ResourceConfig{{Path: "/a", Methods: []string{"ANY"}}, {Path: "/b"}}
			c.BinaryMediaTypes, c.GatewayResponses, c.GatewayResponseOrigin = []string{"*/*"}, []string{"none"}, "echo"
		})},
		{"max-age -1", http(func(c *gateway.Config) { c.MaxAge = "-1" }), http(func(c *gateway.Config) { c.MaxAge = "-1" })},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			api := mustParse(t, tt.given)
			if got := api.Config(); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
			if again := mustParse(t, api.Config()); !reflect.DeepEqual(again, api) {
				t.Errorf("parsed again: got %+v, want %+v", again, api)
			}
		})
	}
}

// FuzzParse holds that any input is either refused with typed faults that name
// a reason and a way out, or accepted in a form that parses to itself.
func FuzzParse(f *testing.F) {
	f.Add("rest", "Api", "https://a.example,https://*.b.example", "GET", "X-A", "", true, "600", "cognito", "X-T", "proxy", "gateway", "/a=GET;/a/{id}", "*/*", "THROTTLED", "echo")
	f.Add("http", "", "*", "*", "*", "*", false, "-1", "jwt", "", "", "lambda", "$default", "", "", "")
	f.Fuzz(func(t *testing.T, api, name, origins, methods, headers, expose string, credentials bool, maxAge, auth, authHeader, integration, preflight, resources, binary, types, origin string) {
		c := gateway.Config{
			API: api, Name: name, Auth: auth, AuthHeader: authHeader, Integration: integration, Preflight: preflight,
			BinaryMediaTypes: list(binary), GatewayResponses: list(types), GatewayResponseOrigin: origin,
			Config: cors.Config{
				AllowOrigins: list(origins), AllowMethods: list(methods), AllowHeaders: list(headers),
				ExposeHeaders: list(expose), AllowCredentials: credentials, MaxAge: maxAge,
			},
		}
		for _, r := range strings.Split(resources, ";") {
			if path, methods, _ := strings.Cut(r, "="); path != "" {
				c.Resources = append(c.Resources, gateway.ResourceConfig{Path: path, Methods: list(methods)})
			}
		}
		a, _, err := gateway.Parse(c)
		if err != nil {
			for _, fault := range cors.Faults(err) {
				if fault.Field == "" || fault.Reason == "" || fault.Detail == "" || fault.Hint == "" {
					t.Errorf("an incomplete fault: %#v", fault)
				}
			}
			if len(cors.Faults(err)) == 0 {
				t.Errorf("an untyped error: %v", err)
			}
			return
		}
		again, _, err := gateway.Parse(a.Config())
		if err != nil {
			t.Fatalf("%+v does not parse again: %v", a.Config(), err)
		}
		if !reflect.DeepEqual(a, again) {
			t.Errorf("parsed again:\n%+v\nfirst:\n%+v", again, a)
		}
	})
}

func list(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}
