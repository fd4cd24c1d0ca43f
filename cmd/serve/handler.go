package serve

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"apigw-cors/cmd/report"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// server answers as a deployed API.
type server struct {
	api     gateway.API
	deploy  *gateway.Deployment
	fail    FailStatus
	log     *requestLog
	forward http.Handler
	hosts   hostCheck
	via     via
	// inFlight holds an element for each request that is being answered.
	inFlight chan struct{}
}

func newServer(api gateway.API, backend *url.URL, fail FailStatus, log *requestLog) *server {
	s := &server{api: api, deploy: api.Deploy(), fail: fail, log: log, via: newVia(), inFlight: make(chan struct{}, MaxInFlight)}
	s.forward = http.HandlerFunc(s.echo)
	if backend != nil {
		s.forward = s.proxy(backend)
	}
	return s
}

// forwarded is what the way back needs to know of a request.
type forwarded struct {
	request gateway.Request
	answer  gateway.Answer
	client  *http.Request
}

type forwardedKey struct{}

func forwardedOf(r *http.Request) *forwarded { return r.Context().Value(forwardedKey{}).(*forwarded) }

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	q := gateway.Request{Method: r.Method, Path: r.URL.EscapedPath(), Header: r.Header.Get}
	switch {
	case s.hosts.refuses(r):
		s.refuse(w, r, http.StatusForbidden, "the Host "+report.Quote(r.Host)+" is not this machine's; --allow-host "+report.Clean(hostName(r.Host))+" lets it in")
		return
	case s.via.marked(r.Header):
		s.refuse(w, r, http.StatusLoopDetected, "the backend sent a request back that came from here")
		return
	}
	select {
	case s.inFlight <- struct{}{}:
		defer func() { <-s.inFlight }()
	default:
		s.respond(w, r, s.deploy.Fail(q, gateway.Throttled))
		return
	}
	if r.ContentLength > gateway.MaxPayload {
		// What is left of the body is not worth reading.
		w.Header().Set("Connection", "close")
		s.respond(w, r, s.deploy.Fail(q, gateway.RequestTooLarge))
		return
	}
	a, forward := s.deploy.Receive(q)
	preflight := r.Method == http.MethodOptions && r.Header.Get(cors.HeaderRequestMethod) != ""
	if failure, ok := s.failure(r); ok && !preflight {
		route := a.Route
		a, forward = s.deploy.Fail(q, failure), false
		a.Route = route
	}
	if !forward {
		a.Headers = passFailHeader(r, a.Headers)
		s.respond(w, r, a)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, gateway.MaxPayload)
	s.forward.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), forwardedKey{}, &forwarded{q, a, r})))
}

// failure is the error to act out for r: the request's own wish goes first.
func (s *server) failure(r *http.Request) (gateway.Failure, bool) {
	wish := r.Header.Get(FailHeader)
	if wish == "" {
		wish = string(s.fail)
	}
	status, _ := strconv.Atoi(wish)
	f, ok := s.deploy.FailureOf(status)
	if !ok && wish != string(s.fail) {
		var known []string
		for _, status := range FailStatuses()[1:] {
			known = append(known, string(status))
		}
		s.log.tell(warning(FailHeader + ": " + report.Quote(wish) + ": not one of " + strings.Join(known, ", ")))
	}
	return f, ok
}

// refuse answers what the deployed API would never see.
func (s *server) refuse(w http.ResponseWriter, r *http.Request, status int, why string) {
	s.log.tell(warning(report.Clean(r.Method) + " " + report.Clean(r.URL.EscapedPath()) + " " + strconv.Itoa(status) + ": " + why))
	http.Error(w, "apigw-cors: "+why, status)
}

// passFailHeader adds FailHeader to the allowed headers of a preflight that
// asks for it, or no page could send it.
func passFailHeader(r *http.Request, headers cors.HeaderList) cors.HeaderList {
	if !asksToFail(r) {
		return headers
	}
	out := append(cors.HeaderList{}, headers...)
	for i, h := range out {
		if h.Name == cors.HeaderAllowHeaders {
			out[i].Value += "," + FailHeader
		}
	}
	return out
}

