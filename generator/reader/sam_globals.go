package reader

// withGlobals are a resource's properties with those of its section of Globals.
func (s *samTemplate) withGlobals(section string, resource, own *node) *node {
	if own == nil {
		own = &node{kind: mapping, place: resource.place}
	}
	globals := s.globals.get(section)
	if !globals.isKind(mapping) {
		return own
	}
	switch ignored := resource.get("IgnoreGlobals"); {
	case ignored.is("*"):
		return own
	case ignored.isKind(list):
		kept := &node{kind: mapping, place: globals.place}
		for _, f := range globals.fields {
			if !listHas(ignored, f.key) {
				kept.set(f)
			}
		}
		globals = kept
	}
	return overlaid(globals, own)
}

func listHas(n *node, text string) bool {
	for _, item := range n.items {
		if item.is(text) {
			return true
		}
	}
	return false
}

// overlaid merges a value of a resource into one of Globals: maps by key, lists
// one after the other; of others the resource's is kept.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html#sam-specification-template-anatomy-globals-overrideable
func overlaid(global, local *node) *node {
	if isFunction(global) || isFunction(local) || global.kind != local.kind {
		return local
	}
	switch local.kind {
	case mapping:
		out := global.clone()
		out.place = local.place
		for _, f := range local.fields {
			if g, ok := global.field(f.key); ok {
				f.value = overlaid(g.value, f.value)
			}
			out.set(f)
		}
		return out
	case list:
		out := global.clone()
		out.place = local.place
		out.items = append(out.items, local.items...)
		return out
	}
	return local
}

// checkGlobals notes what SAM refuses in Globals.
func (s *samTemplate) checkGlobals() {
	for _, section := range s.globals.fieldsOf() {
		var supported []string
		switch section.key {
		case "Api":
			supported = []string{
				"Auth", "Name", "DefinitionUri", "CacheClusterEnabled", "CacheClusterSize", "MergeDefinitions", "Variables",
				"EndpointConfiguration", "MethodSettings", "BinaryMediaTypes", "MinimumCompressionSize", "Cors",
				"GatewayResponses", "AccessLogSetting", "CanarySetting", "TracingEnabled", "OpenApiVersion", "Domain",
				"AlwaysDeploy", "PropagateTags", "SecurityPolicy", "EndpointAccessMode",
			}
		case "HttpApi":
			supported = []string{
				"Auth", "AccessLogSettings", "StageVariables", "Tags", "CorsConfiguration", "DefaultRouteSettings",
				"Domain", "RouteSettings", "FailOnWarnings", "PropagateTags",
			}
		default:
			continue
		}
		for _, f := range section.value.fieldsOf() {
			known := false
			for _, name := range supported {
				known = known || name == f.key
			}
			if !known {
				s.refuse(f.at, "SAM does not support %s in Globals.%s", f.key, section.key)
			}
		}
	}
}
