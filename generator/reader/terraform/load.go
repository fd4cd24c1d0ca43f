// Package terraform reads the configuration of a Terraform module: a folder of
// HCL files comes to resources, their instances and the values of their
// arguments, as far as the files say. What a run would have to ask for, such
// as a variable without a default or an attribute that exists after an apply,
// is unknown, with the reason; a string of which only parts are known keeps
// those. Each value knows where it is written.
//
// It knows nothing about API Gateway.
package terraform

import (
	"io/fs"
	"maps"
	"path"
	"slices"

	"apigw-cors/generator/gateway"
)

// Options are what a caller knows beyond the files.
type Options struct {
	// Variables are values of the root module's input variables, as -var gives
	// them.
	Variables map[string]string
	// Plan is what `terraform show -json` prints of a plan or a state; nil
	// without one.
	Plan []byte

	// root is the folder of the root module.
	root string
}

// Configuration is what the files of a root module come to, its local modules
// included.
type Configuration struct {
	// Resources are the instances of resources and data sources, in the order
	// of files and lines; those of modules come after those of their caller.
	Resources []*Resource
	// Faults keep parts from being read.
	Faults []Fault
	// Elsewhere are the module calls whose files are not at hand: what they
	// make, nobody can see.
	Elsewhere []Call

	graph *graph
}

// Call is a module call whose configuration is not at hand.
type Call struct {
	Address string
	Why     string
	Place   gateway.Place
	// Arguments are what the module is given.
	Arguments []Value
}

// Load reads the module of a folder.
func Load(fsys fs.FS, folder string, options Options) *Configuration {
	options.root = path.Clean(folder)
	e := &evaluator{fsys: fsys, options: options, modules: map[string]*module{}, read: map[string]bool{}, sources: map[string][]byte{}}
	m := e.module(options.root, true)
	if len(options.Plan) > 0 {
		p, err := parsePlan(options.Plan)
		if err != nil {
			e.faults = append(e.faults, Fault{gateway.Place{File: "plan"}, err.Error()})
		}
		e.plan = p
	}
	c := &Configuration{graph: newGraph(e)}
	root := newScope(m)
	e.collect(c, root)
	if e.plan != nil {
		e.addPlanned(c)
	}
	c.Faults = e.faults
	c.graph.root = root
	return c
}

// Files are the files and folders that had a part in what was asked so far.
func (c *Configuration) Files() []string {
	return slices.Sorted(maps.Keys(c.graph.evaluator.read))
}

// maxResources bounds the instances of all blocks and modules.
const maxResources = 50_000

// collect gathers the resources of a module instance, then those of the
// modules it calls.
func (e *evaluator) collect(c *Configuration, s *scope) {
	for i := range s.module.resources {
		if len(c.Resources) > maxResources || !e.step() {
			return
		}
		c.Resources = append(c.Resources, e.resource(s, s.module.resources[i].reference()).items...)
	}
	for _, call := range s.module.ordered() {
		name := call.labels[0]
		found, why := e.child(s, name)
		if why != "" {
			elsewhere := Call{Address: s.within("module." + name), Why: why, Place: place(call.at)}
			for _, a := range call.body.arguments {
				elsewhere.Arguments = append(elsewhere.Arguments, e.eval(a.expression, environment{scope: s}))
			}
			c.Elsewhere = append(c.Elsewhere, elsewhere)
			continue
		}
		for _, child := range found.items {
			e.collect(c, child)
		}
	}
}

// references are the names that an expression refers to: "local.x", "var.y",
// "module.z.out", "aws_api_gateway_method.cors".
func references(x expression) []string {
	if x == nil {
		return nil
	}
	var out []string
	for _, t := range x.Variables() {
		name := t.RootName()
		for i := 1; i < len(t) && i < 3; i++ {
			attribute := attributeName(t, i)
			if attribute == "" {
				break
			}
			name += "." + attribute
		}
		out = append(out, name)
	}
	return out
}
