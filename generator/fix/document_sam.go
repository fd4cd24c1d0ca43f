package fix

import (
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/reader"
)

// wrapOrigins makes a list of the function that AllowOrigins is.
func wrapOrigins(t *task) Edit {
	for _, list := range []string{"!Split", "!GetAZs", "!FindInMap", "!If", "!ImportValue", "!Transform"} {
		if t.spot.Value.Tag == list {
			return not("the function gives a list: write its items out")
		}
	}
	if v := t.spot.Value; v.Tag == "!Ref" && strings.Contains(t.parameterType(v.Text), "List") {
		return not("the parameter is a list: give each origin a parameter of its own")
	}
	if v := t.spot.Value; v.Kind == reader.MappingValue && len(v.Fields) == 1 {
		switch key := v.Fields[0].Key; {
		case key == "Ref" && strings.Contains(t.parameterType(v.Fields[0].Value.Text), "List"):
			return not("the parameter is a list: give each origin a parameter of its own")
		case key != "Ref" && key != "Fn::Sub" && key != "Fn::Join" && key != "Fn::GetAtt":
			return not("the function gives a list: write its items out")
		}
	}
	return Edit{Changes: t.d.Wrap(t.spot), Means: []string{"+ CORS configuration", "- CORS configuration"}}
}

func (t *task) parameterType(name string) string {
	if v := t.d.Root.Get("Parameters", name, "Type"); v != nil {
		return v.Text
	}
	return ""
}

// moveCORS gives a CORS setting the name that its place has for it, where its
// properties are those of that place.
func moveCORS(t *task) Edit {
	key, s := t.spot.Key(), t.spot
	resource := s.Up().Up()
	if s.Up().Key() != "Properties" || resource.IsZero() || resource.Value.Get("Type") == nil {
		return not(t.f.Fix)
	}
	var want string
	var properties []string
	switch resource.Value.Get("Type").Text {
	case "AWS::Serverless::Api":
		want, properties = "Cors", []string{"AllowOrigin", "AllowMethods", "AllowHeaders", "MaxAge", "AllowCredentials"}
	case "AWS::Serverless::HttpApi", "AWS::ApiGatewayV2::Api":
		want, properties = "CorsConfiguration", []string{"AllowOrigins", "AllowMethods", "AllowHeaders", "ExposeHeaders", "MaxAge", "AllowCredentials"}
	default:
		return not(t.f.Fix)
	}
	if key == want || s.Up().Value.Get(want) != nil {
		return not("there is a " + want + " already")
	}
	if s.Value.Kind == reader.ScalarValue && want == "CorsConfiguration" {
		return not("write CorsConfiguration with AllowOrigins")
	}
	for _, f := range s.Value.Fields {
		known := false
		for _, p := range properties {
			known = known || f.Key == p
		}
		if !known {
			return not(want + " has no property " + f.Key)
		}
	}
	return Edit{Changes: t.d.SetKey(s, want), Means: []string{"+ ", "- "}}
}

// takeRefused takes away, or spells right, a property that SAM's Cors does not
// have. What ExposeHeaders says has no effect on a preflight.
func takeRefused(t *task) Edit {
	s := t.spot
	switch up := s.Up(); {
	case up.Key() != "Cors" && up.Key() != "CorsConfiguration":
		return not(t.f.Fix)
	case up.Key() == "Cors" && s.Key() == "ExposeHeaders":
		return Edit{Changes: t.d.Delete(s), Means: []string{"- "}}
	case up.Key() == "Cors" && s.Key() == "AllowOrigins" && s.Value.Kind == reader.ScalarValue && up.Value.Get("AllowOrigin") == nil:
		return Edit{Changes: t.d.SetKey(s, "AllowOrigin"), Means: []string{"- ", "+ "}}.unsafe()
	}
	best, near := "", 3
	for _, name := range []string{"AllowOrigin", "AllowOrigins", "AllowMethods", "AllowHeaders", "ExposeHeaders", "MaxAge", "AllowCredentials"} {
		if isREST := s.Up().Key() == "Cors"; name == "AllowOrigin" && !isREST || isREST && (name == "AllowOrigins" || name == "ExposeHeaders") {
			continue
		}
		if n := cors.Distance(strings.ToLower(s.Key()), strings.ToLower(name)); n < near && s.Up().Value.Get(name) == nil {
			best, near = name, n
		}
	}
	if best == "" {
		return not("SAM has no such property: take it out, or say it where it belongs")
	}
	return Edit{Changes: t.d.SetKey(s, best), Means: []string{"- ", "+ "}}.unsafe()
}

// trueForText makes the boolean of the text.
func trueForText(t *task) Edit {
	at, ok := t.scalar(t.spot)
	if word, _ := inner(at.Value.Text); !ok || !strings.EqualFold(word, "true") {
		return not("whether credentials are to be allowed is for you to say")
	}
	return Edit{Changes: t.d.SetBare(t.spot, "true"), Means: []string{
		"+ ", "- CORS configuration: AllowCredentials: false",
	}}
}

// dropCredentials leaves the credentials out where any origin is allowed: no
// request with them gets through. Which origins are to be named in its place is
// not in the file.
func dropCredentials(t *task) Edit {
	e := Edit{Means: []string{
		": Access-Control-Allow-Credentials: 'true'", ": declares Access-Control-Allow-Credentials", "CORS configuration: AllowCredentials: true",
	}}
	for i := range e.Means {
		e.Means[i] = "- " + e.Means[i]
	}
	e.Means = append(e.Means, "+ CORS configuration: AllowCredentials: false")
	if k := t.spot.Key(); !strings.Contains(strings.ToLower(strings.ReplaceAll(k, "-", "")), "allowcredentials") {
		return not("the credentials are written elsewhere")
	}
	e.Changes = t.d.Delete(t.spot)
	return e
}
