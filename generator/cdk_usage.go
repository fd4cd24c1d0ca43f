package generator

import (
	"regexp"
	"slices"
	"strings"

	"apigw-cors/generator/gateway"
)

// CDKLine is a line that uses what the CDK's module of a policy exports.
type CDKLine struct {
	Code string
	// Within is the code of one's own in which it stands, as an option; "" for a
	// statement.
	Within string
	// When says after what a statement comes; it may be "".
	When string
}

// CDKLines are the lines that are new to the source that makes the API.
type CDKLines []CDKLine

// CDKUsage is how the CDK's module of a policy is used: as its head says.
func CDKUsage(api gateway.API) (lines CDKLines) {
	v := cdkView{Name: api.Name()}
	if api.IsREST() {
		v.REST = newCDKREST(api)
	} else {
		v.HTTP = newCDKHTTP(api)
	}
	yours := ""
	for _, l := range v.usageLines() {
		mark, when, _ := strings.Cut(l.mark, ", ")
		switch {
		case mark == markYours && !strings.HasPrefix(l.code, " "):
			yours = l.code
		case mark == markNew && strings.HasPrefix(l.code, " "):
			lines = append(lines, CDKLine{Code: strings.TrimSpace(l.code), Within: yours})
		case mark == markNew:
			lines = append(lines, CDKLine{Code: l.code, When: when})
		}
	}
	return lines
}

// For is the code where the API is called otherwise than api.
func (l CDKLine) For(variable string) string {
	return strings.Replace(l.Code, "(api", "("+variable, 1)
}

// Exports are those of the module's exports that the lines use.
func (lines CDKLines) Exports(module []byte) (names []string) {
	for _, m := range regexp.MustCompile(`(?m)^export (?:const|function) (\w+)`).FindAllSubmatch(module, -1) {
		used := regexp.MustCompile(`\b` + string(m[1]) + `\b`)
		if slices.ContainsFunc(lines, func(l CDKLine) bool { return used.MatchString(l.Code) }) {
			names = append(names, string(m[1]))
		}
	}
	return names
}
