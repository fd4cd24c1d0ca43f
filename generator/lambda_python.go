package generator

import "apigw-cors/generator/cors"

func renderPython(j job) ([]File, []cors.Advice, error) {
	return nil, nil, &UnsupportedError{Target: "lambda_python", Feature: "everything", Why: "not written yet", Instead: ""}
}
