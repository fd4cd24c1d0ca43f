// Package reader reads the files in which people tell API Gateway about their
// APIs, and gives what they say as [gateway.Facts] with the places that say it.
//
// It models what each file's tool makes of it: what the SAM transform writes,
// what CloudFormation resolves, what Terraform evaluates. A value that only a
// deployment knows is unknown, with the reason; nothing is guessed. Nothing is
// sent anywhere, and nothing outside of the given file system is read.
package reader

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"apigw-cors/generator/gateway"
)

// Kind is what a file is written for; [gateway.Facts.Tool] has the same words.
type Kind string

// The kinds. The zero Kind is a file that tells API Gateway nothing.
const (
	SAM            Kind = "sam"
	CloudFormation Kind = "cloudformation"
	CDK            Kind = "cdk"
	OpenAPI        Kind = "openapi"
	Terraform      Kind = "terraform"
	Serverless     Kind = "serverless"
)

// Options tell what the files leave to those who deploy them.
type Options struct {
	// Parameters are the values of a CloudFormation template's parameters by
	// name; a parameter without a value has its default.
	Parameters map[string]string
	// Variables are the values of a Terraform module's input variables by
	// name, in HCL's syntax or as plain text.
	Variables map[string]string
	// Plan is what `terraform show -json` prints of a plan, or of a state.
	Plan []byte
}

// Reading is what one file, or one folder of a tool that reads folders, says.
type Reading struct {
	Kind Kind
	// Path is the path that was read; Files are all files that had a part in
	// it: includes, bodies and modules, too.
	Path  string
	Files []string
	APIs  []gateway.Facts
	// Faults keep a file, or a part of it, from being read. APIs holds what
	// could be read in spite of them.
	Faults []Fault
	// Refused is what the file's tool itself will refuse, or read otherwise
	// than it is written.
	Refused []Fault
	// Replaced are the places of keys that a later one in the same mapping
	// replaces: what they say has no effect.
	Replaced []gateway.Place
}

// Fault is something wrong with a file, at its place.
type Fault struct {
	Place gateway.Place
	// Code names a fault that has a rule of its own; "" for others.
	Code string
	// Detail is what is wrong; Hint, where there is one, how to mend it.
	Detail, Hint string
}

// Error is "template.yaml:3:5: a detail".
func (f Fault) Error() string {
	switch p := f.Place; {
	case p.Line == 0:
		return fmt.Sprintf("%s: %s", p.File, f.Detail)
	case p.Column == 0:
		return fmt.Sprintf("%s:%d: %s", p.File, p.Line, f.Detail)
	default:
		return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, f.Detail)
	}
}

// Read reads a file, or the folder of a tool that reads folders (a Terraform
// module, the CDK's cdk.out). What is wrong with its content is among the
// Faults; the error is that of a path that cannot be opened. A file that tells
// API Gateway nothing gives a Reading without a Kind.
func Read(fsys fs.FS, name string, o Options) (Reading, error) {
	name = path.Clean(name)
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return Reading{}, err
	}
	r := &reading{fsys: fsys, options: o, Reading: Reading{Path: name}}
	switch {
	case info.IsDir():
		err = r.folder(name)
	case isTerraform(name):
		err = r.terraform(path.Dir(name))
	default:
		err = r.file(name)
	}
	return r.Reading, err
}

// reading is a Reading in the making.
type reading struct {
	Reading
	fsys    fs.FS
	options Options
}

// folder reads a folder as the tool does whose files are in it.
func (r *reading) folder(name string) error {
	entries, err := fs.ReadDir(r.fsys, name)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !e.IsDir() && isTerraform(e.Name()) {
			return r.terraform(name)
		}
	}
	for _, e := range entries {
		if !e.IsDir() && strings.HasSuffix(e.Name(), cdkTemplate) {
			if err := r.file(path.Join(name, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// file reads a document by what is in it.
func (r *reading) file(name string) error {
	d, err := r.open(name)
	if err != nil || d.root == nil {
		return err
	}
	kind := kindOf(d)
	if kind == "" {
		return nil
	}
	r.Kind = kind
	switch kind {
	case OpenAPI:
		r.openAPI(d)
	case Serverless:
		r.serverless(d)
	case Terraform:
		return r.terraformPlan(name)
	default:
		r.template(d, kind)
	}
	return nil
}

// open reads and parses a document of the file system. Its faults are noted;
// the document has then no root.
func (r *reading) open(name string) (*document, error) {
	d, err := load(r.fsys, name)
	if err != nil {
		return nil, err
	}
	r.Files = append(r.Files, name)
	r.Faults = append(r.Faults, d.faults...)
	r.Replaced = append(r.Replaced, d.replaced...)
	return d, nil
}

func (r *reading) fault(at gateway.Place, format string, args ...any) {
	r.Faults = append(r.Faults, Fault{Place: at, Detail: fmt.Sprintf(format, args...)})
}

func (r *reading) refuse(at gateway.Place, format string, args ...any) {
	r.Refused = append(r.Refused, Fault{Place: at, Detail: fmt.Sprintf(format, args...)})
}

// note keeps what a tool refuses, or reads otherwise than it is written, under
// the code of a rule.
func (r *reading) note(code string, at gateway.Place, detail, hint string) {
	r.Refused = append(r.Refused, Fault{Place: at, Code: code, Detail: detail, Hint: hint})
}

// The codes of what has a rule of its own.
const (
	codeRefusesCORS  = "sam-refuses-cors"
	codeWildcard     = "wildcard-with-credentials"
	codeIntrinsic    = "sam-httpapi-origins-intrinsic"
	codeShadowed     = "sam-cors-shadowed"
	codeNotBoolean   = "sam-credentials-ignored"
	codeMisplaced    = "misplaced-cors-key"
	codeBodyIgnored  = "body-cors-ignored"
	hintNamedOrigins = "name the origin instead of *, or leave the credentials out"
)
