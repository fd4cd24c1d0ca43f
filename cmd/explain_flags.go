package cmd

import (
	"github.com/spf13/cobra"

	"apigw-cors/cmd/console"
	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/story"
	"apigw-cors/generator/cors"
)

// requestFlags are the flags that say what a page fetches.
type requestFlags struct {
	fetch       story.Fetch
	credentials choice[cors.CredentialsMode]
	browser     choice[console.Browser]
}

func newRequestFlags() requestFlags {
	return requestFlags{
		credentials: newChoice(cors.CredentialsSameOrigin, cors.CredentialsOmit, cors.CredentialsInclude),
		browser:     newChoice(console.Browsers()...),
	}
}

// register adds the flags for a fetch from a policy's API, which has no address
// yet.
func (f *requestFlags) register(cmd *cobra.Command) {
	f.registerFetch(cmd)
	f.text(cmd, &f.fetch.Path, "path", "/", "path", "path of the API, as in /orders/1")
	f.text(cmd, &f.fetch.Endpoint, "endpoint", "https://api.example.com", "origin", "origin of the API")
	completeFlag(cmd, "path", noCompletion)
	completeFlag(cmd, "endpoint", noCompletion)
}

// registerFetch adds those that say what the page does.
func (f *requestFlags) registerFetch(cmd *cobra.Command) {
	f.text(cmd, &f.fetch.Origin, "origin", "", "origin", "origin of the page, or null (required)")
	f.text(cmd, &f.fetch.Method, "method", "GET", "method", "method, as the page spells it")
	cmd.Flags().Var(entriesValue{&f.fetch.Headers, "NAME=VALUE"}, "header", "a request header that the page sets; repeatable")
	cmd.Flags().Var(&f.credentials, "credentials", "credentials mode of the fetch")
	cmd.Flags().Var(&f.browser, "browser", "browser whose words to show, and where it differs from the standard; Chrome is chromium, Safari webkit")
	completeFlag(cmd, "browser", completeOne(f.browser.names()))
	completeFlag(cmd, "origin", noCompletion)
	completeFlag(cmd, "method", completeOne([]string{"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"}))
	completeFlag(cmd, "header", completeOne([]string{"Content-Type=application/json", "Authorization=", "X-Api-Key="}))
	completeFlag(cmd, "credentials", completeOne(f.credentials.names()))
}

func (f *requestFlags) text(cmd *cobra.Command, to *string, name, value, kind, usage string) {
	*to = value
	cmd.Flags().Var(policy.TextValue{Text: to, Kind: kind}, name, usage)
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
