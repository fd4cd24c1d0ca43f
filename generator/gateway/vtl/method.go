package vtl

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// method calls a Java method of a string, a list or a map. One that is missing
// here is unknown, not an error: Velocity would print the reference.
// https://docs.oracle.com/javase/8/docs/api/java/lang/String.html
func method(r *run, v any, name string, args []any, at int) any {
	var out any
	ok := false
	switch v := v.(type) {
	case string:
		r.steps += len(v) / 64
		out, ok = stringMethod(r, v, name, args, at)
	case *List:
		out, ok = listMethod(r, v, name, args, at)
	case *Map:
		out, ok = mapMethod(v, name, args)
	case int64, float64, bool:
		if s, printable := format(v); printable && len(args) == 0 && (name == "toString" || name == "intValue") {
			return map[string]any{"toString": s, "intValue": v}[name]
		}
	}
	if !ok {
		return Unknown{"what the method " + name + " makes of this is beyond what is evaluated here", at}
	}
	return out
}

func stringMethod(r *run, s, name string, args []any, at int) (any, bool) {
	switch len(args) {
	case 0:
		return plainMethod(s, name)
	case 1:
		if n, ok := args[0].(int64); ok {
			return numberMethod(s, name, n)
		}
		if arg, ok := args[0].(string); ok {
			return textMethod(r, s, name, arg, at)
		}
		// Java's equals takes anything, and is false for what is not a string.
		if name == "equals" || name == "equalsIgnoreCase" {
			return false, true
		}
	case 2:
		return twoMethod(r, s, name, args, at)
	}
	return nil, false
}

func plainMethod(s, name string) (any, bool) {
	switch name {
	case "toLowerCase":
		return strings.ToLower(s), isASCII(s)
	case "toUpperCase":
		return strings.ToUpper(s), isASCII(s)
	case "trim":
		// Java trims every character up to the blank.
		return strings.TrimFunc(s, func(c rune) bool { return c <= ' ' }), true
	case "length":
		return int64(len(s)), isASCII(s)
	case "isEmpty", "getEmpty":
		return s == "", true
	case "toString":
		return s, true
	}
	return nil, false
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(c rune) bool { return c >= utf8.RuneSelf })
}

func numberMethod(s, name string, n int64) (any, bool) {
	if n < 0 || n > int64(len(s)) || !isASCII(s) {
		return nil, false
	}
	switch name {
	case "substring":
		return s[n:], true
	case "charAt":
		if n < int64(len(s)) {
			return s[n : n+1], true
		}
	}
	return nil, false
}

func textMethod(r *run, s, name, arg string, at int) (any, bool) {
	switch name {
	case "equals":
		return s == arg, true
	case "equalsIgnoreCase":
		return strings.EqualFold(s, arg), isASCII(s) && isASCII(arg)
	case "startsWith":
		return strings.HasPrefix(s, arg), true
	case "endsWith":
		return strings.HasSuffix(s, arg), true
	case "contains":
		return strings.Contains(s, arg), true
	case "concat":
		return r.bounded(s+arg, at), true
	case "indexOf":
		return int64(strings.Index(s, arg)), isASCII(s)
	case "lastIndexOf":
		return int64(strings.LastIndex(s, arg)), isASCII(s)
	case "compareTo":
		if s == arg {
			return int64(0), true
		}
	case "matches":
		expression, ok := r.compile(`\A(?:`, arg, `)\z`)
		if !ok || !isPlain(s) {
			return Unknown{"the regular expression " + arg + " means something else in Java than here", at}, true
		}
		return expression.MatchString(s), true
	case "split":
		expression, ok := r.compile("", arg, "")
		if !ok || !isPlain(s) || arg == "" {
			return Unknown{"the regular expression " + arg + " means something else in Java than here", at}, true
		}
		parts := expression.Split(s, maxRounds)
		// Java leaves out the empty strings at the end.
		for len(parts) > 1 && parts[len(parts)-1] == "" {
			parts = parts[:len(parts)-1]
		}
		out := &List{}
		for _, p := range parts {
			out.values = append(out.values, p)
		}
		r.steps += len(parts)
		return out, len(parts) < maxRounds
	}
	return nil, false
}

