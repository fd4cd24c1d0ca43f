package gateway_test

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// TestFieldsCoverConfig: what can be said of an API stands in the table, once,
// and so does what can be said of a resource. A field that is added to the
// structs only fails here.
func TestFieldsCoverConfig(t *testing.T) {
	var c gateway.Config
	bound := map[any]string{}
	for _, f := range gateway.Fields() {
		if other, twice := bound[f.In(&c)]; twice {
			t.Errorf("%s and %s are the same field", f.Key, other)
		}
		bound[f.In(&c)] = f.Key
		if strings.TrimSuffix(strings.ToLower(f.Key), "s") != strings.TrimSuffix(strings.ReplaceAll(f.Flag, "-", ""), "s") {
			t.Errorf("key %s, flag %s", f.Key, f.Flag)
		}
		if found, ok := gateway.FieldOf(f.Key); !ok || found.Flag != f.Flag {
			t.Errorf("%s is not found by its key", f.Key)
		}
	}
	check := func(path string, v reflect.Value) {
		if _, ok := bound[v.Addr().Interface()]; !ok {
			t.Errorf("%s is in no row of the table", path)
		}
	}
	v := reflect.ValueOf(&c).Elem()
	for i := range v.NumField() {
		if v.Type().Field(i).Anonymous {
			for j := range v.Field(i).NumField() {
				check(v.Field(i).Type().Field(j).Name, v.Field(i).Field(j))
			}
			continue
		}
		check(v.Type().Field(i).Name, v.Field(i))
	}
	var r gateway.ResourceConfig
	resources, _ := gateway.FieldOf("resources")
	bound = map[any]string{}
	for _, f := range resources.Entries {
		bound[f.InEntry(&r)] = f.Key
	}
	for i := range reflect.TypeOf(r).NumField() {
		check("resources[]."+reflect.TypeOf(r).Field(i).Name, reflect.ValueOf(&r).Elem().Field(i))
	}
}

// full has another value than the default for every field that an API of the
// type has.
func full(k gateway.Kind) gateway.Config {
	c := gateway.Config{
		API: string(k), Name: "Orders",
		Config: cors.Config{
			AllowOrigins: []string{"https://a.example", "https://b.example"}, AllowMethods: []string{"GET", "PUT"},
			AllowHeaders: []string{"X-A"}, ExposeHeaders: []string{"ETag", "X-B"}, AllowCredentials: true, MaxAge: "600",
		},
		Auth: "lambda", AuthHeader: "X-Token", Preflight: "lambda", APIID: "OrdersApi",
		Resources: []gateway.ResourceConfig{{Path: "/a"}, {Path: "/b", Methods: []string{"GET", "DELETE"}, ID: "BResource"}, {Path: "/c", ID: "CResource"}},
	}
	if k == gateway.HTTP {
		c.PayloadFormat = "1.0"
	}
	if k == gateway.REST {
		c.BinaryMediaTypes, c.GatewayResponses, c.GatewayResponseOrigin = []string{"image/png"}, []string{"UNAUTHORIZED"}, "echo"
	}
	return c
}

// TestFieldsCoverAPI: no field gets lost between a Config and its API.
func TestFieldsCoverAPI(t *testing.T) {
	for _, k := range []gateway.Kind{gateway.REST, gateway.HTTP} {
		want := full(k)
		got := mustParse(t, want).Config()
		for _, f := range gateway.Fields() {
			words := f.Words(want)
			if other := map[string]string{"integration": "non-proxy", "backendType": "http"}[f.Key]; other != "" && k == gateway.REST {
				// They exclude preflight lambda.
				c := rest(func(c *gateway.Config) { f.SetWords(c, []string{other}) })
				if got := f.Words(mustParse(t, c).Config()); !slices.Equal(got, []string{other}) {
					t.Errorf("%s is %q", f.Key, got)
				}
				continue
			}
			if len(words) == 0 && (f.Only == "" || f.Only == k) {
				t.Errorf("%s has no value to lose on the API type %s", f.Key, k)
			}
			if !slices.Equal(f.Words(got), words) {
				t.Errorf("%s is %q, was %q", f.Key, f.Words(got), words)
			}
			var c gateway.Config
			f.SetWords(&c, words)
			if !slices.Equal(f.Words(c), words) {
				t.Errorf("%s: %q was set, and is %q", f.Key, words, f.Words(c))
			}
		}
	}
}

