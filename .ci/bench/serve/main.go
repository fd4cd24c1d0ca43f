// Command serve measures `apigw-cors serve` under load against a bare
// httputil.ReverseProxy in front of the same backend, in one run:
//
//	go run ./.ci/bench/serve
//
// Backend, proxies and load are processes of their own, all on loopback. The
// rounds alternate, and the ratio is the median of the rounds' ratios, since
// the machine may be busy with other things. It fails below the goal of 0.9.
// The bare proxy gets the same transport and logs nothing.
package main

import (
	"bufio"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// The bounds of the measurement: about half a minute in all.
const (
	rounds      = 9
	requests    = 6000
	connections = 16
	goal        = 0.9
)

func main() {
	log.SetFlags(0)
	switch arg := append(os.Args[1:], "", ""); arg[0] {
	case "backend":
		listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Access-Control-Allow-Origin", "https://app.example.com")
			io.WriteString(w, `{"orders":[1,2,3]}`)
		}))
	case "bare":
		target, err := url.Parse(arg[1])
		check(err)
		proxy := &httputil.ReverseProxy{
			Rewrite:   func(p *httputil.ProxyRequest) { p.SetURL(target); p.SetXForwarded() },
			Transport: &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true},
		}
		listen(proxy)
	case "load":
		fmt.Println(load(arg[1]))
	default:
		compare()
	}
}

// listen serves on a free port, and prints the address as serve does.
func listen(h http.Handler) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	fmt.Fprintf(os.Stderr, "answers on http://%s,\n", l.Addr())
	log.Fatal(http.Serve(l, h))
}

func compare() {
	self, err := os.Executable()
	check(err)
	dir, err := os.MkdirTemp("", "bench")
	check(err)
	defer os.RemoveAll(dir)
	tool := filepath.Join(dir, "apigw-cors")
	if out, err := exec.Command("go", "build", "-o", tool, ".").CombinedOutput(); err != nil {
		log.Fatalf("%v\n%s", err, out)
	}
	backend, stopBackend := start(self, "backend")
	defer stopBackend()
	bare, stopBare := start(self, "bare", backend)
	defer stopBare()
	rest, stopREST := start(tool, "serve", "--api", "rest", "--allow-origins", "https://app.example.com",
		"--allow-methods", "GET,POST", "--resource", "/orders/{id}", "--listen", "127.0.0.1:0", "--backend", backend)
	defer stopREST()
	httpAPI, stopHTTP := start(tool, "serve", "--api", "http", "--allow-origins", "https://app.example.com,https://b.example",
		"--allow-methods", "GET,POST", "--listen", "127.0.0.1:0", "--backend", backend)
	defer stopHTTP()

	ratios := map[string][]float64{}
	var bareRates []float64
	for round := range rounds {
		base := run(self, bare)
		for _, served := range []string{rest, httpAPI} {
			rate := run(self, served)
			// The first round warms the connections up.
			if round > 0 {
				ratios[served] = append(ratios[served], rate/base)
			}
		}
		bareRates = append(bareRates, base)
	}
	fmt.Printf("bare httputil.ReverseProxy: %.0f requests a second (median of %d rounds of %d, %d connections)\n", median(bareRates), rounds, requests, connections)
	failed := false
	for _, served := range []struct{ name, address string }{{"serve, REST API", rest}, {"serve, HTTP API", httpAPI}} {
		ratio := median(ratios[served.address])
		fmt.Printf("%s: %.2f of that (goal: at least %.1f)\n", served.name, ratio, goal)
		failed = failed || ratio < goal
	}
	if failed {
		stopBackend()
		stopBare()
		stopREST()
		stopHTTP()
		os.RemoveAll(dir)
		os.Exit(1)
	}
}

// start runs a server until stop is called, and waits for its address.
func start(program string, args ...string) (address string, stop func()) {
	cmd := exec.Command(program, args...)
	stderr, err := cmd.StderrPipe()
	check(err)
	check(cmd.Start())
	lines := bufio.NewReader(stderr)
	for {
		line, err := lines.ReadString('\n')
		check(err)
		if _, rest, ok := strings.Cut(line, "answers on "); ok {
			address, _, _ = strings.Cut(rest, ",")
			break
		}
	}
	// The log is written, and read by nobody.
	go io.Copy(io.Discard, lines)
	return address, func() { cmd.Process.Kill(); cmd.Wait() }
}

func run(self, address string) float64 {
	out, err := exec.Command(self, "load", address).Output()
	check(err)
	rate, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
	check(err)
	return rate
}

// load sends requests over a few connections, and gives the rate a second.
func load(address string) float64 {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections, DisableCompression: true}}
	begin := time.Now()
	var clients sync.WaitGroup
	for range connections {
		clients.Go(func() {
			for range requests / connections {
				r, err := http.NewRequest("GET", address+"/orders/17", nil)
				check(err)
				r.Header.Set("Origin", "https://app.example.com")
				response, err := client.Do(r)
				check(err)
				if response.StatusCode != 200 || response.Header.Get("Access-Control-Allow-Origin") == "" {
					log.Fatal(response.Status)
				}
				_, err = io.Copy(io.Discard, response.Body)
				check(err)
				response.Body.Close()
			}
		})
	}
	clients.Wait()
	return float64(requests) / time.Since(begin).Seconds()
}

func median(rates []float64) float64 {
	sorted := slices.Sorted(slices.Values(rates))
	return sorted[len(sorted)/2]
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
