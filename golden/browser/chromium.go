package browser

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	cdplog "github.com/chromedp/cdproto/log"
	cdpnetwork "github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"apigw-cors/golden/tools"
)

const installChromium = "apt-get install chromium, or name a Chromium or Chrome in CHROME"

// chromium is driven through DevTools.
type chromium struct {
	ctx    context.Context
	script string
	lines  console
}

// Chromium starts Chromium.
func Chromium(t testing.TB, site *Site) Browser {
	t.Helper()
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(require(t, "Chromium", installChromium,
			os.Getenv("CHROME"), "/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome", "chrome")),
		chromedp.NoInheritEnv, chromedp.Env(tools.Environ()...),
		chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
		chromedp.IgnoreCertErrors,
		chromedp.Flag("proxy-server", site.proxy()),
		// Loopback is the site's, too.
		chromedp.Flag("proxy-bypass-list", "<-loopback>"),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-dev-shm-usage", true),
		// Plain http pages stay so, and a page without an address asks nobody's
		// permission to reach loopback.
		chromedp.Flag("disable-features", "HttpsUpgrades,LocalNetworkAccessChecks"),
	}
	limited, stop := context.WithTimeout(t.Context(), limit)
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
	return Browser{site, &chromium{ctx: ctx, script: fetchScript(t)}}
}

func (c *chromium) run(t testing.TB, page string, call call) []Saw {
	t.Helper()
	argument, err := json.Marshal(call)
	if err != nil {
		t.Fatal(err)
	}
	tab, closeTab := chromedp.NewContext(c.ctx)
	defer closeTab()
	listen := chromedp.Func(silence)
	if call.Abreast == 1 {
		listen = chromedp.Func(func(context.Context, *chromedp.Target) error {
			return chromedp.Listen(tab, func(event any) {
				if e, ok := event.(*cdplog.EventEntryAdded); ok {
					line := e.Entry.Text
					if !cell.MatchString(line) {
						// A failure to load carries its URL apart from the text.
						line += " " + e.Entry.URL
					}
					c.lines.add(line)
				}
			})
		})
	}
	if err := chromedp.Do(tab, chromedp.Navigate(page), listen); err != nil {
		t.Fatalf("a page at %s: %v", page, err)
	}
	saw, err := chromedp.Run(tab, chromedp.Evaluate[[]Saw]("("+c.script+")("+string(argument)+")", chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("a page at %s: %v", page, err)
	}
	return saw
}

func (c *chromium) said(testing.TB) []string { return c.lines.take() }

// silence spares the browser the reports on each request, which cost more than
// the requests.
func silence(ctx context.Context, tab *chromedp.Target) error {
	_, err := cdp.Call(ctx, tab, cdpnetwork.Disable, cdp.Empty{})
	if err == nil {
		_, err = cdp.Call(ctx, tab, cdplog.Disable, cdp.Empty{})
	}
	return err
}

// limit is how long a browser may run.
const limit = 10 * time.Minute

// console collects lines while a browser runs.
type console struct {
	mu    sync.Mutex
	lines []string
}

func (c *console) add(line string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lines = append(c.lines, line)
}

// take gives the lines and forgets them.
func (c *console) take() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	lines := c.lines
	c.lines = nil
	return lines
}

// require finds a program by the first of its names that is there.
func require(t testing.TB, what, install string, names ...string) string {
	t.Helper()
	for _, name := range names {
		if name == "" {
			continue
		}
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	tools.Missing(t, what, install)
	return ""
}

// fetchScript is the function that a page calls, in JavaScript.
func fetchScript(t testing.TB) string {
	t.Helper()
	return string(tools.ReadFile(t, tools.File(t, "fetch.js")))
}
