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

// Notation says how the value is written in YAML.
func (f Field) Notation() string {
	var c gateway.Config
	switch f.Bind(&c).(type) {
	case *bool:
		return "true or false"
	case *[]string:
		return "[...]"
	case *[]gateway.ResourceConfig:
		return "[{path: ..., methods: [...]}, ...]"
	}
	return strings.ReplaceAll(f.typeName(), "|", ", ")
}
