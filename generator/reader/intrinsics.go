package reader

import (
	"strconv"
	"strings"

	"apigw-cors/generator/gateway"
)

// maxText is how long a text may become that intrinsics put together.
const maxText = 1 << 20

// intrinsic is the function that a value calls, by its long name, with its
// argument: Ref, Condition or Fn::Something.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
func intrinsic(n *node) (name string, arg *node) {
	switch {
	case n == nil:
		return "", nil
	case n.tag == "!Ref" || n.tag == "!Condition":
		name = n.tag[1:]
	case n.tag != "":
		name = "Fn::" + n.tag[1:]
	case n.kind == mapping && len(n.fields) == 1:
		f := n.fields[0]
		if f.key == "Ref" || f.key == "Condition" || strings.HasPrefix(f.key, "Fn::") {
			return f.key, f.value
		}
		return "", nil
	default:
		return "", nil
	}
	untagged := *n
	untagged.tag = ""
	return name, &untagged
}

// resolve gives what a value comes to: a scalar, list or mapping whose own
// items may still call functions, an unknown value, or nil where there is none.
func (s *scope) resolve(n *node) *node {
	if n == nil {
		return nil
	}
	if !s.spend(1) {
		return unknownNode(n.place, tooMuch)
	}
	if s.depth++; s.depth > 2*maxDepth {
		s.depth--
		return unknownNode(n.place, "its functions are nested too deep")
	}
	defer func() { s.depth-- }()
	name, arg := intrinsic(n)
	switch name {
	case "":
		if n.isKind(scalar) {
			return dynamic(n)
		}
		return n
	case "Ref":
		return s.ref(arg, n.place)
	case "Fn::GetAtt":
		return s.getAtt(arg, n.place)
	case "Fn::Sub":
		return s.sub(arg, n.place)
	case "Fn::Join":
		return s.join(arg, n.place)
	case "Fn::Select":
		return s.selectItem(arg, n.place)
	case "Fn::Split":
		return s.split(arg, n.place)
	case "Fn::FindInMap":
		return s.findInMap(arg, n.place)
	case "Fn::If":
		return s.choose(arg, n.place)
	case "Fn::ImportValue":
		if name, known := s.text(arg).Value(); known && name != "" {
			return unknownNode(n.place, "another stack exports "+name)
		}
		return unknownNode(n.place, "another stack exports it")
	case "Fn::Transform":
		return unknownNode(n.place, "a macro makes it")
	}
	return unknownNode(n.place, name+" is known once it is deployed")
}

// dynamic takes apart a text with dynamic references, {{resolve:ssm:name}}.
func dynamic(n *node) *node {
	if n.typ != textType || len(n.parts) != 1 || !strings.Contains(n.parts[0].literal, "{{resolve:") {
		return n
	}
	out := *n
	out.parts = nil
	rest := n.parts[0].literal
	for {
		before, after, ok := strings.Cut(rest, "{{resolve:")
		name, behind, closed := strings.Cut(after, "}}")
		if !ok || !closed {
			out.parts = appendPart(out.parts, part{literal: rest})
			return &out
		}
		out.parts = appendPart(out.parts, part{literal: before})
		out.parts = appendPart(out.parts, part{unknown: "{{resolve:" + name + "}} is read at the deployment"})
		rest = behind
	}
}

// appendPart adds a part, to the last one where both are literal.
func appendPart(parts []part, p part) []part {
	if p.unknown == "" && len(parts) > 0 {
		if p.literal == "" {
			return parts
		}
		if last := &parts[len(parts)-1]; last.unknown == "" {
			last.literal += p.literal
			return parts
		}
	}
	return append(parts, p)
}

// ref is what Ref gives for a name.
func (s *scope) ref(arg *node, at gateway.Place) *node {
	name, ok := arg.literal()
	if !ok {
		return unknownNode(at, "what Ref names is not a text")
	}
	if name == "AWS::NoValue" {
		return nil
	}
	if n, ok := s.parameter(name, at); ok {
		return n
	}
	return &node{kind: scalar, parts: []part{s.named(name, "")}, place: at}
}

