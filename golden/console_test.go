package golden_test

import (
	"bytes"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"apigw-cors/cmd/console"
	"apigw-cors/golden/browser"
	"apigw-cors/golden/tools"
)

// provocation is a fetch, and answers that a browser refuses it for. Without a
// preflight answer the fetch is one that has no preflight.
type provocation struct {
	method, header, credentials string
	preflight, actual           http.Header
	status                      int
}

// provocations are for the rows of the table, in its order; the last row is
// about no answer at all.
func provocations() []provocation {
	const page = "https://app.example.com"
	headers := func(pairs ...string) http.Header {
		h := http.Header{}
		for i := 0; i < len(pairs); i += 2 {
			h.Add("Access-Control-Allow-"+pairs[i], pairs[i+1])
		}
		return h
	}
	redirect := headers("Origin", page)
	redirect.Set("Location", "https://elsewhere.example/")
	return []provocation{
		{method: "PUT", preflight: headers()},
		{method: "PUT", preflight: headers("Origin", page, "Methods", "PUT"), actual: headers()},
		{method: "PUT", preflight: headers("Origin", page), status: 403},
		{method: "PUT", preflight: redirect, status: 302},
		{method: "GET", actual: headers("Origin", page+"/")},
		{method: "GET", actual: headers("Origin", page+", https://b.example")},
		{method: "GET", actual: headers("Origin", "'*'")},
		{method: "GET", credentials: "include", actual: headers("Origin", "*", "Credentials", "true")},
		{method: "GET", credentials: "include", actual: headers("Origin", page)},
		{method: "PUT", preflight: headers("Origin", page, "Methods", "GET")},
		{method: "GET", header: "Authorization", preflight: headers("Origin", page)},
		{method: "PUT", preflight: headers("Origin", page, "Methods", "GET PUT")},
		{method: "GET", header: "X-Api-Key", preflight: headers("Origin", page, "Headers", "x api key")},
	}
}

// TestConsole provokes every refusal of the table in each engine, and reads its
// console.
func TestConsole(t *testing.T) {
	if testing.Short() {
		t.Skip("real tools are left out of -short")
	}
	rows, all := console.Refusals(), provocations()
	if len(all) != len(rows)-1 {
		t.Fatalf("%d provocations of %d rows and a silent one", len(all), len(rows)-1)
	}
	for _, engine := range browser.Engines() {
		t.Run(engine.Name, func(t *testing.T) {
			site := browser.NewSite(t)
			url := site.Deploy("api", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				n, _ := strconv.Atoi(r.URL.Query().Get(browser.CellParameter))
				if n == len(all) {
					panic(http.ErrAbortHandler)
				}
				answer, status := all[n].actual, http.StatusOK
				if r.Method == http.MethodOptions {
					answer, status = all[n].preflight, max(status, all[n].status)
				}
				for name, values := range answer {
					w.Header()[name] = values
				}
				w.WriteHeader(status)
			}))
			var fetches []browser.Fetch
			for i, p := range append(all, provocation{method: "GET"}) {
				f := browser.Fetch{URL: fmt.Sprintf("%s/?%s=%d", url, browser.CellParameter, i), Method: p.method, Headers: [][2]string{}, Credentials: "omit"}
				if p.header != "" {
					f.Headers = [][2]string{{p.header, "x"}}
				}
				if p.credentials != "" {
					f.Credentials = p.credentials
				}
				fetches = append(fetches, f)
			}
			for i, saw := range engine.Start(t, site).FetchInTurn(t, "https://app.example.com", fetches) {
				said := strings.Join(saw.Console, "\n")
				m := slices.IndexFunc(rows[i].Messages, func(m console.Message) bool { return string(m.Engine) == engine.Name })
				switch {
				case saw.Error == "":
					t.Errorf("row %d: not refused", i)
				case m < 0 && i < len(all):
					t.Errorf("row %d has no message of %s", i, engine.Name)
				case m < 0:
				case !slices.ContainsFunc(saw.Console, rows[i].Messages[m].Matches):
					t.Errorf("row %d: not %q, but\n%s", i, rows[i].Messages[m].Text, said)
				case !slices.ContainsFunc(saw.Console, func(line string) bool {
					return slices.ContainsFunc(console.Find(line), func(r console.Refusal) bool { return r.Why == rows[i].Why })
				}):
					t.Errorf("row %d is not found by\n%s", i, said)
				}
			}
		})
	}
}

// TestREADMEConsole: the README's first table is the console's, in part.
func TestREADMEConsole(t *testing.T) {
	lines := regexp.MustCompile("(?m)^\\| ([^|]*'[^|]*|Re[^|]*|Method [^|]*) \\| [^|]* \\| `([^`]*)` \\|$").FindAllSubmatch(tools.ReadFile(t, "../README.md"), -1)
	if len(lines) < 8 {
		t.Fatalf("%d rows", len(lines))
	}
	for _, line := range lines {
		rows := console.Find(string(line[1]))
		if len(rows) == 0 || rows[0].Run != string(bytes.ReplaceAll(line[2], []byte(`\`), nil)) {
			t.Errorf("%s: of %d rows none, or the first has another command than %s", line[1], len(rows), line[2])
		}
	}
}
