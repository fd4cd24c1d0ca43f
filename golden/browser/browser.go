package browser

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	cdplog "github.com/chromedp/cdproto/log"
	cdpnetwork "github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"apigw-cors/golden/tools"
)

const installChromium = "apt-get install chromium, or name a Chromium or Chrome in CHROME"

// Browser is a headless Chromium.
type Browser struct {
	ctx    context.Context
	script string
}

// Start starts Chromium with a profile of its own; it ends with the test. rules
// say where the names of a URL lead to ([Site.ResolverRules]): no request
// leaves the machine.
func Start(t testing.TB, rules string) Browser {
	t.Helper()
	script, err := os.ReadFile(tools.File(t, "fetch.js"))
	if err != nil {
		t.Fatal(err)
	}
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(Path(t)),
		chromedp.NoInheritEnv, chromedp.Env(tools.Environ()...),
		chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
		chromedp.IgnoreCertErrors,
		chromedp.Flag("host-resolver-rules", rules),
		chromedp.Flag("no-proxy-server", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-dev-shm-usage", true),
		// Plain http pages stay so, and a page without an address asks nobody's
		// permission to reach loopback.
		chromedp.Flag("disable-features", "HttpsUpgrades,LocalNetworkAccessChecks"),
	}
	limited, stop := context.WithTimeout(t.Context(), 3*time.Minute)
	allocated, release := chromedp.NewExecAllocator(limited, options...)
	ctx, closeBrowser := chromedp.NewContext(allocated)
	t.Cleanup(func() {
		closeBrowser()
		release()
		stop()
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("Chromium does not start: %v", err)
	}
	return Browser{ctx, string(script)}
}

// Path finds the program. A test skips without it, and fails with CI=true.
func Path(t testing.TB) string {
	t.Helper()
	for _, name := range []string{os.Getenv("CHROME"), "/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome", "chrome"} {
		if name == "" {
			continue
		}
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	tools.Missing(t, "Chromium", installChromium)
	return ""
}

// Fetch is a call of fetch.
// https://fetch.spec.whatwg.org/#fetch-method
type Fetch struct {
	URL    string `json:"url"`
	Method string `json:"method"`
	// Headers are names and values, not nil.
	Headers [][2]string `json:"headers"`
	// Credentials is the credentials mode: "omit" or "include".
	Credentials string `json:"credentials"`
}

// Saw is what became of it: an error, or a response with the names of the
// headers that the page can read.
type Saw struct {
	Status   int
	Readable []string
	Error    string
}

// FetchFrom lets a page of an origin make all the fetches. The page of "null" is
// one without an address.
func (b Browser) FetchFrom(t testing.TB, origin string, fetches []Fetch) []Saw {
	t.Helper()
	if len(fetches) == 0 {
		return nil
	}
	page := origin + "/"
	if origin == "null" {
		page = "data:text/html,<title>page</title>"
	}
	argument, err := json.Marshal(fetches)
	if err != nil {
		t.Fatal(err)
	}
	tab, closeTab := chromedp.NewContext(b.ctx)
	defer closeTab()
	call := "(" + b.script + ")(" + string(argument) + ")"
	if err := chromedp.Do(tab, chromedp.Navigate(page), chromedp.Func(silence)); err != nil {
		t.Fatalf("a page at %s: %v", page, err)
	}
	saw, err := chromedp.Run(tab, chromedp.Evaluate[[]Saw](call, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("a page at %s: %v", page, err)
	}
	return saw
}

// silence spares the browser the reports on each request, which cost more than
// the requests.
func silence(ctx context.Context, tab *chromedp.Target) error {
	_, err := cdp.Call(ctx, tab, cdpnetwork.Disable, cdp.Empty{})
	if err == nil {
		_, err = cdp.Call(ctx, tab, cdplog.Disable, cdp.Empty{})
	}
	return err
}
