package generator

import "apigw-cors/generator/cors"

func renderCDK(j job) ([]File, []cors.Advice, error) {
	return nil, nil, &UnsupportedError{Target: "cdk", Feature: "everything", Why: "not written yet", Instead: ""}
}
