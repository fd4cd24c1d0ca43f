package generator

import (
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

func samHead(j job, v samView) []string {
	s := stack{j.api}
	paste := samPaste(s, v)
	if len(samEvents(s.api, false)) > 0 {
		paste = append(paste, s.optionsNote("options events", "into a function of yours")...)
	}
	redeploy := []string{"sam deploy is all it takes: SAM makes a new deployment whenever the definition changes."}
	if !s.api.IsREST() {
		redeploy = []string{"sam deploy is all it takes: the stage deploys every change by itself."}
	}
	redeploy = append(redeploy, j.choiceNote("sam deploy --parameter-overrides "+stackParameter(j.api)+"=", "stack")...)
	return s.head("AWS SAM", paste, redeploy, j.renderedBy(j.options.Standalone), j.options.Standalone)
}

// samPaste says where the snippet goes, and tells an API of one's own from the
// one that SAM makes of events.
func samPaste(s stack, v samView) []string {
	kind := "AWS::Serverless::" + v.Type
	switch {
	case v.Properties == "" && v.Globals == "":
		return nil
	case v.Globals != "":
		return []string{
			"Paste Globals into your template: it holds for every API of the type in it, and for the one that",
			"SAM makes of your functions' events, which is no resource of its own.",
		}
	}
	paste := []string{"Paste what is new into the properties of your own " + kind + ", in one piece."}
	if s.api.IsREST() {
		paste = []string{
			"Paste what is new into the properties of your own " + kind + ", in one piece: where",
			"these have Auth, in place of that line, so that its own lines follow.",
		}
	}
	if samCorsLimit(s.api) == nil {
		paste = append(paste, "If your template has none, SAM makes it of your functions' events: that is for --sam-scope globals.")
	} else {
		paste = append(paste, "If your template has none, as SAM makes it of your functions' events, the events need one first.")
	}
	switch {
	case s.api.Integration() == gateway.NonProxy:
		paste = append(paste, newBackendWords(s.api).pasteNote())
	case mergesEvents(s.api):
		paste = append(paste,
			"SAM merges the methods of your functions' events into its definition; none of these events may",
			"have the method any, which SAM does not merge.")
	}
	return paste
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
