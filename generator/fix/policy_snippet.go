package fix

import (
	"apigw-cors/generator"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
)

// snippet is what a format renders for pasting, as the values that are in it.
func snippet(api gateway.API, format string) (*reader.Value, error) {
	f, ok := generator.ParseFormat(format)
	if !ok {
		return nil, refuse(gateway.Place{}, "", "there is no format %s", format)
	}
	files, _, err := generator.Render(api, f, generator.Options{})
	if err != nil {
		return nil, err
	}
	root, _, err := reader.Values(files[0].Path, files[0].Content)
	return root, err
}

// mockOf is the OPTIONS method of a path as CloudFormation has it, with its
// logical id.
func mockOf(template *reader.Value, api gateway.API, r gateway.Resource) (id string, method *reader.Value) {
	id = api.Name() + "Options" + r.Name + "Method"
	return id, template.Get("Resources", id, "Properties")
}

// operationOf is the OPTIONS operation of a path as OpenAPI has it. OpenAPI 3
// wants the type of a header in a schema.
func operationOf(definition *reader.Value, path string, openAPI3 bool) *reader.Value {
	op := definition.Get("DefinitionBody", "paths", path, "options")
	if !openAPI3 {
		return op
	}
	for _, response := range op.Get("responses").Fields {
		for _, header := range response.Value.Get("headers").Fields {
			*header.Value = *mappingOf(with("schema", mappingOf(with("type", quoted("string")))))
		}
	}
	return op
}

// headerValues are headers as a mapping of what a tool has them under.
func headerValues(prefix string, headers []gateway.Mapping) *reader.Value {
	out := mappingOf()
	for _, h := range headers {
		out.Fields = append(out.Fields, with(prefix+h.Header, quoted(h.String())))
	}
	return out
}

// declaredHeaders are the declarations of headers, each with a value of its own.
func declaredHeaders(prefix string, names []string, value func() *reader.Value) *reader.Value {
	out := mappingOf()
	for _, name := range names {
		out.Fields = append(out.Fields, with(prefix+name, value()))
	}
	return out
}
