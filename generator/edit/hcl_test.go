package edit_test

import (
	"bytes"
	"strings"
	"testing"

	"apigw-cors/generator/edit"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

const method = `# The method.
resource "aws_api_gateway_method" "options" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  http_method   = "OPTIONS" # for pages
  authorization = "AWS_IAM"
}

resource "aws_api_gateway_method_response" "options" {
  status_code = "200"

  response_parameters = {
    "method.response.header.Vary" = true
  }
  depends_on = [aws_api_gateway_method.options]
  lifecycle {
    create_before_destroy = true
  }
}
`

func block(h *edit.HCL, kind string) *hclsyntax.Block { return h.Block("resource", kind, "options") }

func object(b *hclsyntax.Block, name string) *hclsyntax.ObjectConsExpr {
	return b.Body.Attributes[name].Expr.(*hclsyntax.ObjectConsExpr)
}

func tuple(b *hclsyntax.Block, name string) *hclsyntax.TupleConsExpr {
	return b.Body.Attributes[name].Expr.(*hclsyntax.TupleConsExpr)
}

func TestHCL(t *testing.T) {
	const kind, response = "aws_api_gateway_method", "aws_api_gateway_method_response"
	for _, tt := range []struct {
		desc, text string
		step       func(h *edit.HCL)
		// old becomes new, once, and nothing else changes.
		old, new string
	}{
		{"an attribute's expression", method, func(h *edit.HCL) { h.Set(block(h, kind), "authorization", `"NONE"`, "") },
			`"AWS_IAM"`, `"NONE"`},
		{"a shorter name stands below its neighbour", method, func(h *edit.HCL) { h.Set(block(h, kind), "resource_id", "x.id", "rest_api_id") },
			"shop.id\n", "shop.id\n  resource_id   = x.id\n"},
		{"a longer name moves its neighbours, as terraform fmt does", method, func(h *edit.HCL) { h.Set(block(h, kind), "api_key_required", "false", "authorization") },
			"  rest_api_id   = aws_api_gateway_rest_api.shop.id\n  http_method   = \"OPTIONS\" # for pages\n  authorization = \"AWS_IAM\"\n",
			"  rest_api_id      = aws_api_gateway_rest_api.shop.id\n  http_method      = \"OPTIONS\" # for pages\n  authorization    = \"AWS_IAM\"\n  api_key_required = false\n"},
		{"depends_on stands apart, and last", method, func(h *edit.HCL) { h.Set(block(h, kind), "depends_on", "[a.b]", "") },
			"\"AWS_IAM\"\n", "\"AWS_IAM\"\n\n  depends_on = [a.b]\n"},
		{"several lines stand apart", method, func(h *edit.HCL) { h.Set(block(h, kind), "request_parameters", "{\n  a = 1\n}", "") },
			"\"AWS_IAM\"\n", "\"AWS_IAM\"\n\n  request_parameters = {\n    a = 1\n  }\n"},
		{"a nested block", method, func(h *edit.HCL) {
			h.AddBlock(block(h, kind), "lifecycle {\n  create_before_destroy = true\n}")
		},
			"\"AWS_IAM\"\n", "\"AWS_IAM\"\n\n  lifecycle {\n    create_before_destroy = true\n  }\n"},
		{"a longer key moves its neighbour", method, func(h *edit.HCL) {
			h.AddKey(object(block(h, response), "response_parameters"), `"method.response.header.Access-Control-Max-Age"`, "true")
		},
			`    "method.response.header.Vary" = true` + "\n",
			`    "method.response.header.Vary"                   = true` + "\n" + `    "method.response.header.Access-Control-Max-Age" = true` + "\n"},
		{"an item on its line", method, func(h *edit.HCL) { h.AddItems(tuple(block(h, response), "depends_on"), "c.d", "e.f") },
			"options]\n", "options, c.d, e.f]\n"},
		{"a key is removed", method, func(h *edit.HCL) { h.RemoveKey(object(block(h, response), "response_parameters"), 0) },
			"    \"method.response.header.Vary\" = true\n", ""},
		{"an item is removed", method, func(h *edit.HCL) { h.RemoveItem(tuple(block(h, response), "depends_on"), 0) },
			"[aws_api_gateway_method.options]", "[]"},
		{"an attribute is removed with its blank line", method, func(h *edit.HCL) { h.Remove(block(h, response), "status_code") },
			"  status_code = \"200\"\n\n", ""},
		{"the last attribute is removed", method, func(h *edit.HCL) { h.Remove(block(h, kind), "authorization") },
			"  rest_api_id   = aws_api_gateway_rest_api.shop.id\n  http_method   = \"OPTIONS\" # for pages\n  authorization = \"AWS_IAM\"\n",
			"  rest_api_id = aws_api_gateway_rest_api.shop.id\n  http_method = \"OPTIONS\" # for pages\n"},
		{"a block is removed with its comment and the line between", method, func(h *edit.HCL) { h.RemoveBlock(block(h, kind)) },
			method[:strings.Index(method, "resource \"aws_api_gateway_method_response")], ""},
		{"a block below another", method, func(h *edit.HCL) { h.Append(block(h, kind), "resource \"a\" \"b\" {\n  c = 1\n}\n") },
			"\"AWS_IAM\"\n}\n", "\"AWS_IAM\"\n}\n\nresource \"a\" \"b\" {\n  c = 1\n}\n"},
		{"a block at the end", method, func(h *edit.HCL) { h.Append(nil, "resource \"a\" \"b\" {}") },
			"destroy = true\n  }\n}\n", "destroy = true\n  }\n}\n\nresource \"a\" \"b\" {}\n"},
		{"no line end at the end", "a {\n}", func(h *edit.HCL) { h.Append(nil, "b {}") }, "a {\n}", "a {\n}\n\nb {}"},
		{"CR LF", "resource \"x\" \"options\" {\r\n  a = [\r\n    b,\r\n  ]\r\n}\r\n", func(h *edit.HCL) { h.AddItems(tuple(block(h, "x"), "a"), "c") },
			"    b,\r\n", "    b,\r\n    c,\r\n"},
		{"a list without a comma at its end", "resource \"x\" \"options\" {\n  a = [\n    b, # first\n    c  # last\n  ]\n}\n", func(h *edit.HCL) { h.AddItems(tuple(block(h, "x"), "a"), "d") },
			"    c  # last\n", "    c, # last\n    d\n"},
		{"an empty list", "resource \"x\" \"options\" {\n  a = []\n}\n", func(h *edit.HCL) { h.AddItems(tuple(block(h, "x"), "a"), "d") },
			"[]", "[d]"},
		{"an empty object", "resource \"x\" \"options\" {\n  a = {}\n}\n", func(h *edit.HCL) { h.AddKey(object(block(h, "x"), "a"), "d", "1") },
			"{}", "{\n    d = 1\n  }"},
		{"an object on its line", "resource \"x\" \"options\" {\n  a = { b = 1 }\n}\n", func(h *edit.HCL) { h.AddKey(object(block(h, "x"), "a"), "d", "1") },
			"b = 1", "b = 1, d = 1"},
		{"an object with commas and colons", "resource \"x\" \"options\" {\n  a = {\n    \"b\": 1,\n    \"c\": 2\n  }\n}\n", func(h *edit.HCL) { h.AddKey(object(block(h, "x"), "a"), `"d"`, "1") },
			"\"c\": 2\n", "\"c\": 2,\n    \"d\": 1\n"},
		{"tabs", "resource \"x\" \"options\" {\n\ta = 1\n}\n", func(h *edit.HCL) { h.Set(block(h, "x"), "b", "{\n  c = 1\n}", "") },
			"\ta = 1\n", "\ta = 1\n\n\tb = {\n\t\tc = 1\n\t}\n"},
		{"four blanks, not aligned", "resource \"x\" \"options\" {\n    long = 1\n    a = 2\n}\n", func(h *edit.HCL) { h.Set(block(h, "x"), "bb", "3", "a") },
			"    a = 2\n", "    a = 2\n    bb = 3\n"},
		{"aligned with four blanks", "resource \"x\" \"options\" {\n    long = 1\n    a    = 2\n}\n", func(h *edit.HCL) { h.Set(block(h, "x"), "bb", "3", "a") },
			"    a    = 2\n", "    a    = 2\n    bb   = 3\n"},
		{"below a heredoc", "resource \"x\" \"options\" {\n  a = <<EOT\nb\nEOT\n}\n", func(h *edit.HCL) { h.Set(block(h, "x"), "c", "3", "a") },
			"EOT\n}", "EOT\n  c = 3\n}"},
		{"an empty block", "resource \"x\" \"options\" {\n}\n", func(h *edit.HCL) { h.Set(block(h, "x"), "c", "3", "") },
			"{\n}", "{\n  c = 3\n}"},
		{"an empty block on its line", "resource \"x\" \"options\" {}\n", func(h *edit.HCL) { h.Set(block(h, "x"), "c", "3", "") },
			"{}", "{\n  c = 3\n}"},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			h, err := edit.ParseHCL("main.tf", []byte(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			tt.step(h)
			changes, err := h.Changes()
			if err != nil {
				t.Fatal(err)
			}
			got, err := edit.Apply("main.tf", []byte(tt.text), changes)
			if want := strings.Replace(tt.text, tt.old, tt.new, 1); err != nil || string(got) != want {
				t.Errorf("%v\n%s\nwant\n%s", err, got, want)
			}
			if isFormatted([]byte(tt.text)) && !isFormatted(got) {
				t.Errorf("terraform fmt would change\n%s", got)
			}
		})
	}
}

func isFormatted(text []byte) bool { return bytes.Equal(hclwrite.Format(text), text) }

func TestHCLRefuses(t *testing.T) {
	for desc, tt := range map[string]struct {
		text string
		step func(h *edit.HCL)
	}{
		"a block on one line":       {`resource "x" "options" { a = 1 }`, func(h *edit.HCL) { h.Set(block(h, "x"), "b", "2", "a") }},
		"what shares its line":      {`resource "x" "options" { a = 1 }`, func(h *edit.HCL) { h.Remove(block(h, "x"), "a") }},
		"what does not parse":       {"resource \"x\" \"options\" {\n  a = 1\n}\n", func(h *edit.HCL) { h.Set(block(h, "x"), "a", "((", "") }},
		"comments between brackets": {"resource \"x\" \"options\" {\n  a = [\n    # none\n  ]\n}\n", func(h *edit.HCL) { h.AddItems(tuple(block(h, "x"), "a"), "b") }},
	} {
		h, err := edit.ParseHCL("main.tf", []byte(tt.text))
		if err != nil {
			t.Fatal(desc, err)
		}
		tt.step(h)
		if changes, err := h.Changes(); err == nil {
			t.Errorf("%s: %v", desc, changes)
		}
	}
}
