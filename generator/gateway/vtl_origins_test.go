package gateway_test

import (
	"slices"
	"strings"
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

func TestTemplateOrigins(t *testing.T) {
	const set = "\n#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)\n#end"
	const head = `#set($origin = $input.params().header.get("Origin"))` + "\n"
	tests := []struct {
		desc, template string
		want           []string
		loose          bool
		why            string
	}{
		{"equality", head + `#if($origin == "https://a.example" || $origin == 'https://b.example')` + set, []string{"https://a.example", "https://b.example"}, false, ""},
		{"equals()", head + `#if($origin.equals("https://a.example"))` + set, []string{"https://a.example"}, false, ""},
		{"a list", head + `#set($all = ["https://a.example", "https://b.example"])` + "\n#if($all.contains($origin))" + set, []string{"https://a.example", "https://b.example"}, false, ""},
		{"a loop", head + `#foreach($one in ["https://a.example", "https://b.example"])#if($origin == $one)` + set + "\n#end", []string{"https://a.example", "https://b.example"}, false, ""},
		{"a part of a text", head + `#set($all = "https://a.example,https://b.example")` + "\n#if($all.contains($origin))" + set, nil, false, "lets in more than the origins that it names"},
		{"a text in the origin", head + `#if($origin.contains("a.example"))` + set, nil, false, "lets in more than the origins that it names"},
		{"aws-cdk#26623: the CDK's own", head + `#if($origin.matches("https://a.example") || $origin.matches("https://b.example"))` + set, []string{"https://a.example", "https://b.example"}, true, ""},
		{"an escaped expression", head + `#if($origin.matches("https://a\.example"))` + set, []string{"https://a.example"}, false, ""},
		{"an expression for many", head + `#if($origin.matches("https://.*\.example\.com"))` + set, nil, false, "regular expression https://.*"},
		{"a beginning", head + `#if($origin.startsWith("https://a.example"))` + set, nil, false, "decides by startsWith()"},
		{"any", head + `#if($origin != "")` + set, []string{"*"}, false, ""},
		{"any but one", head + `#if($origin != "https://a.example")` + set, nil, false, "names origins that it does not let in"},
		{"no origin at all", head + `#if($origin == "x" && $origin == "y")` + set, nil, false, "for no origin that it names"},
		{"a stage variable", head + `#if($origin == $stageVariables.origin)` + set, nil, false, "depends on"},
		{"not a template", "#if(", nil, false, "cannot be evaluated"},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			got, loose, why := gateway.TemplateOrigins(tt.template)
			if !slices.Equal(got, tt.want) || loose != tt.loose || tt.why == "" && why != "" || !strings.Contains(why, tt.why) {
				t.Errorf("%q, loose %t, %q", got, loose, why)
			}
		})
	}
}

// TestTemplateOriginsOfItsOwn: the patterns behind each template of ours.
func TestTemplateOriginsOfItsOwn(t *testing.T) {
	for _, origins := range [][]string{
		{"https://*.example.com"}, {"http://localhost:*"}, {"https://*"}, {"https://a.example", "http://b.example:8080"},
		{"http://localhost", "http://localhost:*"}, {"https://a.example", "https://*.example.com", "http://[::1]:*", "capacitor://localhost"},
	} {
		api, _, err := gateway.Parse(gateway.Config{API: "rest", Config: cors.Config{AllowOrigins: origins, AllowMethods: []string{"GET"}}})
		if err != nil {
			t.Fatal(err)
		}
		mock, _ := api.Mock(api.Resources()[0])
		got, _, why := gateway.TemplateOrigins(strings.ReplaceAll(mock.ResponseTemplate, "\n", "\r\n  "))
		again, _, err := gateway.Parse(gateway.Config{API: "rest", Config: cors.Config{AllowOrigins: got, AllowMethods: []string{"GET"}}})
		if err != nil || why != "" {
			t.Errorf("%q: %q, %s, %v", origins, got, why, err)
			continue
		}
		if second, _ := again.Mock(again.Resources()[0]); second.ResponseTemplate != mock.ResponseTemplate {
			t.Errorf("%q came back as %q", origins, got)
		}
	}
}
