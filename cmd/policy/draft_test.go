package policy

import (
	"strings"
	"testing"

	"apigw-cors/cmd/report"
	"apigw-cors/generator/gateway"
)

// TestDraft: what one begins with is accepted as it stands, and so is each key
// that is brought to life; it has every key that an API of the type has.
func TestDraft(t *testing.T) {
	s := compiled(t)
	for _, k := range []gateway.Kind{gateway.REST, gateway.HTTP} {
		draft := string(Draft(k, func(text string) string {
			return "# " + strings.ReplaceAll(text, "\n", "\n# ") + "\n"
		}))
		accept := func(text string) {
			t.Helper()
			var r report.Report
			if _, ok := readAll(t, text)[0].Parse(&r); !ok {
				t.Errorf("%s: %+v\n%s", k, r.Faults, text)
			}
			if err := refusal(t, s, text); err != nil {
				t.Errorf("%s: %v\n%s", k, err, text)
			}
		}
		accept(draft)
		asleep := 0
		for line := range strings.Lines(draft) {
			if strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "# ") {
				asleep++
				accept(strings.Replace(draft, line, line[1:], 1))
			}
		}
		for _, f := range gateway.Fields() {
			if has := strings.Contains(draft, "\n"+f.Key+":") || strings.Contains(draft, "\n#"+f.Key+":"); has == (f.Only != "" && f.Only != k) {
				t.Errorf("%s: %s is there: %v", k, f.Key, has)
			}
		}
		for _, key := range Keys() {
			if !strings.Contains(draft, "\n#"+key.Name+":") {
				t.Errorf("%s: no %s", k, key.Name)
			}
		}
		if asleep < 10 {
			t.Errorf("%d keys were brought to life", asleep)
		}
	}
}