func twoMethod(r *run, s, name string, args []any, at int) (any, bool) {
	if name == "substring" {
		from, ok1 := args[0].(int64)
		to, ok2 := args[1].(int64)
		if ok1 && ok2 && 0 <= from && from <= to && to <= int64(len(s)) && isASCII(s) {
			return s[from:to], true
		}
		return nil, false
	}
	from, ok1 := args[0].(string)
	to, ok2 := args[1].(string)
	// Replacing what is empty, or with more, must not grow without end.
	if !ok1 || !ok2 || len(s)+strings.Count(s, from)*len(to) > maxString {
		return nil, false
	}
	switch name {
	case "replace":
		return r.bounded(strings.ReplaceAll(s, from, to), at), true
	case "replaceAll", "replaceFirst":
		expression, ok := r.compile("", from, "")
		if !ok || !isPlain(s) || strings.ContainsAny(to, `$\`) || (len(s)+1)*(len(to)+1) > maxString {
			return Unknown{"the regular expression " + from + " means something else in Java than here", at}, true
		}
		if name == "replaceFirst" {
			if at := expression.FindStringIndex(s); at != nil {
				s = s[:at[0]] + to + s[at[1]:]
			}
			return s, true
		}
		return r.bounded(expression.ReplaceAllLiteralString(s, to), at), true
	}
	return nil, false
}

func listMethod(r *run, l *List, name string, args []any, at int) (any, bool) {
	r.steps += len(l.values) / 64
	switch {
	case len(args) == 0 && name == "size":
		return int64(len(l.values)), true
	case len(args) == 0 && (name == "isEmpty" || name == "getEmpty"):
		return len(l.values) == 0, true
	case len(args) == 1 && name == "get":
		if i, ok := args[0].(int64); ok && 0 <= i && i < int64(len(l.values)) {
			return l.values[i], true
		}
	case len(args) == 1 && name == "add":
		if len(l.values) >= maxRounds {
			r.giveUp(at, "a list of more than 1,000 values")
			return nil, true
		}
		l.values = append(l.values, args[0])
		return true, true
	case len(args) == 1 && (name == "contains" || name == "indexOf"):
		return l.find(args[0], name)
	}
	return nil, false
}

// find compares as Java does: values of different classes are not equal.
func (l *List) find(v any, name string) (any, bool) {
	switch v.(type) {
	case string, int64, bool, nil:
	default:
		return nil, false
	}
	for _, in := range l.values {
		switch in.(type) {
		case string, int64, bool, nil:
		default:
			return nil, false
		}
	}
	i := slices.Index(l.values, v)
	if name == "indexOf" {
		return int64(i), true
	}
	return i >= 0, true
}

func mapMethod(m *Map, name string, args []any) (any, bool) {
	switch {
	case len(args) == 0 && name == "size":
		return int64(len(m.keys)), true
	case len(args) == 0 && (name == "isEmpty" || name == "getEmpty"):
		return len(m.keys) == 0, true
	case len(args) == 0 && name == "keySet":
		out := &List{}
		for _, k := range m.keys {
			out.values = append(out.values, k)
		}
		return out, true
	case len(args) == 0 && name == "values":
		out := &List{}
		for _, k := range m.keys {
			out.values = append(out.values, m.values[k])
		}
		return out, true
	}
	if len(args) == 0 {
		return nil, false
	}
	key, ok := args[0].(string)
	if !ok {
		return nil, args[0] == nil && name == "get"
	}
	v, found := m.values[key]
	switch {
	case len(args) == 1 && name == "get":
		return v, true
	case len(args) == 1 && name == "containsKey":
		return found, true
	case len(args) == 2 && name == "getOrDefault":
		if !found {
			v = args[1]
		}
		return v, true
	case len(args) == 2 && name == "put" && len(m.keys) < maxRounds:
		m.put(key, args[1])
		return v, true
	}
	return nil, false
}
