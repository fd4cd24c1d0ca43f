package probe

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"apigw-cors/cmd/check"
	"apigw-cors/cmd/report"
	"apigw-cors/cmd/story"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// byPolicy answers as the policy says, but for what change makes of it.
func byPolicy(api gateway.API, change func(r *http.Request, a *gateway.Answer)) http.HandlerFunc {
	d := api.Deploy()
	return func(w http.ResponseWriter, r *http.Request) {
		path := strings.TrimPrefix(r.URL.EscapedPath(), "/prod")
		q := gateway.Request{Method: r.Method, Path: path, Header: r.Header.Get}
		a := d.Answer(q, func() cors.Response { return d.Lambda(q) })
		a.Headers = slices.Clone(a.Headers)
		if change != nil {
			change(r, &a)
		}
		for _, h := range a.Headers {
			w.Header().Add(h.Name, h.Value)
		}
		w.WriteHeader(a.Status)
		w.Write([]byte(a.Body))
	}
}

func setHeader(a *gateway.Answer, name, value string) {
	a.Headers = slices.DeleteFunc(a.Headers, func(h cors.Header) bool { return strings.EqualFold(h.Name, name) })
	if value != "" {
		a.Headers = append(a.Headers, cors.Header{Name: name, Value: value})
	}
}

const severalOrigins = `{api: rest, allowOrigins: [https://app.example.com, "https://*.staging.example.com"], allowMethods: [GET, PUT], maxAge: 10m,
  exposeHeaders: [ETag, X-Total-Count], resources: [{path: /orders}, {path: "/orders/{id}", methods: [GET, DELETE]}]}`

