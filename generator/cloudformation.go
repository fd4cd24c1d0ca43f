package generator

import "apigw-cors/generator/cors"

func renderCloudFormation(j job) ([]File, []cors.Advice, error) {
	return nil, nil, &UnsupportedError{Target: "cloudformation", Feature: "everything", Why: "not written yet", Instead: ""}
}
