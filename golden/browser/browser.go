package browser

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
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

// driver is what is particular about a browser that does what the [desk] says.
type driver interface {
	// listen has the console kept from now on, or no longer.
	listen(t testing.TB, on bool)
	// said is what the console said since it was asked last.
	said(t testing.TB) []string
	// ended is closed when the browser ends, and last what it said then.
	ended() <-chan struct{}
	last() string
}

// Fetch is a call of fetch.
// https://fetch.spec.whatwg.org/#fetch-method
type Fetch struct {
	// Origin is the page's: "null" for one in a sandbox.
	Origin string `json:"origin"`
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

// Fetch lets pages make all the fetches, many at a time.
func (b Browser) Fetch(t testing.TB, fetches []Fetch) []Saw {
	t.Helper()
	const abreast = 32
	return b.run(t, fetches, abreast)
}

func (b Browser) run(t testing.TB, fetches []Fetch, abreast int) []Saw {
	t.Helper()
	if len(fetches) == 0 {
		return nil
	}
	work := call{map[string]string{}, fetches, abreast}
	for _, f := range fetches {
		work.Pages[f.Origin] = b.site.page(f.Origin)
	}
	late := time.After(limit)
	calls, saw := b.site.desk.calls, chan []Saw(nil)
	for {
		select {
		case calls <- work:
			// A nil channel takes no second one.
			calls, saw = nil, b.site.desk.saw
		case seen := <-saw:
			return withoutOwn(seen)
		case <-b.driver.ended():
			t.Fatalf("the browser ends: %s", b.driver.last())
		case <-late:
			t.Fatalf("the browser does not answer: %s", b.driver.last())
		}
	}
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

// FetchInTurn lets pages make the fetches one after the other, and keeps what
// the console says of each.
func (b Browser) FetchInTurn(t testing.TB, fetches []Fetch) []Saw {
	t.Helper()
	if len(fetches) == 0 {
		return nil
	}
	b.driver.listen(t, true)
	defer b.driver.listen(t, false)
	b.driver.said(t)
	var lines []string
	var saw []Saw
	// Firefox keeps no more than the last 250 lines.
	const atOnce = 50
	for part := range slices.Chunk(fetches, atOnce) {
		saw = append(saw, b.run(t, part, 1)...)
		lines = append(lines, b.driver.said(t)...)
	}
	// The console is another process's, and comes late: what it says of one more
	// refusal is its last word.
	const patience, pause = 15 * time.Second, 20 * time.Millisecond
	b.run(t, []Fetch{{Origin: fetches[0].Origin, URL: lastWord, Method: http.MethodGet, Headers: [][2]string{}, Credentials: "omit"}}, 1)
	for began, heard := time.Now(), 0; heard < 2; time.Sleep(pause) {
		said := b.driver.said(t)
		lines = append(lines, said...)
		if heard > 0 || slices.ContainsFunc(said, func(line string) bool { return strings.Contains(line, lastWord) }) {
			heard++
		}
		if time.Since(began) > patience {
			t.Fatalf("the console does not come to its end:\n%s", strings.Join(lines, "\n"))
		}
	}
	attribute(lines, fetches, saw)
	return saw
}

// lastWord is a URL that no page may read.
const lastWord = "https://last.test/?" + CellParameter + "=999999999"

// limit is how long a browser may run.
const limit = 10 * time.Minute

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
