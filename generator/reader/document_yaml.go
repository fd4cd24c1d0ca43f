package reader

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"apigw-cors/generator/gateway"
)

// parseYAML parses the first document of a YAML file. Tags such as !Ref are
// kept; anchors, aliases and merge keys are followed.
func (d *document) parseYAML(src []byte) error {
	l := newLines(d.file, src)
	// Every value stands beside an indicator. The parser builds all of them
	// before they can be counted.
	if indicators(src) > 2*maxValues {
		return Fault{Place: gateway.Place{File: d.file}, Detail: errTooMany.Error()}
	}
	var root yaml.Node
	if err := yaml.NewDecoder(bytes.NewReader(src)).Decode(&root); err != nil {
		if errors.Is(err, io.EOF) {
			return nil
		}
		return yamlFault(d.file, len(l.starts), err)
	}
	if len(root.Content) == 0 {
		return nil
	}
	p := &yamlParser{document: d, lines: l, done: map[*yaml.Node]*converted{}}
	n, _, err := p.value(root.Content[0], 0)
	if err != nil {
		return err
	}
	d.root = n
	return nil
}

func indicators(src []byte) int {
	n := 0
	for _, b := range src {
		switch b {
		case ',', ':', '-', '?', '[', '{':
			n++
		}
	}
	return n
}

// yamlFault gives the parser's error its line. A parser's error, other than a
// scanner's, counts lines from 0.
func yamlFault(file string, lines int, err error) Fault {
	detail := strings.TrimPrefix(err.Error(), "yaml: ")
	f := Fault{Place: gateway.Place{File: file}, Detail: detail}
	m := regexp.MustCompile(`^line (\d+): `).FindStringSubmatch(detail)
	if m == nil {
		return f
	}
	line, _ := strconv.Atoi(m[1])
	f.Detail = detail[len(m[0]):]
	if regexp.MustCompile(`^did not find expected (<|'-'|',' or|key|node content)`).MatchString(f.Detail) {
		line++
	}
	f.Place.Line = max(1, min(line, lines))
	switch {
	case strings.HasPrefix(f.Detail, "found character that cannot start any token"):
		f.Hint = "indent with spaces, and quote a text that begins with a special character such as @, ` or %"
	case strings.HasPrefix(f.Detail, "did not find expected alphabetic or numeric character"):
		f.Hint = `a bare * is an alias: write "'*'" for the static value '*'`
	}
	return f
}

// yamlParser makes nodes of what the YAML parser gives, in the source's order.
type yamlParser struct {
	*document
	lines *lines
	done  map[*yaml.Node]*converted
	// values counts those that aliases repeat each time.
	values int
}

// converted is a value that an alias may stand for; size counts the values in
// it. The node is nil while it is still in the making.
type converted struct {
	node *node
	size int
}

func (p *yamlParser) value(y *yaml.Node, depth int) (*node, int, error) {
	if depth > maxDepth {
		return nil, 0, p.at(y, errTooDeep)
	}
	if y.Kind == yaml.AliasNode {
		c := p.done[y.Alias]
		if c == nil || c.node == nil {
			return nil, 0, p.at(y, fmt.Errorf("the alias *%s stands inside of what it repeats", y.Value))
		}
		if p.values += c.size; p.values > maxValues {
			return nil, 0, p.at(y, errTooMany)
		}
		return c.node, c.size, nil
	}
	if p.values++; p.values > maxValues {
		return nil, 0, p.at(y, errTooMany)
	}
	var c *converted
	if y.Anchor != "" {
		c = &converted{}
		p.done[y] = c
	}
	n, size, err := p.of(y, depth)
	if err != nil {
		return nil, 0, err
	}
	if c != nil {
		c.node, c.size = n, size
	}
	return n, size, nil
}

func (p *yamlParser) of(y *yaml.Node, depth int) (*node, int, error) {
	start := p.lines.offset(y.Line, y.Column)
	n := &node{place: p.lines.place(start, start)}
	if tag := y.ShortTag(); y.Style&yaml.TaggedStyle != 0 && !strings.HasPrefix(tag, "!!") {
		n.tag = tag
	}
	size := 1
	switch y.Kind {
	case yaml.ScalarNode:
		n.typ, n.parts = yamlType(y), []part{{literal: y.Value}}
		n.place.End = p.scalarEnd(y, start)
	case yaml.SequenceNode:
		n.kind = list
		n.items = make([]*node, 0, len(y.Content))
		end := p.inside(y, start)
		for _, child := range y.Content {
			item, s, err := p.value(child, depth+1)
			if err != nil {
				return nil, 0, err
			}
			size += s
			n.items = append(n.items, item)
			end = p.behind(child, item, end)
		}
		n.place.End = p.collectionEnd(y, end)
	case yaml.MappingNode:
		n.kind = mapping
		end := p.inside(y, start)
		for i := 0; i+1 < len(y.Content); i += 2 {
			s, err := p.field(n, y.Content[i], y.Content[i+1], depth, &end)
			if err != nil {
				return nil, 0, err
			}
			size += s
		}
		n.place.End = p.collectionEnd(y, end)
	}
	return n, size, nil
}

// field adds a key with its value to a mapping.
func (p *yamlParser) field(n *node, key, value *yaml.Node, depth int, end *int) (int, error) {
	k, ks, err := p.value(key, depth+1)
	if err != nil {
		return 0, err
	}
	v, vs, err := p.value(value, depth+1)
	if err != nil {
		return 0, err
	}
	*end = p.behind(value, v, p.behind(key, k, *end))
	if key.Tag == "!!merge" {
		n.merge(v)
		return ks + vs, nil
	}
	name, ok := k.literal()
	if !ok {
		return ks + vs, nil
	}
	at := k.place
	if key.Kind == yaml.AliasNode {
		start := p.lines.offset(key.Line, key.Column)
		at = p.lines.place(start, start+1+len(key.Value))
	}
	if old, replaced := n.set(field{key: name, at: at, value: v}); replaced && old.Start >= n.place.Start {
		p.replaced = append(p.replaced, old)
	}
	return ks + vs, nil
}

// merge adds the fields of a merge key's mappings where the mapping does not
// have them; https://yaml.org/type/merge.html.
func (n *node) merge(from *node) {
	switch from.kind {
	case mapping:
		for _, f := range from.fields {
			if _, ok := n.field(f.key); !ok {
				n.set(f)
			}
		}
	case list:
		for _, item := range from.items {
			if item.kind == mapping {
				n.merge(item)
			}
		}
	}
}

func yamlType(y *yaml.Node) scalarType {
	switch y.ShortTag() {
	case "!!null":
		return nullType
	case "!!bool":
		return boolType
	case "!!int", "!!float":
		return numberType
	}
	// The tools read YAML 1.1, where these are booleans, too.
	if y.Style == 0 {
		switch strings.ToLower(y.Value) {
		case "yes", "no", "on", "off":
			return boolType
		}
	}
	return textType
}

// at gives an error the place of a value.
func (p *yamlParser) at(y *yaml.Node, err error) error {
	start := p.lines.offset(y.Line, y.Column)
	return Fault{Place: p.lines.place(start, start+len(y.Value)), Detail: err.Error()}
}
