package generator

import "apigw-cors/generator/cors"

// AdviceCodes explains the codes of the advice the formats give.
func AdviceCodes() []cors.AdviceCode {
	return []cors.AdviceCode{
		{Code: codeSAMLocal, Meaning: "sam local answers otherwise than API Gateway does"},
		{Code: codeTerraformGreedy, Meaning: "one OPTIONS method for the whole API gives something up, or is of no use"},
	}
}
