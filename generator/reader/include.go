package reader

// expand puts documents that are there in place of the AWS::Include transforms
// in a value, as CloudFormation does before it runs the SAM transform. One that
// is not there stays.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-include.html
func (t *template) expand(n *node) *node {
	if n == nil || !t.spend(1) {
		return n
	}
	if name, arg := intrinsic(n); name == "Fn::Transform" {
		if included := t.include(arg); included != nil {
			return included
		}
		return n
	}
	out := n
	change := func() {
		if out == n {
			out = n.clone()
		}
	}
	for i, item := range n.items {
		if e := t.expand(item); e != item {
			change()
			out.items[i] = e
		}
	}
	for i, f := range n.fields {
		if e := t.expand(f.value); e != f.value {
			change()
			out.fields[i].value = e
		}
	}
	if f, ok := n.field("Fn::Transform"); ok && n.kind == mapping {
		if included := t.include(f.value); included.isKind(mapping) {
			merged := &node{kind: mapping, place: n.place}
			for _, g := range out.fields {
				if g.key != f.key {
					merged.set(g)
				}
			}
			for _, g := range included.fields {
				merged.set(g)
			}
			return merged
		}
	}
	return out
}

// include is the document that an AWS::Include transform names; nil where it is
// another transform, or the document is not there.
func (t *template) include(transform *node) *node {
	if !transform.get("Name").is("AWS::Include") {
		return nil
	}
	location, ok := (&scope{template: t}).resolve(transform.get("Parameters").get("Location")).literal()
	if !ok {
		return nil
	}
	d := t.local(location)
	if d == nil {
		return nil
	}
	return d.root
}

// clone copies a value, not what is in it.
func (n *node) clone() *node {
	out := *n
	out.items = append([]*node(nil), n.items...)
	out.fields = append([]field(nil), n.fields...)
	if n.index != nil {
		out.index = make(map[string]int, len(n.index))
		for k, v := range n.index {
			out.index[k] = v
		}
	}
	return &out
}
