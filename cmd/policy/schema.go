package policy

import (
	"slices"
	"strings"

	"apigw-cors/cmd/schema"
	"apigw-cors/generator/gateway"
)

// Schema is the JSON Schema of a document of cors.yaml. It refuses nothing that
// is accepted, and so has no say where a rule depends on more than JSON Schema
// can look at: what only generate can tell, generate tells. Of a document with
// environments it looks at each value by itself.
func Schema() *schema.Schema {
	s := &schema.Schema{
		Dialect: schema.Dialect, Title: DefaultFile,
		Description: "the CORS policy of an Amazon API Gateway API, as apigw-cors reads it",
		Type:        "object", AdditionalProperties: false,
	}
	whole := &schema.Schema{}
	for _, f := range gateway.Fields() {
		s.Properties = append(s.Properties, schema.Member{Name: f.Key, Schema: ofField(f)})
		if f.Required == "required" {
			whole.Required = append(whole.Required, f.Key)
		}
	}
	for _, k := range Keys() {
		of := k.schema()
		of.Description = k.Usage
		s.Properties = append(s.Properties, schema.Member{Name: k.Name, Schema: of})
	}
	whole.AllOf = []*schema.Schema{
		ofKind(gateway.REST), ofKind(gateway.HTTP), withCredentials(), ofPatterns(), ofNoMaxAge(),
		// What holds a list of paths holds for the methods and ids of all.
		{If: ofEntries(&schema.Schema{Required: []string{"methods"}}), Else: &schema.Schema{
			Required: []string{"allowMethods"}, Properties: schema.Members{{Name: "allowMethods", Schema: &schema.Schema{MinItems: 1}}},
		}},
		{
			If: &schema.Schema{Required: []string{"resources"}, Properties: schema.Members{{Name: "resources", Schema: &schema.Schema{
				Contains: &schema.Schema{Required: []string{"id"}},
			}}}},
			Then: &schema.Schema{Required: []string{"apiId"}},
		},
	}
	s.If, s.Else = &schema.Schema{Required: []string{environmentsKey}}, whole
	return s
}

// ofEntries holds if paths are named, and each is of the schema.
func ofEntries(each *schema.Schema) *schema.Schema {
	return &schema.Schema{Required: []string{"resources"}, Properties: schema.Members{{Name: "resources", Schema: &schema.Schema{Items: each}}}}
}

// ofField says what a field takes, whatever the others are.
func ofField(f gateway.Field) *schema.Schema {
	s := &schema.Schema{Description: described(f)}
	switch f.In(new(gateway.Config)).(type) {
	case *bool:
		s.Type, s.Default = "boolean", false
	case *string:
		word := ofWord(f)
		word.Description = s.Description
		if d := f.Default(gateway.REST); d != nil && slices.Equal(d, f.Default(gateway.HTTP)) {
			word.Default = d[0]
		}
		return word
	case *[]string:
		ofList(s, f, ofWord(f))
		if d := f.Default(gateway.REST); d != nil {
			s.Default = d
		}
	case *[]gateway.ResourceConfig:
		entry := &schema.Schema{Type: "object", AdditionalProperties: false}
		for _, e := range f.Entries {
			of := ofWord(e)
			if _, ok := e.InEntry(new(gateway.ResourceConfig)).(*[]string); ok {
				of = ofList(&schema.Schema{}, e, of)
			}
			of.Description = described(e)
			entry.Properties = append(entry.Properties, schema.Member{Name: e.Key, Schema: of})
			if e.Required != "" {
				entry.Required = append(entry.Required, e.Key)
			}
		}
		ofList(s, f, entry)
		// A path that is named twice is refused, so that two like entries are.
		s.UniqueItems = true
	}
	return s
}

// described is what an editor shows of a field.
func described(f gateway.Field) string {
	return strings.TrimSpace(f.Usage() + "\n\n" + f.Help)
}

// ofWord says what a text, or an entry of a list, may be. Where a value is taken
// in several spellings, the one that is kept stands first, for completion.
func ofWord(f gateway.Field) *schema.Schema {
	s := &schema.Schema{Type: "string", MaxLength: gateway.MaxValue, Pattern: f.Pattern, Examples: f.Examples}
	switch {
	case f.Number:
		s.Type, s.Minimum, s.Maximum = []string{"integer", "string"}, f.Least, f.Most
	case f.Open:
		s.Examples = nil
		for _, v := range f.Values {
			if !slices.Contains(s.Examples, v.Name) {
				s.Examples = append(s.Examples, v.Name)
			}
		}
	case f.Values != nil && f.Pattern != "":
		return &schema.Schema{AnyOf: []*schema.Schema{{Enum: f.Names()}, {Type: "string", Pattern: f.Pattern}}}
	case f.Values != nil:
		return &schema.Schema{Enum: f.Names()}
	}
	return s
}

