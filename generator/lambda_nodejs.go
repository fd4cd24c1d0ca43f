package generator

import (
	"slices"

	"apigw-cors/generator/cors"
)

const nodeJSDefinitions = "lambda-nodejs/*.js.tmpl"

// nodeJS has one module for both module systems: Node.js imports a CommonJS
// module by name, but Lambda's Node.js 22 does not require an ES module.
// https://nodejs.org/api/esm.html#commonjs-namespaces
func nodeJS() functionLanguage {
	return functionLanguage{
		example: "lambda-nodejs/index.mjs", module: "cors.cjs",
		layout:  layout{definitions: nodeJSDefinitions, between: "\n", comments: true},
		runtime: "Node.js 22", entry: "index.handler", wrapper: "withCors",
		usage: []string{
			"One line puts it around a handler, in an ES module as in a CommonJS module:",
			"",
			"  import { withCors } from './cors.cjs';",
			"  export const handler = withCors(async (event) => { ... });",
			"",
			"  const { withCors } = require('./cors.cjs');",
			"  exports.handler = withCors(async (event) => { ... });",
		},
	}
}

func renderNodeJS(j job) ([]File, []cors.Advice, error) {
	if err := checkInvokes(j); err != nil {
		return nil, nil, err
	}
	v := newFunctionView(j.api)
	example, module := v.nodeJS()
	files, err := nodeJS().render(j, v, example, module)
	return files, nil, err
}

// nodeJS names the definitions of both files.
func (v functionView) nodeJS() (example, module []string) {
	example = append([]string{"head"}, v.example()...)
	if !v.sends {
		return example, nil
	}
	types := "types"
	if !v.REST {
		types = "types of both payload formats"
	}
	return slices.Insert(example, 1, "imports"), slices.Concat([]string{"head", "exports", types}, v.wrapper())
}

// inlineFunction is the source of the Node.js function for a template that
// holds it, wrapper included: CloudFormation saves it as index.js, a CommonJS
// module. Comments are left to the files of the format.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html
func inlineFunction(j job) (string, error) {
	v := newFunctionView(j.api)
	v.Inline = true
	source, err := j.templates.compose(layout{definitions: nodeJSDefinitions}, append(v.example(), v.wrapper()...), v)
	return string(source), err
}
