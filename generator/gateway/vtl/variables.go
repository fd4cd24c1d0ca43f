package vtl

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// root gives API Gateway's own variables; another name is null.
func root(name string) any {
	switch name {
	case "input":
		return input{}
	case "context":
		return contextVariable{}
	case "util":
		return utilVariable{}
	case "stageVariables":
		return stageVariables{}
	}
	return nil
}

func beyond(name string, at int) Unknown {
	return Unknown{"what " + name + " gives is beyond what is evaluated here", at}
}

// input is $input.
type input struct{}

func (input) property(r *run, name string, at int) any {
	if name == "body" {
		return r.body()
	}
	return beyond("$input."+name, at)
}

func (r *run) body() any {
	if r.Body == nil {
		return ""
	}
	return r.Body
}

func (input) call(r *run, name string, args []any, at int) any {
	switch {
	case name == "params" && len(args) == 0:
		return parameters{}
	case name == "params" && len(args) == 1:
		// It looks for a path variable and in the query string first; a
		// page's request has neither here.
		if s, ok := args[0].(string); ok {
			return r.Header(s)
		}
	case (name == "json" || name == "path") && len(args) == 1:
		if path, ok := args[0].(string); ok {
			return r.jsonPath(name, path, at)
		}
	}
	return beyond("$input."+name+"()", at)
}

// jsonPath follows paths like $.a.b; filters, wildcards and indexes are
// unknown.
func (r *run) jsonPath(name, path string, at int) any {
	body, ok := r.body().(string)
	if !ok {
		return r.body()
	}
	r.steps += len(body) / 256
	if name == "json" {
		if path == "$" {
			return body
		}
		return beyond("$input.json() of a part of the body", at)
	}
	var v any
	decoder := json.NewDecoder(strings.NewReader(body))
	decoder.UseNumber()
	if err := decoder.Decode(&v); err != nil {
		return Unknown{"what $input.path() makes of a body that is not JSON", at}
	}
	rest, ok := strings.CutPrefix(path, "$")
	if !ok || strings.ContainsAny(rest, "[]*?@()") || strings.Contains(rest, "..") {
		return beyond("the JSONPath "+path, at)
	}
	for _, key := range strings.Split(rest, ".")[1:] {
		object, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = object[key]
	}
	return fromJSON(v)
}

func fromJSON(v any) any {
	switch v := v.(type) {
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return n
		}
		f, _ := v.Float64()
		return f
	case []any:
		out := &List{}
		for _, e := range v {
			out.values = append(out.values, fromJSON(e))
		}
		return out
	case map[string]any:
		out := newMap()
		for _, k := range slices.Sorted(maps.Keys(v)) {
			out.put(k, fromJSON(v[k]))
		}
		return out
	}
	return v
}

// parameters is $input.params().
type parameters struct{}

func (parameters) property(_ *run, name string, at int) any {
	switch name {
	case "header":
		return headers{}
	case "path", "querystring":
		return otherParameters(name)
	}
	return beyond("$input.params()."+name, at)
}

func (p parameters) call(r *run, name string, args []any, at int) any {
	if name == "get" && len(args) == 1 {
		if s, ok := args[0].(string); ok {
			return p.property(r, s, at)
		}
	}
	if name == "getHeader" || name == "getPath" || name == "getQuerystring" {
		return p.property(r, strings.ToLower(name[3:]), at)
	}
	return beyond("$input.params()."+name+"()", at)
}

// headers is $input.params().header.
type headers struct{}

func (headers) property(r *run, name string, _ int) any {
	return r.Header(name)
}

func (headers) call(r *run, name string, args []any, at int) any {
	if len(args) > 0 {
		if s, ok := args[0].(string); ok {
			switch v := r.Header(s); {
			case name == "get" && len(args) == 1:
				return v
			case name == "containsKey" && len(args) == 1:
				if u, ok := v.(Unknown); ok {
					return u
				}
				return v != nil && v != ""
			}
		}
	}
	return beyond("$input.params().header."+name+"()", at)
}

// otherParameters are the path variables or the query string's.
type otherParameters string

func (o otherParameters) property(_ *run, name string, at int) any {
	return Unknown{"the parameter " + name + " of the " + string(o), at}
}

func (o otherParameters) call(_ *run, name string, _ []any, at int) any {
	return Unknown{"the parameters of the " + string(o), at}
}

// contextVariable is $context.
type contextVariable struct{}

func (contextVariable) property(r *run, name string, at int) any {
	if r.Context != nil {
		if v := r.Context(name); v != nil {
			return v
		}
	}
	return Unknown{"$context." + name + " is known while a request is served only", at}
}

func (contextVariable) call(_ *run, name string, _ []any, at int) any {
	return beyond("$context."+name+"()", at)
}

// stageVariables is $stageVariables.
type stageVariables struct{}

func (stageVariables) property(_ *run, name string, at int) any {
	return Unknown{"the stage variable " + name + " is the stage's", at}
}

func (stageVariables) call(_ *run, name string, _ []any, at int) any {
	return Unknown{"a stage variable is the stage's", at}
}

// utilVariable is $util.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#util-template-reference
type utilVariable struct{}

func (utilVariable) property(_ *run, name string, at int) any { return beyond("$util."+name, at) }

func (utilVariable) call(r *run, name string, args []any, at int) any {
	if len(args) == 1 {
		if u, ok := args[0].(Unknown); ok {
			return u
		}
		if s, ok := args[0].(string); ok {
			switch name {
			case "escapeJavaScript":
				return r.bounded(escapeJavaScript(s), at)
			case "urlEncode":
				return r.bounded(url.QueryEscape(s), at)
			case "urlDecode":
				if out, err := url.QueryUnescape(s); err == nil {
					return out
				}
			case "base64Encode":
				return r.bounded(base64.StdEncoding.EncodeToString([]byte(s)), at)
			case "base64Decode":
				if out, err := base64.StdEncoding.DecodeString(s); err == nil {
					return string(out)
				}
			}
		}
	}
	return beyond("$util."+name+"()", at)
}

// escapeJavaScript escapes what ends a JavaScript string.
func escapeJavaScript(s string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`, `'`, `\'`, "/", `\/`, "\n", `\n`, "\r", `\r`, "\t", `\t`).Replace(s)
}