// TestMatrixFaults puts one fault each into a deployment that is right.
func TestMatrixFaults(t *testing.T) {
	const origin, allowOrigin = "Origin", cors.HeaderAllowOrigin
	isPreflight := func(r *http.Request) bool { return r.Method == "OPTIONS" }
	reflectWhere := func(takes func(string) bool) func(*http.Request, *gateway.Answer) {
		return func(r *http.Request, a *gateway.Answer) {
			if from := r.Header.Get(origin); from != "" && takes(from) {
				setHeader(a, allowOrigin, from)
			}
		}
	}
	cookies := strings.Replace(severalOrigins, "{api", "{allowCredentials: true, api", 1)
	for _, tt := range []struct {
		desc, policy string
		change       func(*http.Request, *gateway.Answer)
		// want maps the codes to the origins at which they are found; "" for a
		// request without one.
		want map[check.Code][]string
	}{
		{"nothing is wrong", severalOrigins, nil, nil},
		{"every origin is given back", severalOrigins, reflectWhere(func(string) bool { return true }), map[check.Code][]string{check.CodeReflected: {
			"http://app.example.com", "http://app.staging.example.com", "https://apigw-cors-probe.invalid", "https://app.example.com.invalid",
			"https://app.example.com:8443", "https://app.staging.example.com.invalid", "https://app.staging.example.com:8443", "https://appxexample.com",
			"https://appxstaging.example.com", "https://evilapp.example.com", "https://evilstaging.example.com", "https://staging.example.com", "null",
		}}},
		{"a comparison of the beginning", severalOrigins, reflectWhere(func(o string) bool { return strings.HasPrefix(o, "https://app.example.com") }),
			map[check.Code][]string{check.CodeReflected: {"https://app.example.com.invalid", "https://app.example.com:8443"}}},
		{"a comparison of the end", severalOrigins, reflectWhere(func(o string) bool { return strings.HasSuffix(o, "app.example.com") }),
			map[check.Code][]string{check.CodeReflected: {"http://app.example.com", "https://evilapp.example.com"}}},
		{"a dot that stands for any character", severalOrigins, reflectWhere(func(o string) bool { return o == "https://appxexample.com" }),
			map[check.Code][]string{check.CodeReflected: {"https://appxexample.com"}}},
		{"null is allowed", severalOrigins, reflectWhere(func(o string) bool { return o == "null" }), map[check.Code][]string{check.CodeReflected: {"null"}}},
		{"the function gives back what the preflight refuses", severalOrigins, func(r *http.Request, a *gateway.Answer) {
			if from := r.Header.Get(origin); from == check.ForeignOrigin && !isPreflight(r) {
				setHeader(a, allowOrigin, from)
			}
		}, map[check.Code][]string{check.CodeReflected: {check.ForeignOrigin}}},
		{"the preflight alone gives it back", severalOrigins, func(r *http.Request, a *gateway.Answer) {
			if from := r.Header.Get(origin); from == check.ForeignOrigin && isPreflight(r) {
				setHeader(a, allowOrigin, from)
			}
		}, map[check.Code][]string{check.CodeReflected: {check.ForeignOrigin}}},
		{"* in the place of origins", severalOrigins, func(r *http.Request, a *gateway.Answer) {
			if r.Header.Get(origin) == check.ForeignOrigin {
				setHeader(a, allowOrigin, "*")
			}
		}, map[check.Code][]string{check.CodeAllowed: {check.ForeignOrigin}}},
		{"* with cookies, which no browser takes, lets pages read without", cookies, func(r *http.Request, a *gateway.Answer) {
			if r.Header.Get(origin) == check.ForeignOrigin {
				setHeader(a, allowOrigin, "*")
			}
		}, map[check.Code][]string{check.CodeAllowed: {check.ForeignOrigin}}},
		{"cookies that the policy says nothing of", severalOrigins, func(r *http.Request, a *gateway.Answer) {
			if r.Header.Get(origin) == page {
				setHeader(a, cors.HeaderAllowCredentials, "true")
			}
		}, map[check.Code][]string{check.CodeCredentials: {page}}},
		{"cookies that the policy says, and the answer does not", cookies, func(r *http.Request, a *gateway.Answer) {
			setHeader(a, cors.HeaderAllowCredentials, "")
		}, map[check.Code][]string{check.CodeRefused: {page, "https://app.staging.example.com"}}},
		{"no Vary on what the function answers", severalOrigins, func(r *http.Request, a *gateway.Answer) {
			if !isPreflight(r) {
				setHeader(a, cors.HeaderVary, "")
			}
		}, map[check.Code][]string{check.CodeCached: {"https://app.staging.example.com"}}},
		{"no Vary, and no cache may keep it", severalOrigins, func(r *http.Request, a *gateway.Answer) {
			setHeader(a, cors.HeaderVary, "")
			setHeader(a, "Cache-Control", "private, no-store")
		}, nil},
		{"a cache gives everybody the first answer", severalOrigins, func(r *http.Request, a *gateway.Answer) {
			if !isPreflight(r) {
				setHeader(a, allowOrigin, page)
				setHeader(a, "Age", "12")
			}
		}, map[check.Code][]string{check.CodeRefused: {"https://app.staging.example.com"}}},
		{"another time to keep preflights", severalOrigins, func(r *http.Request, a *gateway.Answer) {
			if isPreflight(r) {
				setHeader(a, cors.HeaderMaxAge, "60")
			}
		}, map[check.Code][]string{check.CodeMaxAge: {page, "https://app.staging.example.com"}}},
		{"a header that is not exposed", severalOrigins, func(r *http.Request, a *gateway.Answer) {
			setHeader(a, cors.HeaderExposeHeaders, "etag")
		}, map[check.Code][]string{check.CodeUnexposed: {page, "https://app.staging.example.com"}}},
		{"null for whoever has no origin", severalOrigins, func(r *http.Request, a *gateway.Answer) {
			if r.Header.Get(origin) == "" {
				setHeader(a, allowOrigin, "null")
			}
		}, map[check.Code][]string{check.CodeNoOrigin: {""}}},
		{"a path that is not deployed", severalOrigins, func(r *http.Request, a *gateway.Answer) {
			if r.Method == "GET" && strings.HasSuffix(r.URL.Path, "/orders") {
				a.Status, a.Body = 403, `{"message":"Missing Authentication Token"}`
				a.Headers = cors.HeaderList{{Name: "X-Amzn-Errortype", Value: "MissingAuthenticationTokenException"}, {Name: allowOrigin, Value: "*"}}
			}
		}, map[check.Code][]string{check.CodeNoRoute: {page, "https://app.staging.example.com"}}},
		{"an old deployment without a method", severalOrigins, func(r *http.Request, a *gateway.Answer) {
			if isPreflight(r) && strings.HasSuffix(r.URL.Path, "/apigw-cors-probe") {
				setHeader(a, cors.HeaderAllowMethods, "GET")
			}
		}, map[check.Code][]string{check.CodeRefused: {page, "https://app.staging.example.com"}}},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			api := apiOf(t, tt.policy)
			server := httptest.NewServer(byPolicy(api, tt.change))
			defer server.Close()
			p, err := Matrix(t.Context(), MatrixConfig{
				URL: server.URL + "/prod/", API: api, MaxRequests: MaxRequests, Concurrency: DefaultConcurrency, Connection: Connection{Timeout: 5 * time.Second},
			})
			if err != nil {
				t.Fatal(err)
			}
			got := map[check.Code][]string{}
			for _, g := range p.Groups() {
				for _, c := range g.Cells {
					if !slices.Contains(got[g.Code], c.Origin.Origin) {
						got[g.Code] = append(got[g.Code], c.Origin.Origin)
					}
				}
				if g.Fault == nil || g.Fault.Change == "" {
					t.Errorf("%s: nobody is to blame", g.Code)
				}
			}
			for _, origins := range got {
				slices.Sort(origins)
			}
			if !maps.EqualFunc(got, tt.want, slices.Equal) {
				t.Errorf("found %q\nwant %q", got, tt.want)
			}
		})
	}
}

