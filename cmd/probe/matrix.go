package probe

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"strconv"
	"time"

	"apigw-cors/cmd/check"
	"apigw-cors/cmd/report"
	"apigw-cors/cmd/story"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// The bounds of a matrix.
const (
	// DefaultMaxRequests is how many requests a run may send that is not told
	// otherwise, MaxRequests how many it may be told.
	DefaultMaxRequests = 500
	MaxRequests        = 100_000
	// DefaultConcurrency spares an API that others use, too; MaxConcurrency is
	// below what API Gateway throttles at first.
	DefaultConcurrency = 4
	MaxConcurrency     = 64
	// DefaultMaxTime bounds a run that is not told otherwise, LongestTime what it
	// may be told.
	DefaultMaxTime = 5 * time.Minute
	LongestTime    = 24 * time.Hour
)

// MatrixConfig says what of a deployed API is held against its policy.
type MatrixConfig struct {
	// URL is that of the API, its stage included.
	URL string
	API gateway.API
	// Headers are entries NAME=VALUE that go with every request, Values those
	// of path variables.
	Headers []string
	Values  map[string]string
	// Cookie and Data are as in [Config].
	Cookie, Data             string
	AllowUnsafeMethods       bool
	MaxRequests, Concurrency int
	// MaxTime bounds the whole run; 0 for [DefaultMaxTime].
	MaxTime    time.Duration
	Connection Connection
	// Progress is told how many cells are asked about; nil where nobody looks.
	Progress func(done, total int)
}

// plan makes the matrix, and refuses one that is larger than it may be.
func (c MatrixConfig) plan() (*Asker, *check.Matrix, error) {
	if err := c.checkBounds(); err != nil {
		return nil, nil, err
	}
	if err := check.CheckValues(c.API, "--path-parameter", c.Values); err != nil {
		return nil, nil, err
	}
	asker, err := NewAsker(context.Background(), c.URL, c.Connection, c.AllowUnsafeMethods)
	if err != nil {
		return nil, nil, err
	}
	asker.client.cookie, asker.client.data = c.Cookie, c.Data
	asker.Expect(c.API)
	headers, err := story.Headers(c.Headers)
	if err != nil {
		return nil, nil, err
	}
	m := check.NewMatrix(c.API, check.Options{Values: c.Values, Headers: headers})
	if err := sendable(asker.base(), headers); err != nil {
		return nil, nil, err
	}
	all := m.Requests(c.AllowUnsafeMethods)
	if all > c.MaxRequests {
		m.Trim()
	}
	if n := m.Requests(c.AllowUnsafeMethods); n > c.MaxRequests {
		return nil, nil, &report.UsageError{
			Problem: fmt.Sprintf("%s, and %d without the look-alikes of most methods: more than %d", report.Plural(all, "request"), n, c.MaxRequests),
			Hints:   []string{"--max-requests " + strconv.Itoa(all) + " sends them all"},
		}
	}
	return asker, m, nil
}

// sendable refuses headers that no page can set.
func sendable(base string, headers cors.HeaderList) error {
	e := &report.UsageError{}
	request := cors.Request{Origin: foreignOrigin, Method: "GET", URL: base + "/", Headers: headers}
	for _, s := range cors.Fetch(request, func(r cors.Request) cors.Response { return suiting(request, r) }).Steps {
		if s.Cause == cors.InvalidHeader || s.Cause == cors.ForbiddenHeader {
			e.Add("--header: "+report.Quote(s.Subject)+": no page can send it: "+story.MaskSteps([]cors.Step{s})[0].Detail(), "leave it out")
		}
	}
	if e.Problem != "" {
		return e
	}
	return nil
}

func (c MatrixConfig) checkBounds() error {
	e := &report.UsageError{}
	if c.MaxRequests < 1 || c.MaxRequests > MaxRequests {
		e.Add(fmt.Sprintf("--max-requests: %d: not between 1 and %d", c.MaxRequests, MaxRequests), "as in --max-requests 1000")
	}
	if c.Concurrency < 1 || c.Concurrency > MaxConcurrency {
		e.Add(fmt.Sprintf("--concurrency: %d: not between 1 and %d", c.Concurrency, MaxConcurrency), "as in --concurrency 8")
	}
	if c.MaxTime < 0 || c.MaxTime > LongestTime {
		e.Add(fmt.Sprintf("--max-time: %s: not between 0 and %s", c.MaxTime, LongestTime), "as in --max-time 10m")
	}
	if e.Problem != "" {
		return e
	}
	return nil
}

