package vtl

import (
	"fmt"
	"strconv"
	"strings"
)

// Environment is what a template finds.
type Environment struct {
	// Header is what $input.params().header.get(name) gives: a string, nil for
	// null, or an [Unknown].
	Header func(name string) any
	// Body is the request's or, in an integration response, the backend's:
	// a string or an [Unknown].
	Body any
	// Context is what $context.name gives, as Header does; nil knows nothing.
	Context func(name string) any
	// Choose is asked where the way on depends on what is unknown; nil chooses
	// false.
	Choose func(u Unknown) bool
}

// Result is what a template did.
type Result struct {
	// Output is its text; parts that are unknown are left out, and
	// OutputUnknown tells of the first.
	Output        string
	OutputUnknown *Unknown
	// Headers are the overrides of $context.responseOverride.header in their
	// order.
	Headers []Override
	// Status is the override of the status: an int64, an [Unknown], or nil.
	Status any
	// Failure is why API Gateway answers 5XX instead: a header that is
	// overridden twice. "" where it does not.
	// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
	Failure *Unknown
	// Unknown is why nobody can tell what the template does; nil where the
	// rest holds.
	Unknown *Unknown
}

// Override is a header that a template sets.
type Override struct {
	Name string
	// Value is a string or an [Unknown].
	Value any
	// At is the offset of the #set in the template, in bytes.
	At int
}

type run struct {
	Environment
	names  map[string]any
	out    *strings.Builder
	result Result
	steps  int
	// jumping ends the blocks around a #break, a #stop or an end of running.
	jumping, stopped bool
}

// Run evaluates the template.
func (t *Template) Run(e Environment) Result {
	if e.Choose == nil {
		e.Choose = func(Unknown) bool { return false }
	}
	r := &run{Environment: e, names: map[string]any{}, out: &strings.Builder{}}
	r.write(t.nodes)
	r.result.Output = r.out.String()
	return r.result
}

func (r *run) write(nodes []node) {
	for _, n := range nodes {
		if r.jumping || r.stopped || !r.step(0) {
			return
		}
		n.write(r)
	}
}

// step counts towards the bound on running.
func (r *run) step(at int) bool {
	if r.steps++; r.steps > maxSteps {
		r.giveUp(at, "it runs for more than 20,000 steps")
	}
	return !r.stopped
}

// giveUp ends the run: nobody can tell what the template does.
func (r *run) giveUp(at int, why string) {
	if !r.stopped || r.result.Unknown == nil {
		r.result.Unknown = &Unknown{why, at}
	}
	r.stopped = true
}

func (r *run) print(s string, at int) {
	if r.out.Len()+len(s) > maxOutput {
		r.giveUp(at, "it writes more than 1 MiB")
		return
	}
	r.out.WriteString(s)
}

func (n text) write(r *run) { r.print(string(n), 0) }

func (n escaped) write(r *run) {
	r.outputUnknown(Unknown{"whether an escape's backslash is printed", int(n)})
}

func (r *run) outputUnknown(u Unknown) {
	if r.result.OutputUnknown == nil {
		r.result.OutputUnknown = &u
	}
}

func (n reference) write(r *run) {
	switch v := n.value(r).(type) {
	case nil:
		if !n.quiet {
			r.print(n.source, n.at)
		}
	case Unknown:
		r.outputUnknown(v)
	default:
		if s, ok := format(v); ok {
			r.print(s, n.at)
		} else {
			r.outputUnknown(Unknown{"how Velocity prints " + n.source, n.at})
		}
	}
}

func (n jump) write(r *run) {
	r.jumping = true
	r.stopped = r.stopped || n.stop
}

func (n choice) write(r *run) {
	for _, b := range n {
		if b.condition == nil || r.decide(b.condition.value(r), b.at) {
			r.write(b.body)
			return
		}
		if r.stopped {
			return
		}
	}
}

// decide is whether a condition holds; one that is unknown is the caller's
// choice.
func (r *run) decide(v any, at int) bool {
	switch v := truth(v, at).(type) {
	case bool:
		return v
	case Unknown:
		return r.Choose(v)
	}
	return false
}

// truth is a bool, or an [Unknown]. Velocity 1 takes every value but null and
// false for true; Velocity 2 does not take what is empty or zero.
// https://velocity.apache.org/engine/2.3/upgrading.html
func truth(v any, at int) any {
	empty := false
	switch v := v.(type) {
	case nil:
		return false
	case bool, Unknown:
		return v
	case string:
		empty = v == ""
	case int64:
		empty = v == 0
	case float64:
		empty = v == 0
	case *List:
		empty = len(v.values) == 0
	case *Map:
		empty = len(v.keys) == 0
	}
	if empty {
		return Unknown{"whether what is empty or zero counts as true differs between versions of Velocity", at}
	}
	return true
}

