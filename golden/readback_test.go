package golden_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/dop251/goja"
	"github.com/evanw/esbuild/pkg/api"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"gopkg.in/yaml.v3"

	"apigw-cors/golden/tools"
)

// The readers of the rendered languages that need no tool: what a fuzz test can
// afford for every input.

// templateJSON reads a CloudFormation template in YAML as the JSON it stands
// for, short intrinsic functions written out.
func templateJSON(t testing.TB, text []byte) []byte {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		t.Fatalf("not YAML: %v\n%s", err, text)
	}
	out, err := json.Marshal(plain(t, doc.Content[0]))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func plain(t testing.TB, n *yaml.Node) any {
	t.Helper()
	if name, ok := strings.CutPrefix(n.Tag, "!"); ok && !strings.HasPrefix(n.Tag, "!!") {
		if name != "Ref" {
			name = "Fn::" + name
		}
		return map[string]any{name: n.Value}
	}
	switch n.Kind {
	case yaml.MappingNode:
		out := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			key := n.Content[i]
			if _, again := out[key.Value]; again || key.Tag != "!!str" {
				t.Errorf("line %d: the key %s is a %s, or stands twice", key.Line, key.Value, key.Tag)
			}
			out[key.Value] = plain(t, n.Content[i+1])
		}
		return out
	case yaml.SequenceNode:
		var out []any
		for _, item := range n.Content {
			out = append(out, plain(t, item))
		}
		return out
	}
	var out any
	if err := n.Decode(&out); err != nil {
		t.Fatal(err)
	}
	return out
}

// stringsHCL are the constant strings of a Terraform file.
func stringsHCL(t testing.TB, text []byte) map[string]bool {
	t.Helper()
	file, diags := hclsyntax.ParseConfig(text, "cors.tf", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatalf("not HCL: %v\n%s", diags, text)
	}
	out := map[string]bool{}
	diags = hclsyntax.VisitAll(file.Body.(*hclsyntax.Body), func(n hclsyntax.Node) hcl.Diagnostics {
		if e, ok := n.(hclsyntax.Expression); ok && len(e.Variables()) == 0 {
			if v, diags := e.Value(nil); !diags.HasErrors() && v.Type() == cty.String && v.IsKnown() && !v.IsNull() {
				out[v.AsString()] = true
			}
		}
		return nil
	})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return out
}

// recorder stands for the modules of aws-cdk-lib: whatever is called or
// constructed is accepted, and the values it is given are kept.
const recorder = `
const said = [];
function record(v) {
  switch (typeof v) {
  case 'string': case 'number': case 'boolean':
    said.push(String(v)); break;
  case 'function':
    if (v.spoken) said.push(v.spoken); break;
  case 'object':
    for (const [key, item] of Object.entries(v ?? {})) { said.push(key); record(item); }
  }
}
function anything(name) {
  return new Proxy(function () {}, {
    get: (_, key) => key === 'spoken' ? name : typeof key === 'symbol' || key === 'prototype' ? Function.prototype[key] ?? {} : anything(key),
    apply: (_, __, args) => { record(args); return anything(); },
    construct: (_, args) => { record(args); return anything(); },
  });
}
const module = { exports: {} }, exports = module.exports;
`

// stringsTypeScript are the values a CDK file hands to aws-cdk-lib: read by a
// TypeScript parser, and run.
func stringsTypeScript(t testing.TB, text []byte) map[string]bool {
	t.Helper()
	js := api.Transform(string(text), api.TransformOptions{Loader: api.LoaderTS, Format: api.FormatCommonJS, Target: api.ES2017})
	if len(js.Errors) > 0 {
		t.Fatalf("not TypeScript: %v\n%s", js.Errors, text)
	}
	code := requires.ReplaceAllString(string(js.Code), "= anything();")
	v, err := goja.New().RunString(recorder + code + `
for (const made of Object.values(module.exports)) {
  if (typeof made === 'function') made(anything(), anything());
  else record(made);
}
said`)
	if err != nil {
		t.Fatalf("%v\n%s", err, code)
	}
	out := map[string]bool{}
	for _, s := range v.Export().([]any) {
		out[fmt.Sprint(s)] = true
	}
	return out
}

// requires finds the modules a file imports.
var requires = regexp.MustCompile(`= __toESM\(require\(.*?\)\);`)

// stringsJSON are the strings of a JSON document, keys included.
func stringsJSON(t testing.TB, text []byte, into map[string]bool) {
	t.Helper()
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			into[v] = true
		case []any:
			for _, item := range v {
				walk(item)
			}
		case map[string]any:
			for key, item := range v {
				into[key] = true
				walk(item)
			}
		default:
			into[fmt.Sprint(v)] = true
		}
	}
	walk(tools.Decode[any](t, text))
}