// TestFieldValues: a closed set is what the parser takes; a value that only one
// type has is refused on the other, with what to take instead.
func TestFieldValues(t *testing.T) {
	for _, f := range gateway.Fields() {
		for _, v := range append(f.Values, gateway.Value{Name: "no such value"}) {
			for _, k := range []gateway.Kind{gateway.REST, gateway.HTTP} {
				if f.Only != "" && f.Only != k {
					continue
				}
				c := config(string(k), nil)
				f.SetWords(&c, []string{v.Name})
				fault := faultOf(c, f.Key)
				switch {
				case v.Name == "no such value" && f.Values != nil && !f.Open:
					if fault == nil || fault.Reason != cors.Invalid {
						t.Errorf("%s: %q gives %v", f.Key, v.Name, fault)
					}
				case v.Name == "no such value", v.Name == "OPTIONS", f.Key == "api":
				case v.Instead != "" && v.Only != k:
					if fault == nil || fault.Reason != gateway.Unsupported || fault.Hint != v.Instead {
						t.Errorf("%s: %q on the API type %s gives %v", f.Key, v.Name, k, fault)
					}
				case fault != nil:
					t.Errorf("%s: %q is offered, and refused: %v", f.Key, v.Name, fault)
				}
			}
		}
	}
}

func faultOf(c gateway.Config, key string) *cors.FieldError {
	_, _, err := gateway.Parse(c)
	for _, f := range cors.Faults(err) {
		if f.Field == key || strings.HasPrefix(f.Field, key+"[") {
			return f
		}
	}
	return nil
}

// TestFieldPatterns: examples parse, and they and the values match the
// pattern; what an editor would not complain about is no more than a parser
// may refuse.
func TestFieldPatterns(t *testing.T) {
	resources, _ := gateway.FieldOf("resources")
	for _, f := range append(gateway.Fields(), resources.Entries...) {
		if (f.Pattern == "") != (f.Examples == nil) {
			t.Errorf("%s: pattern and examples go together", f.Key)
		}
		pattern := regexp.MustCompile(f.Pattern)
		words := append(f.Examples, append(f.Names(), f.Default(gateway.REST)...)...)
		for _, word := range words {
			if !pattern.MatchString(word) {
				t.Errorf("%s: %q does not match %s", f.Key, word, f.Pattern)
			}
		}
		if f.Flag == "" {
			continue
		}
		for _, example := range f.Examples {
			c := rest(func(c *gateway.Config) { c.Auth = "lambda" })
			f.SetWords(&c, []string{example})
			if fault := faultOf(c, f.Key); fault != nil {
				t.Errorf("%s: the example %q is refused: %v", f.Key, example, fault)
			}
		}
	}
	for key, bad := range map[string][]string{
		"allowOrigins": {"", "app.example.com", "https://a.example/path", "https:// a"}, "name": {"", "1a", "a-b"},
		"allowHeaders": {"", "X A", "X:", "$X"}, "maxAge": {"", "soon", "-2"}, "binaryMediaTypes": {"png", "a/b/c"},
	} {
		f, _ := gateway.FieldOf(key)
		for _, value := range bad {
			if regexp.MustCompile(f.Pattern).MatchString(value) {
				t.Errorf("%s: %q matches", key, value)
			}
		}
	}
}

