package generator

import "apigw-cors/generator/cors"

func renderNodeJS(j job) ([]File, []cors.Advice, error) {
	return nil, nil, &UnsupportedError{Target: "lambda_nodejs", Feature: "everything", Why: "not written yet", Instead: ""}
}