// TestMatrixLayer: the layer is the one that the story names.
func TestMatrixLayer(t *testing.T) {
	api := apiOf(t, severalOrigins)
	server := httptest.NewServer(byPolicy(api, func(r *http.Request, a *gateway.Answer) {
		setHeader(a, "X-Amz-Apigw-Id", "id=")
		if r.Method == "OPTIONS" {
			a.Status, a.Body = 403, `{"message":"Missing Authentication Token"}`
			setHeader(a, "X-Amzn-Errortype", "MissingAuthenticationTokenException")
		}
	}))
	defer server.Close()
	p, err := Matrix(t.Context(), MatrixConfig{URL: server.URL, API: api, MaxRequests: 500, Concurrency: 2, Connection: Connection{Timeout: 5 * time.Second}})
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range p.Groups() {
		if g.Code != check.CodeRefused || g.Fault.Layer != story.LayerOptions || !strings.Contains(g.Fault.Change, "deploy the stage again") {
			t.Errorf("%s: %+v", g.Code, g.Fault)
		}
	}
	if n, _ := p.Differing(); n != 8 {
		t.Errorf("%d cells differ", n)
	}
}

// TestMatrixSends: nothing that may change something, no more at a time than was
// asked for, and no more than may be.
func TestMatrixSends(t *testing.T) {
	api := apiOf(t, severalOrigins)
	var unsafe, abreast, most, all atomic.Int64
	answer := byPolicy(api, nil)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		all.Add(1)
		if !check.IsSafe(r.Method) {
			unsafe.Add(1)
		}
		if n := abreast.Add(1); n > most.Load() {
			most.Store(n)
		}
		time.Sleep(time.Millisecond)
		abreast.Add(-1)
		answer(w, r)
	}))
	defer server.Close()
	c := MatrixConfig{URL: server.URL, API: api, MaxRequests: 500, Concurrency: 3, Connection: Connection{Timeout: 5 * time.Second}}
	p, err := Matrix(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if n := int64(p.Requests(false)); unsafe.Load() != 0 || most.Load() > 3 || all.Load() > n || p.Trimmed != 0 {
		t.Errorf("%d unsafe, %d at a time, %d of %d, %d trimmed", unsafe.Load(), most.Load(), all.Load(), n, p.Trimmed)
	}
	c.AllowUnsafeMethods = true
	if _, err := Matrix(t.Context(), c); err != nil || unsafe.Load() == 0 {
		t.Errorf("%d unsafe, %v", unsafe.Load(), err)
	}
	c.MaxRequests = 80
	if p, err := Matrix(t.Context(), c); err != nil || p.Trimmed == 0 || p.Requests(true) > 80 {
		t.Errorf("%v: not trimmed", err)
	}
	c.MaxRequests = 10
	var usage *report.UsageError
	if _, err := Matrix(t.Context(), c); !errors.As(err, &usage) || !strings.Contains(usage.Hints[0], "--max-requests") {
		t.Errorf("ten requests: %v", err)
	}
}

