package gateway

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"

	"apigw-cors/generator/gateway/vtl"
)

// mappingTemplate is a mapping template, ready to run; nil where there is none.
type mappingTemplate struct {
	facts Text
	vtl   *vtl.Template
	// doubt is why it cannot be run.
	doubt Doubt
	// status is the status code a request template without directives asks
	// for, 0 where it must be run.
	status int
}

// templateCache holds templates by their text: the resources of an API mostly
// share one.
type templateCache map[string]*mappingTemplate

// of is the template that a browser's request selects: the one for
// application/json, which also stands for a missing Content-Type and any Accept
// header, or else, on the way back, the only one.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
func (c templateCache) of(all []TemplateFacts) *mappingTemplate {
	var text Text
	for i, t := range all {
		if s, known := t.MediaType.Value(); i == 0 || known && s == jsonMediaType {
			text = t.Template
		}
	}
	source, known := text.Value()
	if source == "" && known {
		return nil
	}
	if found := c[source]; found != nil && known && found.facts.Place == text.Place {
		return found
	}
	m := &mappingTemplate{facts: text, doubt: Doubt{text.Unknown(), text.Place}}
	if known {
		var err error
		if m.vtl, err = vtl.Parse(source); err != nil {
			m.doubt.Why = "the mapping template cannot be evaluated: " + err.Error()
		}
		if !strings.ContainsAny(source, "$#") {
			m.status, _ = statusCode(source)
		}
		c[source] = m
	}
	return m
}

// run evaluates the template on r in a world.
func (m *mappingTemplate) run(w *world, r Request) vtl.Result {
	return m.vtl.Run(vtl.Environment{
		Body:   vtl.Unknown{Why: "what the body is"},
		Header: func(name string) any { return templateHeader(w, r, name) },
		Context: func(name string) any {
			if name == "httpMethod" {
				return r.Method
			}
			return nil
		},
		Choose: func(u vtl.Unknown) bool { return w.choose(2, m.doubtOf(u)) == 1 },
	})
}

func (m *mappingTemplate) doubtOf(u vtl.Unknown) Doubt {
	line, column := m.vtl.Position(u.At)
	return Doubt{u.Why + " (line " + strconv.Itoa(line) + ", column " + strconv.Itoa(column) + " of the template)", m.facts.Place}
}

// templateHeader is a request header as a mapping template finds it. Browsers
// send names in lower case.
func templateHeader(w *world, r Request, name string) any {
	value := r.Header(name)
	if value != "" && name == strings.ToLower(name) {
		return value
	}
	switch absent := w.absence(); {
	case value != "" && absent.anyCase:
		return value
	case absent.null:
		return nil
	}
	return ""
}

// apply runs a response template on an answer: it overrides headers and the
// status. earlier are the overrides of the request template. failed reports
// that API Gateway answers 5XX instead.
func (m *mappingTemplate) apply(w *world, r Request, a *Answer, earlier []vtl.Result) (body string, failed bool) {
	if m != nil && m.vtl == nil {
		for _, h := range w.elsewhere(r, m.doubt).Headers {
			a.Headers = override(a.Headers, h.Name, h.Value)
		}
		m = nil
	}
	results := earlier
	if m != nil {
		results = append(results, m.run(w, r))
	}
	set := 0
	for _, result := range results {
		set += len(result.Headers)
		if result.Failure != nil {
			return "", true
		}
		if u := result.Unknown; u != nil && m != nil {
			for _, h := range w.elsewhere(r, m.doubtOf(*u)).Headers {
				a.Headers = override(a.Headers, h.Name, h.Value)
			}
		}
		for _, o := range result.Headers {
			value, known := o.Value.(string)
			if !known && m != nil {
				d := m.doubtOf(o.Value.(vtl.Unknown))
				value = guess(w, o.Name, []TextPart{{Unknown: d.Why}}, d, r)
			}
			a.Headers = override(a.Headers, o.Name, value)
		}
		switch status := result.Status.(type) {
		case int64:
			a.Status = int(status)
		case vtl.Unknown:
			if m != nil && w.choose(2, m.doubtOf(status)) == 1 {
				a.Status = 500
			}
		}
		body = result.Output
	}
	if m == nil {
		body = ""
	}
	return strings.TrimSpace(body), false
}

