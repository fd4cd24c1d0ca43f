package policy

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"apigw-cors/cmd/report"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// goldenPolicies are the policies of the golden cases.
func goldenPolicies(t *testing.T) map[string]gateway.API {
	t.Helper()
	files, err := filepath.Glob("../../golden/*/cors.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden case", err)
	}
	all := map[string]gateway.API{}
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		d, err := newDocuments(file, f).next()
		s := d.shared
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		var r report.Report
		api, ok := s.Parse(&r)
		if !ok {
			t.Fatal(file, r.Faults)
		}
		all[filepath.Base(filepath.Dir(file))] = api
	}
	return all
}

// TestSavedPolicy: what is saved is read back as the same API, and a second
// saving gives the same bytes.
func TestSavedPolicy(t *testing.T) {
	for name, api := range goldenPolicies(t) {
		t.Run(name, func(t *testing.T) {
			text, err := Encode(api, nil)
			if err != nil {
				t.Fatal(err)
			}
			d, err := newDocuments("cors.yaml", strings.NewReader(string(text))).next()
			s := d.shared
			if err != nil {
				t.Fatal(err)
			}
			var r report.Report
			again, ok := s.Parse(&r)
			if !ok || !reflect.DeepEqual(api.Config(), again.Config()) {
				t.Fatalf("read back as\n%+v, want\n%+v\n%s%+v", again.Config(), api.Config(), text, r.Faults)
			}
			if second, err := Encode(again, nil); err != nil || string(second) != string(text) {
				t.Errorf("saved again as\n%s, first\n%s", second, text)
			}
		})
	}
}

// TestSavedPolicyKeepsAcknowledgements: what a person has acknowledged stays so
// when the policy is edited and saved.
func TestSavedPolicyKeepsAcknowledgements(t *testing.T) {
	text, err := Encode(goldenPolicies(t)["http-one-origin"], []string{"any-origin", "sam-local"})
	if err != nil {
		t.Fatal(err)
	}
	d, err := newDocuments("cors.yaml", strings.NewReader(string(text))).next()
	s := d.shared
	if err != nil || len(s.Faults) > 0 || !slices.Equal(s.AllowAdvice, []string{"any-origin", "sam-local"}) {
		t.Errorf("read back as %q: %v %v\n%s", s.AllowAdvice, s.Faults, err, text)
	}
}

// TestSavedPolicyHasEveryField that an API of the type has, in their order; a
// field of a resource, too.
func TestSavedPolicyHasEveryField(t *testing.T) {
	base := cors.Config{
		AllowOrigins: []string{"https://a.example"}, AllowMethods: []string{"GET"}, AllowHeaders: []string{"X-A"},
		ExposeHeaders: []string{"X-B"}, AllowCredentials: true, MaxAge: "600",
	}
	c := gateway.Config{
		API: "rest", Name: "Orders", Config: base, Auth: "lambda", AuthHeader: "X-Token", Integration: "non-proxy", BackendType: "http", APIID: "OrdersApi",
		Resources:        []gateway.ResourceConfig{{Path: "/a"}, {Path: "/b", Methods: []string{"GET", "PUT"}, ID: "BResource"}},
		BinaryMediaTypes: []string{"image/png"}, GatewayResponses: []string{"none"}, GatewayResponseOrigin: "echo",
	}
	api, _, err := gateway.Parse(c)
	if err != nil {
		t.Fatal(err)
	}
	text, err := Encode(api, nil)
	if err != nil {
		t.Fatal(err)
	}
	at := 0
	for _, f := range gateway.Fields() {
		i := strings.Index("\n"+string(text), "\n"+f.Key+":")
		// A non-proxy integration excludes a preflight by the function, and a
		// REST API a payload format.
		absent := f.Key == "preflight" || f.Key == "payloadFormat"
		if (i < 0) != absent || i >= 0 && i < at {
			t.Errorf("%s stands at %d, after %d, in\n%s", f.Key, i, at, text)
		}
		at = max(at, i)
		for _, e := range f.Entries {
			if !strings.Contains(string(text), e.Key+":") {
				t.Errorf("%s[].%s is not in\n%s", f.Key, e.Key, text)
			}
		}
	}
}

// TestWordsOfFields: what is shown of an answer can be typed to give it.
func TestWordsOfFields(t *testing.T) {
	for name, api := range goldenPolicies(t) {
		config := api.Config()
		var again gateway.Config
		for _, f := range gateway.Fields() {
			f.SetWords(&again, f.Words(config))
		}
		if !reflect.DeepEqual(config, again) {
			t.Errorf("%s: %+v, want %+v", name, again, config)
		}
	}
}
