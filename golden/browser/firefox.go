package browser

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"apigw-cors/golden/tools"
)

const installFirefox = "apt-get install firefox-esr, or name a Firefox in FIREFOX"

// firefox is driven through Marionette, which lets its own console be read as
// well: WebDriver BiDi tells nothing of what the network was refused.
type firefox struct {
	marionette *marionette
	over       chan struct{}
}

func (f *firefox) ended() <-chan struct{} { return f.over }

func (f *firefox) last() string { return "" }

// Firefox starts Firefox.
func Firefox(t testing.TB, site *Site) Browser {
	t.Helper()
	program := require(t, "Firefox", installFirefox, os.Getenv("FIREFOX"), "firefox-esr", "firefox")
	profile := t.TempDir()
	host, port, err := net.SplitHostPort(site.proxy())
	if err != nil {
		t.Fatal(err)
	}
	var preferences strings.Builder
	for name, value := range map[string]string{
		"marionette.port":    "0",
		"network.proxy.type": "1",
		"network.proxy.http": strconv.Quote(host), "network.proxy.http_port": port,
		"network.proxy.ssl": strconv.Quote(host), "network.proxy.ssl_port": port,
		// Loopback is the site's, too.
		"network.proxy.allow_hijacking_localhost": "true",
		"dom.security.https_first":                "false",
		"app.normandy.enabled":                    "false",
		// Pages share a process, as to start one takes longer than most fetches.
		"fission.autostart": "false", "dom.ipc.processCount": "1",
	} {
		fmt.Fprintf(&preferences, "user_pref(%q, %s);\n", name, value)
	}
	tools.WriteFile(t, filepath.Join(profile, "user.js"), preferences.String())
	ctx, stop := context.WithTimeout(t.Context(), limit)
	cmd := tools.At(program).Environment("HOME="+profile, "MOZ_CRASHREPORTER_DISABLE=1").
		Command(ctx, "--headless", "--no-remote", "--marionette", "--remote-allow-system-access", "--profile", profile)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	f := &firefox{over: make(chan struct{})}
	go func() {
		defer close(f.over)
		// It is told to end, so its exit code says nothing.
		_ = cmd.Wait()
	}()
	t.Cleanup(func() {
		stop()
		<-f.over
	})
	f.marionette = dialMarionette(t, filepath.Join(profile, "MarionetteActivePort"))
	f.marionette.ask(t, "WebDriver:NewSession", map[string]any{"acceptInsecureCerts": true}, nil)
	f.marionette.ask(t, "WebDriver:Navigate", map[string]any{"url": deskURL}, nil)
	return Browser{site, f}
}

// listen does nothing: it keeps its console all the time.
func (f *firefox) listen(testing.TB, bool) {}

func (f *firefox) said(t testing.TB) []string {
	t.Helper()
	context := func(name string) {
		f.marionette.ask(t, "Marionette:SetContext", map[string]any{"value": name}, nil)
	}
	context("chrome")
	defer context("content")
	var lines []string
	f.marionette.ask(t, "WebDriver:ExecuteScript", map[string]any{
		"script": `const said = Services.console.getMessageArray().filter(m => m instanceof Ci.nsIScriptError);
			Services.console.reset();
			return said.filter(m => !m.isFromChromeContext).map(m => m.errorMessage);`,
		"args": []any{},
	}, &lines)
	// What it makes of pages and icons is of no fetch.
	return slices.DeleteFunc(lines, func(line string) bool { return !cell.MatchString(line) })
}

// dialMarionette connects to the port that a Firefox writes down once it
// listens.
func dialMarionette(t testing.TB, file string) *marionette {
	t.Helper()
	const patience = 30 * time.Second
	for began := time.Now(); time.Since(began) < patience; time.Sleep(20 * time.Millisecond) {
		port, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		if conn, err := net.Dial("tcp", "127.0.0.1:"+strings.TrimSpace(string(port))); err == nil {
			t.Cleanup(func() { conn.Close() })
			return newMarionette(t, conn)
		}
	}
	t.Fatalf("Firefox does not start within %s", patience)
	return nil
}
