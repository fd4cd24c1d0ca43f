package configure

import (
	"slices"

	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/report"
	"apigw-cors/generator"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// answers is what a person has said so far: all that generate takes. Nothing
// in it is checked.
type answers struct {
	config     gateway.Config
	formats    []string
	standalone bool
	choices    []generator.Choice
	// allowAdvice are the codes of advice that the file acknowledges; they are
	// not asked for, but kept.
	allowAdvice []string
	// environment is the one that the answers are for, "" where there is one policy
	// for all.
	environment string
	// tests are those that the file has; they are kept.
	tests []policy.Test
	// out is the folder, or "" for stdout.
	out string
}

func (a answers) isREST() bool { return a.config.API != string(gateway.HTTP) }

func (a answers) patterns() []cors.OriginPattern {
	var out []cors.OriginPattern
	for _, s := range a.config.AllowOrigins {
		if p, _, err := cors.ParseOriginPattern(s); err == nil {
			out = append(out, p)
		}
	}
	return out
}

// normalise takes origins in the form that browsers send, which the person has
// just been told.
func (a *answers) normalise() {
	var origins []string
	for _, p := range a.patterns() {
		if !slices.Contains(origins, p.String()) {
			origins = append(origins, p.String())
		}
	}
	if len(a.config.AllowOrigins) > 0 {
		a.config.AllowOrigins = origins
	}
}

// effective leaves out the answers to questions that no longer apply. They are
// kept in a, should they apply again.
func (a answers) effective() answers {
	for {
		all := a.questions()
		i := slices.IndexFunc(all, func(q question) bool { return q.moot && len(q.value) > 0 })
		if i < 0 {
			return a
		}
		all[i].set(&a, nil)
	}
}

func (a answers) extent() []string {
	if a.standalone {
		return []string{extentStandalone}
	}
	return nil
}

func (a answers) options() generator.Options {
	return generator.Options{
		Standalone: a.standalone, Choices: a.choices, Environment: a.environment, Version: report.ReadBuild().Release(),
	}
}