// asksToFail reports whether r is the preflight of a request with FailHeader.
func asksToFail(r *http.Request) bool {
	return strings.Contains(strings.ToLower(r.Header.Get(cors.HeaderRequestHeaders)), strings.ToLower(FailHeader))
}

// respond writes an answer of API Gateway's own.
func (s *server) respond(w http.ResponseWriter, r *http.Request, a gateway.Answer) {
	for _, h := range a.Headers {
		w.Header().Add(h.Name, h.Value)
	}
	s.log.answered(r, a.Status, w.Header(), a)
	w.WriteHeader(a.Status)
	if a.Body != "" {
		// A client that is gone needs no answer.
		_, _ = w.Write([]byte(a.Body))
	}
}

// proxy hands requests to the backend, and what comes back through the
// gateway's own treatment. ReverseProxy drops the hop-by-hop headers.
func (s *server) proxy(backend *url.URL) http.Handler {
	return &httputil.ReverseProxy{
		Transport:  newTransport(),
		ErrorLog:   s.log.asides,
		BufferPool: &bufferPool{},
		Rewrite: func(p *httputil.ProxyRequest) {
			p.SetURL(backend)
			// Pairs that Go cannot parse go on as they came.
			p.Out.URL.RawQuery = p.In.URL.RawQuery
			p.SetXForwarded()
			s.via.mark(p.Out.Header)
			// API Gateway upgrades no connection.
			p.Out.Header.Del("Connection")
			p.Out.Header.Del("Upgrade")
			p.Out.Header.Del(FailHeader)
			if s.api.Integration() == gateway.NonProxy {
				// Content-Encoding would not get through, so the body must be plain.
				p.Out.Header.Del("Accept-Encoding")
			}
		},
		ModifyResponse: func(response *http.Response) error {
			f := forwardedOf(response.Request)
			// A final response has a status of 200 and up; net/http panics below 100.
			if response.StatusCode < 200 {
				return fmt.Errorf("the backend answered with the status %03d", response.StatusCode)
			}
			p := s.deploy.Passage(f.request, response.StatusCode)
			for name := range response.Header {
				if p.Drops(name) {
					response.Header.Del(name)
				}
			}
			for _, h := range p.Headers {
				response.Header.Set(h.Name, h.Value)
			}
			// A preflight that the backend answers lets the header pass, too.
			if allowed := response.Header.Get(cors.HeaderAllowHeaders); allowed != "" && asksToFail(f.client) {
				response.Header.Set(cors.HeaderAllowHeaders, allowed+","+FailHeader)
			}
			response.StatusCode = p.Status
			s.log.answered(f.client, p.Status, response.Header, f.answer)
			return nil
		},
		ErrorHandler: func(w http.ResponseWriter, r *http.Request, err error) {
			f := forwardedOf(r)
			failure := failureOf(err)
			if failure != gateway.RequestTooLarge && !errors.Is(err, context.Canceled) {
				s.log.tell(warning("the backend gave no answer: " + err.Error()))
			}
			a := s.deploy.Fail(f.request, failure)
			a.Route = f.answer.Route
			s.respond(w, f.client, a)
		},
	}
}

// failureOf is why a backend gave no response.
func failureOf(err error) gateway.Failure {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return gateway.RequestTooLarge
	case isTimeout(err):
		return gateway.IntegrationTimeout
	}
	return gateway.IntegrationFailure
}

// newTransport heeds no proxy of the environment and touches no encoding.
func newTransport() *http.Transport {
	dialer := &net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second}
	return &http.Transport{
		DialContext:           dialer.DialContext,
		ResponseHeaderTimeout: integrationTimeout,
		MaxIdleConnsPerHost:   64,
		IdleConnTimeout:       90 * time.Second,
		TLSHandshakeTimeout:   5 * time.Second,
		DisableCompression:    true,
		ForceAttemptHTTP2:     true,
	}
}

// bufferPool spares each response a buffer of its own.
type bufferPool struct{ pool sync.Pool }

func (p *bufferPool) Get() []byte {
	if b, ok := p.pool.Get().(*[]byte); ok {
		return *b
	}
	return make([]byte, 32<<10)
}

func (p *bufferPool) Put(b []byte) { p.pool.Put(&b) }
