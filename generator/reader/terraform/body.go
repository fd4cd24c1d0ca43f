package terraform

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// expression is a part of HCL's syntax tree that has a value.
type expression = hclsyntax.Expression

// body is what stands between the braces of a block, whichever syntax it is
// written in, with the override files merged in.
type body struct {
	arguments map[string]argument
	blocks    []block
	at        hcl.Range
}

type argument struct {
	expression expression
	// at is the whole of it, name included.
	at hcl.Range
}

type block struct {
	kind   string
	labels []string
	body   *body
	// at is the block's header, "resource "a" "b"".
	at hcl.Range
}

func nativeBody(b *hclsyntax.Body) *body {
	out := &body{arguments: map[string]argument{}, at: b.SrcRange}
	for name, a := range b.Attributes {
		out.arguments[name] = argument{a.Expr, a.SrcRange}
	}
	for _, inner := range b.Blocks {
		out.blocks = append(out.blocks, block{inner.Type, inner.Labels, nativeBody(inner.Body), inner.DefRange()})
	}
	return out
}

// expression is that of an argument; nil where it is not given.
func (b *body) expression(name string) expression {
	return b.arguments[name].expression
}

// override merges a block of an override file: its arguments replace those of
// the same name, its nested blocks all those of the same type.
// https://developer.hashicorp.com/terraform/language/files/override
func (b *body) override(with *body) {
	for name, a := range with.arguments {
		b.arguments[name] = a
	}
	b.blocks = slices.DeleteFunc(b.blocks, func(old block) bool {
		return slices.ContainsFunc(with.blocks, func(n block) bool { return n.kind == old.kind })
	})
	b.blocks = append(b.blocks, with.blocks...)
}

// each visits every expression of the body, those of nested blocks included.
func (b *body) each(visit func(expression)) {
	for _, a := range b.arguments {
		visit(a.expression)
	}
	for _, inner := range b.blocks {
		inner.body.each(visit)
	}
}
