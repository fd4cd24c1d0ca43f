package golden_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"apigw-cors/generator/gateway"
	"apigw-cors/golden/tools"
)

// goldenCase is a folder with a cors.yaml, the files it must render and, where
// a case needs some, more flags in the file flags.
type goldenCase struct {
	name  string
	flags []string
}

// cases lists every case, by name.
func cases(t testing.TB) []goldenCase {
	t.Helper()
	policies, err := filepath.Glob("*/cors.yaml")
	if err != nil || len(policies) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	var out []goldenCase
	for _, policy := range policies {
		c := goldenCase{name: filepath.Dir(policy)}
		flags, err := os.ReadFile(c.path("flags"))
		if err == nil {
			c.flags = strings.Fields(string(flags))
		} else if !os.IsNotExist(err) {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	return out
}

// isGreedy reports whether the case asks Terraform for one OPTIONS method for
// all resources.
func (c goldenCase) isGreedy() bool { return slices.Contains(c.flags, "--terraform-preflight=greedy") }

// path is that of a file of the case.
func (c goldenCase) path(file string) string {
	return filepath.Join(c.name, filepath.FromSlash(file))
}

func (c goldenCase) read(t testing.TB, file string) []byte {
	t.Helper()
	return tools.ReadFile(t, c.path(file))
}

// api is what the case's policy asks for.
func (c goldenCase) api(t testing.TB) gateway.API {
	t.Helper()
	return apiOf(t, c.keys(t))
}

// keys are those of the case's cors.yaml.
func (c goldenCase) keys(t testing.TB) map[string]any {
	t.Helper()
	var keys map[string]any
	if err := yaml.Unmarshal(c.read(t, "cors.yaml"), &keys); err != nil {
		t.Fatal(err)
	}
	return keys
}

// apiOf is the API of a policy. The keys of cors.yaml are the fields of a
// Config.
func apiOf(t testing.TB, keys map[string]any) gateway.API {
	t.Helper()
	keys = maps.Clone(keys)
	if seconds, ok := keys["maxAge"]; ok {
		keys["maxAge"] = fmt.Sprint(seconds)
	}
	fields, err := json.Marshal(keys)
	if err != nil {
		t.Fatal(err)
	}
	api, _, err := gateway.Parse(tools.Decode[gateway.Config](t, fields))
	if err != nil {
		t.Fatal(err)
	}
	return api
}

// folders are the folders of one format by case name, for the tools that take
// all cases at once.
func folders(cases []goldenCase, format string) map[string]string {
	out := map[string]string{}
	for _, c := range cases {
		out[c.name] = c.path(format)
	}
	return out
}
