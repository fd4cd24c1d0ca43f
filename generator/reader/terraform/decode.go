package terraform

import (
	"apigw-cors/generator/gateway"
	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
	"gopkg.in/yaml.v3"
)

// decode reads YAML, or JSON, which is YAML but for rare cases. A value keeps
// the line and column it has in a file.
func (e *evaluator) decode(v Value, at gateway.Place) Value {
	s, known := v.known()
	if !known {
		return unknownValue(whyUnknown(v), at)
	}
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(s), &document); err != nil {
		return wrongValue(err.Error(), at)
	}
	if len(document.Content) == 0 {
		return Value{kind: null, at: at}
	}
	from := func(n *yaml.Node) gateway.Place { return at }
	if o := v.origin; o != nil && len(o.pieces) == 1 && o.pieces[0].src != nil && o.pieces[0].start == hcl.InitialPos {
		from = func(n *yaml.Node) gateway.Place {
			return gateway.Place{File: v.at.File, Line: n.Line, Column: n.Column}
		}
	}
	// Aliases make a large value of a short text.
	limit := e.steps + maxElements
	return e.fromYAML(document.Content[0], from, limit)
}

func (e *evaluator) fromYAML(n *yaml.Node, from func(*yaml.Node) gateway.Place, limit int) Value {
	at := from(n)
	if e.depth >= maxDepth || !e.step() || e.steps > limit {
		return unknownValue(tooLarge, at)
	}
	e.depth++
	defer func() { e.depth-- }()
	switch n.Kind {
	case yaml.AliasNode:
		return e.fromYAML(n.Alias, from, limit)
	case yaml.SequenceNode:
		out := Value{kind: list, at: at}
		for _, item := range n.Content {
			out.items = append(out.items, e.fromYAML(item, from, limit))
		}
		return out
	case yaml.MappingNode:
		out := Value{kind: object, at: at}
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Tag == "!!merge" {
				return unknownValue("YAML merge keys are not read here", at)
			}
			e.setKey(&out, textValue(n.Content[i].Value, from(n.Content[i])), e.fromYAML(n.Content[i+1], from, limit))
		}
		return out
	}
	switch n.Tag {
	case "!!null":
		return Value{kind: null, at: at}
	case "!!bool":
		var b bool
		if n.Decode(&b) == nil {
			return boolValue(b, at)
		}
	case "!!int", "!!float":
		if number, err := cty.ParseNumberVal(n.Value); err == nil {
			return fromCty(number, at)
		}
	}
	return textValue(n.Value, at)
}
