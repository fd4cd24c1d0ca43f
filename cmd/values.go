package cmd

import (
	"strings"

	"apigw-cors/generator/gateway"
)

// textValue is a flag with a text; kind is what help calls it.
type textValue struct {
	text *string
	kind string
}

func (v textValue) Set(s string) error { *v.text = s; return nil }
func (v textValue) String() string     { return *v.text }
func (v textValue) Type() string       { return v.kind }

// listValue is a flag with a list: entries are separated by commas, and the
// flag may be repeated. An empty value is an empty list, which takes the place
// of the one in the file.
type listValue struct{ list *[]string }

func (v listValue) Set(s string) error {
	if *v.list == nil {
		*v.list = []string{}
	}
	if s == "" {
		return nil
	}
	for entry := range strings.SplitSeq(s, ",") {
		*v.list = append(*v.list, strings.TrimSpace(entry))
	}
	return nil
}

func (v listValue) String() string { return strings.Join(*v.list, ",") }
func (v listValue) Type() string   { return "list" }

// resourceValue is the flag --resource: PATH, or PATH=METHODS.
type resourceValue struct{ list *[]gateway.ResourceConfig }

func (v resourceValue) Set(s string) error {
	path, methods, named := strings.Cut(s, "=")
	r := gateway.ResourceConfig{Path: path}
	if named {
		r.Methods = strings.Split(methods, ",")
	}
	*v.list = append(*v.list, r)
	return nil
}

func (v resourceValue) String() string { return "" }
func (v resourceValue) Type() string   { return "PATH[=METHODS]" }
