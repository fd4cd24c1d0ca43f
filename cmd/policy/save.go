package policy

import (
	"strconv"

	"apigw-cors/generator/gateway"
)

// savedPolicy is cors.yaml as it is saved: the keys of [Fields], in their order.
type savedPolicy struct {
	API                   string          `yaml:"api"`
	Name                  string          `yaml:"name,omitempty"`
	AllowOrigins          []string        `yaml:"allowOrigins"`
	AllowMethods          []string        `yaml:"allowMethods,omitempty,flow"`
	AllowHeaders          []string        `yaml:"allowHeaders,omitempty,flow"`
	ExposeHeaders         []string        `yaml:"exposeHeaders,omitempty,flow"`
	AllowCredentials      bool            `yaml:"allowCredentials,omitempty"`
	MaxAge                *int            `yaml:"maxAge,omitempty"`
	Auth                  string          `yaml:"auth,omitempty"`
	AuthHeader            string          `yaml:"authHeader,omitempty"`
	Integration           string          `yaml:"integration,omitempty"`
	Preflight             string          `yaml:"preflight,omitempty"`
	Resources             []savedResource `yaml:"resources,omitempty"`
	BinaryMediaTypes      []string        `yaml:"binaryMediaTypes,omitempty,flow"`
	GatewayResponses      []string        `yaml:"gatewayResponses,omitempty,flow"`
	GatewayResponseOrigin string          `yaml:"gatewayResponseOrigin,omitempty"`
}

type savedResource struct {
	Path    string   `yaml:"path"`
	Methods []string `yaml:"methods,omitempty,flow"`
}

// Encode gives the cors.yaml of an API.
func Encode(api gateway.API) ([]byte, error) {
	c := api.Config()
	s := savedPolicy{
		API: c.API, Name: c.Name,
		AllowOrigins: c.AllowOrigins, AllowMethods: c.AllowMethods, AllowHeaders: c.AllowHeaders,
		ExposeHeaders: c.ExposeHeaders, AllowCredentials: c.AllowCredentials,
		Auth: c.Auth, AuthHeader: c.AuthHeader, Integration: c.Integration, Preflight: c.Preflight,
		BinaryMediaTypes: c.BinaryMediaTypes, GatewayResponses: c.GatewayResponses,
		GatewayResponseOrigin: c.GatewayResponseOrigin,
	}
	if seconds, err := strconv.Atoi(c.MaxAge); err == nil {
		s.MaxAge = &seconds
	}
	for _, r := range c.Resources {
		s.Resources = append(s.Resources, savedResource(r))
	}
	return encodeYAML(s)
}