// mockStatus is the status code that the request template of a mock asks for.
// overrides are what it sets for the response.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html
func (i *integration) mockStatus(w *world, r Request) (status int, overrides []vtl.Result, failure Failure) {
	if failure := i.passthrough(w, r); failure != "" {
		return 0, nil, failure
	}
	m := i.request
	switch {
	case m.status != 0:
		return m.status, nil, ""
	case m.vtl == nil:
		return i.anyStatus(w, m.doubt)
	}
	result := m.run(w, r)
	switch {
	case result.Failure != nil:
		return 0, nil, APIConfigurationError
	case result.Unknown != nil:
		return i.anyStatus(w, m.doubtOf(*result.Unknown))
	}
	status, ok := statusCode(result.Output)
	switch {
	case ok:
		return status, []vtl.Result{result}, ""
	case result.OutputUnknown != nil:
		return i.anyStatus(w, m.doubtOf(*result.OutputUnknown))
	}
	return 0, nil, APIConfigurationError
}

// anyStatus stands for a status that is unknown: it fits the default response,
// or no response at all.
func (i *integration) anyStatus(w *world, d Doubt) (int, []vtl.Result, Failure) {
	if w.choose(2, d) == 1 {
		return 0, nil, APIConfigurationError
	}
	for _, r := range i.responses {
		if r.pattern != nil {
			continue
		}
		return r.status, nil, ""
	}
	return 200, nil, ""
}

// passthrough is why a mock has no template for the request: its Content-Type
// is another, or there is none at all. A body that is passed through has no
// status code in it.
func (i *integration) passthrough(w *world, r Request) Failure {
	contentType, _, _ := strings.Cut(r.Header("Content-Type"), ";")
	contentType = strings.ToLower(strings.TrimSpace(contentType))
	if contentType == "" {
		contentType = jsonMediaType
	}
	matches := false
	for _, t := range i.facts.RequestTemplates {
		s, known := t.MediaType.Value()
		if s == contentType || !known && w.choose(2, Doubt{t.MediaType.Unknown(), t.MediaType.Place}) == 0 {
			matches = true
		}
	}
	if matches && i.request != nil {
		return ""
	}
	behavior, known := i.facts.Passthrough.Value()
	switch strings.ToUpper(behavior) {
	case "NEVER":
		return UnsupportedMediaType
	case "WHEN_NO_TEMPLATES":
		if len(i.facts.RequestTemplates) > 0 {
			return UnsupportedMediaType
		}
	}
	if !known && w.choose(2, Doubt{i.facts.Passthrough.Unknown(), i.facts.Passthrough.Place}) == 1 {
		return UnsupportedMediaType
	}
	return APIConfigurationError
}

// laxStatus is the object with a bare key that API Gateway takes as well; the
// CDK writes it.
func laxStatus() *regexp.Regexp {
	return regexp.MustCompile(`^\s*\{\s*'?statusCode'?\s*:\s*(\d{3})\s*,?\s*\}\s*$`)
}

// statusCode reads what a mock's request template printed: an object with an
// integer statusCode. A quoted number is refused.
func statusCode(output string) (int, bool) {
	var object struct{ StatusCode json.RawMessage }
	if err := json.Unmarshal([]byte(output), &object); err == nil {
		n, err := strconv.Atoi(string(object.StatusCode))
		return n, err == nil && 100 <= n && n <= 599
	}
	if m := laxStatus().FindStringSubmatch(output); m != nil {
		n, err := strconv.Atoi(m[1])
		return n, err == nil
	}
	return 0, false
}
