package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	cdplog "github.com/chromedp/cdproto/log"
	cdpnetwork "github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"apigw-cors/golden/tools"
)

const installChromium = "apt-get install chromium, or name a Chromium or Chrome in CHROME"

// chromium is driven through DevTools.
type chromium struct {
	ctx   context.Context
	lines console
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
		// Pages share a process, as to start one takes longer than most fetches.
		// Plain http pages stay so, and a page without an address asks nobody's
		// permission to reach loopback.
		chromedp.Flag("disable-site-isolation-trials", true),
		chromedp.Flag("disable-features", "IsolateOrigins,site-per-process,IsolateSandboxedIframes,HttpsUpgrades,LocalNetworkAccessChecks"),
	}
	limited, stop := context.WithTimeout(t.Context(), limit)
	allocated, release := chromedp.NewExecAllocator(limited, options...)
	ctx, closeBrowser := chromedp.NewContext(allocated)
	t.Cleanup(func() {
		closeBrowser()
		release()
		stop()
	})
	c := &chromium{ctx: ctx}
	hear := chromedp.Func(func(context.Context, *chromedp.Target) error {
		return chromedp.Listen(ctx, func(event any) {
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
	if err := chromedp.Do(ctx, chromedp.Navigate(deskURL), hear); err != nil {
		t.Fatalf("Chromium does not start: %v", err)
	}
	c.listen(t, false)
	return Browser{site, c}
}

// listen has reports on each request sent or not, which cost more than the
// requests.
func (c *chromium) listen(t testing.TB, on bool) {
	t.Helper()
	log := cdplog.Disable
	if on {
		log = cdplog.Enable
	}
	if err := chromedp.Do(c.ctx, command(cdpnetwork.Disable), command(log)); err != nil {
		t.Fatalf("Chromium: %v", err)
	}
}

func (c *chromium) said(testing.TB) []string { return c.lines.take() }

func (c *chromium) ended() <-chan struct{} { return c.ctx.Done() }

func (c *chromium) last() string { return fmt.Sprint(context.Cause(c.ctx)) }

// command is a command of DevTools without parameters.
func command(c cdp.Command[cdp.Empty, cdp.Empty]) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, c, cdp.Empty{})
		return err
	})
}

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
