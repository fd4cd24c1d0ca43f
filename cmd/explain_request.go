package cmd

import (
	"strings"

	"github.com/spf13/cobra"

	"apigw-cors/generator/cors"
)

// requestFlags are the flags that say what a page fetches.
type requestFlags struct {
	origin, method, path, endpoint string
	headers                        []string
	credentials                    choice[cors.CredentialsMode]
}

func newRequestFlags() requestFlags {
	return requestFlags{credentials: newChoice(cors.CredentialsSameOrigin, cors.CredentialsOmit, cors.CredentialsInclude)}
}

func (f *requestFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	text := func(to *string, name, value, kind, usage string) {
		*to = value
		flags.Var(textValue{to, kind}, name, usage)
	}
	text(&f.origin, "origin", "", "origin", "origin of the page, or null (required)")
	text(&f.method, "method", "GET", "method", "method, as the page spells it")
	text(&f.path, "path", "/", "path", "path of the API, as in /orders/1")
	flags.Var(entriesValue{&f.headers}, "header", "a request header that the page sets; repeatable")
	flags.Var(&f.credentials, "credentials", "credentials mode of the fetch")
	text(&f.endpoint, "endpoint", "https://api.example.com", "origin", "origin of the API")
	complete(cmd, "origin", nothing)
	complete(cmd, "method", one([]string{"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"}))
	complete(cmd, "path", nothing)
	complete(cmd, "header", one([]string{"Content-Type=application/json", "Authorization=", "X-Api-Key="}))
	complete(cmd, "credentials", one(f.credentials.names()))
	complete(cmd, "endpoint", nothing)
}

// entriesValue is a flag that is repeated: its text may hold commas.
type entriesValue struct{ list *[]string }

func (v entriesValue) Set(s string) error { *v.list = append(*v.list, s); return nil }
func (v entriesValue) String() string     { return "" }
func (v entriesValue) Type() string       { return "NAME=VALUE" }

// parse refuses what no browser could come up with, all of it at once.
func (f *requestFlags) parse() (cors.Request, error) {
	e := &usageError{}
	refuse := func(problem string, hints ...string) {
		e.problem = strings.TrimPrefix(e.problem+"\n"+problem, "\n")
		e.hints = append(e.hints, hints...)
	}
	origin := func(flag, value string) {
		if _, err := cors.ParseOrigin(value); err != nil {
			fault := cors.Faults(err)[0]
			hint := fault.Hint
			if fault.Fix != "" {
				hint = "use " + fault.Fix
			}
			refuse(flag+": "+quote(value)+": "+fault.Detail, hint)
		}
	}
	switch f.origin {
	case "":
		refuse("--origin: missing: whose page sends the request", "as in --origin https://app.example.com")
	case "null":
	default:
		origin("--origin", f.origin)
	}
	origin("--endpoint", f.endpoint)
	switch {
	case !strings.HasPrefix(f.path, "/"):
		refuse("--path: "+quote(f.path)+": a path starts with a slash", "use /"+f.path)
	case strings.Contains(f.path, "#"):
		refuse("--path: "+quote(f.path)+": a browser keeps the fragment to itself", "write %23 for a # that is sent")
	}
	r := cors.Request{Origin: f.origin, Method: f.method, URL: f.endpoint + f.path, Credentials: f.credentials.value}
	for _, entry := range f.headers {
		i := strings.IndexAny(entry, "=:")
		if i < 1 {
			refuse("--header: "+quote(entry)+": not NAME=VALUE", "as in --header Content-Type=application/json")
			continue
		}
		r.Headers = append(r.Headers, cors.Header{Name: entry[:i], Value: strings.TrimSpace(entry[i+1:])})
	}
	if e.problem != "" {
		return cors.Request{}, e
	}
	return r, nil
}
