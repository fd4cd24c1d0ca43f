package probe

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/http/httpguts"

	"apigw-cors/cmd/check"
	"apigw-cors/cmd/report"
	"apigw-cors/generator/cors"
)

// The bounds of an answer: what is beyond them is cut off, or the answer does
// not count.
const (
	// MaxHeaderBytes bounds the headers of a response, those of interim (1xx)
	// responses included.
	MaxHeaderBytes = 64 << 10
	// MaxBody is how much of a body is read, in bytes: enough for an error's
	// message.
	MaxBody = 4 << 10
	// MaxTimeout bounds --timeout.
	MaxTimeout = 5 * time.Minute
)

// Connection is how the API is reached.
type Connection struct {
	// Timeout bounds each request, from the dial to the end of the answer.
	Timeout time.Duration
	// Resolve are entries HOST:PORT:ADDRESS: where to dial instead.
	Resolve []string
	// Insecure: certificates are not verified.
	Insecure bool
	// HTTP1: HTTP/2 is not offered.
	HTTP1 bool
	// UserAgent is sent with each request.
	UserAgent string
}

// Check refuses a timeout that is none.
func (c Connection) Check() error {
	if c.Timeout > 0 && c.Timeout <= MaxTimeout {
		return nil
	}
	return &report.UsageError{
		Problem: "--timeout: " + c.Timeout.String() + ": not between 0 and " + MaxTimeout.String(), Hints: []string{"as in --timeout 10s"},
	}
}

// CheckCookie refuses what no header can carry, and does not quote it.
func CheckCookie(cookie string) error {
	if httpguts.ValidHeaderFieldValue(cookie) {
		return nil
	}
	return &report.UsageError{Problem: "--cookie: not the value of a header", Hints: []string{"as in --cookie 'session=1', in one line"}}
}

// client sends requests as a browser does: no redirect is followed, and nothing
// is kept from one to the next.
type client struct {
	ctx     context.Context
	http    *http.Client
	timeout time.Duration
	agent   string
	// cookie goes with the requests of a page that includes credentials, data
	// with those that have a body.
	cookie, data string
	// failure is why the last request got no answer.
	failure error
}

func newClient(ctx context.Context, c Connection) (*client, error) {
	addresses, err := resolutions(c.Resolve)
	if err != nil {
		return nil, err
	}
	dialer := &net.Dialer{}
	transport := &http.Transport{
		Proxy: http.ProxyFromEnvironment,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			if to, ok := addresses[strings.ToLower(address)]; ok {
				address = to
			}
			return dialer.DialContext(ctx, network, address)
		},
		TLSClientConfig:        &tls.Config{InsecureSkipVerify: c.Insecure},
		MaxResponseHeaderBytes: MaxHeaderBytes,
		// A compressed body could grow without bound; its beginning is enough.
		DisableCompression: true,
		ForceAttemptHTTP2:  !c.HTTP1,
		// What a server says that nobody asked for must not meet a request.
		DisableKeepAlives: true,
	}
	if c.HTTP1 {
		transport.Protocols = new(http.Protocols)
		transport.Protocols.SetHTTP1(true)
	}
	return &client{
		ctx: ctx, timeout: c.Timeout, agent: c.UserAgent,
		http: &http.Client{
			Transport:     transport,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}, nil
}

// resolutions reads HOST:PORT:ADDRESS, as curl's --resolve has it.
func resolutions(entries []string) (map[string]string, error) {
	out := map[string]string{}
	e := &report.UsageError{}
	for _, entry := range entries {
		host, rest, _ := strings.Cut(entry, ":")
		port, address, ok := strings.Cut(rest, ":")
		address = strings.Trim(address, "[]")
		_, err := strconv.ParseUint(port, 10, 16)
		if host == "" || !ok || err != nil || net.ParseIP(address) == nil {
			e.Add("--resolve: "+report.Quote(entry)+": not HOST:PORT:ADDRESS", "as in --resolve api.example.com:443:127.0.0.1")
			continue
		}
		out[strings.ToLower(net.JoinHostPort(host, port))] = net.JoinHostPort(address, port)
	}
	if e.Problem != "" {
		return nil, e
	}
	return out, nil
}

// send is one request of a browser. Status 0 stands for no answer; failure says
// why there is none.
func (c *client) send(r cors.Request) cors.Response {
	ctx, cancel := context.WithTimeout(c.ctx, c.timeout)
	defer cancel()
	response, err := c.exchange(ctx, r)
	if err != nil {
		c.failure = err
		return cors.Response{}
	}
	return response
}

func (c *client) exchange(ctx context.Context, r cors.Request) (cors.Response, error) {
	request, err := http.NewRequestWithContext(ctx, r.Method, r.URL, c.body(r))
	if err != nil {
		return cors.Response{}, err
	}
	request.Header.Set("User-Agent", c.agent)
	for _, h := range r.Headers {
		request.Header.Add(h.Name, h.Value)
	}
	if c.sendsCookie(r) {
		request.Header.Set("Cookie", c.cookie)
	}
	answer, err := c.http.Do(request)
	if err != nil {
		return cors.Response{}, err
	}
	defer answer.Body.Close()
	// A body that breaks off, or has no end, has told enough.
	body, _ := io.ReadAll(io.LimitReader(answer.Body, MaxBody))
	out := cors.Response{Status: answer.StatusCode, Body: string(body)}
	for name, values := range answer.Header {
		for _, value := range values {
			out.Headers = append(out.Headers, cors.Header{Name: name, Value: value})
		}
	}
	// The order of names is not kept; that of values is.
	slices.SortStableFunc(out.Headers, func(a, b cors.Header) int { return strings.Compare(a.Name, b.Name) })
	return out, nil
}

// sendsCookie: a preflight never has credentials.
func (c *client) sendsCookie(r cors.Request) bool {
	return c.cookie != "" && r.Credentials == cors.CredentialsInclude
}

func (c *client) sendsData(r cors.Request) bool { return c.data != "" && !check.IsSafe(r.Method) }

func (c *client) body(r cors.Request) io.Reader {
	if !c.sendsData(r) {
		return nil
	}
	return strings.NewReader(c.data)
}

// unreachable says why there was no answer, and what to do about it.
func unreachable(err error) error {
	var dns *net.DNSError
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var network *net.OpError
	var inURL *url.Error
	if errors.As(err, &inURL) {
		// The URL, which it quotes, may have a secret in its query.
		err = inURL.Err
	}
	hint := "check that the URL is the API's, and that this machine may reach it"
	if inURL != nil && strings.HasPrefix(inURL.URL, "http:") {
		hint += "; API Gateway answers on https alone"
	}
	switch {
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.As(err, &dns):
		hint = "check the name: for an API in a VPC, or one that is not deployed, there is none to be found"
	case errors.As(err, &certificate):
		hint = "a browser refuses the certificate, too; --insecure looks past it"
	case errors.As(err, &network) && network.Op == "remote error":
		// An alert of TLS.
		hint = "the server ends the handshake: with mutual TLS only who has a certificate gets in, a page's browser included"
	case errors.As(err, &record), errors.Is(err, http.ErrSchemeMismatch):
		hint = "the port does not speak TLS: is it http://?"
	case errors.Is(err, context.DeadlineExceeded):
		err = errors.New("it takes longer than is waited for")
		hint = "--timeout gives it longer; API Gateway itself answers within 30 seconds"
	}
	return &report.HintedError{Err: fmt.Errorf("no answer: %w", err), Hint: hint}
}
