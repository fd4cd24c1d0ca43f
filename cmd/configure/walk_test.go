package configure

import (
	"math/rand/v2"
	"strings"
	"testing"

	"apigw-cors/cmd/prompt"
	"apigw-cors/cmd/report"
)

// wanderer answers at random, wrongly as often as not, goes back, changes
// answers in the review, and in the end accepts what is offered.
type wanderer struct {
	*rand.Rand
	t    *testing.T
	left int
	// valid is what to say where nothing is offered.
	valid string
}

func (w *wanderer) Keys() string { return "" }

func (w *wanderer) Show(string, int) error { return nil }

// tired spends a question, and reports whether the patience is used up.
func (w *wanderer) tired() bool {
	w.left--
	if w.left < -500 {
		w.t.Fatal("the conversation does not end")
	}
	return w.left < 0
}

func (w *wanderer) back() error {
	if w.IntN(8) == 0 {
		return prompt.ErrBack
	}
	return nil
}

func (w *wanderer) Input(p prompt.Question, def string) (string, error) {
	if w.tired() {
		if def == "" && p.Title == "Allow origins" {
			return w.valid, nil
		}
		return def, nil
	}
	pool := []string{
		"", "none", "*", "https://a.example", "https://*.b.example", "http://localhost:*, https://c.example", "d.example",
		"null", "https://e.example/, https://e.example", "2h", "-1", "99999", "7d", "X-A, X-B:", "Authorization", "Cookie", "ANY",
		"/ /orders=GET,POST", "/orders/{id} orders=PSOT", "$default", "/a/{b}=ANY /a/{c}", "UNAUTHORIZED", "none, THROTTLED", "\x01", "''",
	}
	return pool[w.IntN(len(pool))], w.back()
}

func (w *wanderer) Confirm(_ prompt.Question, def bool) (bool, error) {
	if w.tired() {
		return def, nil
	}
	return w.IntN(2) == 0, w.back()
}

func (w *wanderer) Select(p prompt.Question, options []prompt.Option, def int) (int, error) {
	tired := w.tired()
	if def < 0 || def >= len(options) {
		w.t.Fatalf("%s: starts at %d of %d", p.Title, def, len(options))
	}
	if !tired {
		return w.IntN(len(options)), w.back()
	}
	if p.Title == "Change" {
		return w.IntN(len(options)), nil
	}
	return def, nil
}

func (w *wanderer) MultiSelect(p prompt.Question, options []prompt.Option, marked []int) ([]int, error) {
	if w.tired() {
		if len(marked) == 0 {
			marked = []int{0}
		}
		return marked, nil
	}
	var chosen []int
	for i := range options {
		if w.IntN(3) == 0 {
			chosen = append(chosen, i)
		}
	}
	return chosen, w.back()
}

// TestConfigureWalk: whatever is answered in whatever order, the conversation
// ends, and what it generates is a policy that parses.
func TestConfigureWalk(t *testing.T) {
	for seed := range uint64(100) {
		t.Chdir(t.TempDir())
		w := &wanderer{Rand: rand.New(rand.NewPCG(seed, 0)), t: t, left: 20 + int(seed%100), valid: "https://z.example"}
		var stdout, stderr strings.Builder
		o := readOptions(t, nil)
		o.Report, o.Stdout, o.Stderr = &report.Report{}, &stdout, &stderr
		o.Window = func() prompt.Window { return prompt.Window{Width: 80, Rows: 24} }
		o.Ask = func() prompt.Prompter { return w }
		err := Run(t.Context(), o)
		if outcome := report.OutcomeOf(err); outcome != report.Done && outcome != report.Interrupted {
			t.Fatalf("seed %d: %v\n%s", seed, err, stderr.String())
		}
		if err == nil && !strings.Contains(stderr.String(), "\n  apigw-cors generate --api ") {
			t.Fatalf("seed %d: nothing was generated\n%s", seed, stderr.String())
		}
	}
}