// ofList makes s that of a list of a field. A value twice is no more than advised
// against, so that its entries need not be unique.
func ofList(s *schema.Schema, f gateway.Field, entry *schema.Schema) *schema.Schema {
	most := gateway.MaxEntries
	s.Type, s.Items, s.MaxItems = "array", entry, &most
	if f.Required == "required" || f.InsteadOfEmpty != "" {
		s.MinItems = 1
	}
	for _, v := range f.Values {
		if v.Alone {
			others := slices.DeleteFunc(f.Names(), func(name string) bool { return name == v.Name })
			s.AllOf = append(s.AllOf, alone(v.Name, &schema.Schema{Enum: others}))
		}
	}
	if f.Key == "allowOrigins" {
		s.AllOf = append(s.AllOf, alone(anything, &schema.Schema{Pattern: "://"}))
	}
	return s
}

// anything is the word that stands for every origin, method or header.
const anything = "*"

// alone says that a list with the word has none of the others.
func alone(word string, others *schema.Schema) *schema.Schema {
	return &schema.Schema{
		If:   &schema.Schema{Contains: &schema.Schema{Const: word}},
		Then: &schema.Schema{Items: &schema.Schema{Not: others}},
	}
}

// ofKind says what an API of the type has no use for: of a field that is the
// other type's, no more than its default may stand there.
func ofKind(k gateway.Kind) *schema.Schema {
	then := &schema.Schema{}
	for _, f := range gateway.Fields() {
		others := f.Only != "" && f.Only != k
		var of *schema.Schema
		switch f.In(new(gateway.Config)).(type) {
		case *string:
			var names []string
			for _, v := range f.Values {
				if v.Only == "" || v.Only == k {
					names = append(names, v.Name)
				}
			}
			switch {
			case others:
				of = &schema.Schema{Enum: f.Default(k)}
			case !f.Open && len(names) < len(f.Values):
				of = &schema.Schema{Enum: names}
			}
		case *[]string:
			switch none := slices.ContainsFunc(f.Values, isNone); {
			case others && none:
				of = &schema.Schema{Items: &schema.Schema{Const: gateway.NoResponses}}
			case others:
				of = &schema.Schema{MaxItems: new(int)}
			}
		}
		if of != nil {
			then.Properties = append(then.Properties, schema.Member{Name: f.Key, Schema: of})
		}
	}
	return &schema.Schema{If: having("api", string(k)), Then: then}
}

func isNone(v gateway.Value) bool { return v.Name == gateway.NoResponses }

// having holds for a document whose key has the value.
func having(key string, value any) *schema.Schema {
	return &schema.Schema{Required: []string{key}, Properties: schema.Members{{Name: key, Schema: &schema.Schema{Const: value}}}}
}

// withCredentials: a browser takes every `*` for a name, or refuses it.
func withCredentials() *schema.Schema {
	then := &schema.Schema{}
	for _, f := range gateway.Fields() {
		if _, list := f.In(new(gateway.Config)).(*[]string); list && slices.Contains(append(f.Names(), f.Examples...), anything) {
			then.Properties = append(then.Properties, schema.Member{Name: f.Key, Schema: &schema.Schema{
				Items: &schema.Schema{Not: &schema.Schema{Const: anything}},
			}})
		}
	}
	return &schema.Schema{If: having("allowCredentials", true), Then: then}
}

// ofPatterns: the CORS configuration of an HTTP API has no form for subdomains
// and ports.
func ofPatterns() *schema.Schema {
	return &schema.Schema{
		If: &schema.Schema{AllOf: []*schema.Schema{
			having("api", string(gateway.HTTP)),
			{Not: having("preflight", string(gateway.ByLambda))},
		}},
		Then: &schema.Schema{Properties: schema.Members{{Name: "allowOrigins", Schema: &schema.Schema{
			Items: &schema.Schema{Not: &schema.Schema{Pattern: `\*\.|:\*`}},
		}}}},
	}
}

// ofNoMaxAge: only an HTTP API has a max age that leaves the header out.
func ofNoMaxAge() *schema.Schema {
	return &schema.Schema{
		If: having("api", string(gateway.REST)),
		Then: &schema.Schema{Properties: schema.Members{{Name: "maxAge", Schema: &schema.Schema{
			Not: &schema.Schema{AnyOf: []*schema.Schema{{Const: -1}, {Type: "string", Pattern: `^[ \t\r\n]*-1[ \t\r\n]*$`}}},
		}}}},
	}
}
