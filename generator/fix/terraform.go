package fix

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/lint"
	"apigw-cors/generator/reader/terraform"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// terraformModule is a root module that is mended: its resources, and the files
// that are edited, those of its local modules included.
type terraformModule struct {
	*State
	configuration *terraform.Configuration
	edited        map[string]*edit.HCL
}

// inModule edits a Terraform module. It gives what API Gateway is told
// otherwise, see [Edit.Means], or why there is no edit.
func inModule(do func(*terraformModule, lint.Finding, *gateway.Facts) (means []string, err error)) func(*State, lint.Finding) Edit {
	return func(s *State, f lint.Finding) Edit {
		apis := s.APIs(f)
		if len(apis) == 0 {
			return Edit{Not: "the API is not found"}
		}
		m := &terraformModule{State: s, configuration: s.module(), edited: map[string]*edit.HCL{}}
		means, err := do(m, f, apis[0])
		var changes []edit.Change
		if err == nil {
			changes, err = m.changes()
		}
		if err != nil {
			return Edit{Not: err.Error()}
		}
		return Edit{Changes: changes, Means: means}
	}
}

// module is the configuration of the module that is read.
func (s *State) module() *terraform.Configuration {
	if s.configuration == nil {
		folder := s.name
		if info, err := fs.Stat(s.files, folder); err == nil && !info.IsDir() {
			folder = path.Dir(folder)
		}
		s.configuration = terraform.Load(s.files, folder, terraform.Options{Variables: s.options.Read.Variables, Plan: s.options.Read.Plan})
	}
	return s.configuration
}

// changes are what the steps on all files come to.
func (m *terraformModule) changes() (out []edit.Change, err error) {
	for _, name := range slices.Sorted(maps.Keys(m.edited)) {
		changes, err := m.edited[name].Changes()
		if err != nil {
			return nil, err
		}
		out = append(out, changes...)
	}
	return out, nil
}

// isConfiguration reports whether a file is Terraform's own, and not one that an
// expression reads.
func isConfiguration(name string) bool {
	return strings.HasSuffix(name, ".tf") || strings.HasSuffix(name, ".tf.json")
}

// file is a file to edit.
func (m *terraformModule) file(name string) (*edit.HCL, error) {
	if h := m.edited[name]; h != nil {
		return h, nil
	}
	switch {
	case strings.HasSuffix(name, ".json"):
		return nil, errors.New("the JSON syntax of Terraform is not edited")
	case !strings.HasSuffix(name, ".tf"):
		return nil, fmt.Errorf("%s is not a file of the module", name)
	}
	text, err := m.Text(name)
	if err != nil {
		return nil, err
	}
	h, err := edit.ParseHCL(name, text)
	if err != nil {
		return nil, err
	}
	m.edited[name] = h
	return h, nil
}

// terraformBlock is the block of a resource, with the instances it makes.
type terraformBlock struct {
	*edit.HCL
	kind, name string
	place      gateway.Place
	// module is the path of the module it is in, as "module.cors".
	module    string
	instances []*terraform.Resource
}

// node is the block after the steps so far.
func (b *terraformBlock) node() *hclsyntax.Block { return b.Block("resource", b.kind, b.name) }

// address is how its own module refers to it.
func (b *terraformBlock) address() string { return b.kind + "." + b.name }

// isSingle reports whether there is neither for_each nor count.
func (b *terraformBlock) isSingle() bool {
	body := b.node().Body
	return body.Attributes["for_each"] == nil && body.Attributes["count"] == nil
}

func (b *terraformBlock) has(name string) bool { return b.node().Body.Attributes[name] != nil }

// expression is an attribute as it is written; "" where it is not given.
func (b *terraformBlock) expression(name string) string {
	a := b.node().Body.Attributes[name]
	if a == nil {
		return ""
	}
	return b.Source(a.Expr)
}

// block is the one whose header stands at a place.
func (m *terraformModule) block(at gateway.Place) (*terraformBlock, error) {
	var out *terraformBlock
	for _, r := range m.configuration.Resources {
		if r.IsData || r.Place.File != at.File || r.Place.Start != at.Start || r.Place.End != at.End {
			continue
		}
		if out == nil {
			h, err := m.file(at.File)
			if err != nil {
				return nil, err
			}
			out = &terraformBlock{HCL: h, kind: r.Type, name: r.Name, place: r.Place, module: moduleOf(r.Address)}
			if out.node() == nil {
				return nil, fmt.Errorf("%s.%s is not found in %s", r.Type, r.Name, at.File)
			}
		}
		out.instances = append(out.instances, r)
	}
	if out == nil {
		return nil, errors.New("what makes it stands in no block of the module")
	}
	return out, nil
}

// moduleOf is the path of the module that an address is in, without the keys of
// instances: "module.api.module.cors"; "" of the root.
func moduleOf(address string) string {
	var out []string
	rest := address
	for strings.HasPrefix(rest, "module.") {
		rest = rest[len("module."):]
		end := strings.IndexAny(rest, ".[")
		if end < 0 {
			break
		}
		out = append(out, "module."+rest[:end])
		rest = rest[end:]
		if strings.HasPrefix(rest, "[") {
			closing := strings.Index(rest, "].")
			if closing < 0 {
				break
			}
			rest = rest[closing+1:]
		}
		rest = strings.TrimPrefix(rest, ".")
	}
	return strings.Join(out, ".")
}

