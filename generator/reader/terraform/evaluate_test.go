package terraform

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// TestExpressions evaluates what people write where a value is wanted. An
// unknown part shows as {unknown: why}; JSON shows collections.
func TestExpressions(t *testing.T) {
	const given = `
variable "default" { default = "d" }
variable "required" {}
variable "list" { type = list(string) }
variable "null" { default = null }
variable "object" {
  type = object({ a = string, b = optional(string, "B"), c = optional(list(string), ["C"]) })
  default = { a = "A" }
}
locals {
  origins = ["https://a.example", "https://b.example"]
  mixed   = ["x", var.required]
  map     = { b = 2, a = 1 }
}
resource "aws_api_gateway_rest_api" "one" {
  name = "one"
}
resource "aws_api_gateway_resource" "many" {
  for_each  = toset(["q", "p"])
  path_part = "${each.key}-${each.value}"
}
resource "aws_api_gateway_method" "counted" {
  count       = 2
  http_method = "M${count.index}"
}
`
	tests := []struct{ desc, expression, want string }{
		{"a literal", `"x"`, "x"},
		{"a number in a string", `"${1 + 2}"`, "3"},
		{"escapes", `"$${x} %%{y} \"z\""`, `${x} %{y} "z"`},
		{"a heredoc", "<<-EOT\n    a\n      b\n  EOT", "a\n  b\n"},
		{"a directive", `"%{ if true }yes%{ else }no%{ endif }"`, "yes"},
		{"a loop in a template", `"%{ for o in local.origins }<${o}>%{ endfor }"`, "<https://a.example><https://b.example>"},

		{"a default", "var.default", "d"},
		{"no default", "var.required", "{unknown: var.required has no default}"},
		{"a null default", `var.null == null ? "none" : "some"`, "none"},
		{"optional attributes", "jsonencode(var.object)", `{"a":"A","b":"B","c":["C"]}`},
		{"an undeclared variable", "var.nobody", "{unknown: var.nobody is not declared}"},
		{"known at both ends", `"'https://${var.required}/'"`, "'https://{unknown: var.required has no default}/'"},

		{"join keeps what is unknown in its place", `join(",", local.mixed)`, "x,{unknown: var.required has no default}"},
		{"join of an unknown list", `join(",", var.list)`, "{unknown: var.list has no default}"},
		{"concat with an unknown list", `join(",", concat(["a"], var.list))`, "a{unknown: var.list has no default}"},
		{"format", `format("'%s'", join(",", local.origins))`, "'https://a.example,https://b.example'"},
		{"format of a number", `format("%05.1f", 3.14159)`, "003.1"},
		{"format of what is unknown", `format("%s-%%-%d", var.required, 7)`, "{unknown: var.required has no default}-%-7"},
		{"formatlist", `jsonencode(formatlist("h.%s", ["a", "b"]))`, `["h.a","h.b"]`},
		{"zipmap", `jsonencode(zipmap(["k"], ["v"]))`, `{"k":"v"}`},
		{"keys are sorted", `join(",", keys(local.map))`, "a,b"},
		{"values go by their keys", `jsonencode(values(local.map))`, "[1,2]"},
		{"lookup", `lookup(local.map, "c", "z")`, "z"},
		{"merge takes the last", `jsonencode(merge({ a = 1 }, null, { a = 2, b = 3 }))`, `{"a":2,"b":3}`},
		{"merge with what is unknown", `merge({ a = "1" }, var.required)["a"]`, "{unknown: var.required has no default}"},
		{"merge of what is known after it", `merge(var.required, { a = "1" })["a"]`, "1"},
		{"flatten and distinct", `join(",", distinct(flatten([["a"], ["b", ["a"]]])))`, "a,b"},
		{"compact", `join(",", compact(["a", "", null, "b"]))`, "a,b"},
		{"toset sorts", `jsonencode(toset(["b", "a", "b"]))`, `["a","b"]`},
		{"element wraps", `element(local.origins, 3)`, "https://b.example"},
		{"coalesce", `coalesce("", null, "c")`, "c"},
		{"try", `try(local.map.nothing, local.map["none"], "fallback")`, "fallback"},
		{"try of what is unknown is unknown", `try(var.required, "fallback")`, "{unknown: var.required has no default}"},
		{"can", `can(local.map.nothing) ? "yes" : "no"`, "no"},
		{"contains", `contains(local.origins, "https://a.example") ? "yes" : "no"`, "yes"},
		{"length", `length(local.origins) + length("äö")`, "4"},
		{"length of an unknown list", `length(var.list) > 0 ? "a" : "b"`, "{unknown: var.list has no default}"},
		{"replace", `replace("a.b.c", ".", "-")`, "a-b-c"},
		{"replace by expression", `replace("a1b22", "/[0-9]+/", "#")`, "a#b#"},
		{"split", `split(",", "a,b")[1]`, "b"},
		{"case", `upper(lower("AbC"))`, "ABC"},
		{"trim", `trimsuffix(trimprefix("'x'", "'"), "'")`, "x"},
		{"startswith of what is known", `startswith("https://${var.required}", "https://") ? "yes" : "no"`, "yes"},
		{"a regular expression", `regex("^https://([^.]+)", local.origins[0])[0]`, "a"},
		{"setproduct", `join(" ", [for p in setproduct(["GET", "PUT"], ["/a"]) : join("", p)])`, "GET/a PUT/a"},
		{"matchkeys", `join(",", matchkeys(["i", "j"], ["a", "b"], ["b"]))`, "j"},
		{"one", `one(["x"])`, "x"},
		{"a function that is not computed here", `sha256("x")`, "{unknown: sha256() is not computed here}"},
		{"a function that does not exist", `list("")`, "{unknown: list() is not computed here}"},
		{"YAML", "yamldecode(\"a: [1, 2]\\nb: yes it is\").b", "yes it is"},
		{"JSON", `jsondecode("{\"a\": {\"b\": \"c\"}}").a.b`, "c"},
		{"JSON of what is unknown", `jsonencode({ a = var.required })`, `{"a":"{unknown: var.required has no default}"}`},
		{"base64", `base64decode(base64encode("x"))`, "x"},

		{"a conditional", `1 < 2 && !false ? "a" : "b"`, "a"},
		{"a conditional that comes to the same", `var.required == "x" ? "a" : "a"`, "a"},
		{"a conditional that is unknown", `var.required == "x" ? "a" : "b"`, "{unknown: var.required has no default}"},
		{"and with a false", `var.required == "x" && false ? "a" : "b"`, "b"},
		{"unlike from the beginning", `"https://${var.required}" == "*" ? "a" : "b"`, "b"},
		{"a reference is not null", `aws_api_gateway_rest_api.one.id == null ? "a" : "b"`, "b"},
		{"a for expression", `jsonencode({ for k, v in local.map : upper(k) => v * 2 if v > 1 })`, `{"B":4}`},
		{"a grouping for expression", `jsonencode({ for o in ["ab", "ac"] : substr(o, 0, 1) => o... })`, `{"a":["ab","ac"]}`},
		{"a for expression over what is unknown", `[for v in var.list : "x${v}"][0]`, "x{unknown: var.list has no default}"},
		{"a splat", `join(",", [{ a = "1" }, { a = "2" }][*].a)`, "1,2"},

		{"an argument of a resource", "aws_api_gateway_rest_api.one.name", "one"},
		{"what is known after an apply", `"<${aws_api_gateway_rest_api.one.id}>"`, "<{unknown: aws_api_gateway_rest_api.one.id is known after an apply}>"},
		{"an instance", `aws_api_gateway_resource.many["q"].path_part`, "q-q"},
		{"instances in order", `join(",", [for r in aws_api_gateway_resource.many : r.path_part])`, "p-p,q-q"},
		{"an instance by number", "aws_api_gateway_method.counted[1].http_method", "M1"},
		{"all instances", `join(",", aws_api_gateway_method.counted.*.http_method)`, "M0,M1"},
		{"a resource that is not here", "aws_sqs_queue.q.arn", "{unknown: aws_sqs_queue.q.arn is known after an apply}"},
		{"remote state", "data.terraform_remote_state.s.outputs.x[0].y", "{unknown: data.terraform_remote_state.s.outputs.x[0].y is known after an apply}"},
		{"a workspace", "terraform.workspace", "{unknown: terraform.workspace is known where it runs}"},
	}
	for _, test := range tests {
		t.Run(test.desc, func(t *testing.T) {
			fsys := fstest.MapFS{
				"given.tf": &fstest.MapFile{Data: []byte(given)},
				"test.tf":  &fstest.MapFile{Data: []byte("resource \"test\" \"test\" {\n  value = " + test.expression + "\n}\n")},
			}
			c := Load(fsys, ".", Options{})
			if len(c.Faults) > 0 {
				t.Fatal(c.Faults)
			}
			for _, r := range c.Resources {
				if r.Type == "test" {
					if got := r.Get("value").Text().String(); got != test.want {
						t.Errorf("%s\ngives  %s\nwanted %s", test.expression, got, test.want)
					}
				}
			}
		})
	}
}

