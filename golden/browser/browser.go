package browser

import (
	"regexp"
	"slices"
	"testing"
	"time"
)

// Engine is a browser that the tests know how to start.
type Engine struct {
	// Name is the engine's, such as Firefox.
	Name string
	// Start starts it with a profile of its own; it ends with the test. Its
	// requests go to the site, whatever host they name: none leaves the
	// machine. A test skips where the browser is missing, and fails with
	// CI=true.
	Start func(testing.TB, *Site) Browser
}

// Engines are the three that browsers are made of.
func Engines() []Engine {
	return []Engine{{"Chromium", Chromium}, {"Firefox", Firefox}, {"WebKit", WebKit}}
}

// Browser is one that runs.
type Browser struct {
	site   *Site
	driver driver
}

// driver is how a browser is told what to do.
type driver interface {
	// run opens a page and lets it call fetch.js.
	run(t testing.TB, page string, call call) []Saw
	// said is what the console said since it was asked last.
	said(t testing.TB) []string
}

// call are the arguments of fetch.js.
type call struct {
	Fetches []Fetch `json:"fetches"`
	// Abreast is how many fetches are made at a time.
	Abreast int `json:"abreast"`
}

// Fetch is a call of fetch.
// https://fetch.spec.whatwg.org/#fetch-method
type Fetch struct {
	// URL has a [CellParameter] of its own.
	URL    string `json:"url"`
	Method string `json:"method"`
	// Headers are names and values, not nil.
	Headers [][2]string `json:"headers"`
	// Credentials is the credentials mode: "omit" or "include".
	Credentials string `json:"credentials"`
}

// Saw is what became of it: an error, or a response with the names of the
// headers that the page can read, sorted, without those that server and browser
// add to every response.
type Saw struct {
	Status   int
	Readable []string
	Error    string
	// Console is what the browser told the developer meanwhile: see
	// [Browser.FetchInTurn].
	Console []string
}

// FetchFrom lets a page of an origin make all the fetches, many at a time.
func (b Browser) FetchFrom(t testing.TB, origin string, fetches []Fetch) []Saw {
	t.Helper()
	if len(fetches) == 0 {
		return nil
	}
	return withoutOwn(b.driver.run(t, b.site.page(origin), call{fetches, 32}))
}

// withoutOwn sorts the names of the headers, and leaves out those that server
// and browser add to every response.
func withoutOwn(saw []Saw) []Saw {
	own := []string{"content-length", "date", "x-firefox-spdy"}
	for i := range saw {
		saw[i].Readable = slices.DeleteFunc(saw[i].Readable, func(name string) bool { return slices.Contains(own, name) })
		slices.Sort(saw[i].Readable)
	}
	return saw
}

// FetchInTurn lets a page of an origin make the fetches one after the other, and
// keeps what the console says of each.
func (b Browser) FetchInTurn(t testing.TB, origin string, fetches []Fetch) []Saw {
	t.Helper()
	if len(fetches) == 0 {
		return nil
	}
	b.driver.said(t)
	saw := withoutOwn(b.driver.run(t, b.site.page(origin), call{fetches, 1}))
	// The console is another process's, and may come late.
	const patience, pause = 10, 100 * time.Millisecond
	var lines []string
	for silent := 0; silent < patience; silent++ {
		if said := b.driver.said(t); len(said) > 0 {
			lines, silent = append(lines, said...), 0
		}
		time.Sleep(pause)
	}
	attribute(lines, fetches, saw)
	return saw
}

// cell is the number of a fetch, wherever its URL stands.
var cell = regexp.MustCompile(`[?&]` + CellParameter + `=(\d+)`)

// attribute gives each line to the fetch whose URL it names. One that names none
// belongs to the next that does: WebKit says why in one line and of what in the
// next.
func attribute(lines []string, fetches []Fetch, saw []Saw) {
	var waiting []string
	for _, line := range lines {
		waiting = append(waiting, line)
		found := cell.FindStringSubmatch(line)
		if found == nil {
			continue
		}
		i := slices.IndexFunc(fetches, func(f Fetch) bool {
			own := cell.FindStringSubmatch(f.URL)
			return own != nil && own[1] == found[1]
		})
		if i >= 0 {
			saw[i].Console = append(saw[i].Console, waiting...)
		}
		waiting = nil
	}
}
