package fix

import (
	"slices"
	"strings"

	"apigw-cors/generator"
	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

// samPlacing is a policy on its way into a SAM template: into the properties of
// the API, or into Globals, which SAM merges with them.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
type samPlacing struct {
	*placing
	*sheet
	// own are the API's properties; nil for the API that SAM makes of events.
	own way
	// globals is the section of Globals for APIs of the kind.
	globals way
	// shared are the other APIs that Globals hold for.
	shared []string
}

// intoSAM puts the policy into a SAM template.
func (p *placing) intoSAM() error {
	api := p.facts[0]
	h, err := p.open(p.Reading.Path)
	if err != nil {
		return err
	}
	kind := h.word(way{"Resources", api.Name, "Type"})
	if kind != "" && !strings.HasPrefix(kind, "AWS::Serverless::") || kind == "" && !isImplicit(api.Name) {
		// What is not SAM's stands in the template as CloudFormation has it.
		return p.intoTemplate()
	}
	section := "HttpApi"
	if p.policy.IsREST() {
		section = "Api"
	}
	s := &samPlacing{placing: p, sheet: h, globals: way{"Globals", section}}
	if !isImplicit(api.Name) {
		s.own = way{"Resources", api.Name, "Properties"}
	}
	for _, other := range p.Reading.APIs {
		isSAM := isImplicit(other.Name) || h.word(way{"Resources", other.Name, "Type"}) == "AWS::Serverless::"+section
		if other.Kind == api.Kind && other.Name != api.Name && isSAM && !slices.Contains(s.shared, other.Name) {
			s.shared = append(s.shared, other.Name)
		}
	}
	if p.policy.IsREST() {
		return s.intoAPI()
	}
	return s.intoHTTPAPI()
}

func isImplicit(name string) bool { return name == "ServerlessRestApi" || name == "ServerlessHttpApi" }

// home is where a property of the API stands, or is to stand: where it stands
// already, else on the API itself.
func (s *samPlacing) home(key string) (way, error) {
	inGlobals := !s.at(s.globals.to(key)).IsZero()
	switch {
	case s.own != nil && !s.at(s.own.to(key)).IsZero():
		return s.own, nil
	case s.own != nil && (!inGlobals || len(s.shared) > 0):
		return s.own, s.ensure(s.own)
	case len(s.shared) > 0:
		return nil, refuse(s.facts[0].Place, "declare an AWS::Serverless resource for the events, and let them name it",
			"%s is made of events, so its properties stand in Globals, which hold for %s, too", s.facts[0].Name, strings.Join(s.shared, ", "))
	}
	return s.globals, s.ensure(s.globals)
}

// ensure makes mappings on a way that are not there.
func (s *samPlacing) ensure(w way) error {
	for i := range w {
		if s.has(w[:i+1]) {
			continue
		}
		after := ""
		if i == 0 && s.Root != nil {
			// Globals stand before the resources.
			for _, f := range s.Root.Fields {
				if f.Key == "Resources" {
					break
				}
				after = f.Key
			}
		}
		rest := edit.Map()
		for _, key := range slices.Backward(w[i+1:]) {
			rest = edit.Map(edit.Field{Key: key.(string), Value: rest})
		}
		// An empty mapping is written as brackets: what comes into it replaces them.
		return s.set(w[:i], after, w[i].(string), rest)
	}
	return nil
}

// intoAPI edits an AWS::Serverless::Api.
func (s *samPlacing) intoAPI() error {
	var d *sheet
	var body way
	var err error
	if s.own != nil {
		if d, body, err = s.document(s.sheet, s.own.to("DefinitionBody")); err != nil {
			return err
		}
		if s.has(s.own.to("DefinitionUri")) {
			if d == nil {
				return refuse(s.facts[0].Place, "put the policy into that document", "the definition of %s is not here", s.facts[0].Name)
			}
			return s.intoOpenAPI(d, body)
		}
	}
	if err := s.notEvents(); err != nil {
		return err
	}
	template, err := snippet(s.target, "sam")
	if err != nil {
		return err
	}
	fits := propertiesOf(template).Get("Cors")
	why := s.limit(fits)
	switch {
	case why == "":
		err = s.shortForm(d, body, fits)
	case d != nil:
		err = s.longForm(d, body)
	case s.own == nil:
		err = refuse(s.facts[0].Place, "declare an AWS::Serverless::Api, and let the events name it in RestApiId",
			"%s is made of events, and its Cors cannot say %s", s.facts[0].Name, why)
	default:
		err = s.define(why)
	}
	if err == nil {
		err = s.guard()
	}
	if err == nil {
		err = s.gatewayResponses(d, body)
	}
	return err
}

// propertiesOf are the properties of the API in a rendered template.
func propertiesOf(template *reader.Value) *reader.Value {
	for _, f := range template.Get("Resources").Fields {
		if f.Value.Get("Type").Text == "AWS::Serverless::Api" {
			return f.Value.Get("Properties")
		}
	}
	return nil
}

// limit is what keeps the policy from being said by the property Cors; "" where
// nothing does.
func (s *samPlacing) limit(fits *reader.Value) string {
	others := s.uncovered()
	switch {
	case fits == nil && !s.target.SameMethods():
		return "which methods each path has"
	case fits == nil:
		return "which of several origins a page may have"
	case len(others) > 0:
		return "that it is not for " + strings.Join(others, ", ")
	}
	for _, f := range s.facts {
		for _, t := range f.BinaryMediaTypes {
			if t.String() == "*/*" {
				return "CONVERT_TO_TEXT, which the binary media type */* takes"
			}
		}
	}
	return ""
}

// notEvents refuses where a function answers the preflights of a path.
func (s *samPlacing) notEvents() error {
	for _, r := range s.target.Resources() {
		for _, m := range s.options(r.Path) {
			if m.MadeBy == "SAM event" {
				return refuse(m.Place, "take the event out first: the policy lets API Gateway answer", "%s is an event: a function answers the preflight", m.Key())
			}
		}
	}
	return nil
}

// shortForm says the policy with the property Cors. OPTIONS operations of the
// document itself are edited where they stand.
func (s *samPlacing) shortForm(d *sheet, body way, cors *reader.Value) error {
	written := map[string]bool{}
	short := false
	for _, r := range s.target.Resources() {
		written[r.Path] = d != nil && optionsKey(d, body.to("paths", r.Path)) != ""
		short = short || !written[r.Path]
	}
	if d != nil {
		if err := s.operations(d, body, func(path string) bool { return written[path] }); err != nil {
			return err
		}
	}
	if !short {
		return nil
	}
	home, err := s.home("Cors")
	if err != nil {
		return err
	}
	w := home.to("Cors")
	var said []gateway.HeaderFacts
	for _, r := range s.target.Resources() {
		for _, m := range s.options(r.Path) {
			if m.MadeBy == "SAM Cors" && said == nil && m.Integration != nil && len(m.Integration.Responses) > 0 {
				said = m.Integration.Responses[0].Headers
			}
		}
	}
	spot := s.at(w)
	if spot.IsZero() || spot.Value.Kind != reader.MappingValue || isFunction(spot.Value) || len(spot.Value.Fields) == 0 {
		return s.put(w, cors, nil)
	}
	mock, _ := s.target.Mock(s.target.Resources()[0])
	for _, f := range cors.Fields {
		name := "Access-Control-" + map[string]string{
			"AllowOrigin": "Allow-Origin", "AllowMethods": "Allow-Methods", "AllowHeaders": "Allow-Headers",
			"AllowCredentials": "Allow-Credentials", "MaxAge": "Max-Age",
		}[f.Key]
		keep := false
		for _, m := range mock.Headers {
			keep = keep || m.Header == name && isKnown(said, m) && s.has(w.to(f.Key))
		}
		if !keep {
			if err := s.put(w.to(f.Key), f.Value, nil); err != nil {
				return err
			}
		}
	}
	for _, f := range s.at(w).Value.Fields {
		isOff := f.Key == "AllowCredentials" && f.Value.Text == "false"
		if _, i := cors.Field(f.Key); i < 0 && !isOff {
			if err := s.remove(w.to(f.Key)); err != nil {
				return err
			}
		}
	}
	return nil
}

// longForm says the policy with OPTIONS operations in the document that is
// there.
func (s *samPlacing) longForm(d *sheet, body way) error {
	if err := s.operations(d, body, nil); err != nil {
		return err
	}
	return s.withdrawCors()
}

// withdrawCors takes the property Cors away where it has nothing more to say.
func (s *samPlacing) withdrawCors() error {
	if len(s.uncovered()) > 0 {
		return nil
	}
	if s.own != nil {
		if err := s.remove(s.own.to("Cors")); err != nil {
			return err
		}
	}
	if len(s.shared) == 0 {
		return s.remove(s.globals.to("Cors"))
	}
	return nil
}

// define gives the API a document of the OPTIONS operations, which SAM merges
// with the events.
func (s *samPlacing) define(why string) error {
	for _, f := range s.facts {
		for _, m := range f.Methods {
			if m.Method.String() == "ANY" {
				return refuse(m.Place, "name the methods of the event one by one", "Cors cannot say %s, and SAM does not merge an event with the method any into a definition that can", why)
			}
		}
	}
	text, err := generator.Definition(s.target)
	if err != nil {
		return err
	}
	definition, _, err := reader.Values("definition", text)
	if err != nil {
		return err
	}
	if err := s.ensure(s.own); err != nil {
		return err
	}
	if err := s.put(s.own.to("MergeDefinitions"), bare("true"), nil); err != nil {
		return err
	}
	document := definition.Get("DefinitionBody")
	if title, _ := document.Get("info").Field("title"); title != nil {
		title.Value = quoted(s.facts[0].Name)
	}
	if err := s.put(s.own.to("DefinitionBody"), document, nil); err != nil {
		return err
	}
	return s.withdrawCors()
}
