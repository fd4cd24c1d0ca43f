package configure

import (
	"slices"

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
	// out is the folder, or "" for stdout.
	out string
}

func (a answers) isREST() bool { return a.config.API != string(gateway.HTTP) }

// hasAuthorizer repeats [gateway.API.HasAuthorizer] for answers that do not make an API yet.
func (a answers) hasAuthorizer() bool {
	return slices.Contains([]string{string(gateway.Cognito), string(gateway.Lambda), string(gateway.JWT)}, a.config.Auth)
}

// proxies reports that the Lambda function writes whole responses, so that it
// could answer the preflight, too.
func (a answers) proxies() bool { return a.config.Integration != string(gateway.NonProxy) }

// needsMethods reports that some resource relies on allowMethods.
func (a answers) needsMethods() bool {
	return len(a.config.Resources) == 0 ||
		slices.ContainsFunc(a.config.Resources, func(r gateway.ResourceConfig) bool { return len(r.Methods) == 0 })
}

// staticOrigin repeats [cors.Policy.StaticOrigin].
func (a answers) staticOrigin() bool {
	patterns := a.patterns()
	return len(patterns) == 1 && (patterns[0].Kind() == cors.Exact || patterns[0].Kind() == cors.AnyOrigin)
}

// beyondService reports an origin that the CORS configuration of an HTTP API
// has no form for.
func (a answers) beyondService() bool {
	return slices.ContainsFunc(a.patterns(), func(p cors.OriginPattern) bool {
		return p.Kind() == cors.Subdomains || p.Kind() == cors.AnyPort
	})
}

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

// requiredHeaders are allowed whatever the person says. An example API knows
// them as soon as its auth is known.
func (a answers) requiredHeaders() []string {
	example := gateway.Config{API: a.config.API, Auth: a.config.Auth, AuthHeader: a.config.AuthHeader}
	example.AllowOrigins, example.AllowMethods = []string{"https://example.com"}, []string{"GET"}
	api, _, err := gateway.Parse(example)
	if err != nil {
		return []string{"Content-Type"}
	}
	return api.AllowHeaders().Strings()
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
	return generator.Options{Standalone: a.standalone, Choices: a.choices}
}