func (n foreach) write(r *run) {
	var values []any
	switch v := n.in.value(r).(type) {
	case nil:
	case *List:
		values = append(values, v.values...)
	case *Map:
		for _, k := range v.keys {
			values = append(values, v.values[k])
		}
	case Unknown:
		r.giveUp(n.at, "what #foreach goes over: "+v.Why)
	default:
		r.giveUp(n.at, "#foreach goes over something that is neither a list nor a map")
	}
	if len(values) > maxRounds {
		r.giveUp(n.at, "a #foreach of more than 1,000 rounds")
	}
	outer, had := r.names[n.name]
	loop, inLoop := r.names["foreach"]
	for i, v := range values {
		if r.stopped {
			break
		}
		r.names[n.name] = v
		r.names["foreach"] = newMap("count", int64(i+1), "index", int64(i), "hasNext", i+1 < len(values), "first", i == 0, "last", i+1 == len(values))
		r.names["velocityCount"] = int64(i + 1)
		r.write(n.body)
		if r.jumping && !r.stopped {
			r.jumping = false
			break
		}
	}
	restore(r.names, n.name, outer, had)
	restore(r.names, "foreach", loop, inLoop)
}

func restore(names map[string]any, name string, value any, had bool) {
	if had {
		names[name] = value
	} else {
		delete(names, name)
	}
}

func (n set) write(r *run) {
	v := n.to.value(r)
	if r.stopped {
		return
	}
	if len(n.target.path) == 0 {
		if v == nil && r.names[n.target.name] != nil && r.Choose(Unknown{"whether #set to null leaves the old value differs between versions of Velocity", n.at}) {
			return
		}
		r.names[n.target.name] = v
		return
	}
	if n.target.name == "context" {
		r.setContext(n, v)
		return
	}
	last := n.target.path[len(n.target.path)-1]
	owner := reference{name: n.target.name, path: n.target.path[:len(n.target.path)-1], at: n.target.at, source: n.target.source}
	key, ok := last.key(r)
	if m, isMap := owner.value(r).(*Map); isMap && ok && !last.call {
		m.put(key, v)
		return
	}
	r.giveUp(n.at, "a #set of "+n.target.source+" is beyond what is evaluated here")
}

// key is the name of a property, however it is spelled.
func (a access) key(r *run) (string, bool) {
	if a.index == nil {
		return a.name, true
	}
	s, ok := a.index.value(r).(string)
	return s, ok
}

// setContext sets what only API Gateway reads: $context.responseOverride.
func (r *run) setContext(n set, v any) {
	keys := make([]string, 0, len(n.target.path))
	for _, a := range n.target.path {
		key, ok := a.key(r)
		if !ok || a.call {
			r.giveUp(n.at, "which override "+n.target.source+" is")
			return
		}
		keys = append(keys, key)
	}
	switch {
	case keys[0] == "requestOverride":
		// A mock has no backend to send it to.
	case len(keys) == 2 && keys[0] == "responseOverride" && keys[1] == "status":
		r.result.Status = status(v, n.at)
	case len(keys) == 3 && keys[0] == "responseOverride" && keys[1] == "header":
		r.override(keys[2], v, n.at)
	default:
		r.giveUp(n.at, n.target.source+" is not an override that API Gateway documents")
	}
}

func (r *run) override(name string, v any, at int) {
	for _, h := range r.result.Headers {
		if h.Name == name && r.result.Failure == nil {
			r.result.Failure = &Unknown{"the header " + name + " is overridden twice", at}
		}
	}
	o := Override{Name: name, At: at, Value: v}
	switch v := v.(type) {
	case string, Unknown:
	case nil:
		o.Value = Unknown{"what an override with null does is not documented", at}
	default:
		if s, ok := format(v); ok {
			o.Value = s
		} else {
			o.Value = Unknown{"an override with a value that is not a string", at}
		}
	}
	if len(r.result.Headers) > maxRounds {
		r.giveUp(at, "more than 1,000 overrides")
		return
	}
	r.result.Headers = append(r.result.Headers, o)
}

func status(v any, at int) any {
	switch v := v.(type) {
	case int64, Unknown:
		return v
	case string:
		if n, err := strconv.ParseInt(strings.TrimSpace(v), 10, 32); err == nil {
			return n
		}
	}
	return Unknown{fmt.Sprintf("what the status override %v comes to", v), at}
}
