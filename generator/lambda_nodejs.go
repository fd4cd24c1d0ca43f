package generator

import "apigw-cors/generator/cors"

const nodeJSPath = "lambda-nodejs/index.mjs"

func renderNodeJS(j job) ([]File, []cors.Advice, error) {
	f, err := j.file(nodeJSPath, newHandlerView(j, "lambda-nodejs"))
	return []File{f}, nil, err
}
