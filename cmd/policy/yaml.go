package policy

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"apigw-cors/cmd/report"
)

type node = yaml.Node

// documents reads cors.yaml: each YAML document is one API, a mapping with the
// keys of its fields and few others. Empty documents are skipped. Aliases are
// followed, merge keys are not.
type documents struct {
	file    string
	text    *rememberingReader
	decoder *yaml.Decoder
	ended   bool
}

func newDocuments(file string, text io.Reader) *documents {
	r := &rememberingReader{Reader: text}
	return &documents{file: file, text: r, decoder: yaml.NewDecoder(r)}
}

// next reads the next document, and gives io.EOF after the last. A syntax
// error is a fault of the document, which then is the last.
func (d *documents) next() (document, error) {
	for !d.ended {
		root, err := d.decode()
		switch {
		case err == io.EOF:
			d.ended = true
		case d.text.err != nil:
			return document{}, fmt.Errorf("%s: %w", d.file, d.text.err)
		case err != nil:
			d.ended = true
			f := syntaxFault(d.file, err)
			return document{shared: Source{Places: places{file: d.file}, Faults: []report.Fault{f}, unreadable: true}}, nil
		case root.Kind == yaml.ScalarNode && root.Tag == "!!null" && root.Value == "":
		default:
			return read(d.file, root), nil
		}
	}
	return document{}, io.EOF
}

// decode gives the root of a document. A panic of the parser is an error of
// the text: the parser has known ones.
func (d *documents) decode() (root *yaml.Node, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("yaml: %v", p)
		}
	}()
	d.text.read = 0
	var document yaml.Node
	if err := d.decoder.Decode(&document); err != nil {
		return nil, err
	}
	return document.Content[0], nil
}

// mapping reads the keys of a mapping, each once, and only those it may have.
func (r *reading) mapping(n *yaml.Node, path string, keys []string, value func(key string, value *yaml.Node)) {
	at := n
	if n = r.resolve(n); n.Kind != yaml.MappingNode {
		r.wrongType(at, path, "a mapping of "+strings.Join(keys, ", "), "")
		return
	}
	first := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content) && r.spend(); i += 2 {
		key := n.Content[i]
		at := strings.TrimPrefix(path+"."+key.Value, ".")
		switch {
		case key.Kind == yaml.ScalarNode && key.Tag == "!!merge":
			r.fault(key, at, "a merge key", "write the keys out, or give each its own alias")
		case key.Kind != yaml.ScalarNode || !slices.Contains(keys, key.Value):
			r.unknown(key, path, keys)
		case first[key.Value] != nil:
			was := report.Place{File: r.Places.file, Line: first[key.Value].Line, Column: first[key.Value].Column}
			r.fault(key, at, "given twice, first at "+was.String(), "keep one of the two")
		default:
			first[key.Value] = key
			r.Places.at[at] = position{key.Line, key.Column}
			value(key.Value, n.Content[i+1])
		}
	}
}

// scalar reads a string. A plain 42 or true is not one: a person may see a word
// where YAML sees a number.
func (r *reading) scalar(at *yaml.Node, path string) string {
	n := r.here(at, path)
	if n.Kind == yaml.ScalarNode && n.Tag == "!!str" && n.Value != "" {
		return n.Value
	}
	hint := ""
	if n.Kind == yaml.ScalarNode && n.Value != "" {
		hint = "quote it: " + strconv.Quote(n.Value)
	}
	r.wrongType(at, path, "a text", hint)
	return ""
}

func (r *reading) boolean(at *yaml.Node, path string) bool {
	n := r.here(at, path)
	if n.Kind == yaml.ScalarNode && n.Tag == "!!bool" {
		return strings.EqualFold(n.Value, "true")
	}
	hint := "write true or false"
	switch strings.ToLower(n.Value) {
	case "yes", "on", "y", "true", "1":
		hint = "write true, without quotes"
	case "no", "off", "n", "false", "0":
		hint = "write false, without quotes"
	}
	r.wrongType(at, path, "true or false", hint)
	return false
}

// list reads a list of strings. A single string is not taken for a list of one: it
// may hold a comma, and then nobody can tell what was meant.
func (r *reading) list(at *yaml.Node, path, never string) []string {
	n := r.resolve(at)
	if n.Kind != yaml.SequenceNode {
		hint := ""
		if n.Kind == yaml.ScalarNode && n.Tag != "!!null" {
			hint = "write " + flowList(n.Value)
		}
		r.wrongType(at, path, "a list", hint)
		return nil
	}
	if len(n.Content) == 0 && never != "" {
		r.fault(at, path, "an empty list", never)
	}
	out := []string{}
	for i, entry := range n.Content {
		if !r.spend() {
			break
		}
		out = append(out, r.scalar(entry, report.PathOf(path, i)))
	}
	return out
}