// TestVariables: the command line before *.auto.tfvars before terraform.tfvars
// before the default.
func TestVariables(t *testing.T) {
	fsys := fstest.MapFS{
		"main.tf": &fstest.MapFile{Data: []byte(`
variable "a" { default = "default" }
variable "b" { default = "default" }
variable "c" { default = "default" }
variable "d" { default = "default" }
variable "e" { default = [] }
resource "test" "test" {
  value = join(" ", concat([var.a, var.b, var.c, var.d], var.e))
}`)},
		"terraform.tfvars": &fstest.MapFile{Data: []byte("b = \"file\"\nc = \"file\"\nd = \"file\"\n")},
		"x.auto.tfvars":    &fstest.MapFile{Data: []byte("c = \"auto\"\nd = \"auto\"\n")},
		"other.tfvars":     &fstest.MapFile{Data: []byte("a = \"other\"\n")},
	}
	c := Load(fsys, ".", Options{Variables: map[string]string{"d": "given", "e": `["x", "y"]`}})
	if got := c.Resources[0].Get("value").Text().String(); got != "default file auto given x y" {
		t.Error(got)
	}
}

// TestAfter: Terraform's order by references and depends_on, through locals,
// variables, outputs and modules.
func TestAfter(t *testing.T) {
	files := map[string]string{
		"main.tf": `
resource "test" "first" {}
resource "test" "by_reference" { x = test.first.id }
resource "test" "by_depends_on" { depends_on = [test.by_reference] }
locals { x = [test.by_depends_on.id] }
resource "test" "by_local" { for_each = { for i, x in local.x : i => x } }
module "m" {
  source = "./m"
  given  = test.by_local
}
resource "test" "by_output" { x = module.m.out }
resource "test" "by_other_output" { x = module.m.constant }
resource "test" "by_module" { depends_on = [module.m] }
module "late" {
  source     = "./late"
  depends_on = [test.by_output]
}
module "registry" {
  source = "acme/m/aws"
  x      = test.first.id
}
resource "test" "by_registry" { x = module.registry.out }
resource "test" "alone" {}
`,
		"m/m.tf": `
variable "given" {}
resource "test" "in" { x = var.given }
output "out" { value = test.in.id }
output "constant" { value = "c" }
`,
		"late/late.tf": `resource "test" "in" {}`,
	}
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	c := Load(fsys, ".", Options{})
	find := func(address string) *Resource {
		for _, r := range c.Resources {
			if strings.HasPrefix(r.Address, address) {
				return r
			}
		}
		t.Fatalf("no %s", address)
		return nil
	}
	tests := []struct {
		desc, resource, other string
		want                  bool
	}{
		{"a reference", "test.by_reference", "test.first", true},
		{"not the other way round", "test.first", "test.by_reference", false},
		{"depends_on, and through it", "test.by_depends_on", "test.first", true},
		{"a local in for_each", "test.by_local", "test.first", true},
		{"into a module by a variable", "module.m.test.in", "test.by_local", true},
		{"out of a module by an output", "test.by_output", "module.m.test.in", true},
		{"an output waits for what it refers to alone", "test.by_other_output", "module.m.test.in", false},
		{"a whole module", "test.by_module", "module.m.test.in", true},
		{"depends_on of a module", "module.late.test.in", "module.m.test.in", true},
		{"a module that nobody sees may pass on what it is given", "test.by_registry", "test.first", true},
		{"nothing", "test.alone", "test.first", false},
	}
	for _, test := range tests {
		t.Run(test.desc, func(t *testing.T) {
			got, why := c.After(find(test.resource), find(test.other))
			if got != test.want || why != "" {
				t.Errorf("%s after %s: %t %s", test.resource, test.other, got, why)
			}
		})
	}
}

// TestPlacesOfValues: a value is placed where it is written, one that is put
// together where that is.
func TestPlacesOfValues(t *testing.T) {
	fsys := fstest.MapFS{
		"main.tf": &fstest.MapFile{Data: []byte(`
variable "origin" { default = "https://a.example" }
locals {
  headers = { Vary = "'Origin'" }
}
resource "test" "test" {
  literal     = "x"
  variable    = var.origin
  local       = local.headers["Vary"]
  conditional = true ? local.headers.Vary : "y"
  lookup      = lookup(local.headers, "Vary", "none")
  template    = "'${var.origin}'"
  function    = join(",", [var.origin])
  attribute   = test.test.literal
}
`)},
	}
	c := Load(fsys, ".", Options{})
	for name, want := range map[string]string{
		"literal": "7:17", "variable": "2:31", "local": "4:22", "conditional": "4:22", "lookup": "4:22",
		"template": "12:17", "function": "13:17", "attribute": "14:17",
	} {
		at := c.Resources[0].Get(name).Place()
		if got := fmt.Sprintf("%d:%d", at.Line, at.Column); got != want || at.File != "main.tf" || at.End <= at.Start {
			t.Errorf("%s is at %+v, wanted %s", name, at, want)
		}
	}
}
