package golden_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"apigw-cors/cmd/console"
	"apigw-cors/generator/cors"
	"apigw-cors/golden/browser"
	"apigw-cors/golden/tools"
)

// messagesFile is how the engines tell of refusals: see vectors/README.md.
const messagesFile = "vectors/messages.json"

// refusals are those of the vectors whose answers are given.
type refusals []*refusal

type refusal struct {
	number int
	// published: it is the first of its cause at its stage.
	published bool
	Cause     cors.Cause    `json:"cause"`
	Stage     cors.Stage    `json:"stage"`
	About     string        `json:"about"`
	Asked     vectorRequest `json:"request"`
	// Told is by engine; one that does not refuse tells nothing.
	Told map[string]telling `json:"told"`
}

// telling is what the page gets, and what the console says.
type telling struct {
	Error   string   `json:"error"`
	Console []string `json:"console,omitempty"`
}

func newRefusals(vectors []vector) (out refusals) {
	for n, v := range vectors {
		refused, ok := v.fetch().Refusal()
		if v.About == "" || !ok {
			continue
		}
		first := !slices.ContainsFunc(out, func(r *refusal) bool { return r.Cause == refused.Cause && r.Stage == refused.Stage })
		out = append(out, &refusal{n, first, refused.Cause, refused.Stage, v.About, v.Request, map[string]telling{}})
	}
	return out
}

// listen provokes every refusal in a browser, and holds what it tells against
// what [console.Say] says it would.
func (all refusals) listen(t *testing.T, engine string, b browser.Browser, vectors []vector) {
	t.Helper()
	var fetches []browser.Fetch
	for _, r := range all {
		// A number of its own, as the console may still tell of the other.
		fetches = append(fetches, vectors[r.number].browserFetch(len(vectors)+r.number))
	}
	for i, saw := range b.FetchInTurn(t, fetches) {
		r, v := all[i], vectors[all[i].number]
		if saw.Error != "" {
			told := telling{Error: cellParameter.ReplaceAllString(saw.Error, "")}
			for _, line := range saw.Console {
				told.Console = append(told.Console, cellParameter.ReplaceAllString(line, ""))
			}
			r.Told[engine] = told
		}
		if difference := v.differsFromSaid(engine, r.Told[engine]); difference != "" {
			t.Errorf("%s: %s: %s", engine, v, difference)
		}
	}
}

// differsFromSaid compares what an engine tells of a refusal with the words that
// explain, probe and serve have for it.
func (v vector) differsFromSaid(engine string, told telling) string {
	all := console.Say(v.request(), v.fetch())
	i := slices.IndexFunc(all, func(s console.Said) bool { return string(s.Engine) == engine })
	switch {
	case i < 0 && told.Error == "":
		return ""
	case i < 0:
		return "it refuses: " + told.Error
	case told.Error != all[i].Error:
		return fmt.Sprintf("fetch rejects with %q, not %q", told.Error, all[i].Error)
	case v.Cause == cors.NetworkError:
		// What else there is to say depends on how the network fails.
		return ""
	}
	var lines []string
	for _, line := range told.Console {
		// Chromium shows the URL beside the line.
		lines = append(lines, strings.TrimSuffix(line, "net::ERR_FAILED "+v.Request.URL)+
			strings.Repeat("net::ERR_FAILED", strings.Count(line, "net::ERR_FAILED ")))
	}
	if !slices.Equal(lines, all[i].Console) {
		return fmt.Sprintf("the console says\n%s\nand not\n%s", strings.Join(lines, "\n"), strings.Join(all[i].Console, "\n"))
	}
	return ""
}

// heard complains of messages of the table that no engine was heard to say.
func (all refusals) heard(t *testing.T) {
	t.Helper()
	for _, row := range console.Refusals() {
		for _, m := range row.Messages {
			if !slices.ContainsFunc(all, func(r *refusal) bool {
				told := r.Told[string(m.Engine)]
				return slices.Contains(row.Causes, r.Cause) && slices.ContainsFunc(append(told.Console, told.Error), m.Matches)
			}) {
				t.Errorf("%s was not heard to say %q", m.Engine, m.Text)
			}
		}
	}
}

var cellParameter = regexp.MustCompile(`\?` + browser.CellParameter + `=\d+`)

// compare holds what the engines said against the file, where all of them ran.
func (all refusals) compare(t *testing.T) {
	t.Helper()
	var out bytes.Buffer
	for _, r := range all {
		for _, engine := range browser.Engines() {
			if _, ok := r.Told[engine.Name]; r.Cause != cors.AuthorizationNotAny && !ok {
				t.Logf("%s: %s tells nothing, so the messages are not compared", r.Cause, engine.Name)
				return
			}
		}
		if !r.published {
			continue
		}
		start := "[\n"
		if out.Len() > 0 {
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
	all.heard(t)
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

// TestVectorsMessages holds the words that explain, probe and serve have for a
// refusal against the published ones, and finds the cause by each of them.
func TestVectorsMessages(t *testing.T) {
	t.Parallel()
	published := tools.Decode[refusals](t, tools.ReadFile(t, messagesFile))
	vectors := readVectors(t).Vectors
	compared := 0
	for _, r := range newRefusals(vectors) {
		if !r.published {
			continue
		}
		i := slices.IndexFunc(published, func(p *refusal) bool { return p.Cause == r.Cause && p.Stage == r.Stage })
		if i < 0 {
			t.Errorf("%s, %s: no message", r.Cause, r.Stage)
			continue
		}
		for _, engine := range browser.Engines() {
			told := published[i].Told[engine.Name]
			if difference := vectors[r.number].differsFromSaid(engine.Name, told); difference != "" {
				t.Errorf("%s: %s: %s", engine.Name, r.About, difference)
			}
			if told.Error == "" {
				continue
			}
			compared++
			lines := told.Console
			if len(lines) == 0 {
				lines = []string{told.Error}
			}
			if !slices.ContainsFunc(console.Find(lines...), func(row console.Refusal) bool { return slices.Contains(row.Causes, r.Cause) }) {
				t.Errorf("%s is not found by %q", r.Cause, lines)
			}
		}
	}
	if compared < 75 {
		t.Errorf("%d messages", compared)
	}
}