// mappings reads a list of mappings. entry gives what takes the values of each; a
// text in the place of one was probably meant for the key plain.
func (r *reading) mappings(at *yaml.Node, key string, keys []string, never, plain string, entry func(path string) func(path, key string, value *yaml.Node)) {
	n := r.resolve(at)
	if n.Kind != yaml.SequenceNode {
		r.wrongType(at, key, "a list of {"+strings.Join(keys, ", ")+"}", "put a - in front of each entry")
		return
	}
	if len(n.Content) == 0 {
		r.fault(at, key, "an empty list", never)
	}
	for i, node := range n.Content {
		if !r.spend() {
			break
		}
		path := report.PathOf(key, i)
		if n := r.here(node, path); n.Kind == yaml.ScalarNode && n.Value != "" {
			r.wrongType(node, path, "a mapping", "write {"+plain+": "+strconv.Quote(n.Value)+"}")
			continue
		}
		take := entry(path)
		r.mapping(node, path, keys, func(key string, value *yaml.Node) { take(path+"."+key, key, value) })
	}
}

// resolve follows an alias. The parser also knows the anchors of the documents
// before, which do not count in this one.
func (r *reading) resolve(n *yaml.Node) *yaml.Node {
	start := r.Places.start
	if n.Kind != yaml.AliasNode || n.Alias.Line < start.line || n.Alias.Line == start.line && n.Alias.Column < start.column {
		return n
	}
	return n.Alias
}

// isText and its like tell what a resolved value is.
func isText(n *node) bool    { return n.Kind == yaml.ScalarNode && n.Tag == "!!str" }
func isScalar(n *node) bool  { return n.Kind == yaml.ScalarNode }
func isMapping(n *node) bool { return n.Kind == yaml.MappingNode }
func isNothing(n *node) bool { return n.Tag == "!!null" }

func (r *reading) wrongType(at *yaml.Node, path, want, hint string) {
	detail := "not " + want
	n := r.resolve(at)
	switch {
	case n.Kind == yaml.AliasNode:
		detail, hint = "an alias of another document", "anchor the value in this document, too"
	case n.Tag == "!!null" || n.Kind == yaml.ScalarNode && n.Tag == "!!str" && n.Value == "":
		detail = "no value, where " + want + " belongs"
		hint = "give one, or leave the key out"
	case n.Kind == yaml.MappingNode:
		detail += " but a mapping"
	case n.Kind == yaml.SequenceNode:
		detail += " but a list"
	}
	r.fault(at, path, detail, hint)
	if n.Kind == yaml.ScalarNode {
		r.Faults[len(r.Faults)-1].Value = n.Value
	}
}

// encodeYAML writes a mapping. It is here so that this file alone knows the
// library.
func encodeYAML(entries []keyValue) ([]byte, error) { return encodeCommented(entries, nil, nil) }

// encodeCommented is encodeYAML below the lines of head and above those of foot.
func encodeCommented(entries []keyValue, head, foot []string) ([]byte, error) {
	root, err := mappingNode(entries)
	if err != nil {
		return nil, err
	}
	document := &yaml.Node{Kind: yaml.DocumentNode, Content: []*yaml.Node{root}, HeadComment: comment(head), FootComment: comment(foot)}
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	err = e.Encode(document)
	return b.Bytes(), errors.Join(err, e.Close())
}

func comment(lines []string) string {
	var out []string
	for _, line := range lines {
		out = append(out, strings.TrimRight("# "+report.Clean(line), " "))
	}
	return strings.Join(out, "\n")
}

func mappingNode(entries []keyValue) (*yaml.Node, error) {
	mapping := &yaml.Node{Kind: yaml.MappingNode}
	for _, e := range entries {
		var key, value yaml.Node
		key.SetString(e.key)
		key.HeadComment = comment(e.comments[""])
		switch v := e.value.(type) {
		case nil:
			value = yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null"}
		case [][]keyValue:
			value.Kind = yaml.SequenceNode
			for i, inner := range v {
				for j := range inner {
					inner[j].comments = map[string][]string{"": e.comments[fmt.Sprintf("[%d].%s", i, inner[j].key)]}
				}
				n, err := mappingNode(inner)
				if err != nil {
					return nil, err
				}
				n.HeadComment = comment(e.comments[fmt.Sprintf("[%d]", i)])
				value.Content = append(value.Content, n)
			}
		default:
			if err := value.Encode(v); err != nil {
				return nil, err
			}
			for i, entry := range value.Content {
				if entry.HeadComment = comment(e.comments[fmt.Sprintf("[%d]", i)]); entry.HeadComment != "" && entry.Value == "" {
					*entry = yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", HeadComment: entry.HeadComment}
				}
			}
		}
		if value.Kind == yaml.SequenceNode && !e.lines {
			value.Style = yaml.FlowStyle
		}
		mapping.Content = append(mapping.Content, &key, &value)
	}
	return mapping, nil
}
