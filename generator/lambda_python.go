package generator

import (
	"slices"

	"apigw-cors/generator/cors"
)

func python() functionLanguage {
	return functionLanguage{
		example: "lambda-python/app.py", module: "cors.py",
		layout:  layout{definitions: "lambda-python/*.py.tmpl", between: "\n\n", comments: true},
		runtime: "Python 3.13", entry: "app.handler", wrapper: "with_cors",
		usage: []string{
			"One line puts it around a handler:",
			"",
			"  from cors import with_cors",
			"",
			"  @with_cors",
			"  def handler(event, context): ...",
		},
	}
}

func renderPython(j job) ([]File, []cors.Advice, error) {
	if err := checkInvokes(j); err != nil {
		return nil, nil, err
	}
	v := newFunctionView(j.api)
	example, module := v.python()
	files, err := python().render(j, v, example, module)
	return files, nil, err
}

// python names the definitions of both files.
func (v functionView) python() (example, module []string) {
	var method []string
	if !v.REST && (v.Preflight || v.catchesOptions) {
		method = []string{"method of both payload formats"}
	}
	switch {
	case v.sends:
		return append([]string{"wrapped imports"}, v.example()...), slices.Concat([]string{"wrapper imports"}, v.wrapper(), method)
	case v.proxy:
		return slices.Concat([]string{"plain imports"}, v.example(), method), nil
	}
	return append([]string{"non-proxy imports"}, v.example()...), nil
}
