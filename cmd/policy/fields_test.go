package policy

import (
	"reflect"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// Every field of a Config has a key and a flag of the same words.
func TestFieldsCoverConfig(t *testing.T) {
	var c gateway.Config
	bound := map[any]bool{}
	for _, f := range Fields() {
		bound[f.Bind(&c)] = true
		if f.Key != "resources" && strings.ToLower(f.Key) != strings.ReplaceAll(f.Flag, "-", "") {
			t.Errorf("key %s, flag %s", f.Key, f.Flag)
		}
		if found, ok := fieldOf(f.Key); !ok || found.Flag != f.Flag {
			t.Errorf("%s is not found by its key", f.Key)
		}
	}
	want := reflect.TypeFor[gateway.Config]().NumField() - 1 + reflect.TypeFor[cors.Config]().NumField()
	if len(bound) != want {
		t.Errorf("%d fields, and %d in the Config", len(bound), want)
	}
}

// The closed sets are those that the parser takes.
func TestFieldValues(t *testing.T) {
	for _, f := range Fields() {
		for _, v := range append(f.Values, "no such value") {
			var c gateway.Config
			if text, ok := f.Bind(&c).(*string); ok && f.Values != nil {
				*text = v
			} else {
				continue
			}
			_, _, err := gateway.Parse(c)
			refused := false
			for _, fault := range cors.Faults(err) {
				refused = refused || fault.Field == f.Key && fault.Reason == cors.Invalid
			}
			if refused != (v == "no such value") {
				t.Errorf("%s: %q refused: %v", f.Key, v, refused)
			}
		}
	}
}

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
