package reader

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"unicode/utf8"

	"apigw-cors/generator/gateway"
)

// MaxBytes is the size of a document.
const MaxBytes = 16 << 20

// What a document may cost. CloudFormation takes templates of 1 MB, API
// Gateway imports bodies of 6 MB.
const (
	// maxValues is how many values it may have, those repeated by aliases
	// counted each time.
	maxValues = 1 << 18
	// maxDepth is how deep they may be nested.
	maxDepth = 200
	// maxSteps is how many values may be looked at in all worlds of a
	// template, those that references repeat counted each time.
	maxSteps = 1 << 22
	// headerSteps is what a header counts.
	headerSteps = 32
	// maxResources is how many resources a template may have; CloudFormation
	// takes 500.
	maxResources = 1000
)

// tooMuch is why a value is unknown that maxSteps did not reach.
const tooMuch = "there is too much in the file to look at"

// document is a YAML or JSON file.
type document struct {
	file string
	// root is nil where the file has faults, or nothing in it.
	root     *node
	faults   []Fault
	replaced []gateway.Place
	// forGateway is set where some extension of API Gateway is in it, json where
	// it is JSON.
	forGateway, json bool
}

// node is a value of a document, or one that a tool makes of them.
type node struct {
	kind nodeKind
	// tag is that of a YAML short form, such as "!Sub".
	tag string
	// typ and parts are of a scalar.
	typ   scalarType
	parts []part
	// why is the reason of an unknown value.
	why string
	// items are of a list, fields of a mapping.
	items  []*node
	fields []field
	index  map[string]int
	place  gateway.Place
	// madeBy is the tool's feature that made the value; its place is that of
	// the property that asked for it.
	madeBy string
}

type nodeKind uint8

const (
	scalar nodeKind = iota
	list
	mapping
	unknown
)

type scalarType uint8

const (
	textType scalarType = iota
	nullType
	boolType
	numberType
)

// field is a key of a mapping with its value.
type field struct {
	key   string
	at    gateway.Place
	value *node
}

// place is that of the key with its value.
func (f field) place() gateway.Place {
	p := f.at
	if v := f.value.place; v.File == p.File && v.End > p.End {
		p.End = v.End
	}
	return p
}

// part is a stretch of a text: literal, unknown, or what a deployed resource
// is called.
type part struct {
	literal, unknown string
	// resource and attribute are what an unknown part refers to; attribute is
	// "" for a Ref.
	resource, attribute string
}

func textNode(s string, at gateway.Place) *node {
	return &node{kind: scalar, parts: []part{{literal: s}}, place: at}
}

func unknownNode(at gateway.Place, why string) *node {
	return &node{kind: unknown, why: why, place: at}
}

// literal is the text of a scalar all of which is known.
func (n *node) literal() (string, bool) {
	if n == nil || n.kind != scalar {
		return "", false
	}
	if len(n.parts) == 1 {
		return n.parts[0].literal, n.parts[0].unknown == ""
	}
	var b bytes.Buffer
	for _, p := range n.parts {
		if p.unknown != "" {
			return "", false
		}
		b.WriteString(p.literal)
	}
	return b.String(), true
}

// is reports whether a scalar is the text.
func (n *node) is(s string) bool {
	got, ok := n.literal()
	return ok && got == s
}

func (n *node) isKind(k nodeKind) bool { return n != nil && n.kind == k }

func (n *node) isNull() bool { return n.isKind(scalar) && n.typ == nullType }

// get is the value of a key; nil where the mapping does not have it.
func (n *node) get(key string) *node {
	f, _ := n.field(key)
	return f.value
}

func (n *node) field(key string) (field, bool) {
	if n == nil || n.kind != mapping {
		return field{}, false
	}
	if n.index != nil {
		i, ok := n.index[key]
		if !ok {
			return field{}, false
		}
		return n.fields[i], true
	}
	for _, f := range n.fields {
		if f.key == key {
			return f, true
		}
	}
	return field{}, false
}

// placeOfKey is where a mapping has a key with its value; zero where it has not.
func placeOfKey(n *node, key string) gateway.Place {
	if f, ok := n.field(key); ok && f.value != nil {
		return f.place()
	}
	return gateway.Place{}
}

// set gives a key its value, in its old place where it has one. It reports the
// place of what it replaces.
func (n *node) set(f field) (old gateway.Place, replaced bool) {
	if was, ok := n.field(f.key); ok {
		i, indexed := n.index[f.key]
		if !indexed {
			i = slices.IndexFunc(n.fields, func(have field) bool { return have.key == f.key })
		}
		n.fields[i] = f
		return was.at, true
	}
	n.fields = append(n.fields, f)
	if n.index != nil {
		n.index[f.key] = len(n.fields) - 1
	} else if len(n.fields) > 16 {
		n.index = make(map[string]int, 2*len(n.fields))
		for i, f := range n.fields {
			n.index[f.key] = i
		}
	}
	return gateway.Place{}, false
}

// load reads and parses a file. The error is that of opening it.
func load(fsys fs.FS, name string) (*document, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	src, err := io.ReadAll(io.LimitReader(f, MaxBytes+1))
	if err != nil {
		return nil, err
	}
	return parse(name, src), nil
}

// parse parses a document: JSON where it looks like it, otherwise YAML.
func parse(name string, src []byte) *document {
	d := &document{file: name, forGateway: has(src, "x-amazon-apigateway")}
	at := gateway.Place{File: name}
	switch bad := invalidUTF8(src); {
	case len(src) > MaxBytes:
		d.fault(at, fmt.Sprintf("larger than %d MiB", MaxBytes>>20))
		return d
	case bad >= 0:
		l := newLines(name, src)
		d.fault(l.place(bad, bad+1), "not UTF-8")
		return d
	}
	body := bytes.TrimLeft(bytes.TrimPrefix(src, []byte(bom)), " \t\r\n")
	if len(body) > 0 && (body[0] == '{' || body[0] == '[') {
		err := d.parseJSON(src)
		if err == nil || path.Ext(name) == ".json" {
			d.json = true
			d.fail(err)
			return d
		}
		d.replaced = nil
	}
	d.fail(d.parseYAML(src))
	return d
}

// fail notes a fault and takes away what was parsed before it.
func (d *document) fail(err error) {
	if err == nil {
		return
	}
	d.root = nil
	var f Fault
	if !errors.As(err, &f) {
		f = Fault{Place: gateway.Place{File: d.file}, Detail: err.Error()}
	}
	switch path.Ext(d.file) {
	case ".ts", ".js", ".py", ".java", ".cs", ".go":
		f.Hint = "programs are not read, but the templates they write, as cdk synth does into cdk.out"
	}
	d.faults = append(d.faults, f)
}

func (d *document) fault(at gateway.Place, detail string) {
	d.faults = append(d.faults, Fault{Place: at, Detail: detail})
}

const bom = "\ufeff"

// invalidUTF8 is the offset of the first byte that is not UTF-8; -1 where all is.
func invalidUTF8(src []byte) int {
	if utf8.Valid(src) {
		return -1
	}
	for i := 0; i < len(src); {
		r, size := utf8.DecodeRune(src[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

var errTooMany = fmt.Errorf("more than %d values", maxValues)

var errTooDeep = fmt.Errorf("nested more than %d levels deep", maxDepth)
