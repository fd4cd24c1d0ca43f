package gateway

import (
	"fmt"
	"strings"

	"apigw-cors/generator/cors"
)

// The bounds of a Config. They are far beyond what API Gateway takes, and keep
// the work and the messages of a parse in proportion to its input.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
const (
	// MaxValue bounds a value, in bytes: the headers of a request have 10,240
	// together.
	MaxValue = 2048
	// MaxEntries bounds the entries of a list: origins, methods, headers,
	// resources, the methods of a resource.
	MaxEntries = 1000
)

// outOfBounds lists what of c is over a bound, in the order of [Fields]. Such a
// Config is not looked at further.
func outOfBounds(c Config) []*cors.FieldError {
	var out []*cors.FieldError
	text := func(field string, index int, value string) {
		if len(value) > MaxValue {
			out = append(out, &cors.FieldError{
				Field: field, Index: index, Value: strings.ToValidUTF8(value[:MaxValue], ""), Reason: cors.Invalid,
				Detail: fmt.Sprintf("%d bytes, of %d at most", len(value), MaxValue), Hint: "shorten it",
			})
		}
	}
	list := func(field string, entries int) {
		if entries > MaxEntries {
			out = append(out, &cors.FieldError{
				Field: field, Index: -1, Reason: cors.Invalid,
				Detail: fmt.Sprintf("%d entries, of %d at most", entries, MaxEntries), Hint: "split the API, or use a pattern",
			})
		}
	}
	for _, f := range Fields() {
		switch v := f.In(&c).(type) {
		case *string:
			text(f.Key, -1, *v)
		case *[]string:
			list(f.Key, len(*v))
			for i, entry := range *v {
				text(f.Key, i, entry)
			}
		case *[]ResourceConfig:
			list(f.Key, len(*v))
			for i := range *v {
				for _, e := range f.Entries {
					field := fmt.Sprintf("%s[%d].%s", f.Key, i, e.Key)
					switch v := e.InEntry(&(*v)[i]).(type) {
					case *string:
						text(field, -1, *v)
					case *[]string:
						list(field, len(*v))
						for j, entry := range *v {
							text(field, j, entry)
						}
					}
				}
			}
		}
	}
	return out
}