// TestQuestions: every field can be asked for, in words of its own, by its own
// place in the conversation.
func TestQuestions(t *testing.T) {
	for _, k := range []gateway.Kind{"", gateway.REST, gateway.HTTP} {
		c := gateway.Config{API: string(k)}
		all := gateway.Questions(c)
		if len(all) != len(gateway.Fields()) {
			t.Fatalf("%d questions", len(all))
		}
		seen := map[string]bool{}
		for _, q := range all {
			f := q.Field
			if q.Title == "" || seen[q.Title] || q.Note == "" || f.Help == "" || f.Summary == "" {
				t.Errorf("%s: a title of its own, a note, help and a summary are needed", f.Key)
			}
			seen[q.Title] = true
			other := gateway.REST
			if k == gateway.HTTP {
				other = gateway.HTTP
			}
			if q.Moot != (f.Only != "" && f.Only != other || f.Key == "authHeader" || f.Key == "backendType") {
				t.Errorf("%s: moot is %v for the API type %q", f.Key, q.Moot, k)
			}
			for _, v := range q.Offered {
				if v.Only != "" && k != "" && v.Only != k {
					t.Errorf("%s: offers %s for the API type %s", f.Key, v.Name, k)
				}
			}
		}
	}
	var keys []string
	for _, q := range gateway.Questions(gateway.Config{}) {
		keys = append(keys, q.Field.Key)
	}
	const want = "api allowOrigins allowCredentials auth authHeader allowMethods allowHeaders exposeHeaders maxAge resources integration backendType payloadFormat preflight gatewayResponses gatewayResponseOrigin name apiId binaryMediaTypes"
	if got := strings.Join(keys, " "); got != want {
		t.Errorf("asked in the order\n%s, want\n%s", got, want)
	}
}

func TestQuestionsFollowAnswers(t *testing.T) {
	ask := func(key string, c gateway.Config) gateway.Question {
		for _, q := range gateway.Questions(c) {
			if q.Field.Key == key {
				return q
			}
		}
		t.Fatal(key)
		return gateway.Question{}
	}
	names := func(q gateway.Question) string {
		var out []string
		for _, v := range q.Offered {
			out = append(out, v.Name)
		}
		return strings.Join(out, " ")
	}
	credentials := func(c *gateway.Config) { c.AllowCredentials = true }
	wild := func(c *gateway.Config) { c.AllowOrigins = []string{"https://*.example.com"} }
	if got := names(ask("allowMethods", rest(credentials))); got != "GET POST PUT PATCH DELETE HEAD" {
		t.Errorf("with credentials: %s", got)
	}
	if got := names(ask("auth", http(nil))); got != "none iam lambda jwt" {
		t.Errorf("HTTP API: %s", got)
	}
	if got := names(ask("allowHeaders", rest(func(c *gateway.Config) { c.Auth = "cognito" }))); strings.Contains(got, "Authorization") {
		t.Errorf("what is allowed anyway is offered: %s", got)
	}
	if q := ask("preflight", http(wild)); q.Quiet || !slices.Equal(q.Proposal, []string{"lambda"}) {
		t.Errorf("origins beyond the service: %+v", q)
	}
	if q := ask("preflight", http(nil)); !q.Quiet || q.Proposal != nil {
		t.Errorf("an origin the service takes: %+v", q)
	}
	if q := ask("gatewayResponseOrigin", rest(wild)); q.Quiet || q.Offered[0].Detail != "any, as there are several origins" {
		t.Errorf("several origins: %+v", q)
	}
	if q := ask("gatewayResponseOrigin", rest(credentials)); names(q) != "auto echo" {
		t.Errorf("with credentials: %+v", q)
	}
}

func TestUsage(t *testing.T) {
	for key, want := range map[string]string{
		"api":              "type of the API (required)",
		"allowHeaders":     "request headers, or *; Content-Type and what the auth needs are always added",
		"resources":        "paths the API serves, each with its own methods or those of all (default / and /{proxy+}, or $default for an HTTP API)",
		"gatewayResponses": "gateway responses that get CORS headers, or none (default DEFAULT_4XX,DEFAULT_5XX; REST API only)",
	} {
		f, _ := gateway.FieldOf(key)
		if got := f.Usage(); got != want {
			t.Errorf("%s: %s", key, got)
		}
	}
}
