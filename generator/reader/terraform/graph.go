package terraform

import (
	"slices"
	"strings"
)

// graph knows what Terraform makes before what. Its nodes are whole blocks, as
// Terraform orders blocks, not their instances, and what stands between them:
// locals, variables, outputs.
type graph struct {
	evaluator *evaluator
	root      *scope
	reached   map[string]map[string]bool
}

func newGraph(e *evaluator) *graph {
	return &graph{evaluator: e, reached: map[string]map[string]bool{}}
}

// After reports whether Terraform makes r only when other is there, by a
// reference or depends_on, direct or not; why is the reason where nobody can
// tell.
func (c *Configuration) After(r, other *Resource) (after bool, why string) {
	if r.onlyPlanned() {
		return c.graph.evaluator.index.after(r, other)
	}
	seen := c.graph.reached[r.static]
	if seen == nil {
		w := walker{graph: c.graph, seen: map[string]bool{}}
		w.resource(r.env.scope, r.body)
		seen = w.seen
		c.graph.reached[r.static] = seen
	}
	if other.onlyPlanned() {
		// One of a module whose files are not at hand: it is waited for as a
		// whole.
		module, _, _ := strings.Cut(other.static, "/")
		return seen[module], ""
	}
	return seen[other.static], ""
}

// walker collects what one block waits for.
type walker struct {
	*graph
	seen map[string]bool
}

// visit marks a node; false where it was seen.
func (w *walker) visit(s *scope, name string) bool {
	node := joined(s.static, name)
	if w.seen[node] || !w.evaluator.step() {
		return false
	}
	w.seen[node] = true
	return true
}

func joined(static, name string) string {
	if static == "" {
		return name
	}
	return static + "/" + name
}

// resource walks from a block, and from the calls of the modules it is in.
func (w *walker) resource(s *scope, b *body) {
	b.each(func(x expression) { w.expression(s, x) })
	for c := s; c.parent != nil; c = c.parent {
		for _, name := range []string{"depends_on", "for_each", "count"} {
			if x := c.call.expression(name); x != nil {
				w.expression(c.parent, x)
			}
		}
	}
}

func (w *walker) expression(s *scope, x expression) {
	for _, name := range references(x) {
		w.name(s, name)
	}
}

// name follows a reference.
func (w *walker) name(s *scope, name string) {
	root, after, _ := strings.Cut(name, ".")
	first, output, _ := strings.Cut(after, ".")
	switch root {
	case "each", "count", "self", "path", "terraform":
	case "local":
		if w.visit(s, "local."+first) {
			w.expression(s, s.module.locals[first].expression)
		}
	case "var":
		if s.parent != nil && w.visit(s, "var."+first) {
			w.expression(s.parent, s.call.expression(first))
		}
	case "module":
		w.module(s, first, output)
	default:
		if root == "data" {
			first = "data." + first + "." + output
		} else {
			first = root + "." + first
		}
		if b := s.module.resource(first); b != nil && w.visit(s, first) {
			w.resource(s, b.body)
		}
	}
}

// module follows a reference to an output, or to all of a module.
func (w *walker) module(s *scope, name, output string) {
	call, declared := s.module.calls[name]
	if !declared {
		return
	}
	found, why := w.evaluator.child(s, name)
	if why != "" || len(found.items) == 0 {
		// Nobody can see what its outputs depend on: all that it is given, for
		// what is said to be missing must be known to be.
		if w.visit(s, "module."+name) {
			call.body.each(func(x expression) { w.expression(s, x) })
		}
		return
	}
	c := found.items[0]
	if declared := c.module.outputs[output]; declared != nil {
		if w.visit(s, "module."+name+"."+output) {
			declared.each(func(x expression) { w.expression(c, x) })
		}
		return
	}
	w.all(c)
}

// all waits for everything in a module.
func (w *walker) all(s *scope) {
	if !w.visit(s, "") {
		return
	}
	for i := range s.module.resources {
		b := &s.module.resources[i]
		if w.visit(s, b.reference()) {
			w.resource(s, b.body)
		}
	}
	for _, call := range s.module.ordered() {
		w.module(s, call.labels[0], "")
	}
}

// ordered are the calls in the order of files and lines.
func (m *module) ordered() []block {
	out := make([]block, 0, len(m.calls))
	for _, call := range m.calls {
		out = append(out, call)
	}
	slices.SortFunc(out, func(a, b block) int {
		if c := strings.Compare(a.at.Filename, b.at.Filename); c != 0 {
			return c
		}
		return a.at.Start.Byte - b.at.Start.Byte
	})
	return out
}
