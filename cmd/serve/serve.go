package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/report"
	"apigw-cors/generator/gateway"
)

// FailHeader is the request header that acts out a failure for one request.
const FailHeader = "Apigw-Cors-Fail"

// FailStatus is the value of --fail.
type FailStatus string

// FailStatuses lists what can be acted out, "none" first.
func FailStatuses() []FailStatus { return []FailStatus{"none", "401", "403", "429", "500", "504"} }

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

// Config says what is served, where, and who is told.
type Config struct {
	// Input must hold one API.
	Input *policy.Input
	// Listen is host:port, backend a URL or "" for the echo.
	Listen, Backend string
	// Fail is the error that every actual request meets.
	Fail   FailStatus
	Report *report.Report
	// Json: requests are told on out, for a program, and nothing on err.
	Json     bool
	Out, Err io.Writer
	Paint    report.Painter
}

// Run answers until the context ends, which is not a failure. The error is a
// [report.UsageError], a rejection by the report, or that of the listener.
func Run(ctx context.Context, c Config) error {
	backend, err := parseBackend(c.Backend, c.Listen)
	if err != nil {
		return err
	}
	api, err := singleAPI(ctx, c.Input, c.Report)
	if err != nil {
		return err
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", c.Listen)
	if err != nil {
		return &report.HintedError{Err: err, Hint: "give --listen an address that is free, such as 127.0.0.1:0"}
	}
	requests := newRequestLog(c.Out, c.Err, c.Json)
	server := &http.Server{
		Handler: newServer(api, backend, c.Fail, requests), ErrorLog: requests.asides, MaxHeaderBytes: maxHeaderBytes,
		ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, IdleTimeout: idleTimeout,
	}
	c.announce(api, listener.Addr(), backend)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	// Ctrl-C is how a server is meant to end, so it is not a failure.
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	if err := server.Shutdown(stopping); err != nil {
		server.Close()
	}
	c.note("stopped")
	return nil
}

// announce says where the API answers, and what there is to be careful about.
func (c Config) announce(api gateway.API, at net.Addr, backend *url.URL) {
	behind := "an echo in the place of the Lambda function"
	if backend != nil {
		behind = backend.String()
	}
	c.note("%s answers on http://%s, behind it %s", api.Name(), at, behind)
	if tcp, ok := at.(*net.TCPAddr); ok && !tcp.IP.IsLoopback() {
		c.note("warning: whoever can reach this machine can use it; --listen 127.0.0.1:%d keeps it to yourself", tcp.Port)
	}
	if !c.Json {
		c.Report.TakeAdvice(c.Err, c.Paint)
	}
}

// note prints a line about the server, for a person.
func (c Config) note(format string, args ...any) {
	if !c.Json {
		fmt.Fprintf(c.Err, "apigw-cors: "+format+"\n", args...)
	}
}

// singleAPI is the API of an input that must hold one.
func singleAPI(ctx context.Context, in *policy.Input, r *report.Report) (gateway.API, error) {
	var api gateway.API
	for s, err := range in.Sources(ctx) {
		switch {
		case err != nil:
			return api, err
		case s.Several:
			return api, &report.UsageError{Problem: in.Name() + ": several APIs", Hints: []string{"serve answers as one API: give it a file with one document"}}
		}
		api, _ = s.Parse(r)
	}
	return api, r.Verdict(false)
}

// parseBackend gives nil for the echo.
func parseBackend(backend, listen string) (*url.URL, error) {
	if backend == "" {
		return nil, nil
	}
	refuse := func(why, hint string) (*url.URL, error) {
		return nil, &report.UsageError{Problem: "--backend: " + report.Quote(backend) + ": " + why, Hints: []string{hint}}
	}
	u, err := url.Parse(backend)
	switch {
	case !strings.Contains(backend, "://"):
		return refuse("not a URL", "use http://"+backend)
	case err != nil:
		return refuse("not a URL", "as in --backend http://127.0.0.1:3000")
	case u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return refuse("not an http or https URL with a host", "as in --backend http://127.0.0.1:3000")
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return refuse("more than an address and a path", "use "+(&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String())
	case u.Host == listen:
		return refuse("the address of --listen, so each request would come back", "name the address of your own server")
	}
	return u, nil
}

// isTimeout reports whether the backend took too long.
func isTimeout(err error) bool {
	var timeout net.Error
	return errors.As(err, &timeout) && timeout.Timeout()
}
