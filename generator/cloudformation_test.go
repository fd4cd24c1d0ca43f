package generator

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"apigw-cors/generator/gateway"
)

func deployment(t *testing.T, c gateway.Config, o Options) string {
	t.Helper()
	id := regexp.MustCompile(`(?m)^  ShopDeployment[0-9a-f]{10}:$`).FindString(rendered(t, c, "cloudformation", o))
	if id == "" {
		t.Fatal("no deployment")
	}
	return id
}

// A deployment that keeps its id keeps its snapshot.
func TestDeploymentFollowsWhatItDeploys(t *testing.T) {
	base := policy(func(c *gateway.Config) {})
	id := deployment(t, base, Options{})
	same := map[string]string{
		"rendered again": deployment(t, base, Options{}),
		"standalone":     deployment(t, base, Options{Standalone: true}),
	}
	for desc, got := range same {
		if got != id {
			t.Errorf("%s: the id changed from %s to %s", desc, id, got)
		}
	}
	changes := map[string]func(*gateway.Config){
		"an origin":                func(c *gateway.Config) { c.AllowOrigins = []string{"https://b.example"} },
		"several origins":          func(c *gateway.Config) { c.AllowOrigins = []string{"https://a.example", "https://b.example"} },
		"a method":                 func(c *gateway.Config) { c.AllowMethods = []string{"GET", "PUT"} },
		"a header":                 func(c *gateway.Config) { c.AllowHeaders = []string{"X-A"} },
		"an exposed header":        func(c *gateway.Config) { c.ExposeHeaders = []string{"ETag"} },
		"credentials":              func(c *gateway.Config) { c.AllowCredentials = true },
		"max-age":                  func(c *gateway.Config) { c.MaxAge = "60" },
		"a gateway response":       func(c *gateway.Config) { c.GatewayResponses = []string{"THROTTLED"} },
		"no gateway response":      func(c *gateway.Config) { c.GatewayResponses = []string{"none"} },
		"the origin of errors":     func(c *gateway.Config) { c.GatewayResponseOrigin = "any" },
		"binary media types":       func(c *gateway.Config) { c.BinaryMediaTypes = []string{"*/*"} },
		"a resource":               func(c *gateway.Config) { c.Resources = []gateway.ResourceConfig{{Path: "/a"}} },
		"auth":                     func(c *gateway.Config) { c.Auth = "iam" },
		"the integration":          func(c *gateway.Config) { c.Integration = "non-proxy" },
		"who answers":              func(c *gateway.Config) { c.Preflight = "lambda" },
		"an authorizer's header":   func(c *gateway.Config) { c.Auth, c.AuthHeader = "cognito", "X-Token" },
		"an authorizer of default": func(c *gateway.Config) { c.Auth = "cognito" },
	}
	seen := map[string]string{id: "the base"}
	for desc, change := range changes {
		got := deployment(t, policy(change), Options{})
		if other, ok := seen[got]; ok {
			t.Errorf("%s and %s have the same id %s", desc, other, got)
		}
		seen[got] = desc
	}
}

// The function's code is not deployed by API Gateway: the order of the origins
// in a Lambda-answered policy changes the code alone.
func TestDeploymentIgnoresTheFunction(t *testing.T) {
	ids := map[string]bool{}
	for _, origins := range [][]string{{"https://a.example", "https://b.example"}, {"https://b.example", "https://c.example"}} {
		ids[deployment(t, policy(func(c *gateway.Config) {
			c.AllowOrigins, c.Preflight = origins, "lambda"
		}), Options{Standalone: true})] = true
	}
	if len(ids) != 1 {
		t.Errorf("got %v", ids)
	}
}

// "The REST API doesn't contain any methods", or a stage without the latest
// gateway response: a deployment waits for all of it.
func TestDeploymentDependsOnAll(t *testing.T) {
	for desc, c := range policies() {
		if c.API == "http" {
			continue
		}
		content := rendered(t, c, "cloudformation", Options{Standalone: true})
		resources, _ := mapping(t, content, "Resources").(map[string]any)
		id := strings.TrimSuffix(strings.TrimSpace(deployment(t, c, Options{})), ":")
		dependsOn, _ := mapping(t, content, "Resources", id, "DependsOn").([]any)
		for name, r := range resources {
			kind, _ := r.(map[string]any)["Type"].(string)
			deployed := kind == "AWS::ApiGateway::Method" || kind == "AWS::ApiGateway::GatewayResponse"
			if deployed != slices.Contains(dependsOn, any(name)) {
				t.Errorf("%s: %s in DependsOn: %v", desc, name, !deployed)
			}
		}
	}
}

func TestCloudFormationOptionsAsksForNothing(t *testing.T) {
	for desc, c := range policies() {
		resources, _ := mapping(t, rendered(t, c, "cloudformation", Options{Standalone: true}), "Resources").(map[string]any)
		count := 0
		for name, r := range resources {
			p, _ := r.(map[string]any)["Properties"].(map[string]any)
			key, _ := p["RouteKey"].(string)
			if p["HttpMethod"] != "OPTIONS" && !strings.HasPrefix(key, "OPTIONS ") {
				continue
			}
			count++
			if p["AuthorizationType"] != "NONE" || p["AuthorizerId"] != nil || p["ApiKeyRequired"] == true {
				t.Errorf("%s: %s: %v", desc, name, p)
			}
		}
		if c.API == "rest" && count == 0 {
			t.Errorf("%s: no OPTIONS method", desc)
		}
	}
}
