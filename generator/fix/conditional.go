package fix

import (
	"apigw-cors/generator/edit"
	"apigw-cors/generator/reader"
)

// conditional is the resource of a template that has a type and some properties,
// and is made under a condition; "" where there is none. Where the values of
// today's parameters do not make it, others do, and then a second one of the kind
// could not be deployed.
func conditional(root *reader.Value, kind string, properties ...reader.ValueField) string {
	resources := root.Get("Resources")
	if resources == nil {
		return ""
	}
	for _, f := range resources.Fields {
		typ := f.Value.Get("Type")
		is := typ != nil && typ.Text == kind && f.Value.Get("Condition") != nil
		for _, p := range properties {
			have := f.Value.Get("Properties", p.Key)
			is = is && have != nil && p.Value != nil && same(have, p.Value)
		}
		if is {
			return f.Key
		}
	}
	return ""
}

// underConditionOf is a resource that is made when another is.
func underConditionOf(other edit.Spot, resource edit.Tree) edit.Tree {
	if c := other.Child("Condition"); !c.IsZero() {
		return resource.With("Condition", edit.Copy(c.Value))
	}
	return resource
}
