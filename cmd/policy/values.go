package policy

import (
	"strings"

	"apigw-cors/generator/gateway"
)

// TextValue is a flag with a text; kind is what help calls it.
type TextValue struct {
	Text *string
	Kind string
}

func (v TextValue) Set(s string) error { *v.Text = s; return nil }
func (v TextValue) String() string     { return *v.Text }
func (v TextValue) Type() string       { return v.Kind }

// ListValue is a flag with a list: entries are separated by commas, and the
// flag may be repeated. An empty value is an empty list, which takes the place
// of the one in the file.
type ListValue struct{ List *[]string }

func (v ListValue) Set(s string) error {
	if *v.List == nil {
		*v.List = []string{}
	}
	if s == "" {
		return nil
	}
	for entry := range strings.SplitSeq(s, ",") {
		*v.List = append(*v.List, strings.TrimSpace(entry))
	}
	return nil
}

func (v ListValue) String() string { return strings.Join(*v.List, ",") }
func (v ListValue) Type() string   { return "list" }

// resourceValue is the flag --resource: PATH, PATH=METHODS or PATH=METHODS=ID.
type resourceValue struct{ list *[]gateway.ResourceConfig }

func (v resourceValue) Set(s string) error {
	*v.list = append(*v.list, gateway.ReadResource(s))
	return nil
}

func (v resourceValue) String() string { return "" }
func (v resourceValue) Type() string   { return "PATH[=METHODS[=ID]]" }
