package terraform

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// parseJSON reads the JSON syntax of a configuration: objects stand for
// blocks, strings for templates.
// https://developer.hashicorp.com/terraform/language/syntax/json
func parseJSON(source []byte, file string) (*body, hcl.Diagnostics) {
	p := &jsonParser{decoder: json.NewDecoder(bytes.NewReader(source)), source: source, file: file, at: hcl.InitialPos}
	p.decoder.UseNumber()
	x, err := p.value(0)
	if err != nil {
		r := p.span(int(p.decoder.InputOffset()))
		return nil, hcl.Diagnostics{{Severity: hcl.DiagError, Summary: err.Error(), Subject: &r}}
	}
	out := &body{arguments: map[string]argument{}, at: x.Range()}
	for _, top := range jsonFields(x) {
		labels := map[string]int{"resource": 2, "data": 2, "variable": 1, "output": 1, "module": 1, "locals": 0}
		n, known := labels[top.name]
		if known {
			out.blocks = append(out.blocks, jsonBlocks(top, n)...)
		}
	}
	for _, b := range out.blocks {
		if a, ok := b.body.arguments["type"]; ok && b.kind == "variable" {
			b.body.arguments["type"] = argument{jsonReferences(a.expression), a.at}
		}
	}
	return out, nil
}

type jsonParser struct {
	decoder *json.Decoder
	source  []byte
	file    string
	// at is a position that was passed already: positions are asked for in
	// order.
	at hcl.Pos
}

// position moves on to an offset.
func (p *jsonParser) position(offset int) hcl.Pos {
	stretch := p.source[p.at.Byte:max(p.at.Byte, min(offset, len(p.source)))]
	if n := bytes.Count(stretch, []byte{'\n'}); n > 0 {
		p.at.Line += n
		p.at.Column = 1
		p.at.Column += utf8.RuneCount(stretch[bytes.LastIndexByte(stretch, '\n')+1:])
	} else {
		p.at.Column += utf8.RuneCount(stretch)
	}
	p.at.Byte += len(stretch)
	return p.at
}

// span is from the next token to the offset where reading is.
func (p *jsonParser) span(from int) hcl.Range {
	from += len(p.source[from:]) - len(bytes.TrimLeft(p.source[from:], " \t\r\n,:"))
	start := p.position(from)
	return hcl.Range{Filename: p.file, Start: start, End: p.position(int(p.decoder.InputOffset()))}
}

func (p *jsonParser) value(depth int) (expression, error) {
	if depth > maxNesting {
		return nil, fmt.Errorf("nested too deep")
	}
	from := int(p.decoder.InputOffset())
	token, err := p.decoder.Token()
	if err != nil {
		return nil, err
	}
	r := p.span(from)
	switch t := token.(type) {
	case json.Delim:
		if t == '[' {
			out := &hclsyntax.TupleConsExpr{SrcRange: r}
			for p.decoder.More() {
				item, err := p.value(depth + 1)
				if err != nil {
					return nil, err
				}
				out.Exprs = append(out.Exprs, item)
			}
			_, err := p.decoder.Token()
			out.SrcRange.End = p.position(int(p.decoder.InputOffset()))
			return out, err
		}
		out := &hclsyntax.ObjectConsExpr{SrcRange: r}
		for p.decoder.More() {
			key, err := p.value(depth + 1)
			if err != nil {
				return nil, err
			}
			v, err := p.value(depth + 1)
			if err != nil {
				return nil, err
			}
			out.Items = append(out.Items, hclsyntax.ObjectConsItem{KeyExpr: key, ValueExpr: v})
		}
		_, err := p.decoder.Token()
		out.SrcRange.End = p.position(int(p.decoder.InputOffset()))
		return out, err
	case string:
		return p.template(t, r), nil
	case json.Number:
		n, err := cty.ParseNumberVal(t.String())
		return &hclsyntax.LiteralValueExpr{Val: n, SrcRange: r}, err
	case bool:
		return &hclsyntax.LiteralValueExpr{Val: cty.BoolVal(t), SrcRange: r}, nil
	}
	return &hclsyntax.LiteralValueExpr{Val: cty.NullVal(cty.DynamicPseudoType), SrcRange: r}, nil
}

