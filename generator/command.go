package generator

import (
	"strings"

	"apigw-cors/generator/gateway"
)

// Command is the command line that renders api in the named formats, quoted
// for a POSIX shell. Every rendered file names its own.
func Command(api gateway.API, formats []string, o Options) string {
	return commandLine(policyCommand(api), api, formats, o)
}

// policyCommand is the part of it that says the policy.
func policyCommand(api gateway.API) string {
	c := api.Config()
	line := []string{"apigw-cors", "generate"}
	flag := func(name, value string) {
		if value != "" {
			line = append(line, "--"+name, ShellWord(value))
		}
	}
	for _, f := range gateway.Fields() {
		words := f.Words(c)
		switch f.In(&c).(type) {
		case *bool:
			if len(words) > 0 {
				line = append(line, "--"+f.Flag)
			}
		case *[]gateway.ResourceConfig:
			for _, word := range words {
				flag(f.Flag, word)
			}
		default:
			flag(f.Flag, strings.Join(words, ","))
		}
	}
	return strings.Join(line, " ")
}

func commandLine(policy string, api gateway.API, formats []string, o Options) string {
	if !api.IsREST() {
		o = o.forHTTP()
	}
	return strings.TrimSuffix(policy+" "+Flags(formats, o), " ")
}

// command renders the job again.
func (j job) command(standalone bool) string {
	return commandLine(j.policy, j.api, []string{j.format}, Options{Standalone: standalone, Choices: j.options.Choices, Environment: j.options.Environment})
}
