package terraform

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"apigw-cors/generator/gateway"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// Bounds of what is read: a folder of files that somebody wrote by hand, or
// that a program wrote, but not one that was written to exhaust its reader.
const (
	MaxFileSize = 8 << 20
	MaxFiles    = 2000
	// maxNesting bounds brackets, operators and conditionals within one
	// another: the parser recurses, and a stack that overflows cannot be caught.
	maxNesting = 500
)

// Fault is what keeps a file, or a part of it, from being read.
type Fault struct {
	Place  gateway.Place
	Reason string
}

func (f Fault) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", f.Place.File, f.Place.Line, f.Place.Column, f.Reason)
}

// module is a folder of files, merged: what Terraform calls the configuration
// of a module.
type module struct {
	folder    string
	variables map[string]*body
	locals    map[string]argument
	outputs   map[string]*body
	calls     map[string]block
	// resources in the order of files and lines; data sources among them.
	resources []block
	// index gives the resource of a reference.
	index map[string]int
	// values of terraform.tfvars and *.auto.tfvars; of the root only.
	values map[string]argument
	// sources are the files by name.
	sources map[string][]byte
	faults  []Fault
}

// parseModule reads the files of a folder. A file that cannot be read is a
// fault and left out.
func parseModule(fsys fs.FS, folder string, root bool) *module {
	m := &module{
		folder: folder, variables: map[string]*body{}, locals: map[string]argument{},
		outputs: map[string]*body{}, calls: map[string]block{}, values: map[string]argument{}, index: map[string]int{}, sources: map[string][]byte{},
	}
	names, err := fs.ReadDir(fsys, folder)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !root:
		return m // who calls it tells of it
	case err != nil:
		m.fault(folder, err.Error())
		return m
	}
	var files, overrides, values []string
	for _, entry := range names {
		name := entry.Name()
		stem, isConfiguration := cutSuffixes(name, ".tf", ".tf.json")
		_, isAuto := cutSuffixes(name, ".auto.tfvars")
		switch {
		case entry.IsDir():
		case isConfiguration && (stem == "override" || strings.HasSuffix(stem, "_override")):
			overrides = append(overrides, name)
		case isConfiguration:
			files = append(files, name)
		case root && name == "terraform.tfvars":
			values = slices.Insert(values, 0, name)
		case root && isAuto:
			values = append(values, name)
		}
	}
	if len(files)+len(overrides) > MaxFiles {
		m.fault(folder, fmt.Sprintf("more than %d files", MaxFiles))
		return m
	}
	for _, name := range files {
		if b := m.parse(fsys, path.Join(folder, name)); b != nil {
			m.add(b)
		}
	}
	for _, name := range overrides {
		if b := m.parse(fsys, path.Join(folder, name)); b != nil {
			m.override(b)
		}
	}
	for _, name := range values {
		if b := m.parse(fsys, path.Join(folder, name)); b != nil {
			for name, a := range b.arguments {
				m.values[name] = a
			}
		}
	}
	return m
}

func cutSuffixes(name string, suffixes ...string) (stem string, ok bool) {
	for _, suffix := range suffixes {
		if stem, ok = strings.CutSuffix(name, suffix); ok {
			return stem, true
		}
	}
	return name, false
}

func (m *module) fault(file, reason string) {
	m.faults = append(m.faults, Fault{gateway.Place{File: file}, reason})
}

// parse gives the body of a file; nil where it cannot be read.
func (m *module) parse(fsys fs.FS, file string) *body {
	info, err := fs.Stat(fsys, file)
	if err != nil {
		m.fault(file, err.Error())
		return nil
	}
	if info.Size() > MaxFileSize {
		m.fault(file, fmt.Sprintf("larger than %d MiB", MaxFileSize>>20))
		return nil
	}
	source, err := fs.ReadFile(fsys, file)
	if err != nil {
		m.fault(file, err.Error())
		return nil
	}
	m.sources[file] = source
	var b *body
	var problems hcl.Diagnostics
	if strings.HasSuffix(file, ".json") {
		b, problems = parseJSON(source, file)
	} else if at, deep := nestedTooDeep(source, file); deep {
		problems = hcl.Diagnostics{{Severity: hcl.DiagError, Summary: "Nested too deep", Subject: &at}}
	} else {
		var parsed *hcl.File
		if parsed, problems = hclsyntax.ParseConfig(source, file, hcl.InitialPos); !problems.HasErrors() {
			b = nativeBody(parsed.Body.(*hclsyntax.Body))
		}
	}
	for _, p := range problems {
		if p.Severity != hcl.DiagError {
			continue
		}
		f := Fault{gateway.Place{File: file}, p.Summary}
		if p.Detail != "" {
			f.Reason += ": " + p.Detail
		}
		if p.Subject != nil {
			f.Place = place(*p.Subject)
		}
		m.faults = append(m.faults, f)
	}
	return b
}

