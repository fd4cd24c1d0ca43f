package cmd

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

	"apigw-cors/generator/gateway"
)

// failHeader is the request header that acts out a failure for one request.
const failHeader = "Apigw-Cors-Fail"

// failStatus is the value of --fail.
type failStatus string

func failStatuses() []failStatus { return []failStatus{"none", "401", "403", "429", "500", "504"} }

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

// serveConfig says what is served, where, and who is told.
type serveConfig struct {
	// input must hold one API.
	input *input
	// listen is host:port, backend a URL or "" for the echo.
	listen, backend string
	// fail is the error that every actual request meets.
	fail   failStatus
	report *report
	// json: requests are told on out, for a program, and nothing on err.
	json     bool
	out, err io.Writer
	paint    painter
}

// serveAPI answers until the context ends, which is not a failure.
func serveAPI(ctx context.Context, c serveConfig) error {
	backend, err := parseBackend(c.backend, c.listen)
	if err != nil {
		return err
	}
	api, err := singleAPI(ctx, c.input, c.report)
	if err != nil {
		return err
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", c.listen)
	if err != nil {
		return &hintedError{err, "give --listen an address that is free, such as 127.0.0.1:0"}
	}
	requests := newRequestLog(c.out, c.err, c.json)
	server := &http.Server{
		Handler: newServer(api, backend, c.fail, requests), ErrorLog: requests.asides, MaxHeaderBytes: maxHeaderBytes,
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
	// Ctrl-C is how a server is meant to end, so it is no failure.
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	if err := server.Shutdown(stopping); err != nil {
		server.Close()
	}
	c.note("stopped")
	return nil
}

// announce says where the API answers, and what there is to be careful about.
func (c serveConfig) announce(api gateway.API, at net.Addr, backend *url.URL) {
	behind := "an echo in the place of the Lambda function"
	if backend != nil {
		behind = backend.String()
	}
	c.note("%s answers on http://%s, behind it %s", api.Name(), at, behind)
	if tcp, ok := at.(*net.TCPAddr); ok && !tcp.IP.IsLoopback() {
		c.note("warning: whoever can reach this machine can use it; --listen 127.0.0.1:%d keeps it to yourself", tcp.Port)
	}
	if !c.json {
		c.report.takeAdvice(c.err, c.paint)
	}
}

// note prints a line about the server, for a person.
func (c serveConfig) note(format string, args ...any) {
	if !c.json {
		fmt.Fprintf(c.err, "apigw-cors: "+format+"\n", args...)
	}
}

// singleAPI is the API of an input that must hold one.
func singleAPI(ctx context.Context, in *input, r *report) (gateway.API, error) {
	var api gateway.API
	for s, err := range in.sources(ctx) {
		switch {
		case err != nil:
			return api, err
		case s.several:
			return api, &usageError{problem: in.name() + ": several APIs", hints: []string{"serve answers as one API: give it a file with one document"}}
		}
		api, _ = s.parse(r)
	}
	return api, r.verdict(false)
}

// parseBackend gives nil for the echo.
func parseBackend(backend, listen string) (*url.URL, error) {
	if backend == "" {
		return nil, nil
	}
	refuse := func(why, hint string) (*url.URL, error) {
		return nil, &usageError{problem: "--backend: " + quote(backend) + ": " + why, hints: []string{hint}}
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
