package fix

import (
	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

// dependOn lets the deployments of an API that depend on something depend on
// more.
func (t *task) dependOn(api *gateway.Facts, names []string) (out []edit.Change) {
	for _, d := range api.Deployments {
		if d.Place.File != t.d.Name {
			continue
		}
		s := t.d.Find(d.Place.Start, d.Place.End)
		out = append(out, t.dependAlso(s, names)...)
	}
	return out
}

// dependAlso adds names to the DependsOn of a resource.
func (t *task) dependAlso(resource edit.Spot, names []string) (out []edit.Change) {
	var list []edit.Tree
	for _, name := range names {
		list = append(list, edit.String(name))
	}
	if len(names) == 0 || resource.IsZero() {
		return nil
	}
	switch on := resource.Child("DependsOn"); {
	case on.IsZero() && len(list) == 1:
		return t.d.SetAfter(resource, "Type", "DependsOn", list[0])
	case on.IsZero():
		return t.d.SetAfter(resource, "Type", "DependsOn", edit.List(list...))
	case on.Value.Kind == reader.ScalarValue:
		return t.d.Replace(on, edit.List(append([]edit.Tree{edit.Copy(on.Value)}, list...)...))
	default:
		for _, name := range list {
			out = append(out, t.d.Append(on, name)...)
		}
		return out
	}
}

// dependOnMissed lets a deployment depend on what it may miss.
func dependOnMissed(t *task) Edit {
	for _, api := range t.APIs(t.f) {
		for _, d := range api.Deployments {
			if d.Name != t.f.Subject || d.Place.File != t.d.Name {
				continue
			}
			resource := t.d.Find(d.Place.Start, d.Place.End)
			var names []string
			for _, key := range d.Misses {
				name := t.resourceOf(api, key)
				if name == "" {
					continue
				}
				names = append(names, name)
			}
			if len(names) == 0 {
				return not("what it may miss is written elsewhere")
			}
			return Edit{Changes: t.dependAlso(resource, names)}
		}
	}
	return not("the deployment is written elsewhere")
}

// resourceOf is the logical id of a method, or of a gateway response.
func (t *task) resourceOf(api *gateway.Facts, key string) string {
	at := gateway.Place{}
	for _, m := range api.Methods {
		if m.Key() == key {
			at = m.Place
		}
	}
	for _, g := range api.GatewayResponses {
		if g.Type.String() == key {
			at = g.Place
		}
	}
	if at.File != t.d.Name {
		return ""
	}
	if s := t.d.Find(at.Start, at.End); s.Up().Key() == "Resources" {
		return s.Key()
	}
	return ""
}