// named is the part of a text that stands for a pseudo parameter or a
// resource's attribute.
func (s *scope) named(name, attribute string) part {
	switch {
	case strings.HasPrefix(name, "AWS::"):
		return part{unknown: name + " is known once it is deployed"}
	case s.byID[name] == nil && !s.generated(name):
		return part{unknown: "the template has no " + name}
	case attribute == "":
		return part{unknown: name + " is named when it is deployed", resource: name}
	}
	return part{unknown: name + "." + attribute + " is known once it is deployed", resource: name, attribute: attribute}
}

// parameter is the value of a parameter; false where it is not one.
func (s *scope) parameter(name string, at gateway.Place) (*node, bool) {
	p, ok := s.parameters.field(name)
	if !ok {
		return nil, false
	}
	typ, _ := p.value.get("Type").literal()
	value, given := s.options.Parameters[name]
	if !given {
		if strings.HasPrefix(typ, "AWS::SSM::") {
			return unknownNode(at, "parameter "+name+" is read from Systems Manager at the deployment"), true
		}
		byDefault := p.value.get("Default")
		text, ok := byDefault.literal()
		if !ok {
			return unknownNode(at, "parameter "+name+" has no default"), true
		}
		value = text
	}
	if typ != "CommaDelimitedList" && !strings.HasPrefix(typ, "List<") {
		return textNode(value, at), true
	}
	out := &node{kind: list, place: at}
	for _, item := range strings.Split(value, ",") {
		out.items = append(out.items, textNode(strings.TrimSpace(item), at))
	}
	return out, true
}

func (s *scope) getAtt(arg *node, at gateway.Place) *node {
	var path []string
	if text, ok := arg.literal(); ok {
		path = strings.SplitN(text, ".", 2)
	} else if arg.isKind(list) {
		for _, item := range arg.items {
			text, ok := s.resolve(item).literal()
			if !ok {
				return unknownNode(at, "what Fn::GetAtt asks for is known once it is deployed")
			}
			path = append(path, text)
		}
	}
	if len(path) < 2 {
		return unknownNode(at, "what Fn::GetAtt asks for is not a resource's attribute")
	}
	return &node{kind: scalar, parts: []part{s.named(path[0], strings.Join(path[1:], "."))}, place: at}
}

// sub puts values in place of ${Name}; ${!Name} is the text ${Name}.
func (s *scope) sub(arg *node, at gateway.Place) *node {
	var variables *node
	if arg.isKind(list) {
		if len(arg.items) != 2 {
			return unknownNode(at, "Fn::Sub takes a text, or a list of a text and a map")
		}
		arg, variables = arg.items[0], s.resolve(arg.items[1])
	}
	text, ok := arg.literal()
	if !ok {
		return unknownNode(at, "what Fn::Sub begins with is not a text")
	}
	out := &node{kind: scalar, place: at}
	known := map[string][]part{}
	size := 0
	for text != "" {
		before, after, found := strings.Cut(text, "${")
		name, behind, closed := strings.Cut(after, "}")
		if !found || !closed {
			out.parts = appendPart(out.parts, part{literal: text})
			break
		}
		out.parts = appendPart(out.parts, part{literal: before})
		if escaped, ok := strings.CutPrefix(name, "!"); ok {
			out.parts = appendPart(out.parts, part{literal: "${" + escaped + "}"})
		} else {
			parts, ok := known[name]
			if !ok {
				parts = s.variable(strings.TrimSpace(name), variables, at)
				known[name] = parts
			}
			for _, p := range parts {
				size += len(p.literal)
				out.parts = appendPart(out.parts, p)
			}
		}
		if size += len(before); size > maxText || len(out.parts) > maxText/16 {
			return unknownNode(at, "it is longer than 1 MiB")
		}
		text = behind
	}
	if len(out.parts) == 0 {
		out.parts = []part{{}}
	}
	return dynamic(out)
}

// variable is what a name in Fn::Sub stands for.
func (s *scope) variable(name string, variables *node, at gateway.Place) []part {
	if f, ok := variables.field(name); ok {
		return s.parts(f.value)
	}
	if value, ok := s.parameter(name, at); ok {
		return s.parts(value)
	}
	resource, attribute, _ := strings.Cut(name, ".")
	return []part{s.named(resource, attribute)}
}

