package browser

import (
	"bufio"
	"context"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"apigw-cors/golden/tools"
)

const (
	installWebKit = "apt-get install libwebkit2gtk-4.1-0"
	installXvfb   = "apt-get install xvfb"
)

// webkit is WebKitGTK's own small browser. Nobody drives it, as the one that
// WebDriver drives keeps its console to itself.
type webkit struct {
	lines console
	over  chan struct{}
}

func (w *webkit) ended() <-chan struct{} { return w.over }

// listen does nothing: it writes its console all the time.
func (w *webkit) listen(testing.TB, bool) {}

// WebKit starts MiniBrowser on a screen that nobody sees.
func WebKit(t testing.TB, site *Site) Browser {
	t.Helper()
	var names []string
	for _, folder := range []string{"/usr/lib/*", "/usr/libexec"} {
		found, err := filepath.Glob(folder + "/webkit2gtk-4.1/MiniBrowser")
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, found...)
	}
	program := require(t, "MiniBrowser of WebKitGTK", installWebKit, names...)
	// Xvfb says which display it took. When it ends, so does what is on it.
	screen := tools.Start(t, tools.Require(t, "Xvfb", installXvfb).With("-displayfd", "1", "-screen", "0", "640x480x24", "-nolisten", "tcp"))
	home := t.TempDir()
	ctx, stop := context.WithTimeout(t.Context(), limit)
	cmd := tools.At(program).Environment(
		"DISPLAY=:"+string(screen.Line(t)), "HOME="+home, "XDG_RUNTIME_DIR="+home,
		"XDG_CACHE_HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_DATA_HOME="+home,
		"DBUS_SESSION_BUS_ADDRESS=disabled:", "NO_AT_BRIDGE=1", "LC_ALL=C.UTF-8",
		// A sandbox may not be had in a container, and the pages are ours.
		"WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS=1",
	).Command(ctx, "--ignore-tls-errors", "--proxy=http://"+site.proxy(),
		// Not --private: such pages keep their console to themselves.
		"--enable-write-console-messages-to-stdout=1", deskURL)
	output, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = cmd.Stdout
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	w := &webkit{over: make(chan struct{})}
	go func() {
		defer close(w.over)
		lines := bufio.NewScanner(output)
		lines.Buffer(nil, 16<<20)
		for lines.Scan() {
			w.lines.add(lines.Text())
		}
	}()
	t.Cleanup(func() {
		stop()
		select {
		case <-w.over:
		case <-time.After(20 * time.Second):
			// A process of its own outlives it: Wait closes the pipe.
		}
		// It was told to end, so its exit code says nothing.
		_ = cmd.Wait()
	})
	return Browser{site, w}
}

// last are the lines that may say why it fails.
func (w *webkit) last() string {
	lines := w.lines.take()
	return strings.Join(lines[max(0, len(lines)-10):], "\n")
}

// consoleLine is a line of the console: a source, a level, and what it says.
var consoleLine = regexp.MustCompile(`CONSOLE (?:[A-Z]+ )?(?:ERROR|WARN|LOG|INFO|DEBUG) (.*)`)

// said are the lines of the console, without what the rest of the program says.
func (w *webkit) said(testing.TB) []string {
	var out []string
	for _, line := range w.lines.take() {
		if found := consoleLine.FindStringSubmatch(line); found != nil {
			out = append(out, found[1])
		}
	}
	return out
}
