package generator

import (
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// File is a rendered file.
type File struct {
	// Path is relative, with slashes, and starts with the format's folder:
	// "sam/template.yaml".
	Path    string
	Content []byte
	// Executable files are to be written with the execute permission.
	Executable bool
}

// Options say how to render, where a tool leaves a choice. They do not change
// the policy.
type Options struct {
	// Standalone renders a whole deployable example around the snippet.
	Standalone bool
	// Choices are those of the formats' own options; the rest stays at its
	// default. A choice for a format that is not rendered changes nothing.
	Choices []Choice
	// Environment is the name of the one the policy is for, which heads tell; ""
	// where there is one policy for all.
	Environment string
	// Version is the version of the program, which the head of each file names;
	// "" is that of a build that has none.
	Version string
}

// UnsupportedError reports what a format cannot carry faithfully.
type UnsupportedError struct {
	// Target is the name of the format, Feature the part of the policy.
	Target, Feature string
	// Why is the reason, Instead the way that works.
	Why, Instead string
}

func (e *UnsupportedError) Error() string {
	return fmt.Sprintf("%s: unsupported: %s: %s", e.Target, e.Feature, e.Why)
}

// Renderer renders APIs in a fixed set of formats. It parses each template
// once, when first used. It is safe for concurrent use.
type Renderer struct {
	formats   []Format
	options   Options
	templates *templateSet
}

// New returns a Renderer for the given formats.
func New(formats []Format, o Options) *Renderer {
	return &Renderer{formats: formats, options: o, templates: &templateSet{}}
}

// For returns a Renderer like r for an environment: see [Options.Environment].
func (r *Renderer) For(environment string) *Renderer {
	other := *r
	other.options.Environment = environment
	return &other
}

// Render renders api in every format, side by side, and returns the files in
// the formats' order. Advice is about the formats; that about the policy came
// from [gateway.Parse]. The error joins an [*UnsupportedError] per format that
// cannot carry the policy. The zero API is an error: it has no resource.
func (r *Renderer) Render(api gateway.API) ([]File, []cors.Advice, error) {
	if api.Name() == "" {
		return nil, nil, errZeroAPI
	}
	formats, advice := withFunction(api, r.formats)
	outputs, policy := make([]output, len(formats)), policyCommand(api)
	var all sync.WaitGroup
	for i, f := range formats {
		run := func() {
			o := &outputs[i]
			defer func() {
				if p := recover(); p != nil {
					o.panicked = fmt.Sprintf("%v\n%s", p, debug.Stack())
				}
			}()
			o.files, o.advice, o.err = f.renders(job{format: f.Name, policy: policy, api: api, options: r.options, templates: r.templates})
		}
		if i == len(formats)-1 {
			run() // a single format takes no goroutine
		} else {
			all.Go(run)
		}
	}
	all.Wait()
	for _, o := range outputs {
		if o.panicked != nil {
			// In a goroutine it would end the program, whatever its caller does.
			panic(o.panicked)
		}
	}
	files, told, err := join(outputs)
	return files, append(advice, told...), err
}

// withFunction leaves out the formats that are functions where the API invokes
// none, unless nothing else is asked for: then they refuse.
func withFunction(api gateway.API, formats []Format) ([]Format, []cors.Advice) {
	others := slices.DeleteFunc(slices.Clone(formats), func(f Format) bool { return f.Function })
	if api.InvokesFunction() || len(others) == 0 || len(others) == len(formats) {
		return formats, nil
	}
	return others, []cors.Advice{{
		Code: codeNoFunction, Severity: cors.Note, Field: "backendType", Index: -1, Value: string(api.Backend()),
		Detail: "no Lambda function stands behind the API, so the formats that are functions are left out",
		Hint:   "name the other formats alone",
	}}
}

const codeNoFunction = "no-function"

// checkInvokes refuses a function that nothing would invoke.
func checkInvokes(j job) error {
	if j.api.InvokesFunction() {
		return nil
	}
	return &UnsupportedError{
		Target: j.format, Feature: "backendType " + string(j.api.Backend()),
		Why: "no Lambda function stands behind the API", Instead: "backendType lambda, or another format",
	}
}

var errZeroAPI = errors.New("the zero API has nothing to render: an API comes from gateway.Parse")

// output is what a format made of an API.
type output struct {
	files  []File
	advice []cors.Advice
	err    error
	// panicked is what the format panicked with, or nil.
	panicked any
}

// join gathers what the formats made: every refusal, or all files.
func join(outputs []output) (files []File, advice []cors.Advice, err error) {
	errs := make([]error, len(outputs))
	for i, o := range outputs {
		files, errs[i] = append(files, o.files...), o.err
		for _, a := range o.advice {
			if !slices.Contains(advice, a) { // several formats may say the same
				advice = append(advice, a)
			}
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, advice, err
	}
	return files, advice, nil
}

// Render renders api in one format.
func Render(api gateway.API, f Format, o Options) ([]File, []cors.Advice, error) {
	return New([]Format{f}, o).Render(api)
}
