package gateway

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway/vtl"
)

// TemplateOrigins are the origins for which a mapping template sets
// Access-Control-Allow-Origin: the patterns of a policy for a template of this
// program, the origins themselves for one that compares the origin with texts,
// `*` for one that echoes any. Any other template says why its origins are not
// known; there is nothing in between.
//
// A template with regular expressions gives the origins that are written, if
// they are origins but for the dots, and reports loose: it lets in more.
func TemplateOrigins(template string) (origins []string, loose bool, why string) {
	if own := ownOrigins(template); own != nil {
		return own, false, ""
	}
	parsed, err := vtl.Parse(template)
	if err != nil {
		return nil, false, "the mapping template cannot be evaluated: " + err.Error()
	}
	texts, loose, why := comparedTexts(template)
	if why != "" {
		return nil, false, why
	}
	t := originTemplate{vtl: parsed}
	named := slices.DeleteFunc(slices.Clone(texts), func(text string) bool {
		_, err := cors.ParseOrigin(text)
		return err != nil
	})
	allowed := slices.DeleteFunc(slices.Clone(texts), func(text string) bool { return !t.allows(text) })
	const anywhere = "https://anywhere.invalid"
	if t.allows(anywhere) {
		if t.doubt == "" && !slices.ContainsFunc(named, func(text string) bool { return !t.allows(text) }) {
			return []string{"*"}, false, ""
		}
		return nil, false, cmp.Or(t.doubt, "the mapping template names origins that it does not let in")
	}
	// What compares with texts alone treats all others alike, but for a text that
	// it finds inside of another.
	for _, text := range texts {
		for _, near := range nearTo(text, loose) {
			if !slices.Contains(texts, near) && t.allows(near) {
				return nil, false, "the mapping template lets in more than the origins that it names, such as " + near
			}
		}
	}
	switch {
	case t.doubt != "":
		return nil, false, t.doubt
	case len(allowed) == 0:
		return nil, false, "the mapping template sets Access-Control-Allow-Origin for no origin that it names"
	}
	for _, text := range allowed {
		if !slices.Contains(origins, text) {
			origins = append(origins, text)
		}
	}
	return origins, loose, ""
}

// nearTo are the texts that a comparison other than that of the whole text
// would take for it. A regular expression is never of the whole text either: of
// a loose one only what is not about its dots counts.
func nearTo(text string, loose bool) []string {
	if text == "" {
		return nil
	}
	near := []string{text[:len(text)-1], text[1:], text + "x", "x" + text, "https://x.invalid/" + text, text + ".x.invalid"}
	if !loose {
		near = append(near, strings.ReplaceAll(text, ".", "x"))
	}
	return near
}

// originTemplate asks a template about origins.
type originTemplate struct {
	vtl *vtl.Template
	// doubt is why an answer is not known; "" where all are.
	doubt string
}

// allows reports whether a browser's request from the origin finds itself
// allowed.
func (t *originTemplate) allows(origin string) bool {
	var unknown vtl.Unknown
	result := t.vtl.Run(vtl.Environment{
		Body: vtl.Unknown{Why: "what the body is"},
		Header: func(name string) any {
			// In lower case, as browsers send it: a template that looks for
			// Origin alone is known to find it, too.
			if strings.EqualFold(name, cors.HeaderOrigin) {
				return origin
			}
			return ""
		},
		Choose: func(u vtl.Unknown) bool { unknown = u; return false },
	})
	if result.Unknown != nil {
		unknown = *result.Unknown
	}
	for _, h := range result.Headers {
		if !strings.EqualFold(h.Name, cors.HeaderAllowOrigin) {
			continue
		}
		switch value := h.Value.(type) {
		case string:
			return result.Failure == nil && unknown.Why == "" && (value == origin || value == "*")
		case vtl.Unknown:
			unknown = value
		}
	}
	if unknown.Why != "" && t.doubt == "" {
		t.doubt = "the mapping template depends on " + strings.TrimPrefix(unknown.Why, "on ")
	}
	return false
}

// comparedTexts are the texts between quotes of a template that does nothing
// with an origin but to compare it with them, whole or by a regular expression
// that is an origin. Otherwise it says why.
func comparedTexts(template string) (texts []string, loose bool, why string) {
	for _, call := range regexp.MustCompile(`\.([A-Za-z_]+)\(`).FindAllStringSubmatch(template, -1) {
		switch call[1] {
		case "params", "header", "get", "equals", "contains", "add", "toLowerCase", "trim", "isEmpty", "size":
		case "matches":
		default:
			return nil, false, "the mapping template decides by " + call[1] + "()"
		}
	}
	var regexes []string
	for _, m := range regexp.MustCompile(`\.matches\(\s*(?:"([^"]*)"|'([^']*)')`).FindAllStringSubmatch(template, -1) {
		expression := strings.TrimSuffix(strings.TrimPrefix(m[1]+m[2], "^"), "$")
		bare := strings.NewReplacer(`\\.`, "", `\.`, "").Replace(expression)
		loose = loose || strings.Contains(bare, ".")
		text := strings.NewReplacer(`\\.`, ".", `\.`, ".").Replace(expression)
		if _, err := cors.ParseOrigin(text); err != nil {
			return nil, false, "the mapping template compares with the regular expression " + m[1] + m[2]
		}
		regexes = append(regexes, text)
	}
	if len(regexes) != strings.Count(template, ".matches(") {
		return nil, false, "the mapping template compares with a regular expression that it computes"
	}
	for _, m := range regexp.MustCompile(`"([^"]*)"|'([^']*)'`).FindAllStringSubmatch(template, -1) {
		text := m[1] + m[2]
		if strings.ContainsAny(strings.TrimSuffix(text, "$"), "$#") {
			return nil, false, "the mapping template computes the origins that it compares with"
		}
		for part := range strings.SplitSeq(text, ",") {
			texts = append(texts, strings.TrimSpace(part))
		}
	}
	return append(texts, regexes...), loose, ""
}

// ownOrigins are the patterns behind a template of [overrideTemplate], blanks
// aside; nil for any other.
func ownOrigins(template string) []string {
	var found []string
	tests := regexp.MustCompile(`\$origin == "([^"]+)"|\$origin\.startsWith\("([^"]+)"\)(?: && \$origin\.endsWith\("([^"]+)"\))?`)
	for _, m := range tests.FindAllStringSubmatch(template, -1) {
		equals, prefix, suffix := m[1], m[2], m[3]
		switch last := len(found) - 1; {
		case equals != "":
			found = append(found, equals)
		case suffix == "" && last >= 0 && found[last]+":" == prefix:
			found[last] = prefix + "*"
		default:
			found = append(found, prefix+"*"+suffix)
		}
	}
	var patterns []cors.OriginPattern
	for _, s := range found {
		p, _, err := cors.ParseOriginPattern(s)
		if err != nil {
			return nil
		}
		patterns = append(patterns, p)
	}
	words := func(s string) []string { return strings.Fields(s) }
	own := words(overrideTemplate(patterns))
	if len(patterns) == 0 || len(words(template)) < len(own) || !slices.Equal(words(template)[:len(own)], own) {
		return nil
	}
	return found
}
