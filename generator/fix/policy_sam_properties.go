package fix

import (
	"slices"

	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

// guard keeps what the API asks of its callers from its preflights, which carry
// neither credentials nor a key.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-apiauth.html
func (s *samPlacing) guard() error {
	for _, g := range []struct{ asks, flag string }{
		{"DefaultAuthorizer", "AddDefaultAuthorizerToCorsPreflight"}, {"ApiKeyRequired", "AddApiKeyRequiredToCorsPreflight"},
	} {
		value := func(key string) string {
			if s.own != nil && !s.at(s.own.to("Auth", key)).IsZero() {
				return s.word(s.own.to("Auth", key))
			}
			return s.word(s.globals.to("Auth", key))
		}
		asks := value(g.asks)
		if asks == "" || asks == "false" || value(g.flag) == "false" {
			continue
		}
		home, err := s.home("Auth")
		if err != nil {
			return err
		}
		if s.at(home.to("Auth")).IsZero() {
			err = s.set(home, "", "Auth", edit.Map(edit.Field{Key: g.flag, Value: edit.Bare("false")}))
		} else {
			err = s.put(home.to("Auth", g.flag), bare("false"), nil)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// gatewayResponses makes the API's gateway responses the policy's: those of the
// document where they stand there, and GatewayResponses for the rest.
func (s *samPlacing) gatewayResponses(d *sheet, body way) error {
	all := s.target.GatewayResponses()
	if len(all) == 0 {
		return nil
	}
	if d != nil && d.has(body.to(documentResponses)) && s.at(s.own.to("GatewayResponses")).IsZero() && s.at(s.globals.to("GatewayResponses")).IsZero() {
		return s.documentResponses(d, body, types(s.target.GatewayResponses()))
	}
	home, err := s.home("GatewayResponses")
	if err != nil {
		return err
	}
	w := home.to("GatewayResponses")
	for _, f := range s.facts {
		for _, g := range f.GatewayResponses {
			kind := g.Type.String()
			if !s.target.Governs(kind) {
				continue
			}
			switch {
			case !s.at(w.to(kind)).IsZero():
				err = s.editHeaders(s.sheet, w.to(kind, "ResponseParameters", "Headers"), "", g.Headers, all[0].Headers)
				if err != nil && s.at(w.to(kind, "ResponseParameters")).IsZero() {
					err = s.put(w.to(kind, "ResponseParameters"), mappingOf(with("Headers", headerValues("", all[0].Headers))), nil)
				}
			case d != nil && d.has(body.to(documentResponses, kind)):
				err = s.editHeaders(d, body.to(documentResponses, kind, "responseParameters"), gatewayResponseHeader, g.Headers, all[0].Headers)
			}
			if err != nil {
				return err
			}
		}
	}
	var missing []reader.ValueField
	for _, g := range all {
		isThere := slices.ContainsFunc(s.facts[0].GatewayResponses, func(have gateway.GatewayResponseFacts) bool { return have.Type.String() == g.Type })
		if !isThere {
			missing = append(missing, with(g.Type, mappingOf(with("ResponseParameters", mappingOf(with("Headers", headerValues("", g.Headers)))))))
		}
	}
	if len(missing) == 0 {
		return nil
	}
	missing = s.inOwnWords(s.sheet, mappingOf(missing...)).Fields
	if s.at(w).IsZero() {
		return s.put(w, mappingOf(missing...), nil)
	}
	for _, f := range missing {
		if err := s.put(w.to(f.Key), f.Value, nil); err != nil {
			return err
		}
	}
	return nil
}
