package cmd

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"apigw-cors/generator/gateway"
)

// failHeader is the request header that acts out a failure for one request.
const failHeader = "Apigw-Cors-Fail"

// failStatus is the value of --fail.
type failStatus string

func failStatuses() []failStatus { return []failStatus{"none", "401", "403", "429", "500", "504"} }

// serveOptions are the flags of serve.
type serveOptions struct {
	policy          policyFlags
	listen, backend string
	fail            choice[failStatus]
}

func newServe(a *app, run func(context.Context, *serveOptions) error) *cobra.Command {
	o := &serveOptions{listen: "127.0.0.1:8080", fail: newChoice(failStatuses()...)}
	cmd := &cobra.Command{
		Use:   "serve [flags]",
		Short: "Answer on this machine as the deployed API would",
		Long: `Answer on this machine as the deployed API would, CORS headers, preflights and
API Gateway's own errors included, so that a page can be tried before anything
is deployed. Requests go on to --backend; without one an echo answers in the
place of the rendered Lambda function. No credentials are verified: where the
API asks for auth, any value of its header does.

Each request is logged on stderr with what a browser makes of the response;
with --json as a JSON object per line on stdout. A request with the header
` + failHeader + `: 401 (403, 429, 500, 504) meets that error; the preflight lets
the header pass, which is the one thing the deployed API does otherwise.`,
		Example: examples(exampleServe, exampleFail),
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return run(cmd.Context(), o) },
	}
	o.policy.register(cmd)
	flags := cmd.Flags()
	flags.Var(textValue{&o.listen, "host:port"}, "listen", "address to listen on; port 0 takes a free one")
	flags.Var(textValue{&o.backend, "URL"}, "backend", "where requests go on to, as in http://127.0.0.1:3000")
	flags.Var(&o.fail, "fail", "answer every actual request with this error of API Gateway's own")
	complete(cmd, "listen", nothing)
	complete(cmd, "backend", nothing)
	complete(cmd, "fail", one(o.fail.names()))
	return cmd
}

const (
	exampleServe = `# Put the API of cors.yaml in front of a server you run, and log each verdict
$ apigw-cors serve -f cors.yaml --backend http://127.0.0.1:3000`

	exampleFail = `# What does the page make of a throttled request?
$ apigw-cors serve -f cors.yaml --fail 429`
)

// The bounds of the server. API Gateway waits 29 seconds for a backend and
// takes 10240 bytes of headers.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
const (
	integrationTimeout = 29 * time.Second
	maxHeaderBytes     = 10240
	readHeaderTimeout  = 10 * time.Second
	readTimeout        = time.Minute
	idleTimeout        = 2 * time.Minute
	shutdownTimeout    = 5 * time.Second
)

func (a *app) serve(ctx context.Context, o *serveOptions) error {
	backend, err := o.parseBackend()
	if err != nil {
		return err
	}
	api, err := a.singleAPI(ctx, &o.policy)
	if err != nil {
		return err
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", o.listen)
	if err != nil {
		return &hintedError{err, "give --listen an address that is free, such as 127.0.0.1:0"}
	}
	requests := a.requestLog()
	server := &http.Server{
		Handler: newServer(api, backend, o.fail, requests), ErrorLog: requests.asides, MaxHeaderBytes: maxHeaderBytes,
		ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, IdleTimeout: idleTimeout,
	}
	a.announce(api, listener.Addr(), backend)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	// Ctrl-C is how a server is meant to end, so it is no failure.
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	if err := server.Shutdown(stopping); err != nil {
		server.Close()
	}
	a.note("apigw-cors: stopped")
	return nil
}

// announce says where the API answers, and what there is to be careful about.
func (a *app) announce(api gateway.API, at net.Addr, backend *url.URL) {
	behind := "an echo in the place of the Lambda function"
	if backend != nil {
		behind = backend.String()
	}
	a.note("apigw-cors: %s answers on http://%s, behind it %s", api.Name(), at, behind)
	if tcp, ok := at.(*net.TCPAddr); ok && !tcp.IP.IsLoopback() {
		a.note("apigw-cors: warning: whoever can reach this machine can use it; --listen 127.0.0.1:%d keeps it to yourself", tcp.Port)
	}
	if !a.json {
		a.report.writeAdvice(a.err, a.painter())
		a.report.advice = nil
	}
}

// singleAPI is the API of an input that must hold one.
func (a *app) singleAPI(ctx context.Context, p *policyFlags) (gateway.API, error) {
	in, err := p.input(a)
	if err != nil {
		return gateway.API{}, err
	}
	var api gateway.API
	for s, err := range in.sources(ctx) {
		switch {
		case err != nil:
			return api, err
		case s.several:
			return api, &usageError{problem: in.name() + ": several APIs", hints: []string{"serve answers as one API: give it a file with one document"}}
		}
		api, _ = s.parse(&a.report)
	}
	return api, a.report.outcome()
}

func (o *serveOptions) parseBackend() (*url.URL, error) {
	if o.backend == "" {
		return nil, nil
	}
	refuse := func(why, hint string) (*url.URL, error) {
		return nil, &usageError{problem: "--backend: " + quote(o.backend) + ": " + why, hints: []string{hint}}
	}
	u, err := url.Parse(o.backend)
	switch {
	case !strings.Contains(o.backend, "://"):
		return refuse("not a URL", "use http://"+o.backend)
	case err != nil:
		return refuse("not a URL", "as in --backend http://127.0.0.1:3000")
	case u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return refuse("not an http or https URL with a host", "as in --backend http://127.0.0.1:3000")
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return refuse("more than an address and a path", "use "+(&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String())
	case u.Host == o.listen:
		return refuse("the address of --listen, so each request would come back", "name the address of your own server")
	}
	return u, nil
}

// isTimeout reports whether the backend took too long.
func isTimeout(err error) bool {
	var timeout net.Error
	return errors.As(err, &timeout) && timeout.Timeout()
}