// Probed is a matrix of a deployed API.
type Probed struct {
	*check.Matrix
	// URL has no secrets.
	URL string
	// Ended is why not everything was asked; nil where it was.
	Ended error
}

// TimeOverError is the end of a run that took as long as it may.
type TimeOverError struct{ Limit time.Duration }

func (e *TimeOverError) Error() string { return "--max-time " + e.Limit.String() + " is over" }

// Matrix holds a deployed API against its policy. Where ctx, or the time that it
// may take, ends it, the matrix holds what was asked until then.
func Matrix(ctx context.Context, c MatrixConfig) (*Probed, error) {
	asker, m, err := c.plan()
	if err != nil {
		return nil, err
	}
	m.Expect(asker.Endpoint())
	limit := cmp.Or(c.MaxTime, DefaultMaxTime)
	ctx, stop := context.WithTimeoutCause(ctx, limit, &TimeOverError{limit})
	defer stop()
	p := &Probed{Matrix: m, URL: story.MaskURL(asker.base())}
	if err := m.Ask(ctx, asker, c.Concurrency, c.Progress); err != nil && ctx.Err() == nil {
		return nil, err
	}
	asker.client.ctx = ctx
	m.Diagnose(asker.Diagnose)
	p.Ended = context.Cause(ctx)
	return p, nil
}

// Plan prints the requests that a matrix would send.
func Plan(c MatrixConfig, to io.Writer) error {
	asker, m, err := c.plan()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	one := func(r cors.Request) {
		origin, ok := r.Headers.Get(cors.HeaderOrigin)
		from := " from " + origin
		if !ok {
			from = " without an origin"
		}
		what := r.Method
		if method, ok := r.Headers.Get(cors.HeaderRequestMethod); ok {
			what += " (preflight of " + method + ")"
		}
		fmt.Fprintln(&b, report.Clean(what+" "+story.MaskURL(r.URL)+from))
	}
	for i := range m.Cells {
		cell := &m.Cells[i]
		if len(cell.Fetches) == 0 {
			continue
		}
		if f := cell.Fetches[0]; f.NoOrigin {
			one(f.Bare(asker.base()))
		} else {
			request := f.At(asker.base())
			fetch(request, c.AllowUnsafeMethods, func(r cors.Request) cors.Response {
				one(r)
				return suiting(request, r)
			})
		}
	}
	fmt.Fprintf(&b, "%s at most, and where something differs, a GET and a preflight of %s on its path\n", report.Plural(m.Requests(c.AllowUnsafeMethods), "request"), foreignOrigin)
	if m.Trimmed > 0 {
		fmt.Fprintln(&b, trimmed(m))
	}
	_, err = to.Write(b.Bytes())
	return err
}

func trimmed(m *check.Matrix) string {
	return fmt.Sprintf("left out, to keep to --max-requests: look-alikes on %d cells; one method of each path has them", m.Trimmed)
}

// WriteText tells the matrix for a person.
func (p *Probed) WriteText(w io.Writer, d check.Drawing) {
	fmt.Fprintf(w, "%s at %s\n\n", p.Title(), report.Clean(p.URL))
	p.Draw(w, d)
	p.WriteDifferences(w, d.Paint)
	if p.Trimmed > 0 {
		fmt.Fprintln(w, "\n"+trimmed(p.Matrix))
	}
}

// Summary counts what differs, in one line.
func (p *Probed) Summary() string {
	asked, missing := p.Asked()
	s := report.Plural(asked, "cell") + " asked"
	n, silent := p.Differing()
	if n > 0 {
		s += fmt.Sprintf(", %d not as the policy says", n)
	}
	if silent > 0 {
		s += fmt.Sprintf(", %d without an answer", silent)
	}
	if n+silent == 0 && asked > 0 {
		s += ", all as the policy says"
	}
	if p.Ended != nil {
		s += fmt.Sprintf("; %d not asked, so unknown: %s", missing, check.Ended(p.Ended))
	}
	return s
}
