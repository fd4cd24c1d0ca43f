package cmd

import (
	"github.com/spf13/cobra"

	"apigw-cors/cmd/explain"
	"apigw-cors/cmd/policy"
	"apigw-cors/generator/cors"
)

// requestFlags are the flags that say what a page fetches.
type requestFlags struct {
	fetch       explain.Fetch
	credentials choice[cors.CredentialsMode]
}

func newRequestFlags() requestFlags {
	return requestFlags{credentials: newChoice(cors.CredentialsSameOrigin, cors.CredentialsOmit, cors.CredentialsInclude)}
}

func (f *requestFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	text := func(to *string, name, value, kind, usage string) {
		*to = value
		flags.Var(policy.TextValue{Text: to, Kind: kind}, name, usage)
	}
	text(&f.fetch.Origin, "origin", "", "origin", "origin of the page, or null (required)")
	text(&f.fetch.Method, "method", "GET", "method", "method, as the page spells it")
	text(&f.fetch.Path, "path", "/", "path", "path of the API, as in /orders/1")
	flags.Var(entriesValue{&f.fetch.Headers, "NAME=VALUE"}, "header", "a request header that the page sets; repeatable")
	flags.Var(&f.credentials, "credentials", "credentials mode of the fetch")
	text(&f.fetch.Endpoint, "endpoint", "https://api.example.com", "origin", "origin of the API")
	completeFlag(cmd, "origin", noCompletion)
	completeFlag(cmd, "method", completeOne([]string{"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"}))
	completeFlag(cmd, "path", noCompletion)
	completeFlag(cmd, "header", completeOne([]string{"Content-Type=application/json", "Authorization=", "X-Api-Key="}))
	completeFlag(cmd, "credentials", completeOne(f.credentials.names()))
	completeFlag(cmd, "endpoint", noCompletion)
}

// entriesValue is a flag that is repeated: its text may hold commas. kind is
// what help calls an entry.
type entriesValue struct {
	list *[]string
	kind string
}

func (v entriesValue) Set(s string) error { *v.list = append(*v.list, s); return nil }
func (v entriesValue) String() string     { return "" }
func (v entriesValue) Type() string       { return v.kind }

func (f *requestFlags) parse() (cors.Request, error) {
	f.fetch.Credentials = f.credentials.value
	return f.fetch.Parse()
}
