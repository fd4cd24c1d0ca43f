package reader

import (
	"io/fs"
	"path"
	"strings"

	"apigw-cors/generator/gateway"
)

// template is a CloudFormation template: plain, SAM's, or one that the CDK or
// the Serverless Framework wrote.
type template struct {
	*reading
	kind                             Kind
	file                             string
	at                               gateway.Place
	parameters, mappings, conditions *node
	resources                        []*resource
	byID                             map[string]*resource
	outputs                          *node
	// open is what the template does not show of any of its APIs.
	open []gateway.Open
	// made are the logical ids that a transform adds.
	made map[string]bool
	// locals are the documents that were included, by path; steps counts the
	// values that were looked at.
	locals map[string]*document
	steps  int
}

// spend counts values that are looked at, and reports whether there may be
// more. What is beyond the limit is a fault, once.
func (t *template) spend(values int) bool {
	before := t.steps
	t.steps += values
	if before <= maxSteps && t.steps > maxSteps {
		t.fault(t.at, "%s: more than %d values", tooMuch, maxSteps)
	}
	return t.steps <= maxSteps
}

// resource is a resource of a template.
type resource struct {
	id    string
	typ   string
	place gateway.Place
	node  *node
	props *node
}

// generated reports whether a transform makes a resource of the name.
func (t *template) generated(name string) bool { return t.made[name] }

// template reads a CloudFormation template.
func (r *reading) template(d *document, kind Kind) {
	root := d.root
	t := &template{
		reading: r, kind: kind, file: d.file, at: gateway.Place{File: d.file},
		parameters: root.get("Parameters"), mappings: root.get("Mappings"), conditions: root.get("Conditions"),
		outputs: root.get("Outputs"), byID: map[string]*resource{},
	}
	t.transforms(root)
	resources := root.get("Resources").fields
	if len(resources) > maxResources {
		t.fault(root.get("Resources").place, "more than %d resources", maxResources)
		return
	}
	for _, f := range resources {
		t.add(f)
	}
	if kind == SAM {
		t.sam(root)
		return
	}
	t.misplaced()
	t.readAPIs()
}

// add notes a resource.
func (t *template) add(f field) {
	if strings.HasPrefix(f.key, "Fn::") {
		t.open = append(t.open, gateway.Open{Part: gateway.Everything, Why: f.key + " makes more resources", Place: f.place()})
		return
	}
	typ, _ := f.value.get("Type").literal()
	res := &resource{id: f.key, typ: typ, place: f.place(), node: f.value, props: f.value.get("Properties")}
	t.resources = append(t.resources, res)
	t.byID[f.key] = res
}

// transforms notes what macros may add. What SAM and the language extensions
// do is known.
func (t *template) transforms(root *node) {
	transform := root.get("Transform")
	items := []*node{transform}
	if transform.isKind(list) {
		items = transform.items
	}
	for _, item := range items {
		name, ok := item.literal()
		if item.isKind(mapping) {
			name, ok = item.get("Name").literal()
		}
		switch {
		case item == nil, strings.HasPrefix(name, "AWS::Serverless"), name == "AWS::LanguageExtensions", strings.HasPrefix(name, "AWS::SecretsManager"),
			strings.HasPrefix(name, "AWS::CodeDeploy"):
		case ok:
			t.open = append(t.open, gateway.Open{Part: gateway.Everything, Why: "the macro " + name + " rewrites the template", Place: item.place})
		}
	}
}

// readAPIs reads every API that the template declares or adds to.
func (t *template) readAPIs() {
	for _, res := range t.resources {
		switch res.typ {
		case "AWS::ApiGateway::RestApi":
			t.APIs = append(t.APIs, t.worlds(func(s *scope) *gateway.Facts { return s.restAPI(res) })...)
		case "AWS::ApiGatewayV2::Api":
			t.APIs = append(t.APIs, t.worlds(func(s *scope) *gateway.Facts { return s.httpAPI(res) })...)
		}
	}
	t.elsewhere()
}

// exists reports whether a resource is made in the world.
func (s *scope) exists(res *resource) bool {
	name, ok := res.node.get("Condition").literal()
	if !ok {
		return true
	}
	truth, _ := s.holds(name)
	return truth != isFalse
}

// facts begins the facts of an API.
func (s *scope) facts(kind gateway.Kind, name string, at gateway.Place) *gateway.Facts {
	return &gateway.Facts{Kind: kind, Name: name, Tool: string(s.kind), Place: at, Open: append([]gateway.Open(nil), s.open...)}
}

// name is how the author calls a resource: the construct's path in the CDK's
// templates, the logical id in others.
func (t *template) name(res *resource) string {
	if t.kind == CDK {
		if p, ok := res.node.get("Metadata").get("aws:cdk:path").literal(); ok {
			return strings.TrimSuffix(p, "/Resource")
		}
	}
	return res.id
}

// reference is the resource that a value refers to, alone.
func (s *scope) reference(n *node) (id, attribute string, ok bool) {
	n = s.resolve(n)
	if !n.isKind(scalar) || len(n.parts) != 1 || n.parts[0].resource == "" {
		return "", "", false
	}
	return n.parts[0].resource, n.parts[0].attribute, true
}

// refersTo are the resources that a value names anywhere in it.
func (t *template) refersTo(n *node, found map[string]bool) {
	name, arg := intrinsic(n)
	switch name {
	case "Ref":
		id, _ := arg.literal()
		found[id] = true
		return
	case "Fn::GetAtt":
		if arg.isKind(list) && len(arg.items) > 0 {
			arg = arg.items[0]
		}
		text, _ := arg.literal()
		id, _, _ := strings.Cut(text, ".")
		found[id] = true
		return
	case "Fn::Sub":
		text := arg
		if arg.isKind(list) && len(arg.items) > 0 {
			text = arg.items[0]
		}
		rest, _ := text.literal()
		for {
			_, after, ok := strings.Cut(rest, "${")
			variable, behind, closed := strings.Cut(after, "}")
			if !ok || !closed {
				break
			}
			id, _, _ := strings.Cut(variable, ".")
			found[id] = true
			rest = behind
		}
	}
	if n == nil {
		return
	}
	for _, item := range n.items {
		t.refersTo(item, found)
	}
	for _, f := range n.fields {
		t.refersTo(f.value, found)
	}
}

// local opens a document that a template includes by a path beside it; nil
// where it is not there.
func (t *template) local(location string) *document {
	if location == "" || strings.Contains(location, "://") {
		return nil
	}
	name := path.Join(path.Dir(t.file), location)
	if !fs.ValidPath(name) || path.IsAbs(location) {
		return nil
	}
	if d, ok := t.locals[name]; ok {
		return d
	}
	if t.locals == nil {
		t.locals = map[string]*document{}
	}
	t.locals[name] = nil
	if info, err := fs.Stat(t.fsys, name); err != nil || info.IsDir() {
		return nil
	}
	d, err := t.reading.open(name)
	if err != nil {
		return nil
	}
	t.locals[name] = d
	return d
}
