package fix

import (
	"strings"

	"apigw-cors/generator/edit"
)

// intoHTTPAPI edits an AWS::Serverless::HttpApi.
func (s *samPlacing) intoHTTPAPI() error {
	if s.own != nil {
		d, body, err := s.document(s.sheet, s.own.to("DefinitionBody"))
		if err != nil {
			return err
		}
		given := !s.at(s.own.to("CorsConfiguration")).IsZero() || !s.at(s.globals.to("CorsConfiguration")).IsZero()
		isAlone := s.has(s.own.to("DefinitionUri"))
		if d != nil && (isAlone || !given && d.has(body.to(documentCORS))) {
			return s.intoOpenAPI(d, body)
		}
		if d != nil && given && d.has(body.to(documentCORS)) {
			if err := d.remove(body.to(documentCORS)); err != nil {
				return err
			}
		}
	}
	home, err := s.home("CorsConfiguration")
	if err == nil {
		err = s.configure(s.sheet, home.to("CorsConfiguration"), configurationNames)
	}
	if err != nil {
		return err
	}
	return s.addEvents()
}

// addEvents adds OPTIONS events without authorization to the functions whose
// events take every method, and ask preflights, too, for credentials.
func (s *samPlacing) addEvents() error {
	for route, paths := range s.guardedRoutes() {
		d, err := s.State.Document(route.Place.File)
		if err != nil {
			return err
		}
		keys := d.Find(route.Place.Start, route.Place.Start+1).Keys()
		if len(keys) < 5 || keys[0] != "Resources" || keys[3] != "Events" {
			continue
		}
		events, name := way{keys[0], keys[1], keys[2], keys[3]}, keys[4]
		last := name
		for i, path := range paths {
			id := name + "Options" + strings.Repeat("Root", i)
			properties := edit.Map()
			if api := s.at(events.to(name, "Properties", "ApiId")); !api.IsZero() {
				properties = properties.With("ApiId", edit.Copy(api.Value))
			}
			properties = properties.With("Path", edit.String(path)).With("Method", edit.String("options")).
				With("Auth", edit.Map(edit.Field{Key: "Authorizer", Value: edit.String("NONE")}))
			event := edit.Map(edit.Field{Key: "Type", Value: edit.String("HttpApi")}, edit.Field{Key: "Properties", Value: properties})
			if err := s.set(events, last, id, event); err != nil {
				return err
			}
			last = id
		}
	}
	return nil
}
