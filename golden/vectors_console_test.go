package golden_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/golden/browser"
	"apigw-cors/golden/tools"
)

// messagesFile is how the engines tell of refusals: see vectors/README.md.
const messagesFile = "vectors/messages.json"

// refusals is a refusal of each cause at each stage.
type refusals []*refusal

type refusal struct {
	number int
	Cause  cors.Cause    `json:"cause"`
	Stage  cors.Stage    `json:"stage"`
	About  string        `json:"about"`
	Asked  vectorRequest `json:"request"`
	// Told is by engine; one that does not refuse tells nothing.
	Told map[string]telling `json:"told"`
}

// telling is what the page gets, and what the console says.
type telling struct {
	Error   string   `json:"error"`
	Console []string `json:"console,omitempty"`
}

// newRefusals picks the first vectors whose answers are given.
func newRefusals(vectors []vector) (out refusals) {
	for n, v := range vectors {
		if v.About == "" {
			continue
		}
		refused, ok := v.fetch().Refusal()
		if ok && !slices.ContainsFunc(out, func(r *refusal) bool { return r.Cause == refused.Cause && r.Stage == refused.Stage }) {
			out = append(out, &refusal{n, refused.Cause, refused.Stage, v.About, v.Request, map[string]telling{}})
		}
	}
	return out
}

// listen provokes every refusal in a browser.
func (all refusals) listen(t *testing.T, engine string, b browser.Browser, vectors []vector) {
	t.Helper()
	pages := map[string]refusals{}
	for _, r := range all {
		pages[r.Asked.Origin] = append(pages[r.Asked.Origin], r)
	}
	for _, origin := range slices.Sorted(maps.Keys(pages)) {
		var fetches []browser.Fetch
		for _, r := range pages[origin] {
			// A number of its own, as the console may still tell of the other.
			fetches = append(fetches, vectors[r.number].browserFetch(len(vectors)+r.number))
		}
		for i, saw := range b.FetchInTurn(t, origin, fetches) {
			if saw.Error == "" {
				// The one that all engines let through.
				if r := pages[origin][i]; r.Cause != cors.AuthorizationNotAny {
					t.Errorf("%s does not refuse: %s", engine, r.Cause)
				}
				continue
			}
			told := telling{Error: cellParameter.ReplaceAllString(saw.Error, "")}
			for _, line := range saw.Console {
				told.Console = append(told.Console, cellParameter.ReplaceAllString(line, ""))
			}
			pages[origin][i].Told[engine] = told
		}
	}
}

var cellParameter = regexp.MustCompile(`\?` + browser.CellParameter + `=\d+`)

// compare holds what the engines said against the file, where all of them ran.
func (all refusals) compare(t *testing.T) {
	t.Helper()
	var out bytes.Buffer
	for i, r := range all {
		for _, engine := range browser.Engines() {
			if _, ok := r.Told[engine.Name]; r.Cause != cors.AuthorizationNotAny && !ok {
				t.Logf("%s: %s tells nothing, so the messages are not compared", r.Cause, engine.Name)
				return
			}
		}
		start := "[\n"
		if i > 0 {
			start = ",\n"
		}
		out.WriteString(start)
		e := json.NewEncoder(&out)
		e.SetEscapeHTML(false)
		if err := e.Encode(r); err != nil {
			t.Fatal(err)
		}
		out.Truncate(out.Len() - 1)
	}
	fmt.Fprint(&out, "\n]\n")
	if *update {
		tools.WriteFile(t, messagesFile, out.String())
	}
	want, err := os.ReadFile(messagesFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != out.String() {
		t.Errorf("the engines say something else than %s; go test ./golden -run TestVectorsBrowsers -update writes it: %s", messagesFile, firstDifference(string(want), out.String()))
	}
}
