package policy

import (
	"reflect"
	"testing"

	"github.com/spf13/pflag"

	"apigw-cors/generator/cors"
)

// Flags take the place of keys; all other keys stay, and so do their places.
func TestOverride(t *testing.T) {
	var flags Flags
	set := pflag.NewFlagSet("test", pflag.ContinueOnError)
	flags.Register(set)
	if err := set.Parse([]string{"-f", "cors.yaml", "--allow-origins", "https://b.example", "--allow-credentials=false"}); err != nil {
		t.Fatal(err)
	}
	s := readAll(t, "api: rest\nallowOrigins: [https://a.example, https://c.example]\nallowMethods: [GET]\nallowCredentials: true")[0]
	flags.override(&s)
	want := cors.Config{AllowOrigins: []string{"https://b.example"}, AllowMethods: []string{"GET"}}
	if s.Config.API != "rest" || !reflect.DeepEqual(s.Config.Config, want) {
		t.Errorf("%+v", s.Config)
	}
	for path, place := range map[string]string{
		"allowOrigins[0]": "--allow-origins", "allowCredentials": "--allow-credentials", "allowMethods[0]": "cors.yaml:3:16: allowMethods[0]",
	} {
		if got := s.Places.Find(path).String(); got != place {
			t.Errorf("%s is at %s, not at %s", path, got, place)
		}
	}
}
