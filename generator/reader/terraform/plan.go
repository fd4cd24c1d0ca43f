package terraform

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"apigw-cors/generator/gateway"
	tfjson "github.com/hashicorp/terraform-json"
)

// plan is what `terraform show -json` prints of a plan or a state: the values
// that a run has found.
type plan struct {
	resources []*planned
	// keys are the instance keys of resources and module calls by the address
	// without them.
	keys      map[string][]any
	variables map[string]*tfjson.PlanVariable
	// configuration is nil for a state.
	configuration *tfjson.ConfigModule
}

// planned is a resource instance of a plan or a state.
type planned struct {
	*tfjson.StateResource
	// module is the address of its module; "" of the root.
	module string
	// configuration is nil for a state.
	configuration *tfjson.ConfigResource
}

func parsePlan(data []byte) (*plan, error) {
	var probe struct {
		Planned json.RawMessage `json:"planned_values"`
	}
	if err := json.Unmarshal(data, &probe); err != nil {
		return nil, err
	}
	p := &plan{keys: map[string][]any{}}
	var values *tfjson.StateValues
	if probe.Planned != nil {
		var parsed tfjson.Plan
		if err := json.Unmarshal(data, &parsed); err != nil {
			return nil, err
		}
		values, p.variables = parsed.PlannedValues, parsed.Variables
		if parsed.Config != nil {
			p.configuration = parsed.Config.RootModule
			pruneConfiguration(p.configuration)
		}
		if parsed.PriorState != nil && parsed.PriorState.Values != nil {
			prune(parsed.PriorState.Values.RootModule)
			p.addData(parsed.PriorState.Values.RootModule)
		}
	} else {
		var parsed tfjson.State
		if err := json.Unmarshal(data, &parsed); err != nil {
			return nil, err
		}
		values = parsed.Values
	}
	if values == nil || values.RootModule == nil {
		return p, nil
	}
	prune(values.RootModule)
	p.add(values.RootModule, p.configuration, true)
	return p, nil
}

// prune takes out what Terraform never writes, and a stranger may: null among
// resources and modules, and keys that are neither text nor number.
func prune(m *tfjson.StateModule) {
	if m == nil {
		return
	}
	m.Resources = slices.DeleteFunc(m.Resources, func(r *tfjson.StateResource) bool { return r == nil })
	for _, r := range m.Resources {
		switch r.Index.(type) {
		case nil, string, float64, json.Number:
		default:
			r.Index = nil
		}
	}
	m.ChildModules = slices.DeleteFunc(m.ChildModules, func(c *tfjson.StateModule) bool { return c == nil })
	for _, child := range m.ChildModules {
		prune(child)
	}
}

// pruneConfiguration does the same for the configuration.
func pruneConfiguration(m *tfjson.ConfigModule) {
	if m == nil {
		return
	}
	m.Resources = slices.DeleteFunc(m.Resources, func(r *tfjson.ConfigResource) bool { return r == nil })
	maps.DeleteFunc(m.ModuleCalls, func(_ string, c *tfjson.ModuleCall) bool { return c == nil })
	for _, call := range m.ModuleCalls {
		pruneConfiguration(call.Module)
	}
}

// addData adds the data sources that were read before the plan.
func (p *plan) addData(m *tfjson.StateModule) {
	if m == nil {
		return
	}
	var data []*tfjson.StateResource
	for _, r := range m.Resources {
		if r.Mode == tfjson.DataResourceMode {
			data = append(data, r)
		}
	}
	p.add(&tfjson.StateModule{Address: m.Address, Resources: data}, nil, false)
	for _, child := range m.ChildModules {
		p.addData(child)
	}
}

func (p *plan) add(m *tfjson.StateModule, configuration *tfjson.ConfigModule, deep bool) {
	for _, r := range m.Resources {
		next := &planned{StateResource: r, module: m.Address}
		if configuration != nil {
			for _, c := range configuration.Resources {
				if c.Mode == r.Mode && c.Type == r.Type && c.Name == r.Name {
					next.configuration = c
				}
			}
		}
		p.resources = append(p.resources, next)
		if r.Index != nil {
			p.keys[next.block()] = append(p.keys[next.block()], r.Index)
		}
	}
	if !deep {
		return
	}
	for _, child := range m.ChildModules {
		call, key := cutKey(child.Address)
		if key != nil {
			p.keys[call] = append(p.keys[call], key)
		}
		var inner *tfjson.ConfigModule
		if c := callOf(configuration, call); c != nil {
			inner = c.Module
		}
		p.add(child, inner, true)
	}
}

