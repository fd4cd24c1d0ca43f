package golden_test

import (
	"context"
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"apigw-cors/generator"
	"apigw-cors/generator/fix"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/lint"
	"apigw-cors/generator/reader"
	"apigw-cors/golden/tools"
)

// otherPolicy is a case's API with another policy.
func otherPolicy(t testing.TB, c goldenCase) gateway.API {
	t.Helper()
	keys := maps.Clone(c.keys(t))
	for _, key := range []string{"allowCredentials", "exposeHeaders", "maxAge", "gatewayResponseOrigin"} {
		delete(keys, key)
	}
	keys["allowOrigins"], keys["allowHeaders"] = []string{"https://other.example"}, []string{"X-Other"}
	if keys["api"] == "rest" {
		keys["gatewayResponses"] = []string{"DEFAULT_4XX"}
	}
	return apiOf(t, keys)
}

// placed puts a policy into a template.
func placed(t testing.TB, template []byte, api gateway.API) fix.Result {
	t.Helper()
	r, err := fix.Run(context.Background(), oneFile(template), "file", fix.Options{Policy: &fix.Policy{API: api}, Judge: lint.Options{Policy: &api}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// mended are the templates of a format that were rendered for other policies,
// and had those of their cases put into them.
func mended(t testing.TB, format string) map[string][]byte {
	t.Helper()
	f, _ := generator.ParseFormat(format)
	out := map[string][]byte{}
	for _, c := range cases(t) {
		api := c.api(t)
		if api.Preflight() == gateway.ByLambda {
			continue
		}
		var choices []generator.Choice
		if format == "sam" && slices.Contains(c.flags, "--sam-scope=globals") {
			inGlobals, err := f.Options[0].Choose("globals")
			if err != nil {
				t.Fatal(err)
			}
			choices = append(choices, inGlobals)
		}
		files, _, err := generator.Render(otherPolicy(t, c), f, generator.Options{Standalone: true, Choices: choices})
		if err != nil {
			t.Fatal(c.name, err)
		}
		r := placed(t, files[0].Content, api)
		if r.Placed.Status != fix.PutIn {
			t.Errorf("%s: %s: %v", c.name, r.Placed.Status, r.Placed.Refusal)
			continue
		}
		out[c.name] = r.Files["file"]
	}
	return out
}

// TestFixPolicy puts the policy of each case into a template that was rendered
// for another one: the template then tells what the case asks for, lint finds
// nothing, and a second run changes nothing.
func TestFixPolicy(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"sam", "cloudformation"} {
		all := mended(t, format)
		for _, c := range cases(t) {
			text := all[c.name]
			if text == nil {
				continue
			}
			t.Run(format+"/"+c.name, func(t *testing.T) {
				api := c.api(t)
				got := readOne(t, text)
				if format == "sam" {
					sameInOwnForm(t, want(api), told(got))
				} else {
					for _, line := range gateway.Difference(api.Facts(), got) {
						t.Error(line)
					}
				}
				isPlaced(t, text, api)
			})
		}
	}
}

// isPlaced fails where lint finds an error, or a second run changes something.
func isPlaced(t *testing.T, template []byte, api gateway.API) {
	t.Helper()
	again := placed(t, template, api)
	if again.Placed.Status != fix.InPlace || len(again.Files) > 0 {
		t.Errorf("again: %s: %v", again.Placed.Status, again.Placed.Refusal)
	}
	reading, err := reader.Read(oneFile(template), "file", reader.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range lint.Lint(reading, lint.Options{Policy: &api}).Findings {
		if f.Severity == lint.Error {
			t.Errorf("lint: %s: %s", f.Rule, f.Text)
		}
	}
}

// TestFixPolicyInProjects puts the policies of the projects that people paste
// snippets into in place of the paste: a page then reads what it may.
func TestFixPolicyInProjects(t *testing.T) {
	t.Parallel()
	found, err := filepath.Glob(pasteFolder + "/*/template.yaml")
	if err != nil || len(found) < 5 {
		t.Fatal(len(found), err)
	}
	for _, file := range found {
		dir := filepath.Dir(file)
		t.Run(filepath.Base(dir), func(t *testing.T) {
			api := goldenCase{name: dir}.api(t)
			r := placed(t, tools.ReadFile(t, file), api)
			if r.Placed.Status != fix.PutIn {
				t.Fatal(r.Placed.Status, r.Placed.Refusal)
			}
			pasted{name: filepath.Base(dir)}.pageReads(t, readOne(t, r.Files["file"]))
			again := placed(t, r.Files["file"], api)
			if again.Placed.Status != fix.InPlace {
				t.Error("again:", again.Placed.Status, again.Placed.Refusal)
			}
		})
	}
}

// mendedFiles writes some of what [mended] gives, by case, for the tool that
// reads the format: it costs a second a file.
func mendedFiles(t testing.TB, format string) map[string]string {
	t.Helper()
	dir, all, out := t.TempDir(), mended(t, format), map[string]string{}
	for i, name := range slices.Sorted(maps.Keys(all)) {
		if i%4 == 0 {
			out[name] = filepath.Join(dir, name+".yaml")
			tools.WriteFile(t, out[name], string(all[name]))
		}
	}
	return out
}
