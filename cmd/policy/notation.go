package policy

import (
	"strings"

	"apigw-cors/generator/gateway"
)

// Example is a policy as help shows it.
const Example = `    api: rest
    name: Orders
    allowOrigins:
      - https://app.example.com
      - https://*.staging.example.com
    allowMethods: [GET, POST]
    maxAge: 10m
    resources:
      - path: /orders
      - path: /orders/{id}
        methods: [GET, DELETE]
`

// EnvironmentsExample is one with environments.
const EnvironmentsExample = `    api: rest
    name: Orders
    allowMethods: [GET, POST]
    environments:
      dev:
        allowOrigins: [https://dev.example.com, "http://localhost:*"]
      prod:
        allowOrigins: [https://app.example.com]
        maxAge: 1h
`

// ExampleTests are tests as help shows them, for the policy of [Example].
const ExampleTests = `    tests:
      - description: the app reads an order
        origin: https://app.example.com
        path: /orders/1
        want: allowed
      - description: nobody else deletes one
        origin: https://evil.example
        method: DELETE
        path: /orders/1
        want: refused
        cause: allow-origin-missing
`

// Notation says how the value of a field is written in YAML.
func Notation(f gateway.Field) string {
	switch f.In(new(gateway.Config)).(type) {
	case *bool:
		return "true or false"
	case *[]string:
		return "[...]"
	case *[]gateway.ResourceConfig:
		var entries []string
		for _, e := range f.Entries {
			value := "..."
			if _, ok := e.InEntry(new(gateway.ResourceConfig)).(*[]string); ok {
				value = "[...]"
			}
			entries = append(entries, e.Key+": "+value)
		}
		return "[{" + strings.Join(entries, ", ") + "}, ...]"
	}
	return strings.ReplaceAll(typeName(f), "|", ", ")
}
