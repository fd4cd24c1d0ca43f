package generator

import "apigw-cors/generator/cors"

// AdviceCodes explains the codes of the advice the formats give.
func AdviceCodes() []cors.AdviceCode {
	return []cors.AdviceCode{
		{Code: codeSAMLocal, Meaning: "sam local answers otherwise than API Gateway does"},
	}
}
