package terraform

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"

	"apigw-cors/generator/gateway"
)

// texts are the functions over strings that may be unknown in parts.
func (e *evaluator) texts(name string, args []Value, at gateway.Place) (Value, bool) {
	switch name {
	case "join":
		return e.join(args, at)
	case "format":
		return e.format(args, at)
	case "formatlist":
		return e.formatlist(args, at)
	case "tostring":
		if len(args) == 1 && args[0].kind == text {
			return args[0], true
		}
	case "lower", "upper", "title", "trimspace", "chomp":
		if len(args) == 1 && args[0].kind == text && len(args[0].parts) == 1 && args[0].parts[0].ref != nil {
			return unknownValue(args[0].Text().Unknown(), at), true
		}
	case "jsonencode", "yamlencode":
		// YAML reads JSON.
		if len(args) == 1 {
			var out []Value
			e.encode(args[0], &out)
			v := e.concat(out, at)
			v.origin = &origin{encoded: &args[0]}
			return v, true
		}
	case "yamldecode", "jsondecode":
		if len(args) == 1 && args[0].kind == text {
			return e.decode(args[0], at), true
		}
	case "startswith", "endswith", "strcontains":
		if len(args) == 2 {
			return e.compare(name, args[0], args[1], at), true
		}
	case "base64encode":
		if s, known := onlyText(args); known {
			return textValue(base64.StdEncoding.EncodeToString([]byte(s)), at), true
		}
	case "base64decode":
		if s, known := onlyText(args); known {
			if decoded, err := base64.StdEncoding.DecodeString(s); err == nil {
				return textValue(string(decoded), at), true
			}
		}
	case "replace":
		return e.replace(args, at)
	}
	return Value{}, false
}

func onlyText(args []Value) (string, bool) {
	if len(args) != 1 {
		return "", false
	}
	return args[0].known()
}

func (e *evaluator) join(args []Value, at gateway.Place) (Value, bool) {
	if len(args) < 2 {
		return wrongArguments("join", at)
	}
	lists := e.concatLists(args[1:], at)
	if lists.kind == unknown {
		return lists, true
	}
	var parts []Value
	for i, item := range lists.items {
		if i > 0 {
			parts = append(parts, args[0])
		}
		parts = append(parts, item)
	}
	if lists.open != "" {
		parts = append(parts, unknownValue(lists.open, at))
	}
	return e.concat(parts, at), true
}

// format puts its arguments into a text: of the verbs %s, %d, %v and %% here,
// where an argument may be unknown; others need all to be known.
func (e *evaluator) format(args []Value, at gateway.Place) (Value, bool) {
	if len(args) == 0 {
		return wrongArguments("format", at)
	}
	layout, known := args[0].known()
	if !known {
		return unknownValue(args[0].Text().Unknown(), at), true
	}
	var parts []Value
	next := args[1:]
	for layout != "" {
		i := strings.IndexByte(layout, '%')
		if i < 0 || i+1 == len(layout) {
			parts = append(parts, textValue(layout, at))
			break
		}
		parts = append(parts, textValue(layout[:i], at))
		verb := layout[i+1]
		layout = layout[i+2:]
		switch {
		case verb == '%':
			parts = append(parts, textValue("%", at))
		case (verb == 's' || verb == 'd' || verb == 'v') && len(next) > 0 && next[0].kind != list && next[0].kind != object:
			parts = append(parts, next[0])
			next = next[1:]
		default:
			return Value{}, false
		}
	}
	return e.concat(parts, at), true
}

func (e *evaluator) formatlist(args []Value, at gateway.Place) (Value, bool) {
	longest := -1
	out := Value{kind: list, at: at}
	for _, arg := range args {
		switch arg.kind {
		case list, set:
			longest = max(longest, len(arg.items))
			if arg.open != "" {
				out.open = arg.open
			}
		case unknown:
			out.open = arg.why
		}
	}
	for i := range max(longest, 0) {
		if !e.step() {
			out.open = tooLarge
			break
		}
		row := slices.Clone(args)
		for j, arg := range args {
			if arg.kind == list || arg.kind == set {
				if i >= len(arg.items) {
					return out, true
				}
				row[j] = arg.items[i]
			}
		}
		v, ok := e.format(row, at)
		if !ok {
			return Value{}, false
		}
		out.items = append(out.items, v)
	}
	if longest < 0 && out.open == "" {
		v, ok := e.format(args, at)
		out.items = []Value{v}
		return out, ok
	}
	return out, true
}

// encode writes JSON, with what is unknown in its place: within quotes, as
// most of that is a string.
func (e *evaluator) encode(v Value, out *[]Value) {
	if !e.step() || e.depth > maxDepth || len(*out) > maxElements*10 {
		*out = append(*out, unknownValue(tooLarge, v.at))
		return
	}
	e.depth++
	defer func() { e.depth-- }()
	literal := func(s string) { *out = append(*out, textValue(s, v.at)) }
	switch v.kind {
	case null, absent:
		literal("null")
	case number, boolean:
		s, _ := scalarString(v.scalar)
		literal(s)
	case text:
		literal(`"`)
		for _, p := range v.parts {
			if p.ref != nil || p.why != "" {
				*out = append(*out, Value{kind: text, parts: []part{p}, at: v.at})
			} else {
				escaped, _ := json.Marshal(p.literal)
				literal(string(escaped[1 : len(escaped)-1]))
			}
		}
		literal(`"`)
	case list, set:
		literal("[")
		for i, item := range v.items {
			if i > 0 {
				literal(",")
			}
			e.encode(item, out)
		}
		if v.open != "" {
			*out = append(*out, unknownValue(v.open, v.at))
		}
		literal("]")
	case object:
		literal("{")
		for i, entry := range v.sorted() {
			if i > 0 {
				literal(",")
			}
			e.encode(entry.Key, out)
			literal(":")
			e.encode(entry.Value, out)
		}
		if v.open != "" {
			*out = append(*out, unknownValue(v.open, v.at))
		}
		literal("}")
	default:
		literal(`"`)
		*out = append(*out, unknownValue(v.mayReplace(), v.at))
		literal(`"`)
	}
}

func (e *evaluator) compare(name string, v, with Value, at gateway.Place) Value {
	want, known := with.known()
	if !known {
		return unknownValue(whyUnknown(with), at)
	}
	s, known := v.known()
	has := map[string]func(string, string) bool{
		"startswith": strings.HasPrefix, "endswith": strings.HasSuffix, "strcontains": strings.Contains,
	}[name]
	switch {
	case known:
		return boolValue(has(s, want), at)
	case name == "startswith" && len(v.prefix()) >= len(want):
		return boolValue(strings.HasPrefix(v.prefix(), want), at)
	case name == "endswith" && len(v.suffix()) >= len(want):
		return boolValue(strings.HasSuffix(v.suffix(), want), at)
	}
	return unknownValue(whyUnknown(v), at)
}
