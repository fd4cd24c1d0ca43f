package terraform

import (
	"io/fs"
	"path"
	"regexp"
	"strings"

	"apigw-cors/generator/gateway"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// files are the functions that read files, as far as those are among what may
// be read.
func (e *evaluator) files(name string, args []Value, at gateway.Place) (Value, bool) {
	switch name {
	case "file", "templatefile", "fileexists", "filebase64":
	case "templatestring":
		if len(args) == 2 {
			if s, known := args[0].known(); known {
				v := e.template(s, "", args[1], at)
				v.origin = nil
				return v, true
			}
		}
		return Value{}, false
	case "abspath", "pathexpand":
		if len(args) == 1 {
			return args[0], true
		}
		return Value{}, false
	case "basename", "dirname":
		if s, known := onlyText(args); known {
			if name == "basename" {
				return textValue(path.Base(s), at), true
			}
			return textValue(path.Dir(s), at), true
		}
		return Value{}, false
	default:
		return Value{}, false
	}
	if len(args) == 0 {
		return wrongArguments(name, at)
	}
	file, known := args[0].known()
	if !known {
		return unknownValue(whyUnknown(args[0]), at), true
	}
	source, file, why := e.open(file)
	if name == "fileexists" && why == "" {
		return boolValue(true, at), true
	}
	if why != "" {
		return unknownValue(why, at), true
	}
	switch {
	case name == "file":
		v := textValue(source, gateway.Place{File: file, Line: 1, Column: 1, End: len(source)})
		v.origin = &origin{pieces: []piece{{value: v, file: v.at.File, src: []byte(source), start: hcl.InitialPos, end: len(source)}}}
		return v, true
	case name == "templatefile" && len(args) == 2:
		return e.template(source, file, args[1], at), true
	}
	return unknownValue(name+"() is not computed here", at), true
}

// open gives a file that is beside the configuration. Terraform runs in the
// folder of the root module; path.module is from the top of what is read.
func (e *evaluator) open(file string) (source, name, why string) {
	name = path.Join(e.options.root, file)
	info, err := fs.Stat(e.fsys, name)
	if err != nil {
		name = path.Clean(file)
		if !fs.ValidPath(name) {
			return "", "", file + " is outside of what is read"
		}
		info, err = fs.Stat(e.fsys, name)
	}
	if err != nil || info.IsDir() {
		return "", "", file + " is not there"
	}
	if info.Size() > MaxFileSize {
		return "", "", file + " is too large"
	}
	data, err := fs.ReadFile(e.fsys, name)
	if err != nil {
		return "", "", err.Error()
	}
	e.read[name] = true
	return string(data), name, ""
}

// template renders a template with the variables it is given.
func (e *evaluator) template(source, file string, variables Value, at gateway.Place) Value {
	if _, deep := nestedTooDeep([]byte(source), file); deep {
		return unknownValue(file+" is nested too deep", at)
	}
	x, problems := hclsyntax.ParseTemplate([]byte(source), file, hcl.InitialPos)
	if problems.HasErrors() {
		return wrongValue(problems.Error(), at)
	}
	env := environment{scope: newScope(&module{})}
	for _, entry := range variables.entries {
		env = env.bind(entry.name, entry.Value)
	}
	e.sources[file] = []byte(source)
	v := e.eval(x, env)
	v.at = at
	return v
}

// rendered is what the data source template_file makes, as templatefile does
// today.
// https://registry.terraform.io/providers/hashicorp/template/latest/docs/data-sources/file
func (r *Resource) rendered(at gateway.Place) Value {
	t := r.Get("template")
	source, known := t.known()
	if !known {
		return unknownValue(whyUnknown(t), at)
	}
	if t.origin != nil && len(t.origin.pieces) == 1 {
		return r.evaluator.template(source, t.origin.pieces[0].file, r.Get("vars"), at)
	}
	v := r.evaluator.template(source, "", r.Get("vars"), at)
	v.origin = nil
	return v
}

// replace substitutes a string, or a regular expression between slashes.
func (e *evaluator) replace(args []Value, at gateway.Place) (Value, bool) {
	if len(args) != 3 {
		return wrongArguments("replace", at)
	}
	var s [3]string
	for i, arg := range args {
		var known bool
		if s[i], known = arg.known(); !known {
			return unknownValue(whyUnknown(arg), at), true
		}
	}
	if n := strings.Count(s[0], s[1]); s[1] != "" && n*len(s[2]) > maxLength || s[1] == "" && len(s[0])*len(s[2]) > maxLength {
		return unknownValue(tooLarge, at), true
	}
	if len(s[1]) > 1 && s[1][0] == '/' && s[1][len(s[1])-1] == '/' {
		pattern, err := regexp.Compile(s[1][1 : len(s[1])-1])
		if err != nil {
			return wrongValue(err.Error(), at), true
		}
		if len(s[0])*len(s[2]) > maxLength {
			return unknownValue(tooLarge, at), true
		}
		return textValue(pattern.ReplaceAllString(s[0], s[2]), at), true
	}
	return textValue(strings.ReplaceAll(s[0], s[1], s[2]), at), true
}
