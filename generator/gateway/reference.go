package gateway

import (
	"regexp"
	"strings"
	"sync"

	"apigw-cors/generator/cors"
)

// Reference is what a tool's own files call a thing that stands in them
// already: the logical id of a CloudFormation resource, or an address or
// another expression of Terraform. It comes from [ParseReference]; the zero
// Reference names nothing.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html
// https://developer.hashicorp.com/terraform/cli/state/resource-addressing
type Reference struct{ text string }

// referencePattern is a logical id, or names and indexes of Terraform in a row.
// An index in quotes holds nothing that is special between them.
const referencePattern = `^[A-Za-z][A-Za-z0-9]*$|^[A-Za-z_][A-Za-z0-9_-]*(\.[A-Za-z_][A-Za-z0-9_-]*|\[(\d+|"[A-Za-z0-9_./{}+:-]+")\])+$`

var referenceSyntax = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(referencePattern) })

// ParseReference parses a reference. It reports false for what is not one.
func ParseReference(s string) (Reference, bool) {
	if !referenceSyntax().MatchString(s) {
		return Reference{}, false
	}
	return Reference{s}, true
}

// String is the reference as it was given, "" for none.
func (r Reference) String() string { return r.text }

// IsLogicalID reports whether CloudFormation can read it; Terraform reads all
// others.
func (r Reference) IsLogicalID() bool { return r.text != "" && !strings.ContainsAny(r.text, "_-.[") }

// APIID is what the files that an API stands in call it. The zero Reference
// stands for an API that nothing was said of.
func (a API) APIID() Reference { return a.apiID }

// references parses apiId and the ids of the resources.
func (p *parser) references() {
	parse := func(field, value string) Reference {
		r, ok := ParseReference(value)
		if value != "" && !ok {
			p.fault(cors.FieldError{
				Field: field, Index: -1, Value: value, Reason: cors.Invalid,
				Detail: "neither a logical id nor an address",
				Hint:   "give what your own file calls it: OrdersResource in a template, aws_api_gateway_resource.orders in Terraform",
			})
		}
		return r
	}
	p.api.apiID = parse("apiId", p.config.APIID)
	named := -1
	for i, r := range p.config.Resources {
		p.api.resources[i].ID = parse(resourceField(i)+".id", r.ID)
		if r.ID != "" && named < 0 {
			named = i
		}
	}
	if named >= 0 && p.config.APIID == "" {
		p.fault(cors.FieldError{
			Field: "apiId", Index: -1, Reason: cors.Missing, Detail: "required, as " + resourceField(named) + " has an id",
			Hint: "give what your own file calls the API: OrdersApi in a template, aws_api_gateway_rest_api.orders in Terraform",
		})
	}
}
