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
	for _, f := range gateway.Fields() {
		words := f.Words(c)
		switch f.In(&c).(type) {
		case *bool:
			on(f.Flag, len(words) > 0)
		case *[]gateway.ResourceConfig:
			for _, word := range words {
				flag(f.Flag, word)
			}
		default:
			list(f.Flag, words)
		}
	}
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