// seenFrom is how the module of b refers to another block: by its address, or
// where that is in modules below by those as a whole.
func (b *terraformBlock) seenFrom(other *terraformBlock) (names []string, err error) {
	modules := []string{other.module} // of a block that is new
	for i, r := range other.instances {
		modules = append(modules[:i], moduleOf(r.Address))
	}
	for _, module := range modules {
		below, isBelow := strings.CutPrefix(module, b.module)
		if module == b.module {
			return []string{other.address()}, nil
		}
		if isBelow && (b.module == "" || strings.HasPrefix(below, ".")) {
			parts := strings.SplitN(strings.TrimPrefix(below, "."), ".", 3)
			names = append(names, parts[0]+"."+parts[1])
		}
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%s cannot refer to %s, which is in %s", b.address(), other.address(), cmp.Or(other.module, "the root module"))
	}
	return names, nil
}

// blocks are those of some places, each once.
func (m *terraformModule) blocks(places ...gateway.Place) (out []*terraformBlock, err error) {
	seen := map[gateway.Place]bool{}
	for _, at := range places {
		if at.IsZero() || seen[at] {
			continue
		}
		seen[at] = true
		b, err := m.block(at)
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, nil
}

// object is the object literal that an attribute of a block is, be it one of
// several that are merged, or stands in a local that nothing else uses.
func (m *terraformModule) object(b *terraformBlock, name string) (*edit.HCL, *hclsyntax.ObjectConsExpr, error) {
	a := b.node().Body.Attributes[name]
	if a == nil {
		return b.HCL, nil, nil
	}
	return m.objectOf(b.HCL, a.Expr, path.Dir(b.place.File), 0)
}

func (m *terraformModule) objectOf(h *edit.HCL, x hclsyntax.Expression, folder string, depth int) (*edit.HCL, *hclsyntax.ObjectConsExpr, error) {
	switch x := x.(type) {
	case *hclsyntax.ObjectConsExpr:
		return h, x, nil
	case *hclsyntax.ParenthesesExpr:
		return m.objectOf(h, x.Expression, folder, depth)
	case *hclsyntax.FunctionCallExpr:
		if x.Name == "merge" {
			for i := len(x.Args) - 1; i >= 0; i-- {
				if o, ok := x.Args[i].(*hclsyntax.ObjectConsExpr); ok {
					return h, o, nil
				}
			}
		}
	case *hclsyntax.ScopeTraversalExpr:
		if name := localName(x); name != "" && depth < 5 {
			file, at, err := m.local(folder, name)
			if err == nil {
				err = m.servesOnly(folder, "local."+name)
			}
			if err != nil {
				return nil, nil, err
			}
			return m.objectOf(file, at.Expr, folder, depth+1)
		}
	}
	return nil, nil, fmt.Errorf("%q is computed, not written out", h.Source(x))
}

// localName is x of "local.x"; "" for any other expression.
func localName(x *hclsyntax.ScopeTraversalExpr) string {
	if x.Traversal.RootName() != "local" || len(x.Traversal) != 2 {
		return ""
	}
	step, _ := x.Traversal[1].(hcl.TraverseAttr)
	return step.Name
}

// local is where a local value of a module stands.
func (m *terraformModule) local(folder, name string) (*edit.HCL, *hclsyntax.Attribute, error) {
	for _, file := range m.sources(folder) {
		h, err := m.file(file)
		if err != nil {
			continue
		}
		for _, b := range h.Blocks() {
			if a := b.Body.Attributes[name]; b.Type == "locals" && a != nil {
				return h, a, nil
			}
		}
	}
	return nil, nil, fmt.Errorf("local.%s is not found", name)
}

// sources are the files of a module's folder.
func (m *terraformModule) sources(folder string) (out []string) {
	entries, _ := fs.ReadDir(m.files, folder)
	for _, e := range entries {
		if !e.IsDir() && strings.HasSuffix(e.Name(), ".tf") {
			out = append(out, path.Join(folder, e.Name()))
		}
	}
	return out
}

// servesOnly reports what else uses a local value or a variable than the
// resources of API Gateway in its module: to change it would change that, too.
func (m *terraformModule) servesOnly(folder, name string) error {
	for _, file := range m.sources(folder) {
		h, err := m.file(file)
		if err != nil {
			return err
		}
		for _, b := range h.Blocks() {
			isGateway := b.Type == "resource" && len(b.Labels) == 2 && (strings.HasPrefix(b.Labels[0], "aws_api_gateway_") || strings.HasPrefix(b.Labels[0], "aws_apigatewayv2_"))
			if !isGateway && refersTo(b.Body, name) {
				return fmt.Errorf("%s is used by %s, too", name, strings.Join(append([]string{b.Type}, b.Labels...), "."))
			}
		}
	}
	return nil
}

// refersTo reports whether an expression of a body uses a name such as
// "local.x".
func refersTo(b *hclsyntax.Body, name string) bool {
	for _, a := range b.Attributes {
		for _, t := range a.Expr.Variables() {
			if len(t) < 2 {
				continue
			}
			step, _ := t[1].(hcl.TraverseAttr)
			if t.RootName()+"."+step.Name == name {
				return true
			}
		}
	}
	return slices.ContainsFunc(b.Blocks, func(inner *hclsyntax.Block) bool { return refersTo(inner.Body, name) })
}
