package generator

import "apigw-cors/generator/cors"

func renderPython(j job) ([]File, []cors.Advice, error) {
	f, err := j.file("lambda-python/app.py", newHandlerView(j, "lambda-python"))
	return []File{f}, nil, err
}