// template is a string: what stands between ${ and } is an expression.
func (p *jsonParser) template(s string, r hcl.Range) expression {
	literal := &hclsyntax.LiteralValueExpr{Val: cty.StringVal(s), SrcRange: r}
	if !strings.Contains(s, "${") && !strings.Contains(s, "%{") {
		return literal
	}
	start := hcl.Pos{Line: r.Start.Line, Column: r.Start.Column + 1, Byte: r.Start.Byte + 1}
	if _, deep := nestedTooDeep([]byte(s), p.file); deep {
		return literal
	}
	x, problems := hclsyntax.ParseTemplate([]byte(s), p.file, start)
	if problems.HasErrors() {
		return literal
	}
	switch x := x.(type) {
	case *hclsyntax.TemplateExpr:
		x.SrcRange = r
	case *hclsyntax.TemplateWrapExpr:
		x.SrcRange = r
	}
	return x
}

// jsonField is a key of an object with its value.
type jsonField struct {
	name  string
	at    hcl.Range
	value expression
}

func jsonFields(x expression) (out []jsonField) {
	object, ok := x.(*hclsyntax.ObjectConsExpr)
	if !ok {
		return nil
	}
	for _, item := range object.Items {
		if key, ok := item.KeyExpr.(*hclsyntax.LiteralValueExpr); ok && key.Val.Type() == cty.String {
			out = append(out, jsonField{key.Val.AsString(), hcl.RangeBetween(key.SrcRange, item.ValueExpr.Range()), item.ValueExpr})
		}
	}
	return out
}

// jsonBlocks are the blocks that a property stands for: an object for each
// label, and an object, or several in a list, for the body.
func jsonBlocks(f jsonField, labels int) (out []block) {
	values := []expression{f.value}
	if t, ok := f.value.(*hclsyntax.TupleConsExpr); ok {
		values = t.Exprs
	}
	for _, v := range values {
		if labels == 0 {
			out = append(out, block{kind: f.name, body: jsonBody(v), at: f.at})
			continue
		}
		for _, inner := range jsonFields(v) {
			for _, b := range jsonBlocks(inner, labels-1) {
				b.kind, b.labels = f.name, append([]string{inner.name}, b.labels...)
				out = append(out, b)
			}
		}
	}
	return out
}

// jsonBody is an object as the body of a block. Whether a property is an
// argument or a nested block, only the provider knows: an object is both.
func jsonBody(x expression) *body {
	out := &body{arguments: map[string]argument{}, at: x.Range()}
	for _, f := range jsonFields(x) {
		if f.name == "depends_on" || f.name == "replace_triggered_by" {
			f.value = jsonReferences(f.value)
		}
		out.arguments[f.name] = argument{f.value, f.at}
		if isObject(f.value) {
			out.blocks = append(out.blocks, jsonBlocks(f, 0)...)
		}
	}
	return out
}

// isObject reports whether a property may be a nested block.
func isObject(x expression) bool {
	if t, ok := x.(*hclsyntax.TupleConsExpr); ok && len(t.Exprs) > 0 {
		x = t.Exprs[0]
	}
	_, ok := x.(*hclsyntax.ObjectConsExpr)
	return ok
}

// jsonReferences turns strings that are expressions by themselves into those.
func jsonReferences(x expression) expression {
	switch x := x.(type) {
	case *hclsyntax.LiteralValueExpr:
		if x.Val.Type() == cty.String && !x.Val.IsNull() && len(x.Val.AsString()) < 1000 {
			parsed, problems := hclsyntax.ParseExpression([]byte(x.Val.AsString()), x.SrcRange.Filename, x.SrcRange.Start)
			if !problems.HasErrors() {
				return parsed
			}
		}
	case *hclsyntax.TupleConsExpr:
		for i, item := range x.Exprs {
			x.Exprs[i] = jsonReferences(item)
		}
	}
	return x
}
