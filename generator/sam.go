package generator

import "apigw-cors/generator/cors"

func renderSAM(j job) ([]File, []cors.Advice, error) {
	return nil, nil, &UnsupportedError{Target: "sam", Feature: "everything", Why: "not written yet", Instead: ""}
}
