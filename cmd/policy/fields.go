package policy

import (
	"strings"

	"apigw-cors/generator/gateway"
)

// FlagOf names the flag of a key.
func FlagOf(key string) string {
	if f, ok := gateway.FieldOf(key); ok {
		return "--" + f.Flag
	}
	return "--" + key
}

// typeName is what help calls the value of a text.
func typeName(f gateway.Field) string {
	if f.Values != nil && !f.Open {
		return strings.Join(f.Names(), "|")
	}
	return f.Noun
}

func entryKeys(f gateway.Field) []string {
	var keys []string
	for _, e := range f.Entries {
		keys = append(keys, e.Key)
	}
	return keys
}