// TestMatrixInterrupted: what was asked until Ctrl-C is told.
func TestMatrixInterrupted(t *testing.T) {
	api := apiOf(t, severalOrigins)
	ctx, stop := context.WithCancel(t.Context())
	var n atomic.Int64
	answer := byPolicy(api, nil)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n.Add(1) == 20 {
			stop()
		}
		answer(w, r)
	}))
	defer server.Close()
	p, err := Matrix(ctx, MatrixConfig{URL: server.URL, API: api, MaxRequests: 500, Concurrency: 2, Connection: Connection{Timeout: 5 * time.Second}})
	if err != nil || !errors.Is(p.Ended, context.Canceled) {
		t.Fatalf("%v", err)
	}
	asked, missing := p.Asked()
	if differing, silent := p.Differing(); asked == 0 || missing == 0 || differing+silent > 0 {
		t.Errorf("%d asked, %d not; %d differ", asked, missing, differing+silent)
	}
	var b bytes.Buffer
	p.WriteText(&b, check.Drawing{Width: 80})
	if !strings.Contains(b.String(), "?  nobody can tell") || !strings.Contains(b.String(), "not asked: interrupted") || !strings.Contains(p.Summary(), "interrupted") {
		t.Errorf("%s\n%s", b.String(), p.Summary())
	}
}

// TestMatrixTimeOver: a server that takes its time is not waited for longer than
// was said, and what it did not tell is unknown, not allowed, refused or without
// an answer.
func TestMatrixTimeOver(t *testing.T) {
	api := apiOf(t, severalOrigins)
	var n atomic.Int64
	answer := byPolicy(api, nil)
	release := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n.Add(1) > 20 {
			<-release
		}
		answer(w, r)
	}))
	defer server.Close()
	defer close(release)
	for _, slow := range []int64{0, 20} {
		n.Store(slow)
		began := time.Now()
		p, err := Matrix(t.Context(), MatrixConfig{URL: server.URL, API: api, MaxRequests: 500, Concurrency: 2, MaxTime: time.Second / 2, Connection: Connection{Timeout: time.Minute}})
		var over *TimeOverError
		if err != nil || !errors.As(p.Ended, &over) || time.Since(began) > 20*time.Second {
			t.Fatalf("%v after %s", err, time.Since(began))
		}
		asked, missing := p.Asked()
		if differing, silent := p.Differing(); asked > 20 || (asked > 0) != (slow == 0) || missing == 0 || differing+silent > 0 {
			t.Errorf("%d asked, %d not; %d differ, %d silent", asked, missing, differing, silent)
		}
		if d := p.Document(false); d.Counts["unknown"] != missing {
			t.Errorf("%v, and %d missing", d.Counts, missing)
		}
	}
}

// TestMatrixUnreachable ends with the first request.
func TestMatrixUnreachable(t *testing.T) {
	api := apiOf(t, severalOrigins)
	p, err := Matrix(t.Context(), MatrixConfig{URL: "http://127.0.0.1:1/", API: api, MaxRequests: 500, Concurrency: 2, Connection: Connection{Timeout: 5 * time.Second}})
	if p != nil || err == nil || !strings.Contains(err.Error(), "no answer") {
		t.Errorf("%v, %v", p, err)
	}
}