// nestedTooDeep counts what makes the parser, or a walk over what it made,
// recurse, before it does: brackets within brackets, and the operators of one
// expression.
func nestedTooDeep(source []byte, file string) (at hcl.Range, deep bool) {
	tokens, _ := hclsyntax.LexConfig(source, file, hcl.InitialPos)
	var open []hclsyntax.TokenType
	operators := 0
	for _, t := range tokens {
		switch t.Type {
		case hclsyntax.TokenOBrack, hclsyntax.TokenTemplateControl:
			operators++
			open = append(open, t.Type)
		case hclsyntax.TokenOBrace, hclsyntax.TokenOParen, hclsyntax.TokenOQuote,
			hclsyntax.TokenOHeredoc, hclsyntax.TokenTemplateInterp:
			open = append(open, t.Type)
		case hclsyntax.TokenCBrace, hclsyntax.TokenCBrack, hclsyntax.TokenCParen, hclsyntax.TokenCQuote,
			hclsyntax.TokenCHeredoc, hclsyntax.TokenTemplateSeqEnd:
			open = open[:max(0, len(open)-1)]
		case hclsyntax.TokenComma:
			operators = 0
		case hclsyntax.TokenNewline:
			if len(open) == 0 || open[len(open)-1] == hclsyntax.TokenOBrace {
				operators = 0
			}
		case hclsyntax.TokenPlus, hclsyntax.TokenMinus, hclsyntax.TokenStar, hclsyntax.TokenSlash, hclsyntax.TokenPercent,
			hclsyntax.TokenAnd, hclsyntax.TokenOr, hclsyntax.TokenBang, hclsyntax.TokenQuestion,
			hclsyntax.TokenEqualOp, hclsyntax.TokenNotEqual, hclsyntax.TokenLessThan, hclsyntax.TokenLessThanEq,
			hclsyntax.TokenGreaterThan, hclsyntax.TokenGreaterThanEq:
			operators++
		}
		if len(open) > maxNesting || operators > maxNesting {
			return t.Range, true
		}
	}
	return at, false
}

// add files a body's blocks.
func (m *module) add(b *body) {
	for _, inner := range b.blocks {
		switch {
		case inner.kind == "locals":
			for name, a := range inner.body.arguments {
				m.locals[name] = a
			}
		case inner.kind == "variable" && len(inner.labels) == 1:
			m.variables[inner.labels[0]] = inner.body
		case inner.kind == "output" && len(inner.labels) == 1:
			m.outputs[inner.labels[0]] = inner.body
		case inner.kind == "module" && len(inner.labels) == 1:
			m.calls[inner.labels[0]] = inner
		case (inner.kind == "resource" || inner.kind == "data") && len(inner.labels) == 2:
			m.index[inner.reference()] = len(m.resources)
			m.resources = append(m.resources, inner)
		}
	}
}

func (m *module) override(b *body) {
	for _, inner := range b.blocks {
		var old *body
		switch {
		case inner.kind == "variable" && len(inner.labels) == 1:
			old = m.variables[inner.labels[0]]
		case inner.kind == "output" && len(inner.labels) == 1:
			old = m.outputs[inner.labels[0]]
		case inner.kind == "module" && len(inner.labels) == 1:
			old = m.calls[inner.labels[0]].body
		case (inner.kind == "resource" || inner.kind == "data") && len(inner.labels) == 2:
			if r := m.resource(inner.reference()); r != nil {
				old = r.body
			}
		case inner.kind == "locals":
			for name, a := range inner.body.arguments {
				m.locals[name] = a
			}
		}
		if old != nil {
			old.override(inner.body)
		}
	}
}

// resource is the block that a reference means; nil where there is none.
func (m *module) resource(reference string) *block {
	if i, ok := m.index[reference]; ok {
		return &m.resources[i]
	}
	return nil
}

// place is a range of HCL in the words of the facts.
func place(r hcl.Range) gateway.Place {
	return gateway.Place{File: r.Filename, Line: r.Start.Line, Column: r.Start.Column, Start: r.Start.Byte, End: r.End.Byte}
}
