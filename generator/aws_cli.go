package generator

import "apigw-cors/generator/cors"

func renderAWSCLI(j job) ([]File, []cors.Advice, error) {
	return nil, nil, &UnsupportedError{Target: "aws_cli", Feature: "everything", Why: "not written yet", Instead: ""}
}
