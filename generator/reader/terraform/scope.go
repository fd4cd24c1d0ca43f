package terraform

import (
	"cmp"
	"io/fs"
	"path"
	"strings"

	"apigw-cors/generator/gateway"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// scope is an instance of a module: its configuration and the values that its
// caller gives.
type scope struct {
	module *module
	// address is "module.cors[0]"; "" of the root.
	address string
	// static is the address without instance keys, as Terraform orders by
	// whole blocks.
	static string
	parent *scope
	call   *body
	env    environment
	depth  int
	// open is why there may be more instances than are known, this one standing
	// for them.
	open string

	variables, locals map[string]Value
	// pending are the locals and variables that are being computed.
	pending   map[string]bool
	calls     map[string]*instances[*scope]
	resources map[string]*instances[*Resource]
}

func newScope(m *module) *scope {
	return &scope{
		module: m, variables: map[string]Value{}, locals: map[string]Value{}, pending: map[string]bool{},
		calls: map[string]*instances[*scope]{}, resources: map[string]*instances[*Resource]{},
	}
}

// within prefixes an address with that of the module.
func (s *scope) within(name string) string {
	if s.address == "" {
		return name
	}
	return s.address + "." + name
}

// environment is what names stand for where an expression is evaluated.
type environment struct {
	scope *scope
	// key and value are those of each, index that of count; absent outside.
	key, value, index Value
	// names are those of for expressions and dynamic blocks around.
	names *binding
	// item is what a splat expression visits.
	item *Value
}

type binding struct {
	name  string
	value Value
	next  *binding
}

func (env environment) bind(name string, v Value) environment {
	if name != "" {
		env.names = &binding{name, v, env.names}
	}
	return env
}

// variable is the value of an input variable.
func (e *evaluator) variable(s *scope, name string, at gateway.Place) Value {
	if v, done := s.variables[name]; done {
		return v.elsePlaced(at)
	}
	if !s.enter("var." + name) {
		return wrongValue("var."+name+" refers to itself", at)
	}
	v := e.variableValue(s, name)
	s.leave("var." + name)
	s.variables[name] = v
	return v.elsePlaced(at)
}

// elsePlaced is the value, placed where it is used if no file gives it.
func (v Value) elsePlaced(at gateway.Place) Value {
	if v.at.IsZero() {
		v.at = at
	}
	return v
}

func (s *scope) enter(name string) bool {
	if s.pending[name] {
		return false
	}
	s.pending[name] = true
	return true
}

func (s *scope) leave(name string) { delete(s.pending, name) }

// variableValue is what the files, the command line and the plan give.
func (e *evaluator) variableValue(s *scope, name string) Value {
	v := e.givenVariable(s, name)
	if s.parent == nil && e.plan != nil {
		if planned := e.plan.variables[name]; planned != nil {
			return overlay(v, fromJSON(planned.Value, gateway.Place{}))
		}
	}
	return v
}

func (e *evaluator) givenVariable(s *scope, name string) Value {
	declared := s.module.variables[name]
	if declared == nil {
		return wrongValue("var."+name+" is not declared", gateway.Place{})
	}
	constraint := declared.expression("type")
	if s.parent == nil {
		if given, ok := e.options.Variables[name]; ok {
			return e.conform(constraint, e.givenValue(given))
		}
		if a, ok := s.module.values[name]; ok {
			return e.conform(constraint, e.eval(a.expression, environment{scope: s}))
		}
	} else if argument := s.call.expression(name); argument != nil {
		v := e.eval(argument, s.env)
		// null stands for the default unless the variable is nullable and
		// has none.
		if v.kind != null || declared.expression("default") == nil {
			return e.conform(constraint, v)
		}
	}
	if fallback := declared.expression("default"); fallback != nil {
		return e.conform(constraint, e.eval(fallback, environment{scope: s}))
	}
	return unknownValue(s.within("var."+name)+" has no default", gateway.Place{})
}

// givenValue is one of the command line: HCL where it reads as a collection,
// else a string, as Terraform takes -var.
func (e *evaluator) givenValue(s string) Value {
	if trimmed := strings.TrimSpace(s); strings.HasPrefix(trimmed, "[") || strings.HasPrefix(trimmed, "{") {
		if _, deep := nestedTooDeep([]byte(s), ""); !deep {
			x, problems := hclsyntax.ParseExpression([]byte(s), "", hcl.InitialPos)
			if !problems.HasErrors() {
				return e.eval(x, environment{scope: newScope(&module{})})
			}
		}
	}
	return textValue(s, gateway.Place{})
}

// local is the value of a local.
func (e *evaluator) local(s *scope, name string, at gateway.Place) Value {
	if v, done := s.locals[name]; done {
		return v
	}
	a, ok := s.module.locals[name]
	if !ok {
		return wrongValue("local."+name+" is not declared", at)
	}
	if !s.enter("local." + name) {
		return wrongValue("local."+name+" refers to itself", at)
	}
	v := e.eval(a.expression, environment{scope: s})
	s.leave("local." + name)
	s.locals[name] = v
	return v
}

// maxModuleDepth bounds modules within modules, which may call themselves.
const maxModuleDepth = 20

// child gives the instances of a module call; why is the reason where its
// configuration is not at hand.
func (e *evaluator) child(s *scope, name string) (found *instances[*scope], why string) {
	call, ok := s.module.calls[name]
	if !ok {
		return nil, "module." + name + " is not declared"
	}
	source, known := e.eval(call.body.expression("source"), environment{scope: s}).known()
	switch {
	case !known:
		return nil, "the source of module." + name + " is not known"
	case !strings.HasPrefix(source, "./") && !strings.HasPrefix(source, "../"):
		return nil, "module." + name + " comes from " + source
	case s.depth >= maxModuleDepth:
		return nil, "modules are nested too deep"
	}
	folder := path.Join(s.module.folder, source)
	if !fs.ValidPath(folder) {
		return nil, "module." + name + " is outside of what is read"
	}
	if found, done := s.calls[name]; done {
		return found, ""
	}
	for caller := s; caller != nil; caller = caller.parent {
		if caller.module.folder == folder {
			return nil, "module." + name + " calls itself"
		}
	}
	m := e.module(folder, false)
	if len(m.resources)+len(m.calls)+len(m.outputs)+len(m.variables) == 0 {
		return nil, "module." + name + " has no files in " + folder
	}
	// Taken before they are expanded: an argument may come back to here.
	out := &instances[*scope]{open: "module." + name + " refers to itself"}
	s.calls[name] = out
	*out = expand(e, s, call.body, s.within("module."+name), func(address string, env environment) *scope {
		c := newScope(m)
		c.parent, c.call, c.env, c.depth = s, call.body, env, s.depth+1
		c.address, c.open = address, cmp.Or(env.unknownKey(), s.open)
		c.static = joined(s.static, "module."+name)
		return c
	})
	return out, ""
}

// module parses a folder once.
func (e *evaluator) module(folder string, root bool) *module {
	m := e.modules[folder]
	if m == nil {
		m = parseModule(e.fsys, folder, root)
		e.modules[folder] = m
		e.faults = append(e.faults, m.faults...)
		e.read[folder] = true
		for file, source := range m.sources {
			e.read[file], e.sources[file] = true, source
		}
		m.sources = nil
	}
	return m
}
