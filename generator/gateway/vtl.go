package gateway

import (
	"strconv"
	"strings"

	"apigw-cors/generator/cors"
)

// overrideTemplate is the mapping template that sets Access-Control-Allow-Origin
// to the request's origin if it is one of the allowed. It reads the header
// only ($input.params('origin') would also read the query string), in both
// spellings, treats a missing header alike as null and as "", never uses a
// regular expression, prints nothing, and sets the override at most once: a
// second one is a 5XX.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
func overrideTemplate(allowed []cors.OriginPattern) string {
	tests := make([]string, len(allowed))
	for i, p := range allowed {
		tests[i] = vtlTest(p.Rule())
	}
	return `#set($origin = $input.params().header.get("origin"))
#if(!$origin || $origin == "")
#set($origin = $input.params().header.get("Origin"))
#end
#if($origin && $origin != "" && (` + strings.Join(tests, " || ") + `))
#set($context.responseOverride.header.` + cors.HeaderAllowOrigin + ` = $origin)
#end
`
}

// vtlTest spells a rule in VTL. An origin holds none of VTL's special
// characters, so it needs no escaping between the double quotes.
func vtlTest(r cors.OriginRule) string {
	if r.Any {
		return "true"
	}
	var alternatives []string
	if r.Equals != "" {
		alternatives = append(alternatives, `$origin == "`+r.Equals+`"`)
	}
	if r.Prefix != "" {
		test := `$origin.startsWith("` + r.Prefix + `")`
		if r.Suffix != "" {
			test += ` && $origin.endsWith("` + r.Suffix + `")`
		}
		slash := strings.Index(r.Prefix, "://") + len("://") - 1
		test += ` && $origin.indexOf("@") == -1 && $origin.lastIndexOf("/") == ` + strconv.Itoa(slash)
		alternatives = append(alternatives, "("+test+")")
	}
	return strings.Join(alternatives, " || ")
}
