package golden_test

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"apigw-cors/generator/fix"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
	"apigw-cors/golden/tools"
)

// TestFixMendsMutations mends what the mutations of lint have broken in SAM and
// CloudFormation templates: nothing is found in them any more, and API Gateway is
// told what the original tells it. Where the mutation took away what no edit can
// know, or added something, it is told more, or a person has to say it.
func TestFixMendsMutations(t *testing.T) {
	all := templateMutations()
	same := 0
	for i, m := range all {
		t.Run(fmt.Sprintf("%d/%s/%s", i, m.rule, m.file), func(t *testing.T) {
			if m.mend(t) {
				same++
			}
		})
	}
	if same < 48 {
		t.Errorf("only %d of %d are as they were", same, len(all))
	}
}

// templateMutations are those of SAM and CloudFormation templates.
func templateMutations() []mutation {
	return slices.DeleteFunc(slices.Concat(samMutations(), cloudFormationMutations(), httpMutations()), func(m mutation) bool {
		return strings.HasSuffix(m.file, ".tf")
	})
}

// forAPerson are the rules of which some findings are left, with the reason.
func forAPerson() map[string]string {
	return map[string]string{
		"comma-joined-origins":           "SAM's Cors has room for one origin",
		"origin-pattern-unsupported":     "the same, and an HTTP API has no such pattern",
		"null-origin":                    "which origin was meant?",
		"allow-origins-missing":          "which origins were meant?",
		"max-age-invalid":                "how long is 'ten'?",
		"gateway-response-type-unknown":  "which type is FOO?",
		"response-lacks-allow-origin":    "a mapping template is for a person to write",
		"missing-options":                "the only other origin is in a mapping template of an actual response",
		"duplicate-integration-response": "which of the two?",
		// Without an effect.
		"wildcard-among-values": "", "any-method-not-in-allow-methods": "",
	}
}

// mend mends a broken file, and reports whether API Gateway is told what it was.
func (m mutation) mend(t *testing.T) (same bool) {
	name := path.Base(m.file)
	source := tools.ReadFile(t, m.file)
	text := m.broken(source)
	for run := range 2 {
		result := mendedByRule(t, name, text)
		for _, o := range result.Outcomes {
			if _, known := forAPerson()[o.Finding.Rule]; o.Status != fix.Fixed && !known {
				t.Errorf("line %d: %s is %s: %s (%s)", o.Finding.Place.Line, o.Finding.Rule, o.Status, o.Why, o.Finding.Text)
			}
		}
		after, changed := result.Files[name]
		if changed && run == 1 {
			t.Errorf("a second run makes it\n%s", after)
		}
		if changed {
			text = after
		}
	}
	want, got := factsOf(t, name, source), factsOf(t, name, text)
	var differs []string
	for i := range want {
		differs = append(differs, gateway.Difference(want[i], got[i])...)
	}
	t.Logf("%s", strings.Join(differs, "\n"))
	return len(differs) == 0
}

func (m mutation) broken(source []byte) []byte {
	return []byte(strings.Replace(string(source), m.old, m.new, 1))
}

func mendedByRule(t testing.TB, name string, text []byte) fix.Result {
	t.Helper()
	r, err := fix.Run(context.Background(), fstest.MapFS{name: {Data: text}}, name, fix.Options{Unsafe: true}, fix.Rules)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// mendedMutations writes what becomes of the mutations of a format's templates,
// where that is not the original again, for the tool that reads the format.
func mendedMutations(t testing.TB, format string) map[string]string {
	t.Helper()
	dir, out := t.TempDir(), map[string]string{}
	for _, m := range templateMutations() {
		source := tools.ReadFile(t, m.file)
		r := mendedByRule(t, "template.yaml", m.broken(source))
		after := r.Files["template.yaml"]
		isLeft := func(o fix.Outcome) bool { return o.Status != fix.Fixed }
		if name := m.rule + "-" + path.Dir(path.Dir(m.file)); path.Base(path.Dir(m.file)) == format &&
			!bytes.Equal(after, source) && !slices.ContainsFunc(r.Outcomes, isLeft) {
			out[name] = filepath.Join(dir, name+".yaml")
			tools.WriteFile(t, out[name], string(after))
		}
	}
	if len(out) < 6 {
		t.Errorf("%d mutations are not as they were", len(out))
	}
	return out
}

func factsOf(t *testing.T, name string, text []byte) []gateway.Facts {
	r, err := reader.Read(fstest.MapFS{name: {Data: text}}, name, reader.Options{})
	if err != nil || len(r.Faults) > 0 {
		t.Fatal(err, r.Faults)
	}
	return r.APIs
}
