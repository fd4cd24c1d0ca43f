package terraform

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// conform gives a value the type of its variable as far as that shows in what
// it comes to: defaults of optional attributes, and sets.
func (e *evaluator) conform(constraint hclsyntax.Expression, v Value) Value {
	if constraint == nil {
		return v
	}
	kind, defaults, problems := typeexpr.TypeConstraintWithDefaults(constraint)
	if problems.HasErrors() {
		return v
	}
	return e.shape(v, kind, defaults)
}

func (e *evaluator) shape(v Value, want cty.Type, defaults *typeexpr.Defaults) Value {
	if !e.step() {
		return v
	}
	switch {
	case want.IsObjectType() && v.kind == object:
		v.entries = slices.Clone(v.entries)
		for _, name := range slices.Sorted(maps.Keys(want.AttributeTypes())) {
			old, given := v.get(name)
			if !given && v.open != "" {
				continue
			}
			if !given || old.kind == null {
				old = Value{kind: null, at: v.at}
				if defaults != nil && defaults.DefaultValues[name] != cty.NilVal {
					old = fromCty(defaults.DefaultValues[name], v.at)
				}
			}
			e.setKey(&v, textValue(name, v.at), e.shape(old, want.AttributeType(name), childOf(defaults, name)))
		}
	case want.IsMapType() && v.kind == object:
		v.entries = slices.Clone(v.entries)
		for i, entry := range v.entries {
			v.entries[i].Value = e.shape(entry.Value, want.ElementType(), childOf(defaults, ""))
		}
	case (want.IsListType() || want.IsSetType()) && (v.kind == list || v.kind == set):
		v.items = slices.Clone(v.items)
		for i, item := range v.items {
			v.items[i] = e.shape(item, want.ElementType(), childOf(defaults, ""))
		}
		v.kind = list
		if want.IsSetType() {
			v = e.unique(v)
			v.kind = set
			slices.SortStableFunc(v.items, byIdentity)
		}
	}
	return v
}

// childOf are the defaults of an attribute, or of the elements of a collection.
func childOf(d *typeexpr.Defaults, name string) *typeexpr.Defaults {
	if d == nil {
		return nil
	}
	return d.Children[name]
}
