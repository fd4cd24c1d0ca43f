package generator

import (
	"strings"

	"apigw-cors/generator/cors"
)

const codeDefaultPaths = "default-paths"

// adviseDefaultPaths is for a snippet whose paths are nobody's choice: they may
// not be those of the API that it goes into.
func adviseDefaultPaths(j job) []cors.Advice {
	if j.options.Standalone || len(j.api.Config().Resources) > 0 {
		return nil
	}
	var paths []string
	for _, r := range j.api.Resources() {
		paths = append(paths, r.Path)
	}
	return []cors.Advice{{
		Code: codeDefaultPaths, Severity: cors.Note, Field: "resources", Index: -1,
		Detail: "no path is named, so " + strings.Join(paths, " and ") + " stand in: a resource of yours with another path, such as /orders, answers no preflight",
		Hint:   "name your paths: --resource /orders --resource '/orders/{id}'",
		Spec:   "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html",
	}}
}

// AdviceCodes explains the codes of the advice the formats give.
func AdviceCodes() []cors.AdviceCode {
	return []cors.AdviceCode{
		{Code: codeNoFunction, Meaning: "the API invokes no Lambda function, so none is rendered"},
		{Code: codeSAMLocal, Meaning: "sam local answers otherwise than API Gateway does"},
		{Code: codeDefaultPaths, Meaning: "no path is named, and a snippet answers the preflight of its paths alone"},
		{Code: codeTerraformGreedy, Meaning: "one OPTIONS method for the whole API gives something up, or is of no use"},
	}
}
