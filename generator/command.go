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
	if !api.IsREST() {
		o = o.forHTTP()
	}
	if flags := Flags(formats, o); flags != "" {
		line = append(line, flags)
	}
	return strings.Join(line, " ")
}

// command renders the job again.
func (j job) command(standalone bool) string {
	return Command(j.api, []string{j.format}, Options{Standalone: standalone, Choices: j.options.Choices})
}
