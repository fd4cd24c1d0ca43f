package serve

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/report"
	"apigw-cors/generator/gateway"
)

// FailHeader is the request header that acts out a failure for one request.
const FailHeader = "Apigw-Cors-Fail"

// FailStatus is the value of --fail, or of [FailHeader].
type FailStatus string

// FailStatuses lists what can be acted out, "none" first.
func FailStatuses() []FailStatus { return []FailStatus{"none", "401", "403", "429", "500", "504"} }

// The bounds of the server. API Gateway waits 29 seconds for a backend and
// takes 10240 bytes of headers.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
const (
	integrationTimeout = 29 * time.Second
	// MaxHeaderBytes bounds the header of a request, in bytes.
	MaxHeaderBytes = 10240
	// MaxInFlight bounds the requests that are answered at a time; one more is
	// throttled, as API Gateway does it.
	MaxInFlight       = 1000
	readHeaderTimeout = 10 * time.Second
	readTimeout       = time.Minute
	idleTimeout       = 2 * time.Minute
	// shutdownTimeout leaves time to flush the log within the second that
	// whoever sent the signal waits.
	shutdownTimeout = 400 * time.Millisecond
)

// Config says what is served, where, and who is told.
type Config struct {
	// Input must hold one API.
	Input *policy.Input
	// Listen is host:port, Backend a URL or "" for the echo.
	Listen, Backend string
	// AllowHosts are host names that requests over loopback may carry besides
	// localhost and IP addresses.
	AllowHosts []string
	// Fail is the error that every actual request meets.
	Fail   FailStatus
	Report *report.Report
	// JSON: the log is for a program and goes to Out; else to Err.
	JSON     bool
	Out, Err io.Writer
	Paint    report.Painter
}

// Run answers until ctx ends, which is not a failure.
func Run(ctx context.Context, c Config) error {
	if c.Listen == "" {
		return &report.UsageError{Problem: "--listen: empty", Hints: []string{"use 127.0.0.1:8080, or 127.0.0.1:0 for a free port"}}
	}
	backend, err := parseBackend(c.Backend)
	if err != nil {
		return err
	}
	api, environment, err := singleAPI(ctx, c.Input, c.Report)
	if err != nil {
		return err
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", c.Listen)
	if err != nil {
		return &report.HintedError{Err: err, Hint: "give --listen an address that is free, such as 127.0.0.1:0"}
	}
	defer listener.Close()
	if backend != nil && ownAddress(ctx, backend, listener.Addr()) {
		return &report.UsageError{
			Problem: "--backend: " + report.Quote(c.Backend) + ": the address of --listen, so each request would come back",
			Hints:   []string{"name the address of your own server"},
		}
	}
	if !c.JSON {
		c.Report.TakeAdvice(c.Err, c.Paint)
	}
	requests := newRequestLog(c.Out, c.Err, c.JSON)
	defer requests.close()
	c.announce(requests, listening{API: api.Name(), Environment: environment}, listener.Addr(), backend)
	handler := newServer(api, backend, c.Fail, requests)
	handler.hosts = newHostCheck(c.AllowHosts)
	server := &http.Server{
		Handler: handler, ErrorLog: requests.asides, MaxHeaderBytes: MaxHeaderBytes,
		ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, IdleTimeout: idleTimeout,
	}
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
	requests.tell(message{"stopped", "stopped"})
	return nil
}

// announce says where the API answers, and what there is to be careful about.
func (c Config) announce(l *requestLog, e listening, at net.Addr, backend *url.URL) {
	e.JSONHeader, e.Event, e.Address, e.Backend = report.NewJSONHeader(), "listening", "http://"+at.String(), echoName
	if backend != nil {
		e.Backend = backend.String()
	}
	l.tell(e)
	if !l.json {
		l.tell(message{"hint", "a page on https reaches it in some browsers only: apigw-cors help local-network"})
	}
	if tcp, ok := at.(*net.TCPAddr); ok && !tcp.IP.IsLoopback() {
		l.tell(warning("whoever can reach this machine can use it; --listen 127.0.0.1:" + strconv.Itoa(tcp.Port) + " keeps it to yourself"))
	}
}

// singleAPI is the API of an input that must hold one, and its environment.
func singleAPI(ctx context.Context, in *policy.Input, r *report.Report) (api gateway.API, environment string, err error) {
	for s, err := range in.Sources(ctx) {
		switch {
		case err != nil:
			return api, "", err
		case s.Several:
			return api, "", &report.UsageError{Problem: in.Name() + ": several APIs", Hints: []string{"serve answers as one API: give it a file with one document"}}
		}
		api, _ = s.Parse(r)
		environment = s.Environment
	}
	return api, environment, r.Verdict(false)
}

// parseBackend gives nil for the echo.
func parseBackend(backend string) (*url.URL, error) {
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
	}
	return u, nil
}

// isTimeout reports whether the backend took too long.
func isTimeout(err error) bool {
	var timeout net.Error
	return errors.As(err, &timeout) && timeout.Timeout()
}
