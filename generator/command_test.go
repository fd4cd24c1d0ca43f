package generator

import (
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

func TestCommand(t *testing.T) {
	tests := []struct {
		desc   string
		config gateway.Config
		opts   Options
		want   string
	}{
		{
			"defaults are left out",
			gateway.Config{API: "rest", Auth: "none", Config: cors.Config{AllowOrigins: []string{"https://a.example"}, AllowMethods: []string{"GET", "POST"}}},
			Options{},
			"apigw-cors generate --api rest --allow-origins https://a.example --allow-methods GET,POST --format sam",
		},
		{
			"what a shell would touch is quoted",
			gateway.Config{API: "http", Name: "Orders", Auth: "lambda", AuthHeader: "X-Token",
				Config: cors.Config{AllowOrigins: []string{"*"}, AllowHeaders: []string{"*"}, MaxAge: "1m"},
				Resources: []gateway.ResourceConfig{
					{Path: "/orders/{id}", Methods: []string{"GET", "PUT"}}, {Path: "$default", Methods: []string{"ANY"}},
				}},
			Options{Standalone: true, Choices: chosen(t, samScope(), samGlobals)},
			"apigw-cors generate --api http --name Orders --allow-origins '*' --allow-headers '*' --max-age 60 --auth lambda --auth-header X-Token" +
				" --resource '/orders/{id}=GET,PUT' --resource '$default=ANY' --format sam --sam-scope globals --standalone",
		},
	}
	for _, s := range []string{"a\u00a0b", "a\r\nb", "\x7f", "\x00"} {
		if got := ShellWord(s); got != "'"+s+"'" {
			t.Errorf("%q became %q", s, got)
		}
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			api, _, err := gateway.Parse(tt.config)
			if err != nil {
				t.Fatal(err)
			}
			if got := Command(api, []string{"sam"}, tt.opts); got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}
