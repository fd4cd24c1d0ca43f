package generator

import (
	"strings"

	"apigw-cors/generator/gateway"
)

// Command is the command line that renders api in the named formats, quoted
// for a POSIX shell. Every rendered file names its own.
func Command(api gateway.API, formats []string, o Options) string {
	c := api.Config()
	line := []string{"apigw-cors", "generate"}
	flag := func(name, value string) {
		if value != "" {
			line = append(line, "--"+name, ShellWord(value))
		}
	}
	list := func(name string, values []string) { flag(name, strings.Join(values, ",")) }
	on := func(name string, set bool) {
		if set {
			line = append(line, "--"+name)
		}
	}
	flag("api", c.API)
	flag("name", c.Name)
	list("allow-origins", c.AllowOrigins)
	list("allow-methods", c.AllowMethods)
	list("allow-headers", c.AllowHeaders)
	list("expose-headers", c.ExposeHeaders)
	on("allow-credentials", c.AllowCredentials)
	flag("max-age", c.MaxAge)
	flag("auth", c.Auth)
	flag("auth-header", c.AuthHeader)
	flag("integration", c.Integration)
	flag("preflight", c.Preflight)
	for _, r := range c.Resources {
		value := r.Path
		if len(r.Methods) > 0 {
			value += "=" + strings.Join(r.Methods, ",")
		}
		flag("resource", value)
	}
	list("binary-media-types", c.BinaryMediaTypes)
	list("gateway-responses", c.GatewayResponses)
	flag("gateway-response-origin", c.GatewayResponseOrigin)
	list("format", formats)
	if o.SAMScope == ScopeGlobals {
		flag("sam-scope", string(o.SAMScope))
	}
	if o.TerraformPreflight == PreflightGreedy {
		flag("terraform-preflight", string(o.TerraformPreflight))
	}
	on("standalone", o.Standalone)
	return strings.Join(line, " ")
}
