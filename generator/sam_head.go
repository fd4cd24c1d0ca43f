package generator

import (
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

func samHead(j job, v samView) []string {
	s := stack{j.api}
	paste := []string{"Paste the properties of " + s.api.Name() + " into your own API of the same type."}
	switch {
	case v.Properties == "" && v.Globals == "":
		paste = nil
	case v.Globals != "":
		paste = []string{"Paste Globals into your template: it holds for every API of the same type in it."}
	case s.api.Integration() == gateway.NonProxy:
		paste = []string{"Paste the properties of " + s.api.Name() + " into your own API, and point the integrations at your function."}
	case mergesEvents(s.api):
		paste = append(paste,
			"SAM merges the methods of your functions' events into its definition; none of these events may",
			"have the method any, which SAM does not merge.")
	}
	if len(samEvents(s.api, false)) > 0 {
		paste = append(paste, s.optionsNote("options events", "into a function of yours")...)
	}
	redeploy := []string{"sam deploy is all it takes: SAM makes a new deployment whenever the definition changes."}
	if !s.api.IsREST() {
		redeploy = []string{"sam deploy is all it takes: the stage deploys every change by itself."}
	}
	return s.head("AWS SAM", paste, redeploy, j.command(j.options.Standalone), j.options.Standalone)
}

const codeSAMLocal = "sam-local"

// samAdvice tells where sam local answers otherwise than API Gateway: it runs
// no mapping template, and knows no gateway response.
func samAdvice(api gateway.API) []cors.Advice {
	detail := ""
	for _, r := range api.Resources() {
		if m, ok := api.Mock(r); ok && m.ResponseTemplate != "" {
			detail = "sam local runs no mapping template, so the preflight there gets no Access-Control-Allow-Origin"
		}
	}
	for _, r := range api.GatewayResponses() {
		if r.Headers[0].Expression && detail == "" {
			detail = "sam local sends no gateway response, so its errors do not echo the origin"
		}
	}
	if detail == "" {
		return nil
	}
	return []cors.Advice{{
		Code: codeSAMLocal, Severity: cors.Note, Field: "allowOrigins", Index: -1,
		Detail: detail, Hint: "test against a deployed stage",
		Spec: "https://github.com/aws/aws-sam-cli/issues/9165",
	}}
}
