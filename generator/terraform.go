package generator

import "apigw-cors/generator/cors"

func renderTerraform(j job) ([]File, []cors.Advice, error) {
	return nil, nil, &UnsupportedError{Target: "terraform", Feature: "everything", Why: "not written yet", Instead: ""}
}
