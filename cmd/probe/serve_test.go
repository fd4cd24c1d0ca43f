package probe

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"apigw-cors/cmd/check"
	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/report"
	"apigw-cors/cmd/serve"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// vectorsHost is where the requests of the published vectors go.
const vectorsHost = "api.example.net"

// startServe runs "apigw-cors serve" for a policy, and gives its address.
func startServe(t *testing.T, document string) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	read, write := io.Pipe()
	done := make(chan error, 1)
	go func() {
		done <- serve.Run(ctx, serve.Config{
			Input: policy.FileInput("-", "", strings.NewReader(document)), Listen: "127.0.0.1:0", Fail: "none",
			AllowHosts: []string{vectorsHost}, Report: &report.Report{}, JSON: true, Out: write, Err: io.Discard,
		})
		write.Close()
	}()
	lines := bufio.NewScanner(read)
	lines.Buffer(nil, 1<<20)
	if !lines.Scan() {
		t.Fatalf("serve does not start: %v", <-done)
	}
	var listening struct{ Address string }
	if err := json.Unmarshal(lines.Bytes(), &listening); err != nil {
		t.Fatal(err)
	}
	go io.Copy(io.Discard, read)
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return listening.Address
}

// overTLS puts TLS with HTTP/2 in front of an address.
func overTLS(t *testing.T, address string) net.Addr {
	t.Helper()
	to, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	front := httptest.NewUnstartedServer(&httputil.ReverseProxy{
		Rewrite:  func(p *httputil.ProxyRequest) { p.SetURL(to); p.Out.Host = p.In.Host },
		ErrorLog: log.New(io.Discard, "", 0),
	})
	front.EnableHTTP2 = true
	front.Config.ErrorLog = log.New(io.Discard, "", 0)
	front.StartTLS()
	t.Cleanup(front.Close)
	return front.Listener.Addr()
}

// dialling is an asker whose every connection goes to one address.
func dialling(t *testing.T, base string, to net.Addr) *Asker {
	t.Helper()
	a, err := NewAsker(context.Background(), base, Connection{Timeout: 20 * time.Second}, true)
	if err != nil {
		t.Fatal(err)
	}
	transport := a.client.http.Transport.(*http.Transport)
	transport.TLSClientConfig = &tls.Config{InsecureSkipVerify: true}
	transport.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, to.String())
	}
	return a
}

// TestVectorsThroughServe sends every published vector of a policy to "apigw-cors
// serve", over TLS with HTTP/2, as probe does: the verdict, and each step to it,
// is the one that explain gives.
func TestVectorsThroughServe(t *testing.T) {
	text, err := os.ReadFile("../../golden/vectors/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var table struct {
		Policies map[string]json.RawMessage
		Vectors  []struct {
			Policy, Failure, Verdict string
			Request                  struct {
				Origin, Method, URL string
				Headers             [][2]string
				Credentials         cors.CredentialsMode
			}
			Steps []cors.Cause
		}
	}
	if err := json.Unmarshal(text, &table); err != nil {
		t.Fatal(err)
	}
	asked := 0
	for name, document := range table.Policies {
		asker := dialling(t, "https://"+vectorsHost, overTLS(t, startServe(t, string(document))))
		var all sync.WaitGroup
		room := make(chan struct{}, 8)
		for _, v := range table.Vectors {
			if v.Policy != name || v.Failure != "" {
				continue
			}
			asked++
			f := check.Fetch{Request: cors.Request{
				Origin: v.Request.Origin, Method: v.Request.Method, URL: strings.TrimPrefix(v.Request.URL, "https://"+vectorsHost), Credentials: v.Request.Credentials,
			}}
			for _, h := range v.Request.Headers {
				f.Headers = append(f.Headers, cors.Header{Name: h[0], Value: h[1]})
			}
			room <- struct{}{}
			all.Go(func() {
				defer func() { <-room }()
				got := asker.Ask(t.Context(), f)
				var steps []cors.Cause
				for _, s := range got.Steps {
					steps = append(steps, s.Cause)
				}
				if string(got.Verdict) != v.Verdict || !slices.Equal(steps, v.Steps) {
					t.Errorf("%s: %s %s from %s %q: %s %v %v; want %s %v", name, f.Method, f.URL, f.Origin, f.Headers, got.Verdict, got.Err, steps, v.Verdict, v.Steps)
				}
			})
		}
		all.Wait()
	}
	if asked < 800 {
		t.Errorf("%d vectors", asked)
	}
}

// TestMatrixOfEveryCase: what "apigw-cors serve" answers for a policy is what the
// policy says.
func TestMatrixOfEveryCase(t *testing.T) {
	files, err := filepath.Glob("../../golden/*/cors.yaml")
	if err != nil || len(files) < 20 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		api := apiOf(t, string(text))
		p, err := Matrix(t.Context(), MatrixConfig{
			URL: startServe(t, string(text)), API: api, MaxRequests: MaxRequests, Concurrency: 8, Connection: Connection{Timeout: 20 * time.Second},
		})
		if err != nil {
			t.Fatal(file, err)
		}
		if differing, silent := p.Differing(); differing+silent > 0 {
			var b strings.Builder
			p.WriteDifferences(&b, report.Painter{})
			t.Errorf("%s: %s", file, b.String())
		}
	}
}

func apiOf(t testing.TB, document string) gateway.API {
	t.Helper()
	var r report.Report
	for s, err := range policy.FileInput("-", "", strings.NewReader(document)).Sources(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		if api, ok := s.Parse(&r); ok {
			return api
		}
	}
	t.Fatal(fmt.Sprint(r.Faults))
	return gateway.API{}
}
