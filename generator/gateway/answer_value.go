package gateway

import (
	"regexp"
	"slices"
	"strings"

	"apigw-cors/generator/cors"
)

// value is a mapping expression, ready to give a header its value.
type value struct {
	kind valueKind
	// text is the static value, or the name behind the prefix of the
	// expression.
	text string
	// parts are those of a static value of which some is unknown.
	parts []TextPart
	doubt Doubt
}

type valueKind int

const (
	staticValue  valueKind = iota
	doubtful               // a static value that is unknown, all or in part
	fromRequest            // method.request.header.NAME
	fromResponse           // integration.response.header.NAME
	illegal
)

// newValue reads a mapping expression. What API Gateway takes for one differs:
// a gateway response knows the request, an integration response the backend's
// answer.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
func newValue(t Text, gatewayResponse bool) value {
	lead := ""
	if len(t.Parts) > 0 {
		lead = t.Parts[0].Literal
	}
	text, known := t.Value()
	v := value{text: text, doubt: Doubt{t.Unknown(), t.Place}}
	switch {
	case known && len(text) >= 2 && text[0] == '\'' && text[len(text)-1] == '\'':
		v.text = text[1 : len(text)-1]
	case strings.HasPrefix(lead, "context."), strings.HasPrefix(lead, "stageVariables."):
		v.kind = doubtful
		v.doubt.Why = t.String() + " is known while a request is served only"
		v.parts = []TextPart{{Unknown: v.doubt.Why}}
	case gatewayResponse && strings.HasPrefix(lead, requestHeader) && known:
		v.kind, v.text = fromRequest, text[len(requestHeader):]
		v.doubt.Why = "whether " + text + " finds the header " + strings.ToLower(v.text) + " that browsers send"
	case !gatewayResponse && strings.HasPrefix(lead, responseHeader) && known:
		v.kind, v.text = fromResponse, text[len(responseHeader):]
	case gatewayResponse && strings.HasPrefix(lead, "method.request."), !gatewayResponse && strings.HasPrefix(lead, "integration.response."):
		v.kind = doubtful
		v.doubt.Why = "what " + t.String() + " gives"
		v.parts = []TextPart{{Unknown: v.doubt.Why}}
	case known, lead != "" && lead[0] != '\'':
		v.kind = illegal
	default:
		v.kind, v.parts = doubtful, unquote(t.Parts)
	}
	return v
}

const (
	requestHeader  = "method.request.header."
	responseHeader = "integration.response.header."
)

// unquote takes the inner quotes from a text of which they are known.
func unquote(parts []TextPart) []TextPart {
	out := slices.Clone(parts)
	out[0].Literal = strings.TrimPrefix(out[0].Literal, "'")
	last := &out[len(out)-1]
	last.Literal = strings.TrimSuffix(last.Literal, "'")
	return out
}

// give is the header's value for r; ok is false where it is not sent. from is
// the backend's response.
func (v *value) give(w *world, name string, r Request, from cors.HeaderList) (s string, ok bool) {
	switch v.kind {
	case staticValue:
		return v.text, true
	case fromRequest:
		s = r.Header(v.text)
		if s != "" && v.text != strings.ToLower(v.text) && w.choose(2, v.doubt) == 1 {
			// Names are case sensitive here, and browsers send lower case.
			return "", false
		}
		return s, s != ""
	case fromResponse:
		return from.Get(v.text)
	case doubtful:
		return guess(w, name, v.parts, v.doubt, r), true
	}
	return "", false
}

// guess is an unknown value of a header in the world at hand: one that suits
// the request, if the known parts leave room for it, or one that does not.
func guess(w *world, name string, parts []TextPart, d Doubt, r Request) string {
	var options []string
	switch {
	case strings.EqualFold(name, cors.HeaderAllowOrigin):
		for _, candidate := range []string{r.Header("Origin"), "*"} {
			if candidate != "" && couldBe(parts, candidate) {
				options = append(options, candidate)
			}
		}
	case strings.EqualFold(name, cors.HeaderAllowCredentials):
		if couldBe(parts, "true") {
			options = append(options, "true")
		}
	case strings.EqualFold(name, cors.HeaderAllowMethods):
		if asked := r.Header(cors.HeaderRequestMethod); asked != "" {
			options = append(options, fill(parts, asked))
		}
	case strings.EqualFold(name, cors.HeaderAllowHeaders):
		if asked := r.Header(cors.HeaderRequestHeaders); asked != "" {
			options = append(options, fill(parts, asked))
		}
	}
	options = append(options, fill(parts, "unknown"))
	return options[w.choose(len(options), d)]
}

func fill(parts []TextPart, unknown string) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.Literal)
		if p.Unknown != "" {
			b.WriteString(unknown)
		}
	}
	return b.String()
}

// couldBe reports whether parts may come to s.
func couldBe(parts []TextPart, s string) bool {
	pattern := `\A`
	for _, p := range parts {
		pattern += regexp.QuoteMeta(p.Literal)
		if p.Unknown != "" {
			pattern += `(?s:.*)`
		}
	}
	ok, err := regexp.MatchString(pattern+`\z`, s)
	return err != nil || ok
}

// in is the fact in the world at hand: known, or one of the options.
func (f Fact[T]) in(w *world, options ...T) T {
	if f.Unknown == "" {
		return f.Value
	}
	return options[w.choose(len(options), Doubt{f.Unknown, f.Place})]
}
