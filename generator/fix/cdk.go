package fix

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"apigw-cors/generator"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

// cdkApp is an app of the AWS CDK for which a policy is rendered. Its sources
// are programs: they are searched, and never edited.
type cdkApp struct {
	fsys    fs.FS
	policy  Policy
	sources []cdkSource
	apis    []cdkConstruct
	notes   []Note
}

// IsCDK reports whether a path is that of a CDK app: a folder with a cdk.json,
// or a TypeScript source.
func IsCDK(fsys fs.FS, name string, isDir bool) bool {
	if !isDir {
		return strings.HasSuffix(name, ".ts") && !strings.HasSuffix(name, ".d.ts")
	}
	info, err := fs.Stat(fsys, path.Join(name, "cdk.json"))
	return err == nil && info.Mode().IsRegular()
}

// ForCDK renders the module of a policy beside the source of a CDK app that
// makes the API, and notes the lines with which that source uses it. Files has
// the module alone. The error is that of a path that cannot be read, or of ctx.
func ForCDK(ctx context.Context, fsys fs.FS, name string, isDir bool, policy Policy) (Result, error) {
	app := &cdkApp{fsys: fsys, policy: policy}
	folder := name
	if !isDir {
		folder = path.Dir(name)
	}
	if err := app.search(ctx, name, isDir); err != nil {
		return Result{}, err
	}
	out := Result{Reading: reader.Reading{Kind: reader.CDK}, Files: map[string][]byte{}, Before: map[string][]byte{}}
	for _, s := range app.sources {
		out.Parts = append(out.Parts, s.name)
	}
	refused := func(at, why, instead string) (Result, error) {
		out.Placed = Placed{Status: Refused, Refusal: &Refusal{Place: gateway.Place{File: at}, Why: why, Instead: instead}}
		return out, nil
	}
	apis := app.choose()
	if named := policy.In; named != "" && !slices.ContainsFunc(apis, func(c cdkConstruct) bool { return c.isCalled(named) }) {
		return refused(name, "no source constructs an API "+named+" of the policy's kind", "--api-name takes the id of its construct, or its variable")
	}
	if len(apis) > 0 {
		folder = path.Dir(apis[0].place.File)
	}
	format, _ := generator.ParseFormat("cdk")
	files, _, err := generator.Render(policy.API, format, generator.Options{})
	if err != nil {
		return refused(name, err.Error(), "")
	}
	module := generator.File{Path: path.Join(folder, "cors.ts"), Content: files[0].Content}
	old, err := readSource(fsys, module.Path)
	if bytes.Contains(old, []byte("\r\n")) {
		module.Content = bytes.ReplaceAll(module.Content, []byte("\n"), []byte("\r\n"))
	}
	switch {
	case err != nil:
		return refused(module.Path, "it cannot be read: "+err.Error(), "move it away")
	case old != nil && (len(format.Recognise([]generator.File{{Path: module.Path, Content: old}})) == 0 || !sameHead(old, module.Content)):
		return refused(module.Path, "it is somebody's own already, or another API's", "give that file another name")
	case !bytes.Equal(old, module.Content):
		out.Files[module.Path], out.Before[module.Path] = module.Content, old
		out.Order = []string{module.Path}
	}
	usage := generator.CDKUsage(policy.API)
	exports := usage.Exports(module.Content)
	out.Placed.Status = PutIn
	switch {
	case !app.uses(module.Path, exports):
		out.Placed.Status = ByHandStill
		app.tell(apis, module.Path, usage, exports)
	case len(out.Files) == 0:
		out.Placed.Status = InPlace
	}
	if len(apis) == 1 {
		out.Placed.API = apis[0].called()
	}
	out.Placed.Notes = app.notes
	return out, nil
}

// sameHead reports whether two modules are for the same API.
func sameHead(a, b []byte) bool {
	first, _, _ := bytes.Cut(a, []byte("\n"))
	second, _, _ := bytes.Cut(b, []byte("\n"))
	return bytes.Equal(bytes.TrimRight(first, "\r"), bytes.TrimRight(second, "\r"))
}

// choose are the constructs that the policy may be for: one, where the policy or
// its caller names it, or where there is no other.
func (a *cdkApp) choose() []cdkConstruct {
	for _, name := range []string{a.policy.In, a.policy.API.APIID().String(), a.policy.API.Name()} {
		var named []cdkConstruct
		for _, c := range a.apis {
			if name != "" && c.isCalled(name) {
				named = append(named, c)
			}
		}
		if len(named) == 1 {
			return named
		}
	}
	return a.apis
}

// tell notes the lines to add: with the names of the source where one makes the
// API, otherwise as they are in general, and which sources may be meant.
func (a *cdkApp) tell(apis []cdkConstruct, module string, usage generator.CDKLines, exports []string) {
	at, variable := gateway.Place{File: module}, "api"
	switch {
	case len(apis) == 1:
		at = apis[0].place
		if variable = apis[0].variable; variable == "" {
			variable = "api"
			a.note(at, "give it a variable, as in: const api = new ...", "what is constructed here has no variable; below it is called api")
		}
	case len(apis) == 0:
		a.note(at, "add the lines below where the API is made", "no source here was found to construct an API of the policy's kind; below it is called api")
	default:
		for _, c := range apis {
			a.note(c.place, "name it with --api-name, or name its file", "the policy may be for %s; below it is called api", c.called())
		}
	}
	top := gateway.Place{File: at.File}
	if len(apis) == 1 {
		top.Line, top.Column = 1, 1
	}
	a.note(top, fmt.Sprintf("import { %s } from './cors';", strings.Join(exports, ", ")), "to be added to the imports")
	for _, l := range usage {
		code, where := l.For(variable), "to be added"
		if l.Within != "" {
			where = "to be added within " + l.Within
		} else if l.When != "" {
			where += ", " + l.When
		}
		a.note(at, code, "%s", where)
	}
}

func (a *cdkApp) note(at gateway.Place, hint, text string, args ...any) {
	a.notes = append(a.notes, Note{Place: at, Text: fmt.Sprintf(text, args...), Hint: hint})
}

// uses reports whether a source imports the module and names all that it is to
// use of it.
func (a *cdkApp) uses(module string, exports []string) bool {
	return slices.ContainsFunc(a.sources, func(s cdkSource) bool {
		return s.imports(module) && !slices.ContainsFunc(exports, func(name string) bool { return !s.names(name) })
	})
}