// block is the address of the resource without its key.
func (p *planned) block() string {
	name := p.Type + "." + p.Name
	if p.Mode == tfjson.DataResourceMode {
		name = "data." + name
	}
	return joinedAddress(p.module, name)
}

func joinedAddress(module, name string) string {
	if module == "" {
		return name
	}
	return module + "." + name
}

// cutKey takes the key from the end of an address: module.cors["a"].
func cutKey(address string) (base string, key any) {
	inner, ok := strings.CutSuffix(address, "]")
	if !ok {
		return address, nil
	}
	if quoted, ok := strings.CutSuffix(inner, `"`); ok {
		if i := strings.LastIndex(quoted, `["`); i >= 0 {
			return address[:i], quoted[i+2:]
		}
	} else if i := strings.LastIndex(inner, "["); i >= 0 {
		var n float64
		if _, err := fmt.Sscan(inner[i+1:], &n); err == nil {
			return address[:i], n
		}
	}
	return address, nil
}

// callOf is the call of a module by its address without a key.
func callOf(caller *tfjson.ConfigModule, address string) *tfjson.ModuleCall {
	if caller == nil {
		return nil
	}
	i := strings.LastIndex(address, "module.")
	if i < 0 {
		return nil
	}
	return caller.ModuleCalls[address[i+len("module."):]]
}

// static is the name of the resource's block in a graph: the address without
// any keys.
func (p *planned) static() string {
	return joined(staticModule(p.module), strings.TrimPrefix(strings.TrimPrefix(p.block(), p.module), "."))
}

// staticModule turns module.a["x"].module.b into module.a/module.b.
func staticModule(address string) string {
	var out []string
	for rest := address; rest != ""; {
		base, _ := cutKey(rest)
		i := strings.LastIndex(base, "module.")
		if i < 0 {
			break
		}
		out = append(out, base[i:])
		rest = strings.TrimSuffix(base[:i], ".")
	}
	slices.Reverse(out)
	return strings.Join(out, "/")
}

// fromJSON is a value of a plan.
func fromJSON(v any, at gateway.Place) Value {
	switch v := v.(type) {
	case nil:
		return Value{kind: null, at: at}
	case string:
		return textValue(v, at)
	case bool:
		return boolValue(v, at)
	case json.Number:
		return textValue(v.String(), at)
	case float64:
		return floatValue(v, at)
	case int:
		return intValue(v, at)
	case []any:
		out := Value{kind: list, at: at}
		for _, item := range v {
			out.items = append(out.items, fromJSON(item, at))
		}
		return out
	case map[string]any:
		out := Value{kind: object, at: at}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			out.entries = append(out.entries, Entry{textValue(key, at), fromJSON(v[key], at), key})
		}
		return out
	}
	return unknownValue("it is of a kind that is not understood", at)
}

// overlay fills in what a plan knows. What the files say keeps its place, and
// the id of a resource its meaning: as a string it says less.
func overlay(v, found Value) Value {
	if v.kind == absent || found.kind == absent || found.kind == null {
		if v.kind == absent {
			return found
		}
		return v
	}
	switch {
	case v.kind == object && found.kind == object:
		return overlayEntries(v, found)
	case v.kind == list && v.open == "" && found.kind == list && len(v.items) == len(found.items):
		out := Value{kind: list, at: v.at}
		for i, item := range v.items {
			out.items = append(out.items, overlay(item, found.items[i]))
		}
		return out
	case v.open == "" && (v.kind == list || v.kind == set):
		return v
	case v.isID():
		return v
	}
	if _, known := v.known(); known {
		return v
	}
	return found.placed(v.at)
}

func overlayEntries(v, found Value) Value {
	out := Value{kind: object, at: v.at}
	for _, entry := range v.entries {
		if other, ok := found.get(entry.name); ok {
			entry.Value = overlay(entry.Value, other)
			out.entries = append(out.entries, entry)
		}
	}
	for _, entry := range found.entries {
		if _, ok := v.get(entry.name); !ok {
			out.entries = append(out.entries, Entry{entry.Key.placed(v.at), entry.Value.placed(v.at), entry.name})
		}
	}
	return out
}

// isID reports whether all that is unknown of a text is which id it is.
func (v Value) isID() bool {
	refs := v.References()
	return v.kind == text && len(refs) > 0 && !slices.ContainsFunc(refs, func(r Reference) bool {
		return r.Attribute != "id" && r.Attribute != "root_resource_id"
	})
}
