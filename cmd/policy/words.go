package policy

import (
	"strings"

	"apigw-cors/generator/gateway"
)

// Yes is what a person types for true.
const Yes = "yes"

// Words is a field of a Config as the list of words a person types for it.
func (f Field) Words(c *gateway.Config) []string {
	switch v := f.Bind(c).(type) {
	case *string:
		if *v != "" {
			return []string{*v}
		}
	case *bool:
		if *v {
			return []string{Yes}
		}
	case *[]string:
		return *v
	case *[]gateway.ResourceConfig:
		var out []string
		for _, r := range *v {
			word := r.Path
			if len(r.Methods) > 0 {
				word += "=" + strings.Join(r.Methods, ",")
			}
			out = append(out, word)
		}
		return out
	}
	return nil
}

// SetWords is the inverse of words.
func (f Field) SetWords(c *gateway.Config, words []string) {
	switch v := f.Bind(c).(type) {
	case *string:
		*v = strings.Join(words, " ")
	case *bool:
		*v = len(words) > 0
	case *[]string:
		*v = words
	case *[]gateway.ResourceConfig:
		*v = nil
		for _, word := range words {
			// The flag cannot fail: what it takes is checked later.
			_ = resourceValue{v}.Set(word)
		}
	}
}