// parts are those of a value's text.
func (s *scope) parts(n *node) []part {
	switch n := s.resolve(n); {
	case n == nil:
		return []part{{}}
	case n.kind == scalar:
		return n.parts
	case n.kind == unknown:
		return []part{{unknown: n.why}}
	case n.kind == list:
		return []part{{unknown: "a list stands where a text is expected"}}
	default:
		return []part{{unknown: "a map stands where a text is expected"}}
	}
}

func (s *scope) join(arg *node, at gateway.Place) *node {
	if !arg.isKind(list) || len(arg.items) != 2 {
		return unknownNode(at, "Fn::Join takes a delimiter and a list")
	}
	delimiter, ok := arg.items[0].literal()
	values := s.resolve(arg.items[1])
	switch {
	case !ok:
		return unknownNode(at, "the delimiter of Fn::Join is not a text")
	case values.isKind(unknown):
		return unknownNode(at, values.why)
	case !values.isKind(list):
		return unknownNode(at, "Fn::Join takes a delimiter and a list")
	}
	out := &node{kind: scalar, parts: []part{{}}, place: at}
	size, first := 0, true
	for _, item := range values.items {
		v := s.resolve(item)
		if v == nil {
			continue
		}
		if !first {
			out.parts = appendPart(out.parts, part{literal: delimiter})
		}
		first = false
		for _, p := range s.parts(v) {
			size += len(p.literal)
			out.parts = appendPart(out.parts, p)
		}
		if size += len(delimiter); size > maxText {
			return unknownNode(at, "it is longer than 1 MiB")
		}
	}
	return trimParts(out)
}

// trimParts takes away an empty part before others.
func trimParts(n *node) *node {
	if len(n.parts) > 1 && n.parts[0] == (part{}) {
		n.parts = n.parts[1:]
	}
	return n
}

func (s *scope) selectItem(arg *node, at gateway.Place) *node {
	if !arg.isKind(list) || len(arg.items) != 2 {
		return unknownNode(at, "Fn::Select takes an index and a list")
	}
	text, ok := s.resolve(arg.items[0]).literal()
	i, err := strconv.Atoi(text)
	values := s.resolve(arg.items[1])
	switch {
	case values.isKind(unknown):
		return unknownNode(at, values.why)
	case !ok || err != nil || !values.isKind(list) || i < 0 || i >= len(values.items):
		return unknownNode(at, "Fn::Select finds nothing at its index")
	}
	return s.resolve(values.items[i])
}

func (s *scope) split(arg *node, at gateway.Place) *node {
	if !arg.isKind(list) || len(arg.items) != 2 {
		return unknownNode(at, "Fn::Split takes a delimiter and a text")
	}
	delimiter, ok := arg.items[0].literal()
	if !ok || delimiter == "" {
		return unknownNode(at, "the delimiter of Fn::Split is not a text")
	}
	text, known := s.resolve(arg.items[1]).literal()
	if !known {
		return unknownNode(at, s.parts(arg.items[1])[0].unknown+", which is split here")
	}
	out := &node{kind: list, place: at}
	for _, item := range strings.Split(text, delimiter) {
		out.items = append(out.items, textNode(item, at))
	}
	return out
}

func (s *scope) findInMap(arg *node, at gateway.Place) *node {
	if !arg.isKind(list) || len(arg.items) < 3 {
		return unknownNode(at, "Fn::FindInMap takes the names of a map and two keys")
	}
	n := s.mappings
	for _, item := range arg.items[:3] {
		key := s.resolve(item)
		text, ok := key.literal()
		if !ok {
			return unknownNode(at, unknownOf(s.parts(key)))
		}
		if n = n.get(text); n == nil {
			if len(arg.items) == 4 && arg.items[3].get("DefaultValue") != nil {
				return s.resolve(arg.items[3].get("DefaultValue"))
			}
			return unknownNode(at, "the Mappings have no "+text)
		}
	}
	found := *n
	found.place = at
	return &found
}

func unknownOf(parts []part) string {
	for _, p := range parts {
		if p.unknown != "" {
			return p.unknown
		}
	}
	return "it is not a text"
}
