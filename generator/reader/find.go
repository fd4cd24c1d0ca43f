package reader

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// cdkTemplate is how the names of the templates end that the CDK synthesises.
const cdkTemplate = ".template.json"

// Find gives what may be read at or below a folder, by what is in the files:
// documents by their own path, Terraform modules by their folder's. [Read] tells
// for sure: it gives no Kind for a file that only looks like it. skip, where it
// is not nil, leaves out a path (for a folder, all that is in it). Folders of
// packages and of tools are left out without asking.
//
// A body that a template includes is found, too: who reads both may leave out
// a reading whose path is among the Files of another.
func Find(fsys fs.FS, root string, skip func(name string, isDir bool) bool) ([]string, error) {
	var found []string
	modules := terraformFolders{fsys, map[string]*terraformFolder{}}
	root = path.Clean(root)
	err := fs.WalkDir(fsys, root, func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil && e != nil && e.IsDir() && name != root:
			return fs.SkipDir
		case err != nil:
			return err
		case name != root && (e.IsDir() && isForeign(e.Name()) || skip != nil && skip(name, e.IsDir())):
			if e.IsDir() {
				return fs.SkipDir
			}
		case !e.Type().IsRegular():
		case isTerraform(name):
			modules.add(name)
		case isDocument(name) && isOurs(textOfFile(fsys, name)):
			found = append(found, name)
		}
		return nil
	})
	found = append(found, modules.found()...)
	slices.Sort(found)
	return found, err
}

// isForeign reports whether a folder holds what others wrote, or what a tool
// makes of what stands beside it.
func isForeign(folder string) bool {
	switch folder {
	case ".git", ".hg", ".svn", "node_modules", "bower_components", "vendor", "venv", ".venv", "__pycache__", ".terraform", ".aws-sam":
		return true
	}
	return false
}

// isDocument reports whether a name is that of a YAML or JSON file.
func isDocument(name string) bool {
	switch path.Ext(name) {
	case ".yaml", ".yml", ".json", ".template":
		return true
	}
	return false
}

// textOfFile is a file's text, as much of it as is read of any; nil where it cannot
// be read.
func textOfFile(fsys fs.FS, name string) []byte {
	f, err := fsys.Open(name)
	if err != nil {
		return nil
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, MaxBytes+1))
	if err != nil {
		return nil
	}
	return text
}

func isModule(text []byte) bool {
	return has(text, "aws_api_gateway_") || has(text, "aws_apigatewayv2_") || has(text, "x-amazon-apigateway")
}

// isOurs reports whether a document looks like a template with an API, an
// OpenAPI document for one, a plan of Terraform, or a serverless.yml.
func isOurs(text []byte) bool {
	return (has(text, "AWS::ApiGateway") || has(text, "AWS::Serverless")) && has(text, "Resources") ||
		has(text, "x-amazon-apigateway") && has(text, "paths") && (has(text, "openapi") || has(text, "swagger")) ||
		has(text, "terraform_version") && isModule(text) ||
		has(text, "service") && hasKey(text, "provider") && has(text, "aws") && (has(text, "functions") || has(text, "resources"))
}

func has(text []byte, word string) bool { return bytes.Contains(text, []byte(word)) }

// hasKey reports whether a text may have a key of YAML or JSON.
func hasKey(text []byte, key string) bool { return has(text, key+":") || has(text, `"`+key+`"`) }

// kindOf is the kind of a document, by what is in it.
func kindOf(d *document) Kind {
	root := d.root
	if !root.isKind(mapping) {
		return ""
	}
	if resources := root.get("Resources"); resources.isKind(mapping) {
		return templateKind(d, resources)
	}
	version, ok := root.get("openapi").literal()
	if !ok {
		version, ok = root.get("swagger").literal()
	}
	switch {
	case ok && version != "" && root.get("paths") != nil && d.forGateway:
		return OpenAPI
	case root.get("format_version") != nil && (root.get("planned_values") != nil || root.get("values").get("root_module") != nil):
		return Terraform
	case root.get("service") != nil && isAWS(root.get("provider")):
		return Serverless
	}
	return ""
}

// isAWS reports whether a serverless.yml is for AWS.
func isAWS(provider *node) bool {
	return provider.is("aws") || provider.get("name").is("aws")
}

// templateKind tells who wrote a CloudFormation template, or will read it.
func templateKind(d *document, resources *node) Kind {
	kind := Kind("")
	for _, f := range resources.fields {
		t, _ := f.value.get("Type").literal()
		switch {
		case strings.HasPrefix(t, "AWS::Serverless::"):
			return SAM
		case t == "AWS::CDK::Metadata", f.value.get("Metadata").get("aws:cdk:path") != nil:
			kind = CDK
		case kind == "" && strings.HasPrefix(t, "AWS::"):
			kind = CloudFormation
		}
	}
	if kind == CloudFormation && resources.get("ServerlessDeploymentBucket") != nil {
		return Serverless
	}
	return kind
}
